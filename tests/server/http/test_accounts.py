"""Accounts, sign-up and tokens, as a client meets them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from rollcall.contract.operations.account import PUT_ME, SIGNUP
from rollcall.contract.reason import Reason
from tests.server.conftest import OpenWorld
from tests.server.meets import meeting, meets
from tests.server.world import PASSWORD, World

pytestmark = pytest.mark.anyio

NEW = {"email": "new@example.com", "password": PASSWORD, "full_name": "New Person", "tos_accepted": True}


class TestSignup:
    async def test_makes_an_account_with_an_organization_and_a_workspace(self, new_world: OpenWorld) -> None:
        world = await new_world(signup="open")
        reply = await world.http.post("/signup", json={**NEW, "timezone": "Europe/Tallinn", "country_id": 40})
        assert reply.status_code == 200
        account = reply.json()
        assert (account["email"], account["fullname"]) == ("new@example.com", "New Person")
        assert (account["timezone"], account["country_id"]) == ("Europe/Tallinn", 40)
        assert re.fullmatch("[0-9a-f]{32}", account["api_token"])
        auth = (account["api_token"], "api_token")
        [organization] = (await world.http.get("/me/organizations", auth=auth)).json()
        [workspace] = (await world.http.get("/me/workspaces", auth=auth)).json()
        assert (organization["name"], workspace["name"]) == ("New Person's organization", "New Person's workspace")
        assert account["default_workspace_id"] == workspace["id"]

    async def test_names_come_from_the_address_and_fit(self, new_world: OpenWorld) -> None:
        world = await new_world(signup="open")
        account = (
            await world.http.post(
                "/signup", json={"email": "nobody@example.com", "password": PASSWORD, "tos_accepted": True}
            )
        ).json()
        assert account["fullname"] == "nobody"
        long = (await world.http.post("/signup", json={**NEW, "full_name": "n" * 140})).json()
        [organization] = (await world.http.get("/me/organizations", auth=(long["api_token"], "api_token"))).json()
        assert len(organization["name"]) == 140

    async def test_takes_the_name_of_the_workspace(self, new_world: OpenWorld) -> None:
        world = await new_world(signup="open")
        account = (await world.http.post("/signup", json={**NEW, "workspace": {"name": "Here"}})).json()
        [workspace] = (await world.http.get("/me/workspaces", auth=(account["api_token"], "api_token"))).json()
        assert workspace["name"] == "Here"

    @pytest.mark.parametrize(
        ("change", "text"),
        [
            meeting(SIGNUP, Reason.INVALID_EMAIL, {"email": None}, "Invalid email"),
            meeting(SIGNUP, Reason.INVALID_EMAIL, {"email": "no address"}, "Invalid email"),
            meeting(SIGNUP, Reason.INVALID_EMAIL, {"email": "two@@example.com"}, "Invalid email"),
            meeting(SIGNUP, Reason.INVALID_JSON, {"email": "a\u0000@example.com"}, "Invalid JSON input"),
            meeting(SIGNUP, Reason.PASSWORD_TOO_SHORT, {"password": None}, "Password should be at least 6 characters"),
            meeting(
                SIGNUP, Reason.PASSWORD_TOO_SHORT, {"password": "five5"}, "Password should be at least 6 characters"
            ),
            meeting(
                SIGNUP, Reason.PASSWORD_TOO_LONG, {"password": "p" * 1025}, "Password should be at most 1024 characters"
            ),
            meeting(SIGNUP, Reason.INVALID_JSON, {"password": 123456}, "Invalid JSON input"),
            meeting(SIGNUP, Reason.TERMS_NOT_ACCEPTED, {"tos_accepted": False}, "tos_accepted must be true"),
            meeting(SIGNUP, Reason.INVALID_TIMEZONE, {"timezone": "Mars/Olympus"}, "Invalid timezone"),
            meeting(SIGNUP, Reason.INVALID_COUNTRY_ID, {"country_id": 0}, "Invalid country_id"),
            meeting(SIGNUP, Reason.INVALID_COUNTRY_ID, {"country_id": 10**30}, "Invalid country_id"),
            meeting(SIGNUP, Reason.INVALID_FULLNAME, {"full_name": "n" * 141}, "Invalid fullname"),
            meeting(
                SIGNUP,
                Reason.WORKSPACE_NAME_EMPTY,
                {"workspace": {"name": "  "}},
                "workspace name must contain non-space characters",
            ),
            meeting(
                SIGNUP,
                Reason.WORKSPACE_NAME_TOO_LONG,
                {"workspace": {"name": "w" * 141}},
                "workspace name must not be longer than 140",
            ),
        ],
    )
    async def test_refuses_what_cannot_be(self, new_world: OpenWorld, change: dict[str, Any], text: str) -> None:
        world = await new_world(signup="open")
        reply = await world.http.post("/signup", json={**NEW, **change})
        assert (reply.status_code, reply.json()) == (400, text)
        assert not await world.server.has_accounts()

    @pytest.mark.parametrize("email", ["new@example.com", "NEW@Example.com", " new@example.com "])
    @meets(SIGNUP, Reason.EMAIL_TAKEN)
    async def test_an_address_has_one_account_however_it_is_written(self, new_world: OpenWorld, email: str) -> None:
        world = await new_world(signup="open")
        assert (await world.http.post("/signup", json=NEW)).status_code == 200
        reply = await world.http.post("/signup", json={**NEW, "email": email})
        assert (reply.status_code, reply.json()) == (400, "user with this email already exists")

    @meets(SIGNUP, Reason.SIGNUP_CLOSED)
    async def test_is_by_invitation_unless_the_server_says_otherwise(self, world: World) -> None:
        reply = await world.http.post("/signup", json=NEW)
        assert (reply.status_code, reply.json()) == (403, "Sign-up is by invitation only: invitation_code is missing")

    @meets(SIGNUP, Reason.INVALID_INVITATION_CODE)
    async def test_with_a_code_of_no_invitation_makes_nothing(self, world: World) -> None:
        reply = await world.http.post("/signup", json={**NEW, "invitation_code": "0" * 64})
        assert (reply.status_code, reply.json()) == (404, "Invalid invitation code")
        assert not await world.server.has_accounts()

    async def test_makes_no_organization_where_that_is_the_operators(self, new_world: OpenWorld) -> None:
        world = await new_world(signup="open", organizations="operator")
        account = (await world.http.post("/signup", json=NEW)).json()
        auth = (account["api_token"], "api_token")
        assert (await world.http.get("/me/organizations", auth=auth)).json() == []
        assert account["default_workspace_id"] is None


class TestMe:
    async def test_shows_ones_own_account(self, world: World) -> None:
        ann = await world.person("ann")
        account = (await world.http.get("/me", auth=ann.auth)).json()
        assert (account["id"], account["email"], account["api_token"]) == (ann.id, ann.email, ann.token)
        assert "workspaces" not in account
        assert (await world.http.get("/me/id", auth=ann.auth)).json() == ann.id
        assert (await world.http.get("/me/logged", auth=ann.auth)).json() == "OK"

    async def test_shows_what_belongs_to_it_on_demand(self, world: World) -> None:
        ann = await world.person("ann")
        account = (await world.http.get("/me?with_related_data=true", auth=ann.auth)).json()
        keys = list(account)
        assert keys[keys.index("at") + 1 : keys.index("authorization_updated_at")] == [
            "tags",
            "clients",
            "time_entries",
            "projects",
            "workspaces",
        ]
        assert [workspace["id"] for workspace in account["workspaces"]] == [ann.workspace_id]

    async def test_unknown_parameters_are_ignored_and_wrong_ones_refused(self, world: World) -> None:
        ann = await world.person("ann")
        assert (await world.http.get("/me?start_date=x", auth=ann.auth)).status_code == 200
        reply = await world.http.get("/me?with_related_data=maybe", auth=ann.auth)
        assert (reply.status_code, reply.json()) == (400, "Invalid value sent for 'with_related_data'.")


class TestPutMe:
    async def test_changes_what_is_given_and_keeps_the_rest(self, world: World) -> None:
        ann = await world.person("ann")
        change = {"fullname": "Ann B", "timezone": "Asia/Tokyo", "beginning_of_week": 0, "country_id": 9}
        reply = await world.http.put("/me", auth=ann.auth, json=change)
        assert reply.status_code == 200
        account = (await world.http.get("/me", auth=ann.auth)).json()
        assert {**account, **change, "at": None} == {**account, "at": None}
        assert account["email"] == ann.email
        await world.http.put("/me", auth=ann.auth, json={"country_id": None, "fullname": None})
        account = (await world.http.get("/me", auth=ann.auth)).json()
        assert (account["country_id"], account["fullname"]) == (None, "Ann B")

    @pytest.mark.parametrize(
        ("change", "text"),
        [
            meeting(PUT_ME, Reason.INVALID_EMAIL, {"email": "x"}, "Invalid email"),
            meeting(PUT_ME, Reason.EMAIL_TAKEN, {"email": "bob@example.com"}, "user with this email already exists"),
            meeting(PUT_ME, Reason.INVALID_FULLNAME, {"fullname": "  "}, "Invalid fullname"),
            meeting(PUT_ME, Reason.INVALID_TIMEZONE, {"timezone": "../etc/passwd"}, "Invalid timezone"),
            meeting(PUT_ME, Reason.INVALID_COUNTRY_ID, {"country_id": -4}, "Invalid country_id"),
            meeting(PUT_ME, Reason.INVALID_BEGINNING_OF_WEEK, {"beginning_of_week": 7}, "Invalid beginning_of_week"),
            meeting(
                PUT_ME,
                Reason.INVALID_DEFAULT_WORKSPACE_ID,
                {"default_workspace_id": 10**25},
                "Invalid default_workspace_id",
            ),
            meeting(
                PUT_ME,
                Reason.INVALID_DEFAULT_WORKSPACE_ID,
                {"default_workspace_id": 999},
                "Invalid default_workspace_id",
            ),
            meeting(
                PUT_ME,
                Reason.CURRENT_PASSWORD_MISSING,
                {"password": "new password"},
                "Current password must be present to change password",
            ),
            meeting(
                PUT_ME,
                Reason.CURRENT_PASSWORD_WRONG,
                {"password": "new password", "current_password": "wrong"},
                "Current password is not valid",
            ),
            meeting(
                PUT_ME,
                Reason.PASSWORD_TOO_LONG,
                {"password": "p" * 1025, "current_password": PASSWORD},
                "Password should be at most 1024 characters",
            ),
            meeting(
                PUT_ME,
                Reason.PASSWORD_TOO_SHORT,
                {"password": "short", "current_password": PASSWORD},
                "Password should be at least 6 characters",
            ),
            ({"fullname": ["list"]}, "Invalid JSON input"),
        ],
    )
    async def test_refuses_what_cannot_be(self, world: World, change: dict[str, Any], text: str) -> None:
        ann = await world.person("ann")
        await world.person("bob")
        before = (await world.http.get("/me", auth=ann.auth)).json()
        reply = await world.http.put("/me", auth=ann.auth, json={"fullname": "Half done", **change})
        assert (reply.status_code, reply.json()) == (400, text)
        assert {**(await world.http.get("/me", auth=ann.auth)).json(), "at": None} == {**before, "at": None}

    async def test_somebody_elses_workspace_cannot_be_the_default(self, world: World) -> None:
        ann, bob = await world.person("ann"), await world.person("bob")
        reply = await world.http.put("/me", auth=ann.auth, json={"default_workspace_id": bob.workspace_id})
        assert (reply.status_code, reply.json()) == (400, "Invalid default_workspace_id")

    async def test_a_new_password_replaces_the_old_one_and_ends_other_sessions(self, world: World) -> None:
        ann = await world.person("ann")
        await world.http.post("/me/sessions", auth=ann.auth)
        assert (await world.http.get("/me/id")).status_code == 200
        change = {"password": "another one", "current_password": PASSWORD}
        assert (await world.http.put("/me", auth=ann.auth, json=change)).status_code == 200
        assert (await world.http.get("/me/id")).status_code == 401
        assert (await world.http.get("/me/id", auth=(ann.email, PASSWORD))).status_code == 403
        assert (await world.http.get("/me/id", auth=(ann.email, "another one"))).json() == ann.id


class TestResetToken:
    async def test_replaces_the_token_at_once(self, world: World) -> None:
        ann = await world.person("ann")
        reply = await world.http.post("/me/reset_token", auth=ann.auth)
        token = reply.json()
        assert re.fullmatch("[0-9a-f]{32}", token)
        assert (await world.http.get("/me", auth=ann.auth)).status_code == 403
        assert (await world.http.get("/me", auth=(token, "api_token"))).json()["api_token"] == token
