"""What somebody may handle of an organization's groups: an admin of it all, a workspace admin what is theirs alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from rollcall.contract.identifier import is_id
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.contract.wire import encode
from rollcall.server.storage import groups as rows

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from rollcall.server.domain.work import Work


class Reach(msgspec.Struct, frozen=True):
    """Which workspaces of an organization somebody administers.

    Attributes:
        workspace_ids: None for an admin of the organization, who administers all.
    """

    workspace_ids: frozenset[int] | None

    def sees(self, workspace_ids: AbstractSet[int]) -> bool:
        """Whether a group in these workspaces is shown to them."""
        return self.workspace_ids is None or not self.workspace_ids.isdisjoint(workspace_ids)

    def check(self, workspace_ids: AbstractSet[int]) -> None:
        """Hold somebody to groups that are in workspaces they administer, and in no others.

        Who is in a group is in each of its workspaces, so one that reaches further is not theirs to change.

        Raises:
            Refused: The group is in another workspace, or in none.
        """
        if self.workspace_ids is not None and not (workspace_ids and workspace_ids <= self.workspace_ids):
            raise Refused(Reason.FORBIDDEN)


async def reach_of_viewer(work: Work, organization_id: int) -> Reach:
    """How far who asks reaches.

    Raises:
        Refused: They administer nothing.
    """
    viewer = work.viewer
    if viewer.administers_organization:
        return Reach(None)
    found = await work.transaction.all(rows.ADMINISTERED, organization_id=organization_id, user_id=viewer.user_id)
    if not found:
        raise Refused(Reason.FORBIDDEN)
    return Reach(frozenset(row.id for row in found))


def organization_of_workspace(work: Work) -> int:
    """The organization whose workspace the request names.

    Raises:
        Refused: There is none that who asks belongs to.
    """
    if work.viewer.organization_id is None:
        raise Refused(Reason.FORBIDDEN)
    return work.viewer.organization_id


async def check_users(work: Work, organization_id: int, user_ids: AbstractSet[int]) -> None:
    """Hold a request to the people of the organization.

    Raises:
        Refused: Somebody is none of them.
    """
    if not user_ids:
        return
    known = await work.transaction.all(
        rows.ORGANIZATION_USERS_AMONG, organization_id=organization_id, ids=as_json(user_ids)
    )
    unknown = user_ids - {row.id for row in known}
    if unknown:
        raise Refused(Reason.USER_NOT_IN_ORGANIZATION, user_id=min(unknown), organization_id=organization_id)


async def check_workspaces(work: Work, organization_id: int, workspace_ids: AbstractSet[int]) -> None:
    """Hold a request to the workspaces of the organization.

    Raises:
        Refused: One is none of them.
    """
    if not workspace_ids:
        return
    known = await work.transaction.all(
        rows.WORKSPACES_AMONG, organization_id=organization_id, ids=as_json(workspace_ids)
    )
    unknown = workspace_ids - {row.id for row in known}
    if unknown:
        raise Refused(Reason.WORKSPACE_NOT_FOUND, workspace_id=min(unknown), organization_id=organization_id)


def as_json(ids: AbstractSet[int]) -> str:
    """Those of some numbers that can be ids, as a statement takes them."""
    return encode(sorted(filter(is_id, ids))).decode()
