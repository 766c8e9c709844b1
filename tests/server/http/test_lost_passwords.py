"""Lost passwords: for oneself by mail, for others by who administers all that they are."""

from __future__ import annotations

import asyncio

import pytest

from rollcall.contract.operations.passwords import (
    CONFIRM_LOST_PASSWORD,
    GET_LOST_PASSWORD,
    POST_LOST_PASSWORD,
    POST_LOST_PASSWORD_OF_USER,
)
from rollcall.contract.reason import Reason
from rollcall.contract.role import OrganizationRole, WorkspaceRole
from rollcall.server.domain.lost_passwords import LIFETIME, MAXIMUM_MAILS
from tests.server.http.test_invitations import invited, number, sign_up
from tests.server.mailbox import Mailbox
from tests.server.meets import meets
from tests.server.world import PASSWORD, Person, World

pytestmark = pytest.mark.anyio

NEW = "another horse"
WRONG = (404, "The code is wrong, used or expired")


async def ask(world: World, email: str) -> tuple[int, str]:
    reply = await world.http.post("/me/lost_passwords", json={"email": email})
    return reply.status_code, reply.text


async def confirm(world: World, code: str, password: str = NEW, **more: int) -> tuple[int, str]:
    reply = await world.http.post("/me/lost_passwords/confirm", json={"code": code, "password": password, **more})
    return reply.status_code, reply.json()


async def works(world: World, email: str, password: str) -> bool:
    return (await world.http.get("/me", auth=(email, password))).status_code == 200


async def ask_for(world: World, admin: Person, user_id: int, workspace_id: int) -> tuple[int, str]:
    """Asks for somebody's URL; returns the code in it, or why there is none."""
    reply = await world.http.post(f"/workspaces/{workspace_id}/users/{user_id}/lost_password", auth=admin.auth)
    if reply.status_code != 200:
        return reply.status_code, reply.json()
    start, _, code = reply.json()["url"].rpartition("/")
    assert start == "http://127.0.0.1:8080/passwords"
    return 200, code


async def newcomer(world: World, of: Person, name: str = "new") -> Person:
    """Somebody who belongs to one organization alone: signed up by its invitation."""
    _, mail = await invited(world, of, f"{name}@example.com")
    account = (await sign_up(world, mail.to, invitation_code=mail.code)).json()
    await Mailbox().read(world.server)
    return Person(account["id"], account["email"], account["api_token"], of.organization_id, of.workspace_id)


class TestOnesOwn:
    async def test_is_set_by_a_mailed_code_that_works_once(self, world: World) -> None:
        ann = await world.person("ann")
        world.http.cookies.clear()
        session = await world.http.post("/me/sessions", auth=(ann.email, PASSWORD))
        assert await ask(world, "ANN@example.com") == (200, '"OK"')
        [mail] = await Mailbox().read(world.server)
        assert (mail.to, mail.link) == (ann.email, f"http://127.0.0.1:8080/passwords/{mail.code}")
        for _ in range(2):
            checked = await world.http.get("/me/lost_passwords", params={"token_code": mail.code})
            assert (checked.status_code, checked.json()) == (200, "OK")
        assert await confirm(world, mail.code, user_id=ann.id + 1) == WRONG
        assert await confirm(world, mail.code, user_id=ann.id) == (200, "OK")
        assert await works(world, ann.email, NEW)
        assert not await works(world, ann.email, PASSWORD)
        assert session.cookies
        assert (await world.http.get("/me")).status_code == 401, "sessions are ended"
        assert await confirm(world, mail.code) == WRONG

    async def test_is_answered_alike_for_every_address(self, world: World) -> None:
        ann = await world.person("ann")
        await invited(world, ann, "invited@example.com")
        answers = [await ask(world, email) for email in (ann.email, "nobody@example.com", "invited@example.com")]
        assert answers == [(200, '"OK"')] * 3
        assert [mail.to for mail in await Mailbox().read(world.server)] == [ann.email]

    async def test_fills_nobodys_mailbox(self, world: World) -> None:
        ann = await world.person("ann")
        answers = [await ask(world, ann.email) for _ in range(MAXIMUM_MAILS + 2)]
        assert set(answers) == {(200, '"OK"')}
        mails = await Mailbox().read(world.server)
        assert len(mails) == MAXIMUM_MAILS
        assert await confirm(world, mails[0].code) == (200, "OK")
        assert await confirm(world, mails[1].code) == WRONG, "one use ends them all"

    @meets(POST_LOST_PASSWORD, Reason.INVALID_EMAIL)
    @meets(GET_LOST_PASSWORD, Reason.INVALID_TOKEN_CODE)
    @meets(CONFIRM_LOST_PASSWORD, Reason.INVALID_TOKEN_CODE, Reason.PASSWORD_TOO_SHORT, Reason.PASSWORD_TOO_LONG)
    async def test_refuses_what_cannot_be(self, world: World) -> None:
        ann = await world.person("ann")
        assert await ask(world, "no address") == (400, '"Invalid email"')
        await ask(world, ann.email)
        [mail] = await Mailbox().read(world.server)
        assert await confirm(world, mail.code, "five5") == (400, "Password should be at least 6 characters")
        assert await confirm(world, mail.code, "p" * 1025) == (400, "Password should be at most 1024 characters")
        for code in ("", "wrong", ann.token):
            checked = await world.http.get("/me/lost_passwords", params={"token_code": code})
            assert (checked.status_code, checked.json()) == WRONG
            assert await confirm(world, code) == WRONG
        await world.execute("UPDATE mailed_codes SET expires_at = expires_at - :span", span=LIFETIME)
        assert (await world.http.get("/me/lost_passwords", params={"token_code": mail.code})).status_code == 404
        assert await confirm(world, mail.code) == WRONG
        assert await works(world, ann.email, PASSWORD)

    async def test_a_code_does_not_outlive_the_address_it_was_mailed_to(self, world: World) -> None:
        ann = await world.person("ann")
        await ask(world, ann.email)
        [mail] = await Mailbox().read(world.server)
        await world.http.put("/me", auth=ann.auth, json={"email": "anna@example.com"})
        assert await confirm(world, mail.code) == WRONG

    async def test_of_two_at_once_one_is_set(self, world: World) -> None:
        ann = await world.person("ann")
        await ask(world, ann.email)
        [mail] = await Mailbox().read(world.server)
        answers = await asyncio.gather(*(confirm(world, mail.code, f"password {n}") for n in range(4)))
        assert sorted(answers) == [(200, "OK")] + [WRONG] * 3
        assert await works(world, ann.email, f"password {answers.index((200, 'OK'))}")


class TestSomebodyElses:
    async def test_url_is_handed_to_an_admin_and_works_once(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await newcomer(world, ann)
        status, code = await ask_for(world, ann, bob.id, ann.workspace_id)
        assert status == 200
        assert await Mailbox().read(world.server) == []
        assert await confirm(world, code) == (200, "OK")
        assert await works(world, bob.email, NEW)
        assert await confirm(world, code) == WRONG
        codes = "SELECT COUNT(*) FROM audit_events WHERE response_body LIKE :code OR request_body LIKE :code"
        assert await number(world, codes, code=f"%{code}%") == 0

    @meets(POST_LOST_PASSWORD_OF_USER, Reason.FORBIDDEN, Reason.USER_NOT_FOUND, Reason.SEVERAL_ORGANIZATIONS)
    async def test_is_for_people_below_ones_role_whose_only_organization_it_is(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await newcomer(world, ann)
        admin = await world.member("admin", of=ann, role=OrganizationRole.ADMIN, workspace_role=WorkspaceRole.ADMIN)
        lead = await world.member("lead", of=ann, workspace_role=WorkspaceRole.ADMIN)
        elsewhere = await world.member("elsewhere", of=ann, workspace_role=None)
        outsider = await world.person("outsider")
        await invited(world, ann, "waiting@example.com")
        waiting = await number(world, "SELECT id FROM users WHERE email_key = 'waiting@example.com'")
        forbidden = (403, "User does not have access to this resource.")
        for who, whom, answer in (
            (lead, bob.id, forbidden),
            (lead, ann.id, forbidden),
            (bob, bob.id, forbidden),
            (outsider, bob.id, forbidden),
            (admin, ann.id, forbidden),
            (admin, admin.id, forbidden),
            (ann, ann.id, forbidden),
            (ann, lead.id, (400, "User has multiple organizations.")),
            (ann, elsewhere.id, (404, "User not found")),
            (ann, waiting, (404, "User not found")),
            (ann, outsider.id, (404, "User not found")),
        ):
            assert await ask_for(world, who, whom, ann.workspace_id) == answer
        assert await number(world, "SELECT COUNT(*) FROM mailed_codes") == 0
        assert (await ask_for(world, admin, bob.id, ann.workspace_id))[0] == 200

    async def test_opens_nothing_that_the_admin_has_no_hold_on_by_then(self, world: World) -> None:
        ann = await world.person("ann")
        bob, carl = await newcomer(world, ann, "bob"), await newcomer(world, ann, "carl")
        admin = await world.member("admin", of=ann, role=OrganizationRole.ADMIN)
        other = await world.person("other")
        of_bob = (await ask_for(world, ann, bob.id, ann.workspace_id))[1]
        of_carl = (await ask_for(world, admin, carl.id, ann.workspace_id))[1]
        await invited(world, other, bob.email)
        assert await confirm(world, of_bob) == WRONG, "the account is another organization's too"
        await world.deactivate(admin, ann.organization_id)
        assert await confirm(world, of_carl) == WRONG, "the admin is none any more"
        assert not await works(world, bob.email, NEW)
