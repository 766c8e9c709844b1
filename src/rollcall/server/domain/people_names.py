"""What the workspaces and groups of large organizations are called: asked for page by page, and remembered.

A page comes with all names of an organization that has few. Of one with many it would take most of the time to read and
write those again and again that its people have in common.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

import msgspec

from rollcall.server.domain.organization_user_description import Description, Groups

if TYPE_CHECKING:
    from rollcall.server.domain.organization_user_description import OnPage
    from rollcall.server.storage.organization_user_pages import NamesRow

_REMEMBERED = 16
"""Organizations."""

MOST = 2048
"""Workspaces, groups, and ways from these to those, of each; forgotten when they become more."""


class Known(msgspec.Struct, frozen=True):
    """What is known of one organization.

    Attributes:
        revision: Of the organization, when they were called so.
    """

    revision: int
    description: Description
    groups: Groups

    def covers(self, people: OnPage) -> bool:
        """Whether everything is known that people on a page are in."""
        return people.workspace_ids <= self.description.workspace_ids and people.group_ids <= self.groups.ids

    def learn(self, names: NamesRow) -> None:
        """Add some workspaces and groups."""
        self.description.learn(names.workspaces)
        self.groups.learn(names.groups, names.ways)


class Names:
    """What one process remembers, of the organizations that were asked for last."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[int, str | None, bool], Known] = OrderedDict()

    def of(self, organization_id: int, epoch: str | None, revision: int, *, detailed: bool) -> Known:
        """What is known of an organization at a revision, which may be nothing."""
        key = organization_id, epoch, detailed
        # Long reads run on threads of their own: none of these steps fails if another is in between.
        known = self._known.pop(key, None)
        if (
            known is None
            or known.revision != revision
            or len(known.description.workspace_ids) + known.groups.size > MOST
        ):
            known = Known(revision, Description(organization_id, detailed=detailed), Groups())
        self._known[key] = known
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return known
