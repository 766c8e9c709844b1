"""Changes of a group, one by one: each is made or not by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.contract.models.group import (
    MAXIMUM_PATCH_VALUES,
    MAXIMUM_PATCHES,
    GroupsPatchFailure,
    GroupsPatchInput,
    GroupsPatchOutput,
)
from rollcall.contract.operations.groups import PATCH_GROUP
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.server.domain.given import value_of
from rollcall.server.domain.groups import find, set_people, set_workspaces
from rollcall.server.domain.reach import check_users, check_workspaces, reach_of_viewer
from rollcall.server.domain.revisions import raise_organization

if TYPE_CHECKING:
    from rollcall.server.domain.groups import Group
    from rollcall.server.domain.reach import Reach
    from rollcall.server.domain.work import Work


async def patch(work: Work, organization_id: int, group_id: int, body: list[GroupsPatchInput]) -> GroupsPatchOutput:
    """Put people and workspaces into a group or take them out (`PATCH /organizations/{id}/groups/{id}`).

    Raises:
        Refused: No change could be made: for the reason of the first.
    """
    if len(body) > MAXIMUM_PATCHES:
        raise Refused(Reason.TOO_MANY_PATCHES)
    await raise_organization(work, organization_id)
    reach = await reach_of_viewer(work, organization_id)
    group = await find(work, reach, organization_id, group_id)
    success: list[GroupsPatchInput] = []
    failure: list[GroupsPatchFailure] = []
    reasons: list[Refused] = []
    for each in body:
        try:
            await _apply(work, reach, group, each)
        except Refused as refused:
            failure.append(GroupsPatchFailure(patch=each, message=_text(refused)))
            reasons.append(refused)
        else:
            success.append(each)
    if reasons and not success:
        raise reasons[0]
    return GroupsPatchOutput(success=success, failure=failure)


async def _apply(work: Work, reach: Reach, group: Group, change: GroupsPatchInput) -> None:
    """Make one change, or none of it."""
    values = value_of(change.value)
    op, path = value_of(change.op), value_of(change.path)
    if op not in ("add", "remove") or path not in ("/users", "/workspaces"):
        raise Refused(Reason.UNSUPPORTED_PATCH)
    if not values or len(values) > MAXIMUM_PATCH_VALUES:
        raise Refused(Reason.PATCH_VALUES)
    ids = frozenset(values)
    if path == "/users":
        await check_users(work, group.organization_id, ids)
        await set_people(work, group, group.user_ids | ids if op == "add" else group.user_ids - ids)
    else:
        workspace_ids = group.workspace_ids | ids if op == "add" else group.workspace_ids - ids
        reach.check(ids)
        reach.check(workspace_ids)
        await check_workspaces(work, group.organization_id, ids)
        await set_workspaces(work, group, workspace_ids)


def _text(refused: Refused) -> str:
    """What the operation's documents say of a change that cannot be made."""
    problem = PATCH_GROUP.problem(refused.reason)
    if problem is None or problem.text is None:
        raise refused
    return problem.text.format(**refused.values)
