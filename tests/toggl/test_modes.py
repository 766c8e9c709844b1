"""Both modes of `toggl` against the real server, in process and over a socket, with faults on the way: one suite."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import httpx
import pytest

import toggl
from rollcall.testing import Account, RollcallServer
from toggl import rest

from .mode import Mode
from .transports import Fault, Faulty, HalfABody, InProcess, OverSockets

if TYPE_CHECKING:
    from .conftest import Clock

USED_UP = "You have hit your hourly limit for API calls. Your quota will reset in 9 seconds."


def replies(status: int, **reply: Any) -> Callable[[], httpx.Response]:
    return lambda: httpx.Response(status, **reply)


class Way(NamedTuple):
    """A client of one mode, on its way to the server as one account.

    Attributes:
        mode: The mode.
        api_client: The client.
        transport: What faults are put on.
        organization_id: The account's own organization.
    """

    mode: Mode
    api_client: Any
    transport: Faulty
    organization_id: int

    @property
    def organizations(self) -> Any:
        return self.mode.face.OrganizationsApi(self.api_client)

    def get(self, **options: Any) -> toggl.ModelsMeOrganization:
        """Ask for what may be asked for again."""
        got: toggl.ModelsMeOrganization = self.mode.done(
            self.organizations.get_organization(self.organization_id, **options)
        )
        return got

    def post(self) -> toggl.OrganizationPostOrganizationReply:
        """Make what would be made twice if it were asked for again."""
        payload = toggl.ModelsPostPayload(name="Another", workspace_name="First")
        made: toggl.OrganizationPostOrganizationReply = self.mode.done(self.organizations.post_organization(payload))
        return made

    def names(self) -> list[str | None]:
        """What the account's organizations are called."""
        return [one.name for one in self.mode.done(self.mode.face.MeApi(self.api_client).get_me_organizations())]


@pytest.fixture(params=["process", "socket"])
def way(
    request: pytest.FixtureRequest,
    mode: Mode,
    rollcall_server: RollcallServer,
    rollcall_account: Account,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Way]:
    monkeypatch.setattr(mode.face.ApiClient, "clock", clock)
    transport = Faulty(InProcess(rollcall_server) if request.param == "process" else OverSockets())
    client = mode.http_client(transport=transport)
    configuration = toggl.Configuration(
        host=rollcall_server.url, username=rollcall_account.email, password=rollcall_account.password
    )
    api_client = mode.face.ApiClient(configuration, client=client)
    [own] = mode.done(mode.face.MeApi(api_client).get_me_organizations())
    transport.requests.clear()
    yield Way(mode, api_client, transport, own.id)
    mode.close_http(client)


def test_what_was_written_is_read(way: Way) -> None:
    assert way.mode.done(way.organizations.put_organization(way.organization_id, {"name": "Renamed"})) == "OK"
    assert way.get().name == "Renamed"


def test_the_twin_answers_status_and_headers_too(way: Way) -> None:
    data, status, headers = way.mode.done(way.organizations.get_organization_with_http_info(way.organization_id))
    assert (data.id, status, headers["Content-Type"]) == (way.organization_id, 200, "application/json; charset=utf-8")


def test_a_refusal_is_raised_with_what_the_server_says(way: Way) -> None:
    with pytest.raises(rest.BadRequestException) as error:
        way.mode.done(way.organizations.put_organization(way.organization_id, {"name": ""}))
    assert (error.value.status, error.value.operation) == (400, "put_organization")
    assert "name" in error.value.text


def test_wrong_credentials_are_a_meaning_of_their_own(way: Way) -> None:
    way.api_client.configuration.password = "wrong"
    with pytest.raises(rest.UnauthorizedException, match="Incorrect username and/or password"):
        way.get()


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault(httpx.ConnectError("refused")), id="refused"),
        pytest.param(Fault(httpx.ReadError("cut")), id="cut-before-it-arrives"),
        pytest.param(Fault(httpx.ReadError("cut"), arrives=True), id="cut-after-it-was-done"),
        pytest.param(Fault(httpx.RemoteProtocolError("cut")), id="no-reply"),
        pytest.param(Fault(lambda: httpx.Response(200, stream=HalfABody())), id="half-a-body"),
        pytest.param(Fault(replies(500, json="Internal Server Error")), id="500"),
        pytest.param(Fault(replies(503)), id="503"),
        pytest.param(Fault(replies(429, headers={"Retry-After": "3"})), id="429"),
    ],
)
def test_what_may_pass_is_asked_for_again(fault: Fault, way: Way, clock: Clock) -> None:
    way.transport.faults = [fault, fault]
    assert way.get().id == way.organization_id
    assert len(way.transport.requests) == 3
    assert len(clock.slept) == 2


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        pytest.param(Fault(httpx.ReadError("cut"), arrives=True), rest.UnreachableException, id="cut"),
        pytest.param(
            Fault(lambda: httpx.Response(200, stream=HalfABody()), arrives=True),
            rest.UnreachableException,
            id="half-a-body",
        ),
        pytest.param(Fault(httpx.ReadTimeout("slow"), arrives=True), rest.TimeoutException, id="slow"),
        pytest.param(Fault(replies(500, json="no"), arrives=True), rest.ServiceException, id="500"),
        pytest.param(Fault(replies(504), arrives=True), rest.ServiceException, id="504"),
    ],
)
def test_what_may_have_been_done_is_never_done_twice(fault: Fault, kind: type[Exception], way: Way) -> None:
    way.transport.faults = [fault]
    with pytest.raises(kind):
        way.post()
    assert len(way.transport.requests) == 1
    assert way.names().count("Another") == 1


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault(httpx.ConnectError("refused")), id="refused"),
        pytest.param(Fault(replies(429, json="Too Many Requests")), id="429"),
    ],
)
def test_what_was_not_taken_is_sent_again_whatever_it_is(fault: Fault, way: Way) -> None:
    way.transport.faults = [fault]
    assert way.post().name == "Another"
    assert way.names().count("Another") == 1


@pytest.mark.parametrize(
    ("fault", "kind", "text"),
    [
        pytest.param(Fault(httpx.ReadTimeout("slow")), rest.TimeoutException, "", id="slow"),
        pytest.param(Fault(replies(402, json=USED_UP)), rest.QuotaExceededException, USED_UP, id="quota"),
        pytest.param(
            Fault(replies(402, json="Must be a premium user to use rounding")),
            rest.PlanRequiredException,
            "Must be a premium user to use rounding",
            id="plan",
        ),
        pytest.param(
            Fault(replies(200, content=b"<html>", headers={"Content-Type": "text/html"})),
            rest.UnreadableException,
            "",
            id="another-content-type",
        ),
        pytest.param(Fault(replies(200, content=b'{"id": 7, "na')), rest.UnreadableException, "", id="half-a-text"),
    ],
)
def test_what_will_not_pass_is_told_at_once(fault: Fault, kind: type[rest.ApiException], text: str, way: Way) -> None:
    way.transport.faults = [fault]
    with pytest.raises(kind) as error:
        way.get()
    assert (type(error.value), error.value.text, error.value.operation) == (kind, text, "get_organization")
    assert len(way.transport.requests) == 1


def test_a_used_up_quota_is_waited_for_where_that_was_asked_for(way: Way, clock: Clock) -> None:
    way.transport.faults = [Fault(replies(402, json=USED_UP))]
    way.api_client.configuration.wait_for_quota = True
    assert way.get().id == way.organization_id
    assert clock.slept == [9]


def test_retries_end(way: Way) -> None:
    way.transport.faults = [Fault(replies(503)) for _ in range(9)]
    way.api_client.configuration.retries = 2
    with pytest.raises(rest.ServiceException):
        way.get()
    assert len(way.transport.requests) == 3


def test_what_is_left_of_the_quota_can_be_asked_for(way: Way) -> None:
    told = {"X-Toggl-Quota-Remaining": "29", "X-Toggl-Quota-Resets-In": "3600"}
    way.transport.faults = [Fault(replies(200, json={}, headers=told))]
    way.get()
    quota = way.api_client.quota(way.organization_id)
    assert quota is not None
    assert (quota.remaining, way.api_client.quota()) == (29, None)


def test_a_time_limit_is_the_calls_own(way: Way) -> None:
    way.get(_request_timeout=(2, 9))
    assert way.transport.requests[-1].extensions["timeout"] == {"connect": 2, "read": 9, "write": 9, "pool": 9}


@pytest.mark.parametrize("theirs", [{}, {"theirs": "kept"}], ids=["none-there", "one-there"])
def test_a_reply_does_not_log_anybody_in(theirs: dict[str, str], way: Way) -> None:
    client = way.api_client._client
    client.cookies.update(theirs)
    me = way.mode.face.MeApi(way.api_client)
    assert "set-cookie" in way.mode.done(me.post_me_sessions_with_http_info()).headers
    assert dict(client.cookies) == theirs
    way.api_client.configuration.username = None
    with pytest.raises(rest.UnauthorizedException):
        way.get()
    assert way.transport.requests[-1].headers.get("Cookie") == ("theirs=kept" if theirs else None)
