"""A paged list is read to its end, in its order, and a list that changed underneath is never taken for a whole one."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import httpx
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.client.failure import CallFailed
from rollcall.client.fan import Together
from rollcall.client.forecast import Forecast
from rollcall.client.paging import ListChanged, Listing
from rollcall.client.request import Request
from rollcall.contract.models.organization_user import ModelsOrgUser
from rollcall.contract.operations.organization_users import GET_ORGANIZATION_USERS
from rollcall.coroutine import complete, iterate

from .conftest import Server as Wire

if TYPE_CHECKING:
    from .conftest import Server

Change = Callable[[list[int]], object]


class People:
    """A list of people as a server pages it, which may change after any page."""

    def __init__(
        self, count: int, *, most: int = 5000, says: bool = True, changes: dict[int, Change] | None = None
    ) -> None:
        self.ids = list(range(1, count + 1))
        self.most = most
        self.says = says
        self.changes = changes or {}
        self.asked = 0

    def __call__(self, request: Request) -> httpx.Response:
        page, size = int(request.query["page"]), min(int(request.query["per_page"]), self.most)
        rows = [{"id": number} for number in self.ids[(page - 1) * size : page * size]]
        headers = {
            "X-Page": str(page),
            "X-Page-Size": str(size),
            "X-Pages": str(max(1, math.ceil(len(self.ids) / size))),
            "X-Records": str(len(self.ids)),
        }
        self.asked += 1
        if self.asked in self.changes:
            self.changes[self.asked](self.ids)
        return httpx.Response(200, json=rows or None, headers=headers if self.says else {})


def listing(server: Server, **options: Any) -> Listing[ModelsOrgUser]:
    fan = options.pop("fan", None)
    arguments = {"organization_id": 5}
    return Listing(server.connection(fan=fan), GET_ORGANIZATION_USERS, arguments, ModelsOrgUser, **options)


def ids(rows: list[ModelsOrgUser]) -> list[int | None]:
    return [row.id for row in rows]


@given(count=st.integers(0, 60), per_page=st.integers(1, 70), most=st.integers(1, 70), says=st.booleans())
def test_all_rows_come_once_and_in_order(count: int, per_page: int, most: int, says: bool) -> None:
    server = Wire()
    people = server.answer = People(count, most=most, says=says)
    assert ids(list(iterate(listing(server, per_page=per_page).rows()))) == people.ids
    assert ids(complete(listing(server, per_page=per_page).all())) == people.ids


def test_a_list_of_one_page_is_one_request(server: Server) -> None:
    server.answer = People(50)
    complete(listing(server).all())
    assert len(server.requests) == 1


def test_the_rows_of_a_page_come_before_the_next_page_is_asked_for(server: Server) -> None:
    server.answer = People(100)
    rows = iterate(listing(server, per_page=10).rows())
    for _ in range(10):
        next(rows)
    assert len(server.requests) == 1


def test_a_server_that_does_not_page_answers_once_and_is_asked_once_more(server: Server) -> None:
    server.answer = lambda _: httpx.Response(200, json=[{"id": 1}, {"id": 2}])
    assert ids(complete(listing(server).all())) == [1, 2]
    assert len(server.requests) == 2


def test_a_page_that_cannot_be_had_ends_the_list(server: Server) -> None:
    people = People(30)

    def answer(request: Request) -> httpx.Response:
        return people(request) if request.query["page"] != "2" else httpx.Response(403, json="Forbidden")

    server.answer = answer
    rows = iterate(listing(server, per_page=10).rows())
    for _ in range(10):
        next(rows)
    with pytest.raises(CallFailed, match="403 Forbidden for GET"):
        next(rows)


@given(
    per_page=st.integers(1, 10),
    after=st.integers(1, 8),
    change=st.sampled_from(["take the first", "take the last", "add in front", "add behind", "empty"]),
)
def test_a_list_that_changed_is_noticed_or_does_not_matter(per_page: int, after: int, change: str) -> None:
    """What comes without a complaint is exactly the list as it was, or as it is now."""

    def apply(people: list[int]) -> None:
        match change:
            case "take the first":
                people.pop(0)
            case "take the last":
                people.pop()
            case "add in front":
                people.insert(0, 1000)
            case "add behind":
                people.append(1000)
            case _:
                people.clear()

    server = Wire()
    people = server.answer = People(20, changes={after: apply})
    before = list(people.ids)
    try:
        rows = ids(list(iterate(listing(server, per_page=per_page).rows())))
    except ListChanged:
        return
    assert rows in (before, people.ids)


def test_a_list_that_changed_once_is_read_anew(server: Server) -> None:
    people = server.answer = People(30, changes={1: lambda ids: ids.pop(0)})
    assert ids(complete(listing(server, per_page=10).all())) == people.ids


def test_a_list_that_goes_on_changing_is_given_up(server: Server) -> None:
    server.answer = People(30, changes={number: lambda ids: ids.pop(0) for number in range(1, 20)})
    with pytest.raises(ListChanged, match=r"The list changed while it was read: \d+ rows came of \d+ that there were"):
        complete(listing(server, per_page=10).all())


def test_a_forecast_costs_the_first_page_which_is_not_asked_for_again(server: Server) -> None:
    people = People(100)

    def answer(request: Request) -> httpx.Response:
        reply = people(request)
        reply.headers.update({"X-Toggl-Quota-Remaining": "8", "X-Toggl-Quota-Resets-In": "600"})
        return reply

    server.answer = answer
    users = listing(server, per_page=10)
    assert complete(users.forecast()) == Forecast(requests=9, fits=False, remaining=8, seconds=600)
    assert len(list(iterate(users.rows()))) == 100
    assert len(server.requests) == 10


def test_pages_are_asked_for_together_on_an_event_loop(server: Server) -> None:
    server.answer = People(100)
    under_way = [0]
    most = [0]

    class Slow:
        async def send(self, request: Request) -> httpx.Response:
            under_way[0] += 1
            most[0] = max(most[0], under_way[0])
            await asyncio.sleep(0)
            under_way[0] -= 1
            return await server.send(request)

    async def use() -> list[int | None]:
        users = listing(server, per_page=10, fan=Together(3))
        users._connection = msgspec.structs.replace(users._connection, transport=Slow())
        return [row.id async for row in users.rows()]

    assert asyncio.run(use()) == list(range(1, 101))
    assert most == [3]
