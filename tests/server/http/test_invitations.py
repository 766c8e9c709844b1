"""Invitations: made for many, answered by those invited alone, and settled with all that hangs on them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from rollcall.contract.operations.account import SIGNUP
from rollcall.contract.operations.invitations import (
    ACCEPT_INVITATION,
    GET_INVITATION,
    GET_INVITATIONS,
    POST_INVITATION,
    REJECT_INVITATION,
    RESEND_INVITATION,
    REVOKE_INVITATION,
)
from rollcall.contract.plan import FREE
from rollcall.contract.reason import Reason
from rollcall.contract.role import OrganizationRole, WorkspaceRole
from rollcall.server.domain import memberships
from rollcall.server.domain.invitations import LIFETIME
from rollcall.server.domain.inviting import MAXIMUM_A_DAY, MAXIMUM_AT_ONCE
from rollcall.server.storage import Statement
from rollcall.server.storage.row import IdRow
from tests.server.mailbox import Mail, Mailbox
from tests.server.meets import meets
from tests.server.world import PASSWORD, Person, World

if TYPE_CHECKING:
    import httpx

    from rollcall.server.domain.work import Work
    from rollcall.server.storage import Transaction
    from tests.server.conftest import OpenWorld

pytestmark = pytest.mark.anyio


async def invite(world: World, sender: Person, *emails: str, of: Person | None = None, **more: Any) -> httpx.Response:
    """Sends an invitation into a workspace of the sender, or of another."""
    place = of or sender
    body = {"emails": emails, "workspaces": [{"workspace_id": place.workspace_id}], **more}
    return await world.http.post(f"/organizations/{place.organization_id}/invitations", auth=sender.auth, json=body)


async def invited(world: World, sender: Person, email: str, **more: Any) -> tuple[str, Mail]:
    """Invites somebody; returns the inviter's code, and the mail with the other one."""
    reply = await invite(world, sender, email, **more)
    [mail] = await Mailbox().read(world.server)
    return code_of(reply), mail


async def codes_of(world: World, sender: Person, email: str) -> tuple[str, str]:
    """Invites somebody; returns the inviter's code and the mailed one."""
    code, mail = await invited(world, sender, email)
    return code, mail.code


def code_of(reply: httpx.Response) -> str:
    url: str = reply.json()["data"][0]["invite_url"]
    return url.rpartition("/")[2]


async def accept(world: World, code: str, who: Person | None = None) -> tuple[int, Any]:
    return await answer(world, "accept", code, who)


async def reject(world: World, code: str, who: Person | None = None) -> tuple[int, Any]:
    return await answer(world, "reject", code, who)


async def answer(world: World, how: str, code: str, who: Person | None) -> tuple[int, Any]:
    path = f"/organizations/invitations/{code}/{how}"
    reply = await (world.http.post(path, auth=who.auth) if who else world.http.post(path))
    return reply.status_code, reply.json()


async def sign_up(world: World, email: str, **more: Any) -> httpx.Response:
    return await world.http.post("/signup", json={"email": email, "password": PASSWORD, "tos_accepted": True, **more})


async def organizations_of(world: World, who: Person) -> list[int]:
    return [each["id"] for each in (await world.http.get("/me/organizations", auth=who.auth)).json()]


async def listed(world: World, who: Person, of: Person | None = None, query: str = "") -> list[dict[str, Any]]:
    path = f"/organizations/{(of or who).organization_id}/invitations{query}"
    reply = await world.http.get(path, auth=who.auth)
    assert reply.status_code == 200
    items: list[dict[str, Any]] = reply.json()
    assert int(reply.headers["X-Records"]) >= len(items)
    return items


async def number(world: World, sql: str, **parameters: Any) -> int:
    async def read(transaction: Transaction) -> int:
        row = await transaction.one(Statement(sql, IdRow), **parameters)
        assert row is not None
        return row.id

    return await world.server.storage.read(read)


async def people(world: World, of: Person) -> tuple[int, int]:
    """How many belong to the organization, and how many to the workspace; both as they are kept."""
    return (
        await number(world, "SELECT user_count FROM organizations WHERE id = :id", id=of.organization_id),
        await number(world, "SELECT member_count FROM workspaces WHERE id = :id", id=of.workspace_id),
    )


async def add_group(world: World, of: Person, *workspace_ids: int) -> int:
    """A group in some workspaces."""
    await world.execute(
        """
        INSERT INTO groups (organization_id, name, name_key, created_at, updated_at)
        VALUES (:organization_id, 'Group', 'group', 1, 1)
        """,
        organization_id=of.organization_id,
    )
    group_id = await number(world, "SELECT MAX(id) FROM groups WHERE organization_id = :id", id=of.organization_id)

    async def connect(work: Work) -> None:
        for workspace_id in workspace_ids:
            await memberships.connect_group(work, of.organization_id, group_id, workspace_id)

    await world.act(connect)
    return group_id


class TestInviting:
    async def test_many_at_once_gives_each_a_place_a_link_and_a_mail(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await world.person("bob")
        group_id = await add_group(world, ann, ann.workspace_id)
        reply = await invite(
            world,
            ann,
            "new@example.com",
            bob.email,
            "NEW@example.com",
            workspaces=[{"workspace_id": ann.workspace_id, "role_id": WorkspaceRole.TEAM_LEAD}],
            groups=[group_id],
        )
        assert reply.status_code == 200
        result = reply.json()
        assert [info["email"] for info in result["data"]] == ["new@example.com", bob.email]
        assert [info["recipient_id"] for info in result["data"]] == [None, bob.id]
        for info, told in zip(result["data"], result["invitations"], strict=True):
            assert (info["organization_id"], info["sender_id"]) == (ann.organization_id, ann.id)
            assert info["workspaces"][0]["workspace_id"] == ann.workspace_id
            assert info["workspaces"][0]["workspace_user_id"] > 0
            assert info["invite_url"] == f"http://127.0.0.1:8080/invitations/{told['code']}"
            assert (told["sender_name"], told["sender_email"]) == ("ann", ann.email)
        assert result["messages"] == []
        mails = await Mailbox().read(world.server)
        assert [mail.to for mail in mails] == [bob.email, "new@example.com"]
        assert all("ann" in mail.subject and mail.code not in reply.text for mail in mails)
        assert await people(world, ann) == (3, 3)
        assert [each["email"] for each in await listed(world, ann)] == [bob.email, "new@example.com"]
        roles = (
            "SELECT COUNT(*) FROM workspace_users WHERE role_id = 6 AND direct AND group_count = 1 AND user_id <> :id"
        )
        assert await number(world, roles, id=ann.id) == 2

    async def test_gives_no_access_before_it_is_accepted(self, world: World) -> None:
        ann, bob = await world.person("ann"), await world.person("bob")
        await invite(world, ann, bob.email)
        assert await organizations_of(world, bob) == [bob.organization_id]
        assert (await world.http.get(f"/workspaces/{ann.workspace_id}", auth=bob.auth)).status_code == 403
        assert (await world.http.get(f"/organizations/{ann.organization_id}", auth=bob.auth)).status_code == 404

    async def test_without_mail_leaves_the_link_to_who_invites(self, world: World) -> None:
        ann = await world.person("ann")
        code = code_of(await invite(world, ann, "new@example.com", skip_email=True))
        assert await Mailbox().read(world.server) == []
        assert (await sign_up(world, "new@example.com", invitation_code=code)).status_code == 200

    async def test_members_get_no_invitation_but_the_places_they_lack(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await world.member("bob", of=ann, workspace_role=None)
        group_id = await add_group(world, ann)
        reply = await invite(world, ann, bob.email, ann.email, groups=[group_id])
        assert reply.json() == {
            "data": [],
            "messages": [
                f"User with e-mail '{email}' is already a member of the organization"
                for email in (bob.email, ann.email)
            ],
            "invitations": [],
        }
        workspace = (await world.http.get(f"/workspaces/{ann.workspace_id}", auth=bob.auth)).json()
        assert (workspace["id"], workspace["role"]) == (ann.workspace_id, "user")
        assert (await world.http.get(f"/workspaces/{ann.workspace_id}", auth=ann.auth)).json()["role"] == "admin"
        assert await people(world, ann) == (2, 2)

    async def test_again_mints_new_codes_and_adds_to_what_it_is_for(self, world: World) -> None:
        ann = await world.person("ann")
        other = (
            await world.http.post(
                f"/organizations/{ann.organization_id}/workspaces", auth=ann.auth, json={"name": "Other"}
            )
        ).json()["id"]
        old, old_mail = await invited(world, ann, "new@example.com")
        new, new_mail = await invited(
            world, ann, "new@example.com", workspaces=[{"workspace_id": other, "admin": True}]
        )
        assert len({old, old_mail.code, new, new_mail.code}) == 4
        for code, status in ((old, 404), (old_mail.code, 404), (new, 200), (new_mail.code, 200)):
            assert (await world.http.get(f"/invitations/{code}")).status_code == status
        [invitation] = await listed(world, ann)
        assert invitation["workspaces"] == [
            {"workspace_id": ann.workspace_id, "role_id": WorkspaceRole.USER},
            {"workspace_id": other, "role_id": WorkspaceRole.ADMIN},
        ]
        assert await people(world, ann) == (2, 2)

    @meets(POST_INVITATION, Reason.EMAILS_MISSING, Reason.EMAIL_MISSING, Reason.INVALID_EMAIL, Reason.INVALID_JSON)
    @meets(POST_INVITATION, Reason.WORKSPACES_MISSING, Reason.WORKSPACE_NOT_FOUND, Reason.GROUP_NOT_FOUND)
    @meets(POST_INVITATION, Reason.PROJECT_NOT_FOUND, Reason.ROLE_GIVEN_TWICE, Reason.INVALID_ROLE_ID)
    @meets(POST_INVITATION, Reason.INVALID_WORKSPACE_ROLE, Reason.INVITATION_LIMIT)
    async def test_refuses_what_cannot_be(self, world: World) -> None:
        ann = await world.person("ann")

        def role(**given: Any) -> dict[str, Any]:
            return {"workspaces": [{"workspace_id": ann.workspace_id, **given}]}

        too_many = [f"{n}@example.com" for n in range(MAXIMUM_AT_ONCE + 1)]
        for change, text in (
            ({"emails": []}, "at least one email is required"),
            ({"emails": [" "]}, "Missing e-mail"),
            ({"emails": ["new@example.com", "no address"]}, "Invalid e-mail: 'no address'"),
            ({"emails": "all"}, "Invalid JSON input"),
            ({"emails": too_many}, "Invitation limit reached (please try again later; or upgrade)"),
            ({"workspaces": None}, "at least one workspace is required"),
            ({"workspaces": [{"workspace_id": 777}]}, "invalid workspace ID"),
            ({"workspaces": [{"workspace_id": -1}]}, "invalid workspace ID"),
            ({"groups": [777]}, "invalid group ID"),
            ({"groups": [10**30]}, "invalid group ID"),
            ({"project_invite": {"project_id": 1}}, "invalid project ID"),
            (role(role_id=3), "Invalid workspace role with ID: 3."),
            (role(role_id=0), "Invalid role_id."),
            (role(role="boss"), "Invalid role_id."),
            (role(role_id=4, admin=True), "Cannot use both admin flags and role_id."),
        ):
            reply = await invite(world, ann, **{"emails": ["new@example.com"], **change})
            assert (reply.status_code, reply.json()) == (400, text)
        assert await number(world, "SELECT COUNT(*) FROM users") == 1
        assert await people(world, ann) == (1, 1)
        assert await Mailbox().read(world.server) == []

    @meets(POST_INVITATION, Reason.INACTIVE_MEMBER)
    async def test_refuses_all_where_one_is_an_inactive_member(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await world.member("bob", of=ann)
        await world.deactivate(bob, ann.organization_id)
        reply = await invite(world, ann, "new@example.com", bob.email)
        text = f"User with e-mail '{bob.email}' is already an inactive member of the organization"
        assert (reply.status_code, reply.json()) == (400, text)
        assert await listed(world, ann) == []

    @meets(POST_INVITATION, Reason.ACTIVE_USER_LIMIT, Reason.INVITATION_LIMIT)
    @meets(ACCEPT_INVITATION, Reason.ACTIVE_USER_LIMIT)
    @meets(SIGNUP, Reason.ACTIVE_USER_LIMIT)
    async def test_is_held_to_the_plan_by_who_invites_and_by_who_accepts(self, new_world: OpenWorld) -> None:
        world = await new_world(default_plan=FREE)
        ann, bob = await world.person("ann"), await world.person("bob")
        full = (400, "Active user limit is 5. Upgrade to add more active users")
        reply = await invite(world, ann, *(f"{n}@example.com" for n in range(5)))
        assert (reply.status_code, reply.json()) == full
        await invite(world, ann, bob.email, "new@example.com")
        await world.member("carl", of=ann)
        await world.member("dora", of=ann)
        reply = await invite(world, ann, bob.email, "new@example.com")
        assert reply.status_code == 200, "who is invited already takes no further room"
        reply = await invite(world, ann, "more@example.com")
        assert (reply.status_code, reply.json()) == full
        await world.member("emil", of=ann)
        late = await world.member("late", of=ann)
        newest = {mail.to: mail.code for mail in await Mailbox().read(world.server)}
        assert await accept(world, newest[bob.email]) == full
        reply = await sign_up(world, "new@example.com", invitation_code=newest["new@example.com"])
        assert (reply.status_code, reply.json()) == full
        await world.deactivate(late, ann.organization_id)
        assert (await accept(world, newest[bob.email]))[0] == 200
        reply = await invite(world, ann, *(f"{n}@example.com" for n in range(MAXIMUM_A_DAY)))
        text = "Invitation limit reached (please try again later; or upgrade)"
        assert (reply.status_code, reply.json()) == (400, text)

    @meets(POST_INVITATION, Reason.FORBIDDEN, Reason.INVALID_ORGANIZATION_ID)
    @meets(GET_INVITATIONS, Reason.FORBIDDEN, Reason.INVALID_ORGANIZATION_ID)
    async def test_is_for_admins_within_what_they_administer(self, world: World) -> None:
        ann = await world.person("ann")
        admin = await world.member("admin", of=ann, role=OrganizationRole.ADMIN)
        lead = await world.member("lead", of=ann, workspace_role=WorkspaceRole.ADMIN)
        member = await world.member("member", of=ann)
        gone = await world.member("gone", of=ann, role=OrganizationRole.ADMIN)
        await world.deactivate(gone, ann.organization_id)
        outsider = await world.person("outsider")
        path = f"/organizations/{ann.organization_id}/workspaces"
        other = (await world.http.post(path, auth=ann.auth, json={"name": "Other"})).json()["id"]
        theirs = await add_group(world, ann, ann.workspace_id)
        for who in (admin, lead):
            assert (await invite(world, who, f"by.{who.email}", of=ann, groups=[theirs])).status_code == 200
        beyond = await invite(
            world,
            admin,
            "beyond@example.com",
            of=ann,
            workspaces=[{"workspace_id": n} for n in (ann.workspace_id, other)],
        )
        invitation_id = beyond.json()["data"][0]["invitation_id"]
        before = await people(world, ann)
        refusals = [
            *[await invite(world, who, "x@example.com", of=ann) for who in (member, gone, outsider)],
            await invite(world, lead, "x@example.com", of=ann, workspaces=[{"workspace_id": other}]),
            await invite(world, lead, "x@example.com", of=ann, workspaces=[{"workspace_id": 777}]),
            await invite(world, lead, "x@example.com", of=ann, groups=[777]),
        ]
        await world.execute(
            "INSERT INTO group_workspaces VALUES (:organization_id, :group_id, :workspace_id)",
            organization_id=ann.organization_id,
            group_id=theirs,
            workspace_id=other,
        )
        refusals.append(await invite(world, lead, "x@example.com", of=ann, groups=[theirs]))
        base = f"/organizations/{ann.organization_id}/invitations"
        for who in (member, gone, outsider):
            refusals.append(await world.http.get(base, auth=who.auth))
            refusals.append(await world.http.delete(f"{base}/{invitation_id}", auth=who.auth))
        for wanted in (invitation_id, 777):
            refusals.append(await world.http.delete(f"{base}/{wanted}", auth=lead.auth))
            refusals.append(await world.http.put(f"{base}/{wanted}/resend", auth=lead.auth))
        assert [(reply.status_code, reply.json()) for reply in refusals] == [(403, "Forbidden")] * len(refusals)
        assert await people(world, ann) == before
        assert len(await listed(world, lead, of=ann)) == 2
        assert len(await listed(world, admin, of=ann)) == 3
        for method in ("GET", "POST"):
            reply = await world.http.request(method, "/organizations/x/invitations", auth=ann.auth, json={})
            assert (reply.status_code, reply.json()) == (400, "Invalid organization id")

    async def test_two_addresses_of_which_one_has_gone_to_somebody_else_are_two_people(self, world: World) -> None:
        ann, bob = await world.person("ann"), await world.person("bob")
        await invite(world, ann, bob.email)
        await world.http.put("/me", auth=bob.auth, json={"email": "robert@example.com"})
        assert (await invite(world, ann, bob.email, "robert@example.com")).status_code == 200
        path = f"/organizations/{ann.organization_id}"
        people = (await world.http.get(f"{path}/users", auth=ann.auth)).json()
        assert {person["email"] for person in people} == {ann.email, bob.email, "robert@example.com"}
        assert (await world.http.get(path, auth=ann.auth)).json()["user_count"] == 3
        members = await world.http.get(f"/workspaces/{ann.workspace_id}/users", auth=ann.auth)
        assert (len(members.json()), members.headers["X-Records"]) == (3, "3")

    async def test_one_of_two_invitations_of_somebody_is_taken_back_alone(self, world: World) -> None:
        ann, bob = await world.person("ann"), await world.person("bob")
        first = (await invite(world, ann, bob.email)).json()["data"][0]["invitation_id"]
        await world.http.put("/me", auth=bob.auth, json={"email": "robert@example.com"})
        code = code_of(await invite(world, ann, "robert@example.com"))
        path = f"/organizations/{ann.organization_id}"
        assert (await world.http.delete(f"{path}/invitations/{first}", auth=ann.auth)).status_code == 200
        assert await accept(world, code, bob) == (200, "OK")
        assert (await world.http.get(path, auth=ann.auth)).json()["user_count"] == 2


class TestAnswers:
    async def test_the_mailed_code_needs_no_login_and_works_once(self, world: World) -> None:
        ann, bob = await world.person("ann"), await world.person("bob")
        code, mail = await invited(world, ann, bob.email)
        assert await accept(world, mail.code) == (200, "OK")
        assert await organizations_of(world, bob) == [ann.organization_id, bob.organization_id]
        assert (await world.http.get(f"/workspaces/{ann.workspace_id}", auth=bob.auth)).status_code == 200
        for again in (mail.code, code):
            assert (await accept(world, again, bob))[0] == 404
        [told] = await Mailbox().read(world.server)
        assert (told.to, told.subject) == (ann.email, "bob@example.com has joined ann's organization")
        [invitation] = await listed(world, ann)
        assert (invitation["state"], invitation["settled_at"] is None) == ("accepted", False)
        assert await people(world, ann) == (2, 2)

    @meets(ACCEPT_INVITATION, Reason.FORBIDDEN)
    @meets(REJECT_INVITATION, Reason.FORBIDDEN)
    async def test_the_inviters_code_is_for_the_invited_account_alone(self, world: World) -> None:
        ann, bob, eve = await world.person("ann"), await world.person("bob"), await world.person("eve")
        code, mail = await invited(world, ann, bob.email)
        for who in (None, ann, eve):
            assert await accept(world, code, who) == (403, "Forbidden")
            assert await reject(world, code, who) == (403, "Forbidden")
        for who in (ann, eve):
            assert await accept(world, mail.code, who) == (403, "Forbidden")
        assert await people(world, ann) == (2, 2)
        assert await organizations_of(world, eve) == [eve.organization_id]
        assert await accept(world, code, bob) == (200, "OK")
        assert ann.organization_id in await organizations_of(world, bob)

    async def test_rejecting_ends_all_that_waited(self, world: World) -> None:
        ann, bob = await world.person("ann"), await world.person("bob")
        group_id = await add_group(world, ann, ann.workspace_id)
        code, mail = await invited(world, ann, bob.email, groups=[group_id])
        assert await reject(world, mail.code) == (200, "OK")
        assert [each["state"] for each in await listed(world, ann)] == ["rejected"]
        assert await people(world, ann) == (1, 1)
        assert await number(world, "SELECT COUNT(*) FROM group_users") == 0
        assert (await accept(world, code, bob))[0] == 404
        code, _ = await invited(world, ann, bob.email)
        assert await reject(world, code, bob) == (200, "OK")
        assert await people(world, ann) == (1, 1)

    @meets(ACCEPT_INVITATION, Reason.INVALID_INVITATION_CODE)
    @meets(REJECT_INVITATION, Reason.INVALID_INVITATION_CODE)
    @meets(GET_INVITATION, Reason.INVALID_INVITATION_CODE)
    @meets(SIGNUP, Reason.INVALID_INVITATION_CODE)
    async def test_a_code_that_is_wrong_or_expired_opens_nothing(self, world: World) -> None:
        ann, bob = await world.person("ann"), await world.person("bob")
        code, mail = await invited(world, ann, bob.email)
        await world.execute("UPDATE invitations SET expires_at = expires_at - :span", span=LIFETIME)
        for each in (code, mail.code, "x" * 43, "0", "a\u00e9"):
            assert await accept(world, each, bob) == (404, "Invalid invitation code")
            assert await reject(world, each, bob) == (404, "Invalid invitation code")
            reply = await world.http.get(f"/invitations/{each}")
            assert (reply.status_code, reply.json()) == (404, "Invitation not found")
            reply = await sign_up(world, bob.email, invitation_code=each)
            assert (reply.status_code, reply.json()) == (404, "Invalid invitation code")
        assert [each["state"] for each in await listed(world, ann)] == ["expired"]
        assert await listed(world, ann, query="?state=pending,accepted") == []
        path = f"/organizations/{ann.organization_id}/invitations/1/resend"
        assert (await world.http.put(path, auth=ann.auth)).status_code == 200
        [again] = await Mailbox().read(world.server)
        assert (await accept(world, again.code))[0] == 200

    async def test_who_has_a_code_sees_who_invites_whom(self, world: World) -> None:
        ann, bob = await world.person("ann"), await world.person("bob")
        for email, is_new in ((bob.email, False), ("new@example.com", True)):
            code, mail = await invited(world, ann, email)
            for each in (code, mail.code):
                shown = (await world.http.get(f"/invitations/{each}")).json()
                assert (shown["code"], shown["email"]) == (each, email)
                assert shown["organization_id"] == ann.organization_id
                assert shown["organization_name"] == "ann's organization"
                assert (shown["sender_name"], shown["sender_email"]) == ("ann", ann.email)
                assert (shown["accounts_signup_url"] is not None) is is_new

    async def test_only_for_the_address_that_was_invited(self, world: World) -> None:
        ann, bob = await world.person("ann"), await world.person("bob")
        code, mail = await invited(world, ann, bob.email)
        await world.http.put("/me", auth=bob.auth, json={"email": "robert@example.com"})
        assert await accept(world, code, bob) == (403, "Forbidden")
        assert await accept(world, mail.code) == (403, "Forbidden")
        new, _ = await invited(world, ann, bob.email)
        assert [each["state"] for each in await listed(world, ann)] == ["pending", "revoked"]
        assert (await sign_up(world, bob.email, invitation_code=new)).status_code == 200
        assert await people(world, ann) == (2, 2)


class TestSignUp:
    async def test_by_either_code_joins_in_place_of_making_an_organization(self, world: World) -> None:
        ann = await world.person("ann")
        for n, mailed in enumerate((True, False)):
            code, mail = await invited(world, ann, f"new{n}@example.com")
            account = (
                await sign_up(
                    world, f"NEW{n}@example.com", full_name="New Person", invitation_code=mail.code if mailed else code
                )
            ).json()
            auth = (account["api_token"], "api_token")
            [organization] = (await world.http.get("/me/organizations", auth=auth)).json()
            assert organization["id"] == ann.organization_id
            assert account["default_workspace_id"] == ann.workspace_id
            assert (account["email"], account["fullname"]) == (f"NEW{n}@example.com", "New Person")
            assert (await world.http.get("/me", auth=(account["email"], PASSWORD))).status_code == 200
            assert (await accept(world, mail.code))[0] == 404
            [told] = await Mailbox().read(world.server)
            assert told.to == ann.email
        names = "SELECT COUNT(*) FROM organization_users WHERE name_key = 'new person'"
        assert await number(world, names) == 2
        assert await people(world, ann) == (3, 3)

    async def test_is_for_the_invited_address_alone(self, world: World) -> None:
        ann = await world.person("ann")
        code, mail = await invited(world, ann, "new@example.com")
        for each in (code, mail.code):
            reply = await sign_up(world, "eve@example.com", invitation_code=each)
            assert (reply.status_code, reply.json()) == (404, "Invalid invitation code")
        assert await number(world, "SELECT COUNT(*) FROM users WHERE registered") == 1

    async def test_of_who_has_an_account_is_refused(self, world: World) -> None:
        ann, bob = await world.person("ann"), await world.person("bob")
        for code in await codes_of(world, ann, bob.email):
            reply = await sign_up(world, bob.email, invitation_code=code)
            assert (reply.status_code, reply.json()) == (400, "user with this email already exists")

    async def test_without_a_code_is_open_to_who_is_invited_too(self, new_world: OpenWorld) -> None:
        world = await new_world(signup="open")
        ann = await world.person("ann")
        code, _ = await invited(world, ann, "new@example.com")
        account = (await sign_up(world, "new@example.com", full_name="Zoe")).json()
        bob = Person(account["id"], account["email"], account["api_token"], 0, 0)
        assert ann.organization_id not in await organizations_of(world, bob)
        assert await number(world, "SELECT COUNT(*) FROM organization_users WHERE name_key = 'zoe'") == 2
        assert await accept(world, code, bob) == (200, "OK")

    async def test_an_account_that_waits_lets_nobody_in(self, world: World) -> None:
        ann = await world.person("ann")
        codes = await codes_of(world, ann, "new@example.com")
        for auth in (("new@example.com", ""), ("new@example.com", "None"), ("", "api_token")):
            assert (await world.http.get("/me", auth=auth)).status_code == 403
        for each in codes:
            assert (await accept(world, each))[0] == 403, "who has no account signs up"


class TestKeeping:
    @meets(GET_INVITATIONS, Reason.INVALID_PAGE, Reason.INVALID_PER_PAGE)
    @meets(GET_INVITATIONS, Reason.PAGE_NOT_POSITIVE, Reason.PER_PAGE_NOT_POSITIVE)
    async def test_the_list_comes_in_pages_newest_first_and_never_with_codes(self, world: World) -> None:
        ann = await world.person("ann")
        reply = await invite(world, ann, *(f"{n}@example.com" for n in range(5)))
        codes = [each["code"] for each in reply.json()["invitations"]]
        codes += [mail.code for mail in await Mailbox().read(world.server)]
        path = f"/organizations/{ann.organization_id}/invitations"
        page = await world.http.get(f"{path}?page=2&per_page=2", auth=ann.auth)
        assert [each["email"] for each in page.json()] == ["2@example.com", "1@example.com"]
        headers = {
            name: page.headers[name] for name in ("X-Page", "X-Page-Size", "X-Pages", "X-Records", "X-Sort-Order")
        }
        assert [*headers.values()] == ["2", "2", "3", "5", "desc"]
        beyond = await world.http.get(f"{path}?page=9&per_page=2", auth=ann.auth)
        assert (beyond.json(), beyond.headers["X-Records"]) == ([], "5")
        everything = (await world.http.get(path, auth=ann.auth)).text
        assert not [code for code in codes if code in everything]
        for query, text in (
            ("page=x", "Invalid value sent for 'page'."),
            ("page=0", "page parameter must contain values > 0."),
            ("per_page=5001", "Invalid value sent for 'per_page'."),
            ("per_page=0", "per_page parameter must contain values > 0."),
            ("state=lost", "Invalid value sent for 'state'."),
        ):
            refused = await world.http.get(f"{path}?{query}", auth=ann.auth)
            assert (refused.status_code, refused.json()) == (400, text)

    async def test_resending_mails_a_new_code_and_kills_the_old(self, world: World) -> None:
        ann, bob = await world.person("ann"), await world.person("bob")
        code, mail = await invited(world, ann, bob.email)
        [before] = await listed(world, ann)
        path = f"/organizations/{ann.organization_id}/invitations/{before['invitation_id']}/resend"
        reply = await world.http.put(path, auth=ann.auth)
        assert (reply.status_code, reply.json()) == (200, "OK")
        [again] = await Mailbox().read(world.server)
        [after] = await listed(world, ann)
        assert after["expires_at"] > before["expires_at"]
        for old in (code, mail.code):
            assert (await accept(world, old, bob))[0] == 404
        assert (await accept(world, again.code))[0] == 200

    @meets(RESEND_INVITATION, Reason.INVITATION_SETTLED, Reason.INVITATION_NOT_FOUND, Reason.FORBIDDEN)
    @meets(REVOKE_INVITATION, Reason.INVITATION_SETTLED, Reason.INVITATION_NOT_FOUND, Reason.FORBIDDEN)
    @meets(REVOKE_INVITATION, Reason.INVALID_ORGANIZATION_ID)
    async def test_revoking_ends_it_for_good(self, world: World) -> None:
        ann, bob = await world.person("ann"), await world.person("bob")
        member = await world.member("member", of=ann)
        code, mail = await invited(world, ann, bob.email)
        base = f"/organizations/{ann.organization_id}/invitations"
        [invitation] = await listed(world, ann)
        one = f"{base}/{invitation['invitation_id']}"
        for method, path in (("DELETE", one), ("PUT", f"{one}/resend")):
            refused = await world.http.request(method, path, auth=member.auth)
            assert (refused.status_code, refused.json()) == (403, "Forbidden")
        elsewhere = f"/organizations/{bob.organization_id}/invitations/{invitation['invitation_id']}"
        for method, path, text in (
            ("DELETE", f"{base}/777", "Invitation not found"),
            ("DELETE", elsewhere, "Invitation not found"),
            ("PUT", f"{base}/777/resend", "Invitation code not found"),
            ("PUT", f"{elsewhere}/resend", "Invitation code not found"),
        ):
            refused = await world.http.request(method, path, auth=(ann if path.startswith(base) else bob).auth)
            assert (refused.status_code, refused.json()) == (404, text)
        assert (await world.http.delete(one, auth=ann.auth)).json() == "OK"
        assert await people(world, ann) == (2, 2)
        for each in (code, mail.code):
            assert (await accept(world, each, bob))[0] == 404
        for method, path in (("DELETE", one), ("PUT", f"{one}/resend")):
            refused = await world.http.request(method, path, auth=ann.auth)
            assert (refused.status_code, refused.json()) == (400, "The invitation is revoked already")
        refused = await world.http.delete("/organizations/x/invitations/1", auth=ann.auth)
        assert (refused.status_code, refused.json()) == (400, "Invalid organization id")

    async def test_an_organization_that_ends_takes_its_invitations_back(self, world: World) -> None:
        ann, bob = await world.person("ann"), await world.person("bob")
        code, mail = await invited(world, ann, bob.email)
        reply = await world.http.delete(f"/organizations/{ann.organization_id}/users/leave", auth=ann.auth)
        assert reply.status_code == 200
        for each in (code, mail.code):
            assert (await accept(world, each, bob))[0] == 404
        assert await number(world, "SELECT COUNT(*) FROM invitations WHERE state = 'revoked'") == 1
        assert await number(world, "SELECT COUNT(*) FROM invitation_codes") == 0

    async def test_each_step_is_in_the_log_without_codes(self, world: World) -> None:
        ann, bob = await world.person("ann"), await world.person("bob")
        codes = await codes_of(world, ann, bob.email)
        await world.http.put(f"/organizations/{ann.organization_id}/invitations/1/resend", auth=ann.auth)
        [mail] = await Mailbox().read(world.server)
        await accept(world, mail.code)

        async def read(transaction: Transaction) -> list[Any]:
            return await transaction.all(Statement(EVENTS, EventRow), organization_id=ann.organization_id)

        events = await world.server.storage.read(read)
        assert [(each.entity_type, each.action, each.user_id) for each in events] == [
            ("organization_user", "create", ann.id),
            ("invitation", "create", ann.id),
            ("invitation", "resend", ann.id),
            ("invitation", "accept", bob.id),
            ("organization_user", "join", bob.id),
        ]
        told = "".join(each.request_body + each.response_body for each in events)
        assert not [code for code in (*codes, mail.code) if code in told]


class EventRow(IdRow):
    entity_type: str
    action: str
    user_id: int
    request_body: str
    response_body: str


EVENTS = """
    SELECT id, entity_type, action, user_id, request_body, response_body FROM audit_events
    WHERE organization_id = :organization_id AND entity_type IN ('invitation', 'organization_user')
      AND user_id IS NOT NULL
    ORDER BY id
"""


class TestTwoAtOnce:
    async def test_only_one_of_many_answers_counts(self, world: World) -> None:
        ann, bob = await world.person("ann"), await world.person("bob")
        code, mail = await invited(world, ann, bob.email)
        answers = await asyncio.gather(
            *(accept(world, each, bob) for each in (code, mail.code) * 3), *(reject(world, mail.code) for _ in range(3))
        )
        assert sorted(status for status, _ in answers) == [200] + [404] * 8
        joined = ann.organization_id in await organizations_of(world, bob)
        assert await people(world, ann) == ((2, 2) if joined else (1, 1))

    async def test_two_admins_who_invite_the_same_people_make_one_invitation_each(self, world: World) -> None:
        ann = await world.person("ann")
        admin = await world.member("admin", of=ann, role=OrganizationRole.ADMIN)
        other = await world.person("other")
        emails = [f"{n}@example.com" for n in range(4)]
        replies = await asyncio.gather(
            invite(world, ann, *emails),
            invite(world, admin, *reversed(emails), of=ann),
            invite(world, other, *reversed(emails)),
            invite(world, other, *emails),
        )
        assert [reply.status_code for reply in replies] == [200] * 4
        assert await people(world, ann) == (2 + 4, 1 + 1 + 4)
        assert await people(world, other) == (1 + 4, 1 + 4)
        assert await number(world, "SELECT COUNT(*) FROM invitations") == 8
        assert await number(world, "SELECT COUNT(*) FROM invitation_codes") == 16

    async def test_a_plan_is_never_overrun(self, new_world: OpenWorld) -> None:
        world = await new_world(default_plan=FREE)
        ann = await world.person("ann")
        replies = await asyncio.gather(*(invite(world, ann, f"{n}@example.com") for n in range(8)))
        assert sorted(reply.status_code for reply in replies) == [200] * 4 + [400] * 4
        assert await people(world, ann) == (5, 5)

    async def test_sign_up_and_invitation_meet_in_one_account(self, new_world: OpenWorld) -> None:
        world = await new_world(signup="open")
        ann = await world.person("ann")
        replies = await asyncio.gather(
            *(sign_up(world, "new@example.com", full_name="Zoe") for _ in range(2)),
            *(invite(world, ann, "new@example.com") for _ in range(2)),
        )
        assert sorted(reply.status_code for reply in replies) == [200, 200, 200, 400]
        assert await number(world, "SELECT COUNT(*) FROM users WHERE email_key = 'new@example.com'") == 1
        assert await number(world, "SELECT COUNT(*) FROM organization_users WHERE name_key = 'zoe'") == 2
