"""Pages of lists."""

from __future__ import annotations

import msgspec
import pytest

from rollcall.contract.identifier import MAXIMUM_ID
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.server.domain.paging import Page, rows_before


class Query(msgspec.Struct, frozen=True):
    page: int = 1
    per_page: int = 50


@pytest.mark.parametrize(
    ("query", "before"),
    [
        (Query(), 0),
        (Query(page=3), 100),
        (Query(page=2, per_page=5000), 5000),
        (Query(page=MAXIMUM_ID, per_page=5000), MAXIMUM_ID),
    ],
)
def test_a_page_begins_after_the_pages_before_it(query: Query, before: int) -> None:
    assert rows_before(query) == before


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        (Query(page=0), Reason.PAGE_NOT_POSITIVE),
        (Query(page=-1), Reason.PAGE_NOT_POSITIVE),
        (Query(per_page=0), Reason.PER_PAGE_NOT_POSITIVE),
        (Query(per_page=-1), Reason.PER_PAGE_NOT_POSITIVE),
        (Query(per_page=5001), Reason.INVALID_PER_PAGE),
    ],
)
def test_a_page_that_cannot_be_is_refused(query: Query, reason: Reason) -> None:
    with pytest.raises(Refused) as refused:
        rows_before(query)
    assert refused.value.reason is reason


@pytest.mark.parametrize(("total", "pages"), [(0, 0), (1, 1), (50, 1), (51, 2)])
def test_there_are_as_many_pages_as_the_rows_need(total: int, pages: int) -> None:
    assert Page([], page=1, per_page=50, total=total).pages == pages
