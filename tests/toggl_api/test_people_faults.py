"""What the endpoints for people make of a connection and a server that fail, in both kinds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

import toggl_api
import toggl_api.asyncio
from toggl_api import OrganizationUserBody, WorkspaceBody, WorkspaceUserBody, errors
from toggl_api.asyncio import AsyncJSONCache
from toggl_api.meta.cache import JSONCache

from .conftest import Called, Clock

PERSON = {"id": 2, "user_id": 20, "name": "Bob", "email": "bob@example.org"}
GROUP = {"group_id": 3, "name": "Support"}
WORKSPACE = {"id": 7, "name": "First", "organization_id": 5}
INVITATION = {"invitation_id": 4, "email": "bob@example.org", "state": "pending"}
ONE_PAGE = {"X-Pages": "1", "X-Records": "1", "X-Page-Size": "200"}

REPLIES = {
    "GET /organizations/5/users": [PERSON],
    "PUT /organizations/5/users/2": "OK",
    "PATCH /organizations/5/users": "OK",
    "GET /organizations/5/groups": [GROUP],
    "POST /organizations/5/groups": GROUP,
    "PUT /organizations/5/groups/3": GROUP,
    "PATCH /organizations/5/groups/3": {"success": [{"op": "add", "path": "/users", "value": [20]}], "failure": []},
    "DELETE /organizations/5/groups/3": "OK",
    "GET /me/workspaces": [WORKSPACE],
    "GET /workspaces/7": WORKSPACE,
    "POST /organizations/5/workspaces": WORKSPACE,
    "PUT /workspaces/7": WORKSPACE,
    "GET /workspaces/7/workspace_users": [PERSON],
    "GET /organizations/5/workspaces/7/workspace_users": [PERSON],
    "PUT /organizations/5/workspaces/7/assignments": "OK",
    "PUT /workspaces/7/workspace_users/2": "OK",
    "DELETE /workspaces/7/workspace_users/2": None,
    "PATCH /organizations/5/workspaces/7/workspace_users": "OK",
    "GET /organizations/5/invitations": [INVITATION],
    "POST /organizations/5/invitations": {"data": [INVITATION], "messages": []},
    "PUT /organizations/5/invitations/4/resend": "OK",
    "DELETE /organizations/5/invitations/4": "OK",
}


class Faulty:
    """A server that answers, and fails where it is told to."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.faults: list[Callable[[], httpx.Response]] = []
        self.failing = ""

    def fail(self, methods: str, *faults: Callable[[], httpx.Response]) -> None:
        """Answer the next requests with one of these methods like this."""
        self.failing, self.faults = methods, [*faults]

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(f"{request.method} {request.url.path.removeprefix('/api/v9')}")
        if self.faults and request.method in self.failing:
            return self.faults.pop(0)()
        return httpx.Response(200, json=REPLIES[self.asked[-1]], headers=ONE_PAGE)


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> Faulty:
    monkeypatch.delenv("TOGGL_API_URL", raising=False)
    return Faulty()


Open = Callable[..., Called]


@pytest.fixture(params=["sync", "async"])
def open_endpoint(request: pytest.FixtureRequest, faulty: Faulty, clock: Clock) -> Open:
    """Makes an endpoint of either kind, by its noun, that talks to `faulty`, by `clock`."""

    # What is known of an account's quota is known to the whole process, so each test has its own.
    auth = httpx.BasicAuth(f"{uuid4().hex}@example.com", "secret")

    def opened(noun: str, *, folder: Path | None = None, **options: Any) -> Called:
        parents = (5, 7) if noun == "WorkspaceUser" else (5,)
        transport = httpx.MockTransport(faulty)
        if request.param == "sync":
            base = getattr(toggl_api, f"{noun}Endpoint")
            cache: Any = JSONCache(folder) if folder else None
            client: Any = httpx.Client(transport=transport)
        else:
            base = getattr(toggl_api.asyncio, f"Async{noun}Endpoint")
            cache = AsyncJSONCache(folder) if folder else None
            client = httpx.AsyncClient(transport=transport)
        kind = type("Endpoint", (base,), {"clock": clock})
        return Called(kind(*parents, auth, cache, client=client, **options))

    return opened


READS: dict[str, Callable[[Any], Any]] = {
    "OrganizationUser": lambda endpoint: endpoint.collect(),
    "Group": lambda endpoint: endpoint.collect(),
    "Workspace": lambda endpoint: endpoint.collect(),
    "WorkspaceUser": lambda endpoint: endpoint.collect(),
    "Invitation": lambda endpoint: endpoint.collect(),
}

WRITES: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "edit somebody": ("OrganizationUser", lambda endpoint: endpoint.edit(2, OrganizationUserBody(inactive=True))),
    "delete somebody": ("OrganizationUser", lambda endpoint: endpoint.delete(2)),
    "delete many": ("OrganizationUser", lambda endpoint: endpoint.delete_many([2])),
    "invite": ("OrganizationUser", lambda endpoint: endpoint.invite(["bob@example.org"], [7])),
    "add a group": ("Group", lambda endpoint: endpoint.add("Support")),
    "edit a group": ("Group", lambda endpoint: endpoint.edit(3, "Support")),
    "patch a group": ("Group", lambda endpoint: endpoint.add_users(3, [20])),
    "delete a group": ("Group", lambda endpoint: endpoint.delete(3)),
    "add a workspace": ("Workspace", lambda endpoint: endpoint.add(WorkspaceBody(name="First"))),
    "edit a workspace": ("Workspace", lambda endpoint: endpoint.edit(7, WorkspaceBody(name="First"))),
    "add a workspace user": ("WorkspaceUser", lambda endpoint: endpoint.add(20)),
    "edit a workspace user": ("WorkspaceUser", lambda endpoint: endpoint.edit(2, WorkspaceUserBody(role="admin"))),
    "delete a workspace user": ("WorkspaceUser", lambda endpoint: endpoint.delete(2)),
    "delete many workspace users": ("WorkspaceUser", lambda endpoint: endpoint.delete_many([2])),
    "add an invitation": ("Invitation", lambda endpoint: endpoint.add(["bob@example.org"], [7])),
    "resend": ("Invitation", lambda endpoint: endpoint.resend(4)),
    "revoke": ("Invitation", lambda endpoint: endpoint.delete(4)),
}


def raising(error: Exception) -> Callable[[], httpx.Response]:
    def fault() -> httpx.Response:
        raise error

    return fault


FAULTS: dict[str, tuple[Callable[[], httpx.Response], type[Exception]]] = {
    "cut": (raising(httpx.RemoteProtocolError("cut")), errors.UnreachableError),
    "refused": (raising(httpx.ConnectError("refused")), errors.UnreachableError),
    "slow": (raising(httpx.ReadTimeout("slow")), errors.TimedOutError),
    "plan": (lambda: httpx.Response(402, json="Must be a premium user to use this"), errors.PlanRequiredError),
    "quota": (
        lambda: httpx.Response(
            402,
            json="You have hit your hourly limit for API calls. Your quota will reset in 5 seconds.",
            headers={"X-Toggl-Quota-Remaining": "0", "X-Toggl-Quota-Resets-In": "5"},
        ),
        errors.QuotaExceededError,
    ),
    "too many": (lambda: httpx.Response(429, json="Too Many Requests"), errors.TooManyRequestsError),
    "server error": (lambda: httpx.Response(500, json="Internal Server Error"), errors.ServerError),
}
UNREADABLE: dict[str, Callable[[], httpx.Response]] = {
    "half a body": lambda: httpx.Response(200, content=b'[{"id": 1, "na', headers=ONE_PAGE),
    "a page of a proxy": lambda: httpx.Response(200, html="<html>Log in to the network</html>"),
    "another thing": lambda: httpx.Response(200, json={"unexpected": True}),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("noun", READS)
def test_a_read_that_fails_says_what_it_means(open_endpoint: Open, faulty: Faulty, noun: str, fault: str) -> None:
    answer, error = FAULTS[fault]
    faulty.fail("GET", answer)
    with pytest.raises(error):
        READS[noun](open_endpoint(noun, retries=0))


@pytest.mark.parametrize("fault", UNREADABLE)
@pytest.mark.parametrize("noun", READS)
def test_a_list_that_cannot_be_read_is_no_list(
    open_endpoint: Open, faulty: Faulty, tmp_path: Path, noun: str, fault: str
) -> None:
    endpoint = open_endpoint(noun, folder=tmp_path)
    faulty.fail("GET", UNREADABLE[fault])
    with pytest.raises(errors.UnreadableReplyError):
        READS[noun](endpoint)
    assert len(READS[noun](endpoint)) == 1


@pytest.mark.parametrize("noun", READS)
def test_a_read_is_tried_again_where_that_may_help(
    open_endpoint: Open, faulty: Faulty, clock: Clock, noun: str
) -> None:
    faulty.fail("GET", FAULTS["server error"][0], FAULTS["cut"][0], FAULTS["too many"][0])
    assert len(READS[noun](open_endpoint(noun, retries=3))) == 1
    assert (len(faulty.asked), len(clock.slept)) == (4, 3)


@pytest.mark.parametrize("noun", READS)
def test_the_quota_is_waited_for_only_where_that_was_asked_for(
    open_endpoint: Open, faulty: Faulty, clock: Clock, noun: str
) -> None:
    faulty.fail("GET", FAULTS["quota"][0])
    assert len(READS[noun](open_endpoint(noun, wait_for_quota=True))) == 1
    assert clock.slept == [5.0]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("write", WRITES)
def test_a_change_that_fails_says_what_it_means_and_no_cache_is_trusted_after_it(
    open_endpoint: Open, faulty: Faulty, tmp_path: Path, write: str, fault: str
) -> None:
    noun, change = WRITES[write]
    endpoints = {each: open_endpoint(each, folder=tmp_path, retries=0) for each in READS}
    for each, endpoint in endpoints.items():
        READS[each](endpoint)
    answer, error = FAULTS[fault]
    faulty.fail("POST PUT PATCH DELETE", answer)
    with pytest.raises(error):
        change(endpoints[noun])
    faulty.asked.clear()
    for each, endpoint in endpoints.items():
        READS[each](endpoint)
    assert len(faulty.asked) == len(READS)


@pytest.mark.parametrize("write", ["add a group", "patch a group", "invite", "add an invitation", "add a workspace"])
@pytest.mark.parametrize("fault", ["cut", "slow", "server error"])
def test_what_may_have_been_done_is_not_sent_again(open_endpoint: Open, faulty: Faulty, write: str, fault: str) -> None:
    noun, change = WRITES[write]
    faulty.fail("POST PATCH", *[FAULTS[fault][0]] * 4)
    with pytest.raises(FAULTS[fault][1]):
        change(open_endpoint(noun, retries=3))
    assert len(faulty.asked) == 1


@pytest.mark.parametrize("write", ["add a group", "edit a group", "patch a group", "add a workspace", "invite"])
@pytest.mark.parametrize("fault", ["half a body", "a page of a proxy"])
def test_a_change_whose_reply_cannot_be_read_says_so_and_its_cache_is_not_trusted(
    open_endpoint: Open, faulty: Faulty, tmp_path: Path, write: str, fault: str
) -> None:
    noun, change = WRITES[write]
    endpoint = open_endpoint(noun, folder=tmp_path)
    READS[noun](endpoint)
    faulty.fail("POST PUT PATCH", UNREADABLE[fault])
    with pytest.raises(errors.UnreadableReplyError):
        change(endpoint)
    faulty.asked.clear()
    READS[noun](endpoint)
    assert len(faulty.asked) == 1


ABSENT: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "get a workspace": ("Workspace", lambda endpoint: endpoint.get(7)),
    "look an invitation up": ("Invitation", lambda endpoint: endpoint.look_up("code")),
    "delete a group": WRITES["delete a group"],
    "delete a workspace user": WRITES["delete a workspace user"],
    "revoke": WRITES["revoke"],
}


@pytest.mark.parametrize("call", ABSENT)
def test_that_something_is_not_there_is_an_answer_unless_every_error_is_to_be_raised(
    open_endpoint: Open, faulty: Faulty, call: str
) -> None:
    noun, ask = ABSENT[call]
    faulty.fail("GET DELETE", *[lambda: httpx.Response(404, json="not there")] * 2)
    assert ask(open_endpoint(noun)) is None
    with pytest.raises(errors.NotFoundError):
        ask(open_endpoint(noun, re_raise=True))


def test_an_invitations_code_is_in_no_message(open_endpoint: Open, faulty: Faulty) -> None:
    faulty.fail("POST", lambda: httpx.Response(404, json="Invalid invitation code"))
    with pytest.raises(errors.NotFoundError) as error:
        open_endpoint("Invitation").accept("secretsecret")
    assert "secretsecret" not in str(error.value)
