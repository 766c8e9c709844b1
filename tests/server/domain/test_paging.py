"""Pages of lists."""

from __future__ import annotations

import msgspec
import pytest

from rollcall.contract.identifier import MAXIMUM_ID
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.server.domain.paging import Page, rows_before
from rollcall.server.http.reply import success


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


@pytest.mark.parametrize(("total", "pages"), [(0, b"0"), (1, b"1"), (50, b"1"), (51, b"2")])
def test_a_reply_says_which_page_it_is_and_how_many_there_are(total: int, pages: bytes) -> None:
    reply = success(Page(["ann", "bob"], 2, 50, total, "desc"), secure=False)
    headers = dict(reply.headers)
    assert reply.body == b'["ann","bob"]'
    assert {name: headers[name] for name in headers if name.startswith((b"x-p", b"x-r", b"x-sort"))} == {
        b"x-page": b"2",
        b"x-page-size": b"50",
        b"x-pages": pages,
        b"x-records": b"%d" % total,
        b"x-sort-order": b"desc",
    }
