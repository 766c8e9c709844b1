"""The owner of an organization and its transfers, as a client meets them."""

from __future__ import annotations

import asyncio
from types import NoneType
from typing import Any

import msgspec
import pytest

from rollcall.contract.operations.ownership import (
    GET_OWNER,
    GET_TRANSFER,
    GET_TRANSFERS,
    POST_TRANSFER,
    POST_TRANSFER_ACTION,
)
from rollcall.contract.reason import Reason
from rollcall.contract.role import OrganizationRole, WorkspaceRole
from rollcall.server.domain import owner_transfers
from rollcall.server.domain.outbox import Letter
from rollcall.server.domain.work import Work
from rollcall.server.storage import Statement, Transaction
from rollcall.server.storage.row import Row
from tests.server.conftest import OpenWorld
from tests.server.meets import meets
from tests.server.world import Person, World

pytestmark = pytest.mark.anyio

NO_ACCESS = (403, "User does not have access to this resource")


class Told(Row):
    """One event of the audit log."""

    entity_type: str
    action: str
    user_id: int


EVENTS = Statement(
    """
    SELECT e.entity_type, e.action, e.user_id FROM audit_events e
    WHERE e.organization_id = :organization_id ORDER BY e.id
    """,
    Told,
)


async def admin_of(world: World, owner: Person, name: str) -> Person:
    return await world.member(name, of=owner, role=OrganizationRole.ADMIN, workspace_role=WorkspaceRole.ADMIN)


async def events(world: World, organization_id: int) -> list[tuple[str, str, int]]:
    async def read(transaction: Transaction) -> list[tuple[str, str, int]]:
        found = await transaction.all(EVENTS, organization_id=organization_id)
        return [(event.entity_type, event.action, event.user_id) for event in found]

    return await world.server.storage.read(read)


class Mail(Row):
    """One mail that waits to be delivered."""

    recipient: str
    sealed: bytes


MAILS = Statement("SELECT o.recipient, o.message_sealed FROM outbox o ORDER BY o.id", Mail)


async def mails(world: World) -> list[tuple[str, Letter]]:
    """The mails since the last look: to whom, and what they say."""

    async def take(transaction: Transaction) -> list[tuple[str, Letter]]:
        found = await transaction.all(MAILS)
        await transaction.execute(Statement("DELETE FROM outbox", NoneType))
        unseal = world.server.service.keyring.unseal
        return [(mail.recipient, msgspec.json.decode(unseal(mail.sealed), type=Letter)) for mail in found]

    return await world.server.storage.write(take)


async def ask(world: World, who: Person, of: Person, body: object = None) -> tuple[int, Any]:
    reply = await world.http.post(f"/organizations/{of.organization_id}/owner/transfer", auth=who.auth, json=body)
    return reply.status_code, reply.json()


async def answer(world: World, who: Person, of: Person, transfer_id: int, action: str) -> tuple[int, Any]:
    path = f"/organizations/{of.organization_id}/owner/transfer/{transfer_id}/{action}"
    reply = await world.http.post(path, auth=who.auth)
    return reply.status_code, reply.json()


async def transfers(world: World, who: Person, of: Person, **query: str) -> Any:
    path = f"/organizations/{of.organization_id}/owner/transfer"
    return (await world.http.get(path, auth=who.auth, params=query)).json()


async def owner(world: World, who: Person, of: Person) -> int:
    """Who the owner is: every place that says so says the same."""
    single = (await world.http.get(f"/organizations/{of.organization_id}/owner", auth=who.auth)).json()
    mine = (await world.http.get(f"/organizations/{of.organization_id}", auth=who.auth)).json()
    assert single["id"] == single["user_id"]
    assert mine["owner"] is (single["id"] == who.id)
    return int(single["id"])


class TestOwner:
    async def test_is_shown_to_members(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await world.member("bob", of=ann, workspace_role=None)
        reply = await world.http.get(f"/organizations/{ann.organization_id}/owner", auth=bob.auth)
        assert reply.status_code == 200
        shown = reply.json()
        assert shown.pop("organization_user_created_at").endswith("Z")
        assert shown.pop("organization_user_updated_at").endswith("Z")
        assert len(shown.pop("toggl_accounts_id")) == 22
        assert shown.pop("organization_user_id") > 0
        assert shown == {
            "id": ann.id,
            "user_id": ann.id,
            "organization_id": ann.organization_id,
            "name": "ann",
            "email": "ann@example.com",
            "avatar_url": "",
        }


@meets(GET_OWNER, Reason.FORBIDDEN)
@meets(GET_TRANSFERS, Reason.FORBIDDEN)
@meets(GET_TRANSFER, Reason.FORBIDDEN)
@meets(POST_TRANSFER, Reason.FORBIDDEN)
@meets(POST_TRANSFER_ACTION, Reason.FORBIDDEN, Reason.OWNER_NOT_FOUND)
async def test_who_may_not_is_refused_and_nothing_changes(world: World) -> None:
    ann = await world.person("ann")
    bob = await admin_of(world, ann, "bob")
    former = await admin_of(world, ann, "former")
    await world.deactivate(former, ann.organization_id)
    member = await world.member("member", of=ann, workspace_role=WorkspaceRole.ADMIN)
    third = await admin_of(world, ann, "third")
    outsider = await world.person("outsider")
    _, transfer = await ask(world, bob, ann)
    path = f"/organizations/{ann.organization_id}/owner"
    one = f"{path}/transfer/{transfer['owner_transfer_id']}"
    for who in (outsider, former):
        assert (await world.http.get(path, auth=who.auth)).status_code == 403
    for who in (outsider, former, member):
        for reply in (
            await world.http.get(f"{path}/transfer", auth=who.auth),
            await world.http.get(one, auth=who.auth),
            await world.http.post(f"{path}/transfer", auth=who.auth),
        ):
            assert (reply.status_code, reply.json()) == NO_ACCESS
    actions = ("accept", "decline", "withdraw")
    for action in actions:
        assert await answer(world, outsider, ann, transfer["owner_transfer_id"], action) == (404, "Owner not found.")
        assert await answer(world, former, ann, transfer["owner_transfer_id"], action) == (404, "Owner not found.")
        assert await answer(world, member, ann, transfer["owner_transfer_id"], action) == NO_ACCESS
        assert await answer(world, third, ann, transfer["owner_transfer_id"], action) == NO_ACCESS
    assert await answer(world, ann, ann, transfer["owner_transfer_id"], "withdraw") == NO_ACCESS
    assert await transfers(world, ann, ann) == [transfer]
    assert await owner(world, ann, ann) == ann.id


class TestTransfer:
    async def test_offered_by_the_owner_is_done_when_the_other_accepts(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await admin_of(world, ann, "bob")
        status, offered = await ask(world, ann, ann, {"new_owner_id": bob.id})
        assert status == 200
        asked_at = offered["created_at"]
        assert offered == {
            "owner_transfer_id": offered["owner_transfer_id"],
            "organization_id": ann.organization_id,
            "requester_id": ann.id,
            "current_owner_id": ann.id,
            "current_owner_accepted": True,
            "current_owner_answered_at": asked_at,
            "new_owner_id": bob.id,
            "new_owner_accepted": None,
            "new_owner_answered_at": None,
            "outcome_name": None,
            "created_at": asked_at,
            "finished_at": None,
        }
        assert await owner(world, ann, ann) == ann.id
        assert await transfers(world, bob, ann, ongoing="true") == [offered]
        status, done = await answer(world, bob, ann, offered["owner_transfer_id"], "accept")
        assert (status, done["outcome_name"], done["new_owner_accepted"]) == (200, "accepted", True)
        assert done["finished_at"] == done["new_owner_answered_at"] > asked_at
        for who in (ann, bob):
            assert await owner(world, who, ann) == bob.id
            workspaces = (await world.http.get("/me/workspaces", auth=who.auth)).json()
            assert next(w for w in workspaces if w["id"] == ann.workspace_id)["admin"] is True
        assert (await world.http.get(f"/organizations/{ann.organization_id}", auth=ann.auth)).json()["admin"] is True
        assert await transfers(world, ann, ann) == [done]
        assert await transfers(world, ann, ann, ongoing="true") == []
        assert (await events(world, ann.organization_id))[-5:] == [
            ("owner_transfer", "create", ann.id),
            ("owner_transfer", "accept", bob.id),
            ("organization", "transfer", bob.id),
            ("organization_user", "update", bob.id),
            ("organization_user", "update", bob.id),
        ]
        leave = f"/organizations/{ann.organization_id}/users/leave"
        assert (await world.http.delete(leave, auth=bob.auth)).json() == "Cannot remove the organization owner."
        assert (await world.http.delete(leave, auth=ann.auth)).status_code == 200

    async def test_asked_for_by_an_admin_is_done_when_the_owner_accepts(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await admin_of(world, ann, "bob")
        _, asked = await ask(world, bob, ann)
        assert (asked["new_owner_id"], asked["new_owner_accepted"]) == (bob.id, True)
        again = await answer(world, bob, ann, asked["owner_transfer_id"], "accept")
        assert again == (200, asked)
        assert (await answer(world, ann, ann, asked["owner_transfer_id"], "accept"))[0] == 200
        assert await owner(world, bob, ann) == bob.id

    async def test_proposed_by_a_third_admin_needs_both_sides(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await admin_of(world, ann, "bob")
        third = await admin_of(world, ann, "third")
        _, asked = await ask(world, third, ann, {"new_owner_id": bob.id})
        assert (asked["current_owner_accepted"], asked["new_owner_accepted"]) == (None, None)
        _, half = await answer(world, ann, ann, asked["owner_transfer_id"], "accept")
        assert (half["current_owner_accepted"], half["outcome_name"]) == (True, None)
        assert await owner(world, ann, ann) == ann.id
        assert (await answer(world, bob, ann, asked["owner_transfer_id"], "accept"))[1]["outcome_name"] == "accepted"
        assert await owner(world, third, ann) == bob.id

    @meets(POST_TRANSFER_ACTION, Reason.TRANSFER_SETTLED)
    async def test_declined_or_withdrawn_is_over_and_makes_room_for_another(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await admin_of(world, ann, "bob")
        _, first = await ask(world, bob, ann)
        status, declined = await answer(world, ann, ann, first["owner_transfer_id"], "decline")
        assert (status, declined["current_owner_accepted"], declined["outcome_name"]) == (200, False, "declined")
        _, second = await ask(world, bob, ann)
        _, withdrawn = await answer(world, bob, ann, second["owner_transfer_id"], "withdraw")
        assert (withdrawn["outcome_name"], withdrawn["current_owner_accepted"]) == ("withdrawn", None)
        for transfer, outcome in ((declined, "declined"), (withdrawn, "withdrawn")):
            for action in ("accept", "decline"):
                refused = await answer(world, ann, ann, transfer["owner_transfer_id"], action)
                assert refused == (400, f"The transfer is {outcome} already.")
        assert await transfers(world, ann, ann) == [withdrawn, declined]
        assert await owner(world, ann, ann) == ann.id

    @meets(POST_TRANSFER, Reason.ALREADY_OWNER, Reason.NEW_OWNER_NOT_ADMIN, Reason.TRANSFER_ONGOING)
    async def test_refuses_what_cannot_be(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await admin_of(world, ann, "bob")
        member = await world.member("member", of=ann)
        former = await admin_of(world, ann, "former")
        await world.deactivate(former, ann.organization_id)
        outsider = await world.person("outsider")
        for who, body in ((ann, None), (ann, {}), (bob, {"new_owner_id": ann.id})):
            expected = f"User {ann.id} is already the owner of the organization."
            assert await ask(world, who, ann, body) == (400, expected)
        for user_id in (member.id, former.id, outsider.id, 999_999, 0, -1):
            expected = f"User {user_id} is not an active admin of the organization."
            assert await ask(world, bob, ann, {"new_owner_id": user_id}) == (400, expected)
        assert await transfers(world, ann, ann) == []
        await ask(world, bob, ann)
        refused = await ask(world, ann, ann, {"new_owner_id": bob.id})
        assert refused == (400, "A transfer of the ownership is already going on.")
        assert len(await transfers(world, ann, ann)) == 1

    @meets(GET_TRANSFERS, Reason.INVALID_ONGOING)
    @meets(GET_TRANSFER, Reason.TRANSFER_NOT_FOUND)
    @meets(POST_TRANSFER_ACTION, Reason.TRANSFER_NOT_FOUND, Reason.INVALID_ACTION)
    async def test_of_another_organization_is_not_found(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await admin_of(world, ann, "bob")
        _, transfer = await ask(world, bob, ann)
        other = await world.person("other")
        path = f"/organizations/{other.organization_id}/owner/transfer"
        for transfer_id in (transfer["owner_transfer_id"], 999_999):
            reply = await world.http.get(f"{path}/{transfer_id}", auth=other.auth)
            assert (reply.status_code, reply.json()) == (404, "Transfer not found in the organization")
            refused = await answer(world, other, other, transfer_id, "accept")
            assert refused == (404, "Transfer not found in the organization")
        reply = await world.http.get(path, auth=other.auth, params={"ongoing": "perhaps"})
        assert (reply.status_code, reply.json()) == (400, "'ongoing' parameter can be true or false only")
        refused = await answer(world, ann, ann, transfer["owner_transfer_id"], "steal")
        assert refused == (400, "'steal' is none of the actions: accept, decline, withdraw.")
        own = f"/organizations/{ann.organization_id}/owner/transfer/{transfer['owner_transfer_id']}"
        assert (await world.http.get(own, auth=ann.auth)).json() == transfer

    @pytest.mark.parametrize("how", ["leave", "remove", "deactivate", "demote"])
    async def test_is_withdrawn_when_the_new_owner_cannot_become_it_any_more(self, world: World, how: str) -> None:
        ann = await world.person("ann")
        bob = await admin_of(world, ann, "bob")
        _, transfer = await ask(world, bob, ann)
        users = f"/organizations/{ann.organization_id}/users"
        listed = (await world.http.get(users, auth=ann.auth)).json()
        number = next(user["id"] for user in listed if user["user_id"] == bob.id)
        match how:
            case "leave":
                reply = await world.http.delete(f"{users}/leave", auth=bob.auth)
            case "remove":
                reply = await world.http.patch(users, auth=ann.auth, json={"delete": [number]})
            case "deactivate":
                reply = await world.http.put(f"{users}/{number}", auth=ann.auth, json={"inactive": True})
            case _:
                reply = await world.http.put(f"{users}/{number}", auth=ann.auth, json={"organization_admin": False})
        assert reply.status_code == 200
        [settled] = await transfers(world, ann, ann)
        assert settled == {**transfer, "outcome_name": "withdrawn", "finished_at": settled["finished_at"]}
        refused = await answer(world, ann, ann, transfer["owner_transfer_id"], "accept")
        assert refused == (400, "The transfer is withdrawn already.")
        assert await owner(world, ann, ann) == ann.id

    async def test_is_withdrawn_for_its_sides_only(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await admin_of(world, ann, "bob")
        third = await admin_of(world, ann, "third")
        _, transfer = await ask(world, third, ann, {"new_owner_id": bob.id})

        async def release(work: Work, user_id: int) -> None:
            await owner_transfers.release(work, ann.organization_id, user_id)

        await world.act(lambda work: release(work, third.id))
        assert await transfers(world, ann, ann) == [transfer]
        await world.act(lambda work: release(work, bob.id))
        assert [each["outcome_name"] for each in await transfers(world, ann, ann)] == ["withdrawn"]

    @meets(POST_TRANSFER_ACTION, Reason.NEW_OWNER_NOT_ADMIN)
    async def test_never_ends_with_an_owner_who_may_not_act(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await admin_of(world, ann, "bob")
        _, transfer = await ask(world, bob, ann)
        await world.deactivate(bob, ann.organization_id)
        refused = await answer(world, ann, ann, transfer["owner_transfer_id"], "accept")
        assert refused == (400, f"User {bob.id} is not an active admin of the organization.")
        assert await owner(world, ann, ann) == ann.id


class TestMails:
    async def test_tell_everybody_concerned_but_who_acted(self, new_world: OpenWorld) -> None:
        world = await new_world(public_url="https://rollcall.example")
        ann = await world.person("ann")
        await world.http.put(f"/organizations/{ann.organization_id}", auth=ann.auth, json={"name": "Acme\r\nBcc: all"})
        bob = await admin_of(world, ann, "bob")
        third = await admin_of(world, ann, "third")
        await mails(world)
        _, transfer = await ask(world, third, ann, {"new_owner_id": bob.id})
        number = transfer["owner_transfer_id"]
        asked = await mails(world)
        assert [recipient for recipient, _ in asked] == [ann.email, bob.email]
        letter = asked[0][1]
        assert letter.subject == "Shall bob own Acme Bcc: all?"
        assert "third asks that the organization “Acme Bcc: all” passes from ann to bob." in letter.text
        assert "So far nobody has." in letter.text
        url = f"https://rollcall.example/api/v9/organizations/{ann.organization_id}/owner/transfer/{number}"
        assert f"  {url}/accept\n\nor\n\n  {url}/decline" in letter.text
        await answer(world, bob, ann, number, "accept")
        half = await mails(world)
        assert [recipient for recipient, _ in half] == [ann.email, third.email]
        assert "So far bob has." in half[0][1].text
        await answer(world, bob, ann, number, "accept")
        assert await mails(world) == []
        await answer(world, ann, ann, number, "accept")
        done = await mails(world)
        assert [(recipient, letter.subject) for recipient, letter in done] == [
            (bob.email, "bob now owns Acme Bcc: all"),
            (third.email, "bob now owns Acme Bcc: all"),
        ]
        _, transfer = await ask(world, ann, ann)
        await answer(world, bob, ann, transfer["owner_transfer_id"], "decline")
        [_, (recipient, letter)] = await mails(world)
        assert (recipient, letter.text) == (ann.email, "bob has declined that ann should own it.\n")
        _, transfer = await ask(world, ann, ann)
        await world.http.delete(f"/organizations/{ann.organization_id}/users/leave", auth=ann.auth)
        [_, (recipient, letter)] = await mails(world)
        assert (recipient, letter.subject) == (bob.email, "bob still owns Acme Bcc: all")
        assert letter.text == "That ann should own it is withdrawn.\n"

    async def test_are_not_sent_for_what_is_refused(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await admin_of(world, ann, "bob")
        await ask(world, bob, ann)
        await mails(world)
        await ask(world, bob, ann)
        assert await mails(world) == []


class TestAtOnce:
    async def test_two_requests_make_one_transfer(self, world: World) -> None:
        ann = await world.person("ann")
        admins = [await admin_of(world, ann, name) for name in ("bob", "eve", "kim")]
        replies = await asyncio.gather(*(ask(world, admin, ann) for admin in admins))
        assert sorted(status for status, _ in replies) == [200, 400, 400]
        assert len(await transfers(world, ann, ann)) == 1

    async def test_answers_end_a_transfer_in_one_way_with_one_owner(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await admin_of(world, ann, "bob")
        third = await admin_of(world, ann, "third")
        holder, other = ann, bob
        for _ in range(4):
            _, transfer = await ask(world, third, ann, {"new_owner_id": other.id})
            number = transfer["owner_transfer_id"]
            replies = await asyncio.gather(
                answer(world, holder, ann, number, "accept"),
                answer(world, third, ann, number, "withdraw"),
                answer(world, other, ann, number, "accept"),
                answer(world, other, ann, number, "decline"),
            )
            [newest, *_] = await transfers(world, ann, ann)
            outcome = newest["outcome_name"]
            assert outcome in {"accepted", "declined", "withdrawn"}
            assert all(text == f"The transfer is {outcome} already." for status, text in replies if status != 200)
            if outcome == "accepted":
                holder, other = other, holder
            assert await owner(world, third, ann) == holder.id
            mine = [
                (await world.http.get(f"/organizations/{ann.organization_id}", auth=who.auth)).json()["owner"]
                for who in (ann, bob, third)
            ]
            assert mine.count(True) == 1

    async def test_the_new_owner_is_demoted_or_becomes_the_owner_but_not_both(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await admin_of(world, ann, "bob")
        third = await admin_of(world, ann, "third")
        _, transfer = await ask(world, bob, ann)
        users = f"/organizations/{ann.organization_id}/users"
        listed = (await world.http.get(users, auth=ann.auth)).json()
        number = next(user["id"] for user in listed if user["user_id"] == bob.id)
        (status, _), demoted = await asyncio.gather(
            answer(world, ann, ann, transfer["owner_transfer_id"], "accept"),
            world.http.put(f"{users}/{number}", auth=third.auth, json={"organization_admin": False}),
        )
        assert sorted([status, demoted.status_code]) == [200, 400]
        assert await owner(world, third, ann) == (bob.id if status == 200 else ann.id)

    async def test_the_new_owner_leaves_or_becomes_the_owner_but_not_both(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await admin_of(world, ann, "bob")
        _, transfer = await ask(world, bob, ann)
        (status, _), left = await asyncio.gather(
            answer(world, ann, ann, transfer["owner_transfer_id"], "accept"),
            world.http.delete(f"/organizations/{ann.organization_id}/users/leave", auth=bob.auth),
        )
        assert sorted([status, left.status_code]) == [200, 400]
        assert await owner(world, ann, ann) == (bob.id if status == 200 else ann.id)
