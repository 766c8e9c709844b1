"""How many people are in the parts of a list: counted by one statement, and known until the organization changes."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from rollcall.server.domain.work import Viewer

_REMEMBERED = 256
"""Lists. Of the longest, of a million people, a few kilobytes are remembered."""

_MARKS = 64
"""Of each list. Who reads one through needs the last of them only."""


class Selection(msgspec.Struct, frozen=True):
    """Some people of a list.

    Attributes:
        workspace_id: The workspace whose list it is; `WHOLE_ORGANIZATION` for the organization's own.
        standings: What they are.
    """

    organization_id: int
    workspace_id: int
    standings: frozenset[int]


class Counted(msgspec.Struct, frozen=True):
    """How many people are in each block of a list.

    Attributes:
        revision: Of the organization. Blocks that were counted at another one are not those that are read.
        marks: Who is the last of so many people, where pages have ended.
    """

    sizes: list[int]
    revision: int
    marks: dict[int, int] = msgspec.field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many there are in all."""
        return sum(self.sizes)

    def mark(self, place: int, user_id: int) -> None:
        """Remember who is the last of so many people, for whoever reads on from there."""
        # As below, several threads may do this at once.
        if len(self.marks) >= _MARKS:
            self.marks.clear()
        self.marks[place] = user_id


class Counts:
    """What one process remembers of lists: of those that were counted last.

    Who reads by it must see, by the revision, that it is still so.
    """

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[Selection, str | None], Counted] = OrderedDict()

    def find(self, selection: Selection, viewer: Viewer) -> Counted | None:
        """What was counted when the organization was as the viewer has seen it; None where that was not done."""
        counted = self._known.get((selection, viewer.epoch))
        return counted if counted is not None and counted.revision == viewer.revision else None

    def keep(self, selection: Selection, viewer: Viewer, counted: Counted) -> None:
        """Remember what was counted."""
        # Long reads run on threads of their own: none of these steps fails if another is in between.
        self._known.pop((selection, viewer.epoch), None)
        self._known[selection, viewer.epoch] = counted
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
