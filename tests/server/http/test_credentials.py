"""Who is let in: Basic authentication with a password or a token, and the session cookie."""

from __future__ import annotations

import base64

import pytest

from rollcall.contract.operations.account import POST_SESSION
from rollcall.contract.reason import Reason
from rollcall.server.domain.logins import MAXIMUM_FAILURES
from tests.server.conftest import OpenWorld
from tests.server.meets import meets
from tests.server.world import PASSWORD, World

pytestmark = pytest.mark.anyio

WRONG = (403, "Incorrect username and/or password")
COOKIE = "toggl_api_session_new"


class TestBasic:
    async def test_no_credentials_are_answered_with_nothing_but_a_header(self, world: World) -> None:
        reply = await world.http.get("/me")
        assert (reply.status_code, reply.content, reply.headers["x-authorization-missing"]) == (401, b"", "true")
        assert reply.headers["content-length"] == "0"
        assert "content-type" not in reply.headers
        assert "www-authenticate" not in reply.headers

    async def test_a_password_and_a_token_let_in(self, world: World) -> None:
        ann = await world.person("ann")
        for auth in [(ann.email, PASSWORD), (ann.email.upper(), PASSWORD), ann.auth]:
            assert (await world.http.get("/me/id", auth=auth)).json() == ann.id

    async def test_anything_else_does_not(self, world: World) -> None:
        ann = await world.person("ann")
        for auth in [
            (ann.email, "wrong password"),
            (ann.email, ann.token),
            (ann.token, PASSWORD),
            ("nobody@example.com", PASSWORD),
            ("0" * 32, "api_token"),
            (ann.email, "x" * 5000),
            ("", ""),
        ]:
            reply = await world.http.get("/me", auth=auth)
            assert (reply.status_code, reply.json()) == WRONG

    @pytest.mark.parametrize(
        "header",
        ["Basic", "Basic !!!", "Basic " + base64.b64encode(b"no colon").decode(), "Bearer abc", "Basic /w==", "\u00e9"],
    )
    async def test_a_header_that_says_nothing_does_not(self, world: World, header: str) -> None:
        reply = await world.http.get("/me", headers={b"authorization": header.encode("latin-1")})
        assert (reply.status_code, reply.json()) == WRONG

    async def test_an_address_with_a_nul_does_not(self, world: World) -> None:
        header = "Basic " + base64.b64encode(b"a\0@example.com:password").decode()
        reply = await world.http.get("/me", headers={"authorization": header})
        assert (reply.status_code, reply.json()) == WRONG

    async def test_a_password_may_have_any_letters(self, new_world: OpenWorld) -> None:
        world = await new_world(signup="open")
        password = "pa:ss \U0001f986 wörd"
        body = {"email": "ann@example.com", "password": password, "tos_accepted": True}
        account = (await world.http.post("/signup", json=body)).json()
        header = base64.b64encode(f"ann@example.com:{password}".encode()).decode()
        reply = await world.http.get("/me/id", headers={"authorization": f"basic {header}"})
        assert reply.json() == account["id"]

    async def test_wrong_credentials_come_before_anything_the_request_says(self, world: World) -> None:
        for path in ("/organizations/x", "/organizations/1", "/me?with_related_data=maybe"):
            assert (await world.http.get(path)).status_code == 401
            assert (await world.http.get(path, auth=("0" * 32, "api_token"))).status_code == 403

    async def test_guessing_is_slowed_down_for_who_guesses_only(self, world: World) -> None:
        ann, bob = await world.person("ann"), await world.person("bob")
        assert (await world.http.get("/me/id", auth=(ann.email, PASSWORD))).status_code == 200
        for number in range(MAXIMUM_FAILURES):
            assert (await world.http.get("/me", auth=(ann.email, f"guess {number}"))).status_code == 403
        reply = await world.http.get("/me", auth=(ann.email, "one guess more"))
        assert (reply.status_code, reply.json()) == (429, "Too Many Requests")
        assert (await world.http.get("/me/id", auth=(ann.email, PASSWORD))).json() == ann.id
        assert (await world.http.get("/me/id", auth=(bob.email, PASSWORD))).json() == bob.id
        assert (await world.http.get("/me/id", auth=ann.auth)).json() == ann.id

    async def test_a_guess_is_refused_too_while_slowed_down_even_the_right_one(self, world: World) -> None:
        ann = await world.person("ann")
        for number in range(MAXIMUM_FAILURES):
            await world.http.get("/me", auth=(ann.email, f"guess {number}"))
        assert (await world.http.get("/me", auth=(ann.email, PASSWORD))).status_code == 429
        await world.execute("UPDATE login_failures SET since = since - :age", age=16 * 60 * 1_000_000)
        assert (await world.http.get("/me", auth=(ann.email, PASSWORD))).status_code == 200


class TestSession:
    async def test_a_cookie_stands_for_who_logged_in_until_they_log_out(self, world: World) -> None:
        ann = await world.person("ann")
        reply = await world.http.post("/me/sessions", auth=(ann.email, PASSWORD), json={"remember_me": True})
        assert reply.json() == {
            "id": ann.id,
            "api_token": ann.token,
            "email": ann.email,
            "fullname": "ann",
            "timezone": "UTC",
        }
        cookie = reply.headers["set-cookie"]
        assert cookie.startswith(COOKIE + "=")
        assert cookie.partition("; ")[2] == "Path=/; HttpOnly; SameSite=Lax; Max-Age=86400"
        assert (await world.http.get("/me/id")).json() == ann.id
        token = world.http.cookies[COOKIE]
        left = await world.http.delete("/me/sessions")
        assert (left.status_code, left.content) == (200, b"")
        assert "Max-Age=0" in left.headers["set-cookie"]
        reply = await world.http.get("/me/id", headers={"cookie": f"{COOKIE}={token}"})
        assert reply.status_code == 401

    async def test_lasts_as_long_as_the_browser_unless_it_is_to_be_remembered(self, world: World) -> None:
        ann = await world.person("ann")
        for body in (None, "{}", '{"remember_me": false}'):
            reply = await world.http.post("/me/sessions", auth=ann.auth, content=body)
            assert "Max-Age" not in reply.headers["set-cookie"]

    async def test_is_sent_back_over_https_only_where_https_is_served(self, new_world: OpenWorld) -> None:
        world = await new_world(public_url="https://people.example.com")
        ann = await world.person("ann")
        reply = await world.http.post("/me/sessions", auth=ann.auth)
        assert reply.headers["set-cookie"].endswith("; Secure")
        assert reply.headers["strict-transport-security"].startswith("max-age=")

    @meets(POST_SESSION, Reason.INVALID_JSON)
    async def test_refuses_what_is_not_json(self, world: World) -> None:
        ann = await world.person("ann")
        for body in ("remember me", " ", "null", "[]"):
            reply = await world.http.post("/me/sessions", auth=ann.auth, content=body)
            assert (reply.status_code, reply.json()) == (400, "Invalid JSON input")
            assert "set-cookie" not in reply.headers

    async def test_ends_by_itself(self, world: World) -> None:
        ann = await world.person("ann")
        await world.http.post("/me/sessions", auth=ann.auth)
        await world.execute("UPDATE sessions SET expires_at = 1")
        assert (await world.http.get("/me/id")).status_code == 401

    async def test_cannot_be_used_by_another_site(self, world: World) -> None:
        ann = await world.person("ann")
        await world.http.post("/me/sessions", auth=ann.auth)
        path, body = f"/organizations/{ann.organization_id}", {"name": "Taken over"}
        for origin in ("https://evil.example", "null", "http://127.0.0.1:8081"):
            reply = await world.http.put(path, json=body, headers={"origin": origin})
            assert (reply.status_code, reply.json()) == (403, "Cross-origin request refused")
        assert (await world.http.get(path)).json()["name"] == "ann's organization"
        own = {"origin": "http://127.0.0.1:8080"}
        assert (await world.http.put(path, json={"name": "Mine"}, headers=own)).status_code == 200

    async def test_other_cookies_are_not_ours(self, world: World) -> None:
        for cookie in ("a=b", f"{COOKIE}=", f"{COOKIE}=guess", "=;=;", "\u00ff"):
            reply = await world.http.get("/me", headers={b"cookie": cookie.encode("latin-1")})
            assert reply.status_code == 401
