"""Attacks: nobody gains an account, a session or a membership that is not theirs."""

from __future__ import annotations

import logging

import pytest

from rollcall.contract.role import WorkspaceRole
from rollcall.server.domain.proofs import MAXIMUM_MAILS
from rollcall.server.storage import Statement, Transaction
from rollcall.server.storage.row import Row
from tests.server.conftest import OpenWorld
from tests.server.http.test_invitations import (
    accept,
    add_group,
    code_of,
    invite,
    invited,
    number,
    organizations_of,
    sign_up,
)
from tests.server.mailbox import Mailbox
from tests.server.world import PASSWORD, Person, World

pytestmark = pytest.mark.anyio


async def signed_up(world: World, email: str) -> Person:
    account = (await sign_up(world, email)).json()
    return Person(account["id"], account["email"], account["api_token"], 0, 0)


async def test_who_signs_up_with_anothers_address_loses_it_when_its_owner_comes(new_world: OpenWorld) -> None:
    for proving in (True, False):
        world = await new_world(signup="open", prove_addresses=proving)
        ann = await world.person(f"ann{proving}".lower())
        eve = await signed_up(world, f"victim{proving}@example.com")
        session = await world.http.post("/me/sessions", auth=(eve.email, PASSWORD))
        world.http.cookies.clear()
        await Mailbox().read(world.server)
        _, mail = await invited(world, ann, eve.email)
        assert await accept(world, mail.code) == (200, "OK")
        assert (await world.http.get("/me", auth=eve.auth)).status_code == 403
        assert (await world.http.get("/me", auth=(eve.email, PASSWORD))).status_code == 403
        cookie = {"Cookie": session.headers["Set-Cookie"].partition(";")[0]}
        assert (await world.http.get("/me", headers=cookie)).status_code == 401
        *_, new_password = await Mailbox().read(world.server)
        assert new_password.to == eve.email
        change = {"code": new_password.code, "password": "mine at last"}
        assert (await world.http.post("/me/lost_passwords/confirm", json=change)).status_code == 200
        mine = (await world.http.get("/me/organizations", auth=(eve.email, "mine at last"))).json()
        assert ann.organization_id in [each["id"] for each in mine]


async def test_an_unproved_address_joins_nothing_by_the_inviters_code(new_world: OpenWorld) -> None:
    world = await new_world(signup="open", prove_addresses=True)
    ann = await world.person("ann")
    eve = await signed_up(world, "eve@example.com")
    [proof] = await Mailbox().read(world.server)
    code, _ = await invited(world, ann, eve.email)
    assert await accept(world, code, eve) == (403, "Forbidden")
    reply = await invite(world, ann, "new@example.com")
    url = reply.json()["data"][0]["invite_url"]
    account = await sign_up(world, "new@example.com", invitation_code=url.rpartition("/")[2])
    assert (account.status_code, account.json()["default_workspace_id"]) == (200, None)
    new = Person(account.json()["id"], "new@example.com", account.json()["api_token"], 0, 0)
    assert await organizations_of(world, new) == []
    assert await number(world, "SELECT COUNT(*) FROM organization_users WHERE joined") == 2
    assert (await world.http.get(proof.link)).status_code == 200
    assert await accept(world, code, eve) == (403, "Forbidden"), "looking at a page proves nothing"
    assert (await world.http.post(proof.link)).status_code == 200
    assert await accept(world, code, eve) == (200, "OK")


@pytest.mark.parametrize("more", ["as an admin", "in another workspace", "and the inviter demoted"])
async def test_the_inviters_code_opens_no_more_than_the_inviter_may_give(new_world: OpenWorld, more: str) -> None:
    world = await new_world(signup="open", prove_addresses=False)
    ann = await world.person("ann")
    eve = await world.member("eve", of=ann, workspace_role=WorkspaceRole.ADMIN)
    people = ("boss@example.com", "late@example.com")
    codes = [code_of(await invite(world, eve, email, of=ann)) for email in people]
    if more == "and the inviter demoted":
        await world.execute("UPDATE workspace_users SET role_id = 5 WHERE user_id = :id", id=eve.id)
    elif more == "in another workspace":
        path = f"/organizations/{ann.organization_id}/workspaces"
        board = (await world.http.post(path, auth=ann.auth, json={"name": "Board"})).json()
        for email in people:
            await invite(world, ann, email, workspaces=[{"workspace_id": board["id"]}])
        # To invite them once more gives new codes, and takes nothing from what waits for them.
        codes = [code_of(await invite(world, eve, email, of=ann)) for email in people]
    else:
        await world.execute("UPDATE organization_users SET role_id = 2 WHERE NOT joined")
    reply = await sign_up(world, people[0], invitation_code=codes[0])
    assert (reply.status_code, reply.json()) == (403, "Forbidden")
    pretended = await signed_up(world, people[1])
    assert await accept(world, codes[1], pretended) == (403, "Forbidden")
    assert ann.organization_id not in await organizations_of(world, pretended)
    *_, mail = [mail for mail in await Mailbox().read(world.server) if mail.to == people[0]]
    mine = (await sign_up(world, people[0], invitation_code=mail.code)).json()
    boss = Person(mine["id"], mine["email"], mine["api_token"], 0, 0)
    assert await organizations_of(world, boss) == [ann.organization_id], "who has the mail is who was invited"


async def test_a_workspace_admin_ends_no_invitation_that_opens_more_than_theirs(world: World) -> None:
    ann = await world.person("ann")
    eve = await world.member("eve", of=ann, workspace_role=WorkspaceRole.ADMIN)
    path = f"/organizations/{ann.organization_id}"
    board = (await world.http.post(f"{path}/workspaces", auth=ann.auth, json={"name": "Board"})).json()
    group_id = await add_group(world, ann, board["id"])
    reply = await invite(world, ann, "new@example.com", groups=[group_id])
    one = f"{path}/invitations/{reply.json()['data'][0]['invitation_id']}"
    assert (await world.http.delete(one, auth=eve.auth)).status_code == 403
    assert (await world.http.put(f"{one}/resend", auth=eve.auth)).status_code == 403
    assert (await world.http.delete(one, auth=ann.auth)).status_code == 200


async def test_a_new_password_by_mail_puts_out_who_made_the_account(new_world: OpenWorld) -> None:
    world = await new_world(signup="open")
    eve = await signed_up(world, "victim@example.com")
    await world.http.post("/me/lost_passwords", json={"email": eve.email})
    [mail] = await Mailbox().read(world.server)
    change = {"code": mail.code, "password": "mine at last"}
    assert (await world.http.post("/me/lost_passwords/confirm", json=change)).status_code == 200
    assert (await world.http.get("/me", auth=eve.auth)).status_code == 403
    assert (await world.http.get("/me", auth=(eve.email, "mine at last"))).status_code == 200


async def test_another_address_is_to_be_proved_anew(new_world: OpenWorld) -> None:
    world = await new_world(prove_addresses=True)
    ann, bob = await world.person("ann"), await world.person("bob")
    await world.http.put("/me", auth=bob.auth, json={"email": "boss@example.com"})
    [proof] = await Mailbox().read(world.server)
    assert proof.to == "boss@example.com"
    code, _ = await invited(world, ann, "boss@example.com")
    assert await accept(world, code, bob) == (403, "Forbidden")
    await world.http.put("/me", auth=bob.auth, json={"email": "other@example.com"})
    assert (await world.http.post(proof.link)).status_code == 404, "it was for the address before"


async def test_a_host_header_gets_into_no_mail(new_world: OpenWorld) -> None:
    world = await new_world(public_url="https://people.example.com", signup="open", prove_addresses=True)
    ann = await world.person("ann")
    evil = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Origin": "https://people.example.com"}
    path = f"/organizations/{ann.organization_id}/invitations"
    body = {"emails": ["new@example.com"], "workspaces": [{"workspace_id": ann.workspace_id}]}
    reply = await world.http.post(path, auth=ann.auth, json=body, headers=evil)
    await world.http.post("/me/lost_passwords", json={"email": ann.email}, headers=evil)
    new = {"email": "eve@example.com", "password": PASSWORD, "tos_accepted": True}
    await world.http.post("/signup", json=new, headers=evil)
    mails = await Mailbox().read(world.server)
    assert len(mails) == 3
    links = [reply.json()["data"][0]["invite_url"], *(mail.link for mail in mails)]
    assert all(link.startswith("https://people.example.com/") for link in links)
    assert "evil" not in "".join(mail.text for mail in mails)


async def test_a_name_cannot_pretend_to_be_more_of_the_mail(world: World) -> None:
    ann = await world.person("ann")
    name = "Ann\r\nBcc: all@example.com\n\nOpen https://evil.example"
    await world.http.put("/me", auth=ann.auth, json={"fullname": name})
    await world.http.put(f"/organizations/{ann.organization_id}", auth=ann.auth, json={"name": "A\nB"})
    _, mail = await invited(world, ann, "new@example.com")
    assert mail.subject == "Ann Bcc: all@example.com Open https://evil.example invites you to A B"


async def test_an_address_cannot_decode_to_another_mailbox(world: World) -> None:
    ann = await world.person("ann")
    for email in ("=?utf-8?q?boss?=@example.com", "=?utf-8?q?boss=40example.com=2c?=@example.org"):
        assert (await invite(world, ann, email)).status_code == 400
        assert (await world.http.put("/me", auth=ann.auth, json={"email": email})).status_code == 400
    assert await Mailbox().read(world.server) == []


async def test_who_changes_their_address_on_and_on_fills_nobodys_mailbox(new_world: OpenWorld) -> None:
    world = await new_world(prove_addresses=True)
    ann = await world.person("ann")
    for each in range(MAXIMUM_MAILS + 3):
        email = f"victim{each % 2}@example.com"
        assert (await world.http.put("/me", auth=ann.auth, json={"email": email})).status_code == 200
    assert len(await Mailbox().read(world.server)) == MAXIMUM_MAILS


async def test_no_code_is_stored_or_logged(
    world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    ann = await world.person("ann")
    bob = await world.member("bob", of=ann, workspace_role=WorkspaceRole.USER)
    code, mail = await invited(world, ann, "new@example.com")
    await world.http.post("/me/lost_passwords", json={"email": bob.email})
    [lost] = await Mailbox().read(world.server)
    # What cannot be done is logged with its operation, never with its path.
    monkeypatch.setattr("rollcall.server.domain.audit.encode", None)
    await sign_up(world, "new@example.com", invitation_code=mail.code)
    await world.http.post("/me/lost_passwords/confirm", json={"code": lost.code, "password": "another horse"})
    await world.http.post(f"/organizations/invitations/{mail.code}/reject")
    told = "".join(record.getMessage() for record in caplog.records if record.name.startswith("rollcall"))
    assert "POST /organizations/invitations/{invitation_code}/reject failed" in told
    for table, column in (
        ("invitation_codes", "code_hash"),
        ("mailed_codes", "code_hash"),
        ("outbox", "message_sealed"),
        ("invitations", "workspaces"),
        ("audit_events", "request_body"),
        ("audit_events", "response_body"),
    ):
        told += str(await values(world, table, column))
    for secret in (code, mail.code, lost.code):
        assert secret not in told


class ValueRow(Row):
    value: str | bytes | None


async def values(world: World, table: str, column: str) -> list[ValueRow]:
    """What is stored in a column."""

    async def read(transaction: Transaction) -> list[ValueRow]:
        return await transaction.all(Statement(f"SELECT {column} FROM {table}", ValueRow))  # noqa: S608 - our own

    return await world.server.storage.read(read)
