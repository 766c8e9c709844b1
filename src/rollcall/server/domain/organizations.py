"""Organizations: made, seen, renamed, left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.contract import timestamp
from rollcall.contract.models.organization import (
    ModelsMeOrganization,
    ModelsOrgSubscription,
    ModelsOrgSubscriptionTrial,
    ModelsPostPayload,
    ModelsPutPayload,
    ModelsTrialInfo,
    OrganizationPostOrganizationReply,
)
from rollcall.contract.name import MAXIMUM_NAME, name_key
from rollcall.contract.plan import FREE, PLANS, UNLIMITED, Plan
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.contract.role import OrganizationRole
from rollcall.contract.wire import OMITTED
from rollcall.server.domain import audit, invitations, owner_transfers, workspaces
from rollcall.server.domain.departures import depart
from rollcall.server.domain.given import value_of
from rollcall.server.domain.memberships import enter_organization
from rollcall.server.domain.revisions import (
    raise_members,
    raise_organization,
    raise_user_everywhere,
    random_step,
)
from rollcall.server.domain.workspace_settings import DEFAULTS
from rollcall.server.storage import Collision
from rollcall.server.storage import memberships as membership_rows
from rollcall.server.storage import organizations as rows

if TYPE_CHECKING:
    from rollcall.server.domain.work import Work
    from rollcall.server.storage.organizations import OrganizationOfUserRow


async def list_mine(work: Work) -> list[ModelsMeOrganization]:
    """The organizations one is part of (`GET /me/organizations`)."""
    found = await work.transaction.all(rows.OF_USER, user_id=work.viewer.user_id)
    return [_describe(row, PLANS[row.plan_id].name) for row in found]


async def show(work: Work, organization_id: int) -> ModelsMeOrganization:
    """One organization (`GET /organizations/{id}`).

    Toggl names the plan only in the list: here the name is empty.
    """
    row = await work.transaction.one(rows.ONE_OF_USER, user_id=work.viewer.user_id, organization_id=organization_id)
    if row is None:
        raise Refused(Reason.NOT_A_MEMBER)
    return _describe(row, "")


async def create(work: Work, body: ModelsPostPayload) -> OrganizationPostOrganizationReply:
    """Make an organization with one workspace (`POST /organizations`)."""
    if work.service.settings.organizations == "operator":
        raise Refused(Reason.MAY_NOT_CREATE)
    name = _checked_name(value_of(body.name))
    workspace_name = value_of(body.workspace_name)
    if workspace_name is None:
        raise Refused(Reason.WORKSPACE_NAME_MISSING)
    if not workspace_name.strip():
        raise Refused(Reason.WORKSPACE_NAME_EMPTY)
    if len(workspace_name.strip()) > MAXIMUM_NAME:
        raise Refused(Reason.WORKSPACE_NAME_TOO_LONG)
    await raise_user_everywhere(work, work.viewer.user_id)
    organization_id, workspace_id = await found(work, work.viewer.user_id, name, workspace_name.strip())
    return OrganizationPostOrganizationReply(
        id=organization_id,
        name=name,
        workspace_id=workspace_id,
        workspace_name=workspace_name.strip(),
        permissions=OMITTED,
    )


async def found(work: Work, owner_id: int, name: str, workspace_name: str) -> tuple[int, int]:
    """Make an organization, its first workspace, and its owner's place in both.

    The caller has taken the turns of the owner and of the owner's organizations.

    Returns:
        The ids of the organization and of the workspace.
    """
    transaction = work.transaction
    plan = work.service.settings.default_plan
    made = await transaction.one(
        rows.ADD,
        name=name,
        name_key=name_key(name),
        plan_id=plan.id,
        max_workspaces=plan.max_workspaces,
        owner_id=owner_id,
        revision=random_step(),
        now=work.now,
    )
    assert made is not None  # noqa: S101 - an INSERT that returns nothing has raised
    organization_user_id = await enter_organization(work, made.id, owner_id, OrganizationRole.OWNER)
    await audit.record(work, made.id, "organization", made.id, "create", after={"name": name, "plan": plan.handle})
    await audit.record(
        work,
        made.id,
        "organization_user",
        organization_user_id,
        "create",
        after={"user_id": owner_id, "role_id": int(OrganizationRole.OWNER)},
    )
    workspace_id = await workspaces.add(work, made.id, workspace_name, DEFAULTS, [owner_id])
    return made.id, workspace_id


async def rename(work: Work, organization_id: int, body: ModelsPutPayload) -> str:
    """Rename an organization (`PUT /organizations/{id}`)."""
    given = value_of(body.name)
    if given is None:
        raise Refused(Reason.NOTHING_TO_CHANGE)
    name = _checked_name(given)
    await raise_organization(work, organization_id)
    stored = await work.transaction.one(rows.BY_ID, organization_id=organization_id)
    if stored is None:
        raise Refused(Reason.FORBIDDEN)
    if name == stored.name:
        return "OK"
    await work.transaction.execute(
        rows.RENAME, organization_id=organization_id, name=name, name_key=name_key(name), now=work.now
    )
    await audit.record(
        work,
        organization_id,
        "organization",
        organization_id,
        "update",
        before={"name": stored.name},
        after={"name": name},
    )
    return "OK"


async def leave(work: Work, organization_id: int) -> str:
    """Leave an organization; the last to leave deletes it (`DELETE /organizations/{id}/users/leave`).

    The owner, and who pays, may leave only when nobody else has joined.
    """
    transaction = work.transaction
    user_id = work.viewer.user_id
    going = await _going(work, organization_id, user_id)
    await raise_members(work, organization_id, going)
    if not await _going(work, organization_id, user_id) <= going:
        raise Collision("somebody else has left meanwhile, or was invited")
    organization = await transaction.one(rows.BY_ID, organization_id=organization_id)
    member = await transaction.one(membership_rows.ORGANIZATION_USER, organization_id=organization_id, user_id=user_id)
    if organization is None or member is None:
        raise Refused(Reason.NOT_A_MEMBER)
    others = await transaction.one(membership_rows.ANOTHER_JOINED, organization_id=organization_id, user_id=user_id)
    if others is not None:
        if organization.owner_id == user_id:
            raise Refused(Reason.OWNER_STAYS)
        if organization.payer_id == user_id:
            raise Refused(Reason.PAYER_STAYS)
    if others is None:
        await owner_transfers.release(work, organization_id, user_id)
        await invitations.revoke_all(work, organization_id)
        await audit.record(work, organization_id, "organization_user", member.id, "leave", before={"user_id": user_id})
        await transaction.execute(rows.DELETE, organization_id=organization_id, now=work.now)
        await audit.record(
            work, organization_id, "organization", organization_id, "delete", before={"name": organization.name}
        )
    else:
        await depart(work, organization_id, member, "leave")
    return "OK"


async def _going(work: Work, organization_id: int, user_id: int) -> set[int]:
    """Who is in an organization no more when somebody leaves it: everybody, where nobody else has joined."""
    another = await work.transaction.one(
        membership_rows.ANOTHER_JOINED, organization_id=organization_id, user_id=user_id
    )
    if another is not None:
        return {user_id}
    return {row.id for row in await work.transaction.all(membership_rows.EVERYBODY, organization_id=organization_id)}


def _checked_name(given: str | None) -> str:
    name = (given or "").strip()
    if not name:
        raise Refused(Reason.NAME_EMPTY)
    if len(name) > MAXIMUM_NAME:
        raise Refused(Reason.NAME_TOO_LONG)
    return name


def _describe(row: OrganizationOfUserRow, plan_name: str) -> ModelsMeOrganization:
    plan = PLANS[row.plan_id]
    role = OrganizationRole(row.role)
    on_free = plan is FREE
    return ModelsMeOrganization(
        id=row.id,
        name=row.name,
        pricing_plan_id=plan.id,
        created_at=timestamp.precise(row.created_at),
        at=timestamp.precise(row.updated_at),
        server_deleted_at=None,
        is_multi_workspace_enabled=plan.multiple_workspaces,
        suspended_at=None,
        user_count=row.user_count,
        trial_info=ModelsTrialInfo(trial=False, trial_available=on_free, can_have_trial=on_free),
        is_unified=False,
        max_workspaces=UNLIMITED if row.max_workspaces is None else row.max_workspaces,
        permissions=None,
        admin=role.administers,
        owner=role is OrganizationRole.OWNER,
        pricing_plan_name=plan_name,
        pricing_plan_enterprise=plan.handle == "enterprise",
        max_data_retention_days=OMITTED,
        subscription=_subscription(plan, on_free),
    )


def _subscription(plan: Plan, on_free: bool) -> ModelsOrgSubscription:
    return ModelsOrgSubscription(
        billing_period_months=0,
        enterprise=plan.handle == "enterprise",
        plan=plan.handle,
        plan_name=plan.name,
        state="free" if on_free else "active",
        trial=ModelsOrgSubscriptionTrial(active=False, available=on_free),
    )
