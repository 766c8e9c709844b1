"""Pages of lists: which rows are asked for, and what a reply says of all of them."""

from __future__ import annotations

from typing import Generic, Literal, Protocol, TypeVar

import msgspec

from rollcall.contract.identifier import MAXIMUM_ID
from rollcall.contract.paging import MAXIMUM_PER_PAGE
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason

T = TypeVar("T")

SortDirection = Literal["asc", "desc"]


class PagedQuery(Protocol):
    """The query of a list that comes in pages."""

    @property
    def page(self) -> int:
        """Which page, from 1."""

    @property
    def per_page(self) -> int:
        """Rows on a page."""


class Page(msgspec.Struct, Generic[T], frozen=True):
    """One page of a list. The rows are the reply's body, the rest is said in its headers.

    Attributes:
        items: The rows on this page.
        page: Which page it is, from 1.
        per_page: Rows on a full page.
        total: Rows on all pages.
        sort_dir: Whether the list ascends or descends.
        revision: That of the organization of which everything on the page was read; None where that is not known.
    """

    items: list[T]
    page: int
    per_page: int
    total: int
    sort_dir: SortDirection = "asc"
    revision: int | None = None

    @property
    def pages(self) -> int:
        """How many pages there are; none where there are no rows."""
        return -(-self.total // self.per_page)


def rows_before(query: PagedQuery) -> int:
    """How many rows come before the page that is asked for.

    Raises:
        Refused: There can be no such page, or it would be too long.
    """
    if query.page < 1:
        raise Refused(Reason.PAGE_NOT_POSITIVE)
    if query.per_page < 1:
        raise Refused(Reason.PER_PAGE_NOT_POSITIVE)
    if query.per_page > MAXIMUM_PER_PAGE:
        raise Refused(Reason.INVALID_PER_PAGE)
    # No list is so long; what counts is that a database can still hold the number.
    return min((query.page - 1) * query.per_page, MAXIMUM_ID)
