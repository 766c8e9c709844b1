"""The owner of an organization, and how it changes hands: when both sides have accepted, and in no other way.

The sides are the owner and an organization admin. Who asks for a transfer and is one of the sides has accepted by that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from rollcall.contract import timestamp
from rollcall.contract.identifier import is_id
from rollcall.contract.models.ownership import ModelsOrganizationOwner, ModelsTransfer
from rollcall.contract.paging import MAXIMUM_PER_PAGE
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.contract.role import OrganizationRole
from rollcall.server.domain import audit
from rollcall.server.domain.given import value_of
from rollcall.server.domain.owner_letters import tell
from rollcall.server.domain.revisions import raise_organization
from rollcall.server.storage import owner_transfers as rows

if TYPE_CHECKING:
    from rollcall.contract.models.ownership import TransferPayload
    from rollcall.contract.operations.ownership import TransfersQuery
    from rollcall.server.domain.work import Work
    from rollcall.server.storage.owner_transfers import StandingRow, TransferRow

Outcome = Literal["accepted", "declined", "withdrawn"]


async def show_owner(work: Work, organization_id: int) -> ModelsOrganizationOwner:
    """The owner of an organization (`GET /organizations/{id}/owner`)."""
    row = await work.transaction.one(rows.OWNER, organization_id=organization_id)
    if row is None:
        raise Refused(Reason.OWNER_NOT_FOUND)
    return ModelsOrganizationOwner(
        id=row.user_id,
        user_id=row.user_id,
        organization_id=organization_id,
        organization_user_id=row.organization_user_id,
        name=row.fullname,
        email=row.email,
        avatar_url="",
        organization_user_created_at=timestamp.precise(row.created_at),
        organization_user_updated_at=timestamp.precise(row.updated_at),
        toggl_accounts_id=row.accounts_id,
    )


async def list_all(work: Work, organization_id: int, query: TransfersQuery) -> list[ModelsTransfer]:
    """The transfers of an organization, newest first (`GET /organizations/{id}/owner/transfer`)."""
    found = await work.transaction.all(
        rows.NEWEST_FIRST, organization_id=organization_id, ongoing=query.ongoing, limit=MAXIMUM_PER_PAGE
    )
    return [_describe(row) for row in found]


async def show(work: Work, organization_id: int, transfer_id: int) -> ModelsTransfer:
    """One transfer (`GET /organizations/{id}/owner/transfer/{transfer_id}`)."""
    return _describe(await _load(work, organization_id, transfer_id))


async def ask(work: Work, organization_id: int, body: TransferPayload | None) -> ModelsTransfer:
    """Ask for the ownership, or offer it (`POST /organizations/{id}/owner/transfer`)."""
    user_id = work.viewer.user_id
    await raise_organization(work, organization_id)
    standing = await _admin(work, organization_id, user_id)
    if standing is None:
        raise Refused(Reason.FORBIDDEN)
    owner_id = standing.owner_id
    given = value_of(body.new_owner_id) if body else None
    new_owner_id = user_id if given is None else given
    if new_owner_id == owner_id:
        raise Refused(Reason.ALREADY_OWNER, user_id=new_owner_id)
    if not is_id(new_owner_id) or await _admin(work, organization_id, new_owner_id) is None:
        raise Refused(Reason.NEW_OWNER_NOT_ADMIN, user_id=new_owner_id)
    if await work.transaction.one(rows.ONGOING, organization_id=organization_id) is not None:
        raise Refused(Reason.TRANSFER_ONGOING)
    made = await work.transaction.one(
        rows.ADD,
        organization_id=organization_id,
        requester_id=user_id,
        current_owner_id=owner_id,
        current_owner_accepted=True if user_id == owner_id else None,
        current_owner_answered_at=work.now if user_id == owner_id else None,
        new_owner_id=new_owner_id,
        new_owner_accepted=True if user_id == new_owner_id else None,
        new_owner_answered_at=work.now if user_id == new_owner_id else None,
        now=work.now,
    )
    assert made is not None  # noqa: S101 - an INSERT that returns nothing has raised
    await audit.record(
        work,
        organization_id,
        "owner_transfer",
        made.id,
        "create",
        after={"current_owner_id": owner_id, "new_owner_id": new_owner_id},
    )
    transfer = await _load(work, organization_id, made.id)
    await tell(work, transfer)
    return _describe(transfer)


async def answer(work: Work, organization_id: int, transfer_id: int, action: str) -> ModelsTransfer:
    """Accept, decline or withdraw (`POST /organizations/{id}/owner/transfer/{transfer_id}/{action}`).

    The sides accept or decline; who asked for the transfer withdraws it. To accept once more changes nothing.
    """
    user_id = work.viewer.user_id
    await raise_organization(work, organization_id)
    transfer = await _load(work, organization_id, transfer_id)
    if action not in ("accept", "decline", "withdraw"):
        raise Refused(Reason.INVALID_ACTION, action=action)
    may_act = {transfer.requester_id} if action == "withdraw" else {transfer.current_owner_id, transfer.new_owner_id}
    if user_id not in may_act or await _admin(work, organization_id, user_id) is None:
        raise Refused(Reason.FORBIDDEN)
    if transfer.outcome is not None:
        raise Refused(Reason.TRANSFER_SETTLED, outcome=transfer.outcome)
    match action:
        case "accept":
            await _accept(work, transfer)
        case "decline":
            await _finish(work, _answered(work, transfer, accepted=False), "declined")
        case _:
            await _finish(work, transfer, "withdrawn")
    return await show(work, organization_id, transfer_id)


async def release(work: Work, organization_id: int, user_id: int) -> None:
    """Withdraw the ongoing transfer if somebody is a side of it, because they will not be one any more.

    To be called, with the organization's turn taken, by whatever removes, deactivates or demotes somebody, lets them
    leave, or deletes the organization.
    """
    transfer = await work.transaction.one(rows.ONGOING, organization_id=organization_id)
    if transfer is not None and user_id in (transfer.current_owner_id, transfer.new_owner_id):
        await _finish(work, transfer, "withdrawn")


async def _load(work: Work, organization_id: int, transfer_id: int) -> TransferRow:
    row = await work.transaction.one(rows.BY_ID, organization_id=organization_id, transfer_id=transfer_id)
    if row is None:
        raise Refused(Reason.TRANSFER_NOT_FOUND)
    return row


async def _admin(work: Work, organization_id: int, user_id: int) -> StandingRow | None:
    """What an active admin of the organization is there; None for anybody else."""
    row = await work.transaction.one(rows.STANDING, organization_id=organization_id, user_id=user_id)
    return row if row is not None and OrganizationRole(row.role_id).administers else None


def _answered(work: Work, transfer: TransferRow, *, accepted: bool) -> TransferRow:
    if work.viewer.user_id == transfer.current_owner_id:
        return msgspec.structs.replace(transfer, current_owner_accepted=accepted, current_owner_answered_at=work.now)
    return msgspec.structs.replace(transfer, new_owner_accepted=accepted, new_owner_answered_at=work.now)


async def _accept(work: Work, transfer: TransferRow) -> None:
    if await _admin(work, transfer.organization_id, transfer.new_owner_id) is None:
        raise Refused(Reason.NEW_OWNER_NOT_ADMIN, user_id=transfer.new_owner_id)
    is_owner = work.viewer.user_id == transfer.current_owner_id
    if transfer.current_owner_accepted if is_owner else transfer.new_owner_accepted:
        return
    after = _answered(work, transfer, accepted=True)
    if after.current_owner_accepted and after.new_owner_accepted:
        await _finish(work, after, "accepted")
        await _hand_over(work, after)
    else:
        await _store(work, after)
        side = "current_owner" if is_owner else "new_owner"
        await audit.record(
            work,
            transfer.organization_id,
            "owner_transfer",
            transfer.id,
            "accept",
            before={f"{side}_accepted": None},
            after={f"{side}_accepted": True},
        )
        await tell(work, after)


_ACTIONS: dict[Outcome, audit.Action] = {"accepted": "accept", "declined": "decline", "withdrawn": "withdraw"}


async def _finish(work: Work, transfer: TransferRow, outcome: Outcome) -> None:
    finished = msgspec.structs.replace(transfer, outcome=outcome, finished_at=work.now)
    await _store(work, finished)
    await tell(work, finished)
    await audit.record(
        work,
        transfer.organization_id,
        "owner_transfer",
        transfer.id,
        _ACTIONS[outcome],
        before={"outcome_name": None},
        after={"outcome_name": outcome},
    )


async def _store(work: Work, transfer: TransferRow) -> None:
    await work.transaction.execute(
        rows.CHANGE,
        organization_id=transfer.organization_id,
        transfer_id=transfer.id,
        current_owner_accepted=transfer.current_owner_accepted,
        current_owner_answered_at=transfer.current_owner_answered_at,
        new_owner_accepted=transfer.new_owner_accepted,
        new_owner_answered_at=transfer.new_owner_answered_at,
        outcome=transfer.outcome,
        finished_at=transfer.finished_at,
    )


async def _hand_over(work: Work, transfer: TransferRow) -> None:
    """Make the new owner the owner; the old one stays an admin, and both administer every workspace as before."""
    organization_id = transfer.organization_id
    await work.transaction.execute(
        rows.SET_OWNER, organization_id=organization_id, user_id=transfer.new_owner_id, now=work.now
    )
    await audit.record(
        work,
        organization_id,
        "organization",
        organization_id,
        "transfer",
        before={"owner_id": transfer.current_owner_id},
        after={"owner_id": transfer.new_owner_id},
    )
    for user_id, role in (
        (transfer.current_owner_id, OrganizationRole.ADMIN),
        (transfer.new_owner_id, OrganizationRole.OWNER),
    ):
        standing = await work.transaction.one(rows.STANDING, organization_id=organization_id, user_id=user_id)
        assert standing is not None  # noqa: S101 - both sides have just been seen to be active admins
        await work.transaction.execute(
            rows.SET_ROLE, organization_id=organization_id, user_id=user_id, role_id=role, now=work.now
        )
        await audit.record(
            work,
            organization_id,
            "organization_user",
            standing.organization_user_id,
            "update",
            before={"user_id": user_id, "role_id": standing.role_id},
            after={"user_id": user_id, "role_id": int(role)},
        )


def _describe(row: TransferRow) -> ModelsTransfer:
    return ModelsTransfer(
        owner_transfer_id=row.id,
        organization_id=row.organization_id,
        requester_id=row.requester_id,
        current_owner_id=row.current_owner_id,
        current_owner_accepted=row.current_owner_accepted,
        current_owner_answered_at=_moment(row.current_owner_answered_at),
        new_owner_id=row.new_owner_id,
        new_owner_accepted=row.new_owner_accepted,
        new_owner_answered_at=_moment(row.new_owner_answered_at),
        outcome_name=row.outcome,
        created_at=timestamp.precise(row.created_at),
        finished_at=_moment(row.finished_at),
    )


def _moment(microseconds: int | None) -> str | None:
    return None if microseconds is None else timestamp.precise(microseconds)
