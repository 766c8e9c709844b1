"""Each flow of a noun, stepped by hand: the requests it makes, one after the other, and what it makes of replies."""

from __future__ import annotations

import json
import logging
from collections.abc import Coroutine, Generator
from pathlib import Path
from typing import Any

import httpx
import pytest

from rollcall.client.cache.cache_file import CacheFile
from rollcall.client.cache.json_store import JSONStore
from rollcall.client.cache.model_cache import at_once
from rollcall.client.cache.shelves import Shelves
from rollcall.client.connection import Connection
from rollcall.client.endpoints.groups import Groups
from rollcall.client.endpoints.invitations import Invitations
from rollcall.client.endpoints.organization_users import NotInvitedError, OrganizationUsers
from rollcall.client.endpoints.organizations import Organizations
from rollcall.client.endpoints.session import Session
from rollcall.client.endpoints.workspace_users import WorkspaceUsers
from rollcall.client.endpoints.workspaces import Workspaces
from rollcall.client.failure import CallFailed, Meaning
from rollcall.client.fan import OneByOne
from rollcall.client.quota import Ledger
from rollcall.client.request import Request
from rollcall.client.retry import Patience
from toggl_api.bodies import OrganizationUserBody, WorkspaceBody, WorkspaceUserBody
from toggl_api.models import (
    TogglGroup,
    TogglInvitation,
    TogglNewInvitation,
    TogglOrganization,
    TogglOrganizationUser,
    TogglReceivedInvitation,
    TogglWorkspace,
    TogglWorkspaceUser,
)

from .conftest import failed

BOB: dict[str, Any] = {"id": 2, "user_id": 20, "name": "Bob", "email": "bob@example.org"}
ANN: dict[str, Any] = {"id": 1, "user_id": 10, "name": "Ann", "email": "ann@example.org"}
ONE_PAGE = {"X-Pages": "1", "X-Records": "2", "X-Page-Size": "200"}


class Asked:
    """A request that is under way: whoever steps the flow answers it."""

    def __init__(self, request: Request) -> None:
        self.request = request

    def __await__(self) -> Generator[Request, httpx.Response, httpx.Response]:
        response = yield self.request
        response.request = httpx.Request(self.request.method, f"https://rollcall.invalid{self.request.path}")
        return response


class Hand:
    """A transport that waits for the hand, and a clock that goes when it is told to."""

    def __init__(self) -> None:
        self.seconds = 1_800_000_000.0

    async def send(self, request: Request) -> httpx.Response:
        return await Asked(request)

    def now(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds


class Flow:
    """One call of a flow, stepped from request to request."""

    def __init__(self, coroutine: Coroutine[Any, Any, Any]) -> None:
        self.coroutine = coroutine
        self.result: Any = None
        self.request: Request | None = self._step(None)

    def answer(self, status: int, body: object = None, **headers: str) -> Request | None:
        """Answer the request that is under way; what comes is the next one, or None at the end."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        content = b"" if status == 304 else json.dumps(body).encode()
        self.request = self._step(httpx.Response(status, content=content, headers=named))
        return self.request

    @property
    def asks(self) -> str:
        """The request that is under way, as method and path."""
        assert self.request is not None
        return f"{self.request.method} {self.request.path}"

    def _step(self, response: httpx.Response | None) -> Request | None:
        try:
            request: Request = self.coroutine.send(response)
        except StopIteration as end:
            self.result = end.value
            return None
        return request


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def session(hand: Hand, tmp_path: Path) -> Session:
    connection = Connection(
        transport=hand,
        clock=hand,
        fan=OneByOne(),
        patience=Patience(retries=0),
        ledger=Ledger(),
        failed=failed,
        log=logging.getLogger("toggl_api"),
    )
    shelves = Shelves(CacheFile(JSONStore(tmp_path / "cache.json"), 60), "ann", clock=hand, run=at_once)
    return Session(connection, shelves, re_raise=False)


@pytest.fixture
def groups(session: Session) -> Groups[TogglGroup]:
    return Groups(session, TogglGroup, 5)


@pytest.fixture
def users(session: Session) -> OrganizationUsers[TogglOrganizationUser, TogglNewInvitation]:
    return OrganizationUsers(session, TogglOrganizationUser, TogglNewInvitation, 5)


@pytest.fixture
def members(session: Session) -> WorkspaceUsers[TogglWorkspaceUser]:
    return WorkspaceUsers(session, TogglWorkspaceUser, 5, 7)


@pytest.fixture
def workspaces(session: Session) -> Workspaces[TogglWorkspace]:
    return Workspaces(session, TogglWorkspace, 5)


@pytest.fixture
def invitations(session: Session) -> Invitations[TogglInvitation, TogglNewInvitation, TogglReceivedInvitation]:
    return Invitations(session, TogglInvitation, TogglNewInvitation, TogglReceivedInvitation, 5)


def test_a_refresh_of_one_that_is_unchanged_costs_no_body_and_makes_it_fresh(session: Session, hand: Hand) -> None:
    organizations = Organizations(session, TogglOrganization)
    first = Flow(organizations.get(5, refresh=False))
    first.answer(200, {"id": 5, "name": "Ours"}, ETag='"v1"')
    hand.seconds += 61
    again = Flow(organizations.get(5, refresh=False))
    assert again.request is not None
    assert again.request.headers == {"If-None-Match": '"v1"'}
    again.answer(304)
    assert again.result == first.result
    assert Flow(organizations.get(5, refresh=False)).result == first.result


def test_a_refresh_of_all_that_are_unchanged_costs_no_body_and_makes_them_fresh(
    groups: Groups[TogglGroup], hand: Hand
) -> None:
    first = Flow(groups.collect(refresh=False))
    assert first.asks == "GET /organizations/5/groups"
    first.answer(200, [{"group_id": 1, "name": "A"}], ETag='"v1"')
    again = Flow(groups.collect(refresh=True))
    assert again.request is not None
    assert again.request.headers == {"If-None-Match": '"v1"'}
    again.answer(304)
    assert again.result == first.result
    hand.seconds += 61
    changed = Flow(groups.collect(refresh=False))
    changed.answer(200, [], ETag='"v2"')
    assert (changed.result, Flow(groups.collect(refresh=False)).result) == ([], [])


def test_so_it_is_with_a_list_of_one_page_that_is_not_full(users: OrganizationUsers[Any, Any]) -> None:
    first = Flow(users.collect(refresh=False))
    first.answer(200, [ANN, BOB], ETag='"v1"', **{"X-Pages": "1", "X-Records": "2", "X-Page-Size": "200"})
    again = Flow(users.collect(refresh=True))
    assert again.request is not None
    assert again.request.headers == {"If-None-Match": '"v1"'}
    again.answer(304)
    assert again.result == first.result


@pytest.mark.parametrize(
    "said",
    [
        {"X-Pages": "1", "X-Records": "2", "X-Page-Size": "2"},
        {"X-Pages": "1", "X-Records": "2"},
    ],
)
def test_the_etag_of_a_page_that_may_be_full_speaks_for_no_more_than_the_page(
    users: OrganizationUsers[Any, Any], said: dict[str, str]
) -> None:
    Flow(users.collect(refresh=False)).answer(200, [ANN, BOB], ETag='"v1"', **said)
    again = Flow(users.collect(refresh=True))
    assert again.request is not None
    assert again.request.headers == {}


def test_the_etag_of_the_first_of_many_pages_speaks_for_no_more_than_the_page(
    users: OrganizationUsers[Any, Any],
) -> None:
    said = {"X-Pages": "2", "X-Records": "2", "X-Page-Size": "200"}
    first = Flow(users.collect(refresh=False))
    first.answer(200, [ANN], ETag='"v1"', **said)
    first.answer(200, [BOB], ETag='"v2"', **said)
    assert [user.id for user in first.result] == [1, 2]
    again = Flow(users.collect(refresh=True))
    assert again.request is not None
    assert again.request.headers == {}


def test_the_etag_of_a_reading_that_was_given_up_does_not_speak_for_the_next(
    users: OrganizationUsers[Any, Any],
) -> None:
    flow = Flow(users.collect(refresh=False))
    flow.answer(200, [ANN], ETag='"v1"', **ONE_PAGE)
    flow.answer(200, [ANN, BOB], ETag='"v2"', **ONE_PAGE)
    assert [user.id for user in flow.result] == [1, 2]
    again = Flow(users.collect(refresh=True))
    assert again.request is not None
    assert again.request.headers == {}


def test_nothing_changed_is_no_answer_to_who_did_not_ask_that(groups: Groups[TogglGroup]) -> None:
    with pytest.raises(CallFailed) as error:
        Flow(groups.add("A", (), ())).answer(304)
    assert error.value.meaning is Meaning.UNREADABLE


def test_a_list_that_was_asked_for_before_a_change_is_not_kept_after_it(groups: Groups[TogglGroup]) -> None:
    reading = Flow(groups.collect(refresh=False))
    writing = Flow(groups.edit(1, "New", None, None))
    writing.answer(200, {"group_id": 1, "name": "New"})
    reading.answer(200, [{"group_id": 1, "name": "Old"}])
    assert [group.name for group in reading.result] == ["Old"]
    assert Flow(groups.get(1, refresh=False)).result.name == "New"
    assert Flow(groups.collect(refresh=False)).request is not None


def test_a_change_that_is_cut_off_leaves_nothing_to_be_trusted(
    groups: Groups[TogglGroup], users: OrganizationUsers[Any, Any]
) -> None:
    Flow(groups.collect(refresh=False)).answer(200, [{"group_id": 1, "name": "A"}])
    Flow(users.collect(refresh=False)).answer(200, [ANN], **{"X-Pages": "1", "X-Records": "1"})
    writing = Flow(groups.delete(1))
    writing.coroutine.close()
    for reading in (groups.get(1, refresh=False), groups.collect(refresh=False), users.collect(refresh=False)):
        assert Flow(reading).request is not None


def test_somebody_given_by_object_is_asked_for_by_address_alone(users: OrganizationUsers[Any, Any]) -> None:
    flow = Flow(users.get(TogglOrganizationUser(**BOB), refresh=False))
    assert flow.request is not None
    assert flow.request.query["filter"] == "bob@example.org"
    flow.answer(200, [{**BOB, "id": 3}, BOB], **ONE_PAGE)
    assert flow.result.id == 2


def test_somebody_given_by_number_is_looked_for_among_all(users: OrganizationUsers[Any, Any]) -> None:
    flow = Flow(users.get(2, refresh=False))
    assert flow.request is not None
    assert "filter" not in flow.request.query
    flow.answer(200, [ANN, BOB], **ONE_PAGE)
    assert flow.result.email == "bob@example.org"
    assert Flow(users.get(1, refresh=False)).result.email == "ann@example.org"


def test_who_is_given_by_number_is_looked_for_before_the_change_and_by_address_after_it(
    users: OrganizationUsers[Any, Any],
) -> None:
    flow = Flow(users.edit(2, OrganizationUserBody(email="robert@example.org")))
    assert flow.asks == "GET /organizations/5/users"
    flow.answer(200, [ANN, BOB], **ONE_PAGE)
    assert flow.asks == "PUT /organizations/5/users/2"
    flow.answer(200, "OK")
    assert flow.request is not None
    assert flow.request.query["filter"] == "robert@example.org"
    flow.answer(200, [{**BOB, "email": "robert@example.org", "joined": True}])
    assert (flow.result.email, flow.result.joined) == ("robert@example.org", True)


def test_nothing_is_changed_where_who_it_is_cannot_be_read_first(users: OrganizationUsers[Any, Any]) -> None:
    flow = Flow(users.edit(2, OrganizationUserBody(inactive=True)))
    with pytest.raises(CallFailed):
        flow.answer(403, "Forbidden")


def test_a_change_that_cannot_be_read_back_does_not_look_failed(
    users: OrganizationUsers[Any, Any], members: WorkspaceUsers[Any]
) -> None:
    flow = Flow(users.edit(TogglOrganizationUser(**BOB), OrganizationUserBody(inactive=True)))
    flow.answer(200, "OK")
    flow.answer(500, "Internal Server Error")
    assert flow.result == TogglOrganizationUser(**BOB, inactive=True)
    flow = Flow(members.edit(TogglWorkspaceUser(**BOB), WorkspaceUserBody(rate=12.5)))
    assert flow.asks == "PUT /workspaces/7/workspace_users/2"
    flow.answer(200, "OK")
    assert flow.asks == "GET /organizations/5/workspaces/7/workspace_users"
    flow.answer(500, "Internal Server Error")
    assert flow.result == TogglWorkspaceUser(**BOB, rate=12.5)


def test_who_is_invited_is_read_by_their_address(users: OrganizationUsers[Any, Any]) -> None:
    flow = Flow(users.add("bob@example.org", [7], [9], skip_email=True))
    assert flow.request is not None
    assert json.loads(flow.request.content or b"") == {
        "emails": ["bob@example.org"],
        "workspaces": [{"workspace_id": 7}],
        "groups": [9],
        "skip_email": True,
    }
    flow.answer(200, {"data": [{"invitation_id": 4, "email": "bob@example.org"}], "messages": []})
    assert flow.request.query["filter"] == "bob@example.org"
    flow.answer(200, [BOB])
    assert flow.result.id == 2


def test_an_invitation_that_was_made_but_cannot_be_read_says_so(users: OrganizationUsers[Any, Any]) -> None:
    flow = Flow(users.add("bob@example.org", [7], (), skip_email=False))
    flow.answer(200, {"data": [{"invitation_id": 4, "email": "bob@example.org"}]})
    with pytest.raises(CallFailed) as error:
        flow.answer(500, "Internal Server Error")
    assert "The invitation of bob@example.org was made" in error.value.__notes__[0]


def test_whom_the_server_neither_invites_nor_lists_is_told_in_its_words(users: OrganizationUsers[Any, Any]) -> None:
    flow = Flow(users.add("bob@example.org", [7], (), skip_email=False))
    flow.answer(200, {"data": None, "messages": ["bob@example.org cannot be invited"]})
    flow.answer(200, [])
    with pytest.raises(NotInvitedError, match=r"bob@example\.org cannot be invited"):
        flow.answer(200, [ANN], **{"X-Pages": "1", "X-Records": "1"})


def test_many_who_are_invited_are_told_apart(users: OrganizationUsers[Any, Any]) -> None:
    flow = Flow(users.invite(["a@example.org", "b@example.org", "c@example.org"], [7], (), skip_email=False))
    flow.answer(
        200, {"data": [{"invitation_id": 4, "email": "A@example.org"}], "messages": ["b@example.org is a member"]}
    )
    assert [made.invitation_id for made in flow.result.invitations] == [4]
    assert flow.result.failed == {
        "b@example.org": "b@example.org is a member",
        "c@example.org": "The server does not say why",
    }


def test_whoever_is_put_into_a_workspace_is_found_by_their_account(members: WorkspaceUsers[Any]) -> None:
    flow = Flow(members.add(TogglOrganizationUser(**BOB)))
    assert flow.asks == "PUT /organizations/5/workspaces/7/assignments"
    flow.answer(200, "OK")
    assert flow.request is not None
    assert flow.request.query["search"] == "bob@example.org"
    flow.answer(200, [{**BOB, "id": 33}])
    assert flow.result.id == 33
    flow = Flow(members.add(20))
    flow.answer(200, "OK")
    assert flow.asks == "GET /workspaces/7/workspace_users"
    flow.answer(200, [{**BOB, "id": 33}])
    assert (flow.request, flow.result.id) == (None, 33)


def test_a_list_that_toggl_answers_whole_is_one_request_though_it_says_nothing_of_pages(
    members: WorkspaceUsers[Any],
) -> None:
    flow = Flow(members.collect(refresh=False))
    flow.answer(200, [ANN, BOB])
    assert [user.id for user in flow.result] == [1, 2]


def test_a_workspace_is_kept_as_its_change_answers_with_it(workspaces: Workspaces[TogglWorkspace]) -> None:
    flow = Flow(workspaces.edit(7, WorkspaceBody(name="New")))
    assert flow.asks == "PUT /workspaces/7"
    flow.answer(200, {"id": 7, "name": "New", "organization_id": 5})
    assert Flow(workspaces.get(7, refresh=False)).result == flow.result


def test_of_the_workspaces_of_the_account_only_those_of_the_organization_are_kept(
    workspaces: Workspaces[TogglWorkspace],
) -> None:
    flow = Flow(workspaces.collect(refresh=False))
    assert flow.asks == "GET /me/workspaces"
    flow.answer(200, [{"id": 7, "name": "A", "organization_id": 5}, {"id": 8, "name": "B", "organization_id": 6}])
    assert [workspace.id for workspace in flow.result] == [7]
    elsewhere = Flow(workspaces.get(8, refresh=False))
    elsewhere.answer(200, {"id": 8, "name": "B", "organization_id": 6})
    assert elsewhere.result is None
    assert [workspace.id for workspace in Flow(workspaces.collect(refresh=False)).result] == [7]


def test_an_invitation_that_is_taken_back_stays_in_the_list_in_another_state(
    invitations: Invitations[Any, Any, Any],
) -> None:
    listed = [{"invitation_id": 4, "email": "bob@example.org", "state": "pending"}]
    Flow(invitations.collect(refresh=False)).answer(200, listed, **{"X-Pages": "1", "X-Records": "1"})
    flow = Flow(invitations.delete(4))
    assert flow.asks == "DELETE /organizations/5/invitations/4"
    flow.answer(200, "OK")
    assert Flow(invitations.get(4, refresh=False)).request is not None
    gone = Flow(invitations.delete(9))
    gone.answer(404, "Invitation not found")
    assert gone.request is None


def test_an_accepted_invitation_may_change_all_that_the_account_sees(
    invitations: Invitations[Any, Any, Any], session: Session
) -> None:
    elsewhere = Groups(session, TogglGroup, 6)
    Flow(elsewhere.collect(refresh=False)).answer(200, [])
    flow = Flow(invitations.accept("secret"))
    assert flow.asks == "POST /organizations/invitations/secret/accept"
    flow.answer(200, "OK")
    assert Flow(elsewhere.collect(refresh=False)).request is not None


@pytest.mark.parametrize("left", ["the answer", "no answer"])
def test_whoever_leaves_an_organization_forgets_what_was_in_it(session: Session, left: str) -> None:
    organizations, here, elsewhere = (
        Organizations(session, TogglOrganization),
        *(Groups(session, TogglGroup, number) for number in (5, 56)),
    )
    for groups in (here, elsewhere):
        Flow(groups.collect(refresh=False)).answer(200, [])
    leaving = Flow(organizations.delete(5))
    if left == "the answer":
        leaving.answer(200, "OK")
    else:
        leaving.coroutine.close()
    assert Flow(here.collect(refresh=False)).request is not None
    assert Flow(elsewhere.collect(refresh=False)).result == []


def test_a_hundred_people_are_a_patch_each_and_each_failure_is_told(groups: Groups[TogglGroup]) -> None:
    flow = Flow(groups.change_users(1, "add", [1, 2, 3]))
    assert flow.asks == "PATCH /organizations/5/groups/1"
    assert patches(flow) == [[1], [2], [3]]
    flow.answer(200, output(failure={2: "unknown"}))
    assert (flow.result.done, flow.result.failed) == ([1, 3], {2: "unknown"})


def test_more_people_go_together_and_only_who_was_refused_together_is_sent_again(groups: Groups[TogglGroup]) -> None:
    flow = Flow(groups.change_users(1, "remove", range(1, 251)))
    assert [len(part) for part in patches(flow)] == [100, 100, 50]
    together = {"op": "remove", "path": "/users", "value": [*range(101, 201)]}
    flow.answer(200, {"success": [], "failure": [{"patch": together, "message": "150 is unknown"}]})
    assert patches(flow) == [[number] for number in range(101, 201)]
    flow.answer(200, output(failure={150: "150 is unknown"}, op="remove"))
    assert flow.request is None
    assert {*flow.result.done} == {*range(1, 251)} - {150}
    assert flow.result.failed == {150: "150 is unknown"}


def test_where_every_patch_is_refused_the_server_refuses_the_request(groups: Groups[TogglGroup]) -> None:
    flow = Flow(groups.change_users(1, "add", [1, 2]))
    with pytest.raises(CallFailed, match="User 1 not exists"):
        flow.answer(400, "User 1 not exists in the organization 5")


def test_what_was_done_before_the_quota_was_used_up_is_told(groups: Groups[TogglGroup]) -> None:
    flow = Flow(groups.change_workspaces(1, "add", range(1, 202)))
    together = {"op": "add", "path": "/workspaces", "value": [*range(1, 101)]}
    flow.answer(200, {"success": [], "failure": [{"patch": together, "message": "one is unknown"}]})
    flow.answer(402, "You have hit your hourly limit", X_Toggl_Quota_Remaining="0")
    assert flow.result.done == [*range(101, 202)]
    assert {*flow.result.failed.values()} == {"You have hit your hourly limit"}
    assert [*flow.result.failed] == [*range(1, 101)]


def test_a_reply_that_does_not_say_what_was_changed_is_an_error(groups: Groups[TogglGroup]) -> None:
    with pytest.raises(CallFailed, match="does not say what was changed"):
        Flow(groups.change_users(1, "add", [1])).answer(200, "OK")


def patches(flow: Flow) -> list[list[int]]:
    assert flow.request is not None
    return [patch["value"] for patch in json.loads(flow.request.content or b"")]


def output(*, failure: dict[int, str], op: str = "add") -> dict[str, Any]:
    failures = [
        {"patch": {"op": op, "path": "/users", "value": [number]}, "message": message}
        for number, message in failure.items()
    ]
    return {"success": [], "failure": failures}
