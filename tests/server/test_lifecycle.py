"""The life of organizations and their people, in any order: after each step every list agrees with a plain model."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Awaitable, Iterator
from typing import Any, ClassVar, TypeVar

import httpx
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from rollcall.contract.operation import BASE_PATH, Operation
from rollcall.contract.operations.groups import DELETE_GROUP, PATCH_GROUP, POST_GROUP, PUT_GROUP
from rollcall.contract.operations.invitations import ACCEPT_INVITATION, POST_INVITATION
from rollcall.contract.operations.organization_users import PATCH_ORGANIZATION_USERS, PUT_ORGANIZATION_USER
from rollcall.contract.operations.organizations import LEAVE_ORGANIZATION, PUT_ORGANIZATION
from rollcall.contract.operations.ownership import POST_TRANSFER, POST_TRANSFER_ACTION
from rollcall.contract.operations.workspace_users import PUT_ASSIGNMENTS
from rollcall.contract.operations.workspaces import POST_WORKSPACE, PUT_WORKSPACE
from rollcall.contract.reason import Reason
from rollcall.contract.role import OrganizationRole, WorkspaceRole
from rollcall.server.domain import memberships
from rollcall.server.domain.work import Work
from rollcall.server.http.request import Request
from tests.server.lifecycle_model import Group, Organization, Person, Place, Transfer, key
from tests.server.meets import met_by
from tests.server.world import PASSWORD, World, open_world

R = TypeVar("R")

RUNS, STEPS = 20, 25
MOST_PEOPLE = 6
LOOK_AROUND = 6
"""Steps after which organizations that were left alone are looked at too."""

# Some are the same name written differently, and some are none.
NAMES = st.sampled_from(
    ["Ångström", "A\u030angström ", "ÅNGSTRÖM", "Ops", " ops", "Ω & <Co>", "x" * 140, "x" * 141, " "]
)
CHOICE = st.integers(0, 999)
"""One of those there are, whatever their number."""
CHOICES = st.lists(CHOICE, max_size=3)
ROLES = st.sampled_from([OrganizationRole.ADMIN, OrganizationRole.MEMBER])

_numbers = itertools.count()


class Lifecycle(RuleBasedStateMachine):
    """People who sign up, invite and accept, make and change what there is, are deactivated, hand over and leave."""

    world: ClassVar[World]
    runner: ClassVar[asyncio.Runner]

    def __init__(self) -> None:
        super().__init__()
        self.people: list[Person] = []
        self.organizations: list[Organization] = []
        self.touched: Organization | None = None
        self.steps = 0

    # What is done

    @initialize()
    def begin(self) -> None:
        for _ in range(4):
            self.sign_up()
        for number, role in enumerate((OrganizationRole.ADMIN, OrganizationRole.MEMBER), 1):
            self.enter(self.people[number], self.organizations[0], role)

    @precondition(lambda self: len(self.people) < MOST_PEOPLE)
    @rule()
    def sign_up(self) -> None:
        name = f"person {next(_numbers)}"
        body = {"email": f"{name.replace(' ', '-')}@example.com", "password": PASSWORD, "tos_accepted": True}
        account = self.ask(None, "POST", "/signup", {**body, "full_name": name}).json()
        person = Person(account["id"], account["email"], name, account["api_token"])
        self.people.append(person)
        [workspace] = self.ask(person, "GET", "/me/workspaces").json()
        self.add_organization(
            person, workspace["organization_id"], f"{name}'s organization", workspace["id"], workspace["name"]
        )

    @rule(who=CHOICE, name=NAMES, workspace_name=NAMES)
    def make_organization(self, who: int, name: str, workspace_name: str) -> None:
        person = pick(self.people, who)
        reply = self.ask(person, "POST", "/organizations", {"name": name, "workspace_name": workspace_name})
        if all(0 < len(each.strip()) <= 140 for each in (name, workspace_name)):
            made = reply.json()
            self.add_organization(person, made["id"], name.strip(), made["workspace_id"], workspace_name.strip())
        else:
            assert reply.status_code == 400

    @rule(who=CHOICE, where=CHOICE, name=NAMES)
    def rename_organization(self, who: int, where: int, name: str) -> None:
        organization = self.organization(where)
        person = self.actor(organization, who)
        reply = self.ask(person, "PUT", f"/organizations/{organization.id}", {"name": name})
        agree(reply, PUT_ORGANIZATION, organization.rename(person, name))

    @rule(who=CHOICE, where=CHOICE, name=NAMES)
    def make_workspace(self, who: int, where: int, name: str) -> None:
        organization = self.organization(where)
        person = self.actor(organization, who)
        reply = self.ask(person, "POST", f"/organizations/{organization.id}/workspaces", {"name": name})
        refused = organization.may_make_place(person, name)
        agree(reply, POST_WORKSPACE, refused)
        if refused is None:
            organization.add_place(reply.json()["id"], name)

    @rule(who=CHOICE, where=CHOICE, name=NAMES)
    def rename_workspace(self, who: int, where: int, name: str) -> None:
        organization, place = self.place(where)
        person = self.actor(organization, who)
        reply = self.ask(person, "PUT", f"/workspaces/{place.id}", {"name": name})
        agree(reply, PUT_WORKSPACE, organization.rename_place(person, place, name))

    @rule(who=CHOICE, where=CHOICE, named=CHOICES)
    def name_workspace_admins(self, who: int, where: int, named: list[int]) -> None:
        organization, place = self.place(where)
        person = self.actor(organization, who)
        admins = [self.other(organization, each).id for each in named]
        reply = self.ask(person, "PUT", f"/workspaces/{place.id}", {"admins": admins})
        agree(reply, PUT_WORKSPACE, organization.name_admins(person, place, admins))

    @rule(who=CHOICE, where=CHOICE)
    def leave(self, who: int, where: int) -> None:
        organization = self.organization(where)
        person = self.actor(organization, who)
        reply = self.ask(person, "DELETE", f"/organizations/{organization.id}/users/leave")
        agree(reply, LEAVE_ORGANIZATION, organization.leave(person))

    @rule(who=CHOICE, where=CHOICE, role=ROLES)
    def join(self, who: int, where: int, role: OrganizationRole) -> None:
        organization, person = self.organization(where), pick(self.people, who)
        if organization.people and person.id not in organization.people:
            self.enter(person, organization, role)

    @rule(who=CHOICE, where=CHOICE, name=NAMES, people=CHOICES, places=CHOICES)
    def make_group(self, who: int, where: int, name: str, people: list[int], places: list[int]) -> None:
        organization = self.organization(where)
        person = self.actor(organization, who)
        users = {self.other(organization, each).id for each in people}
        workspaces = {pick([*organization.places], each) for each in places}
        if self.leads(organization, person):
            return
        refused = organization.may_make_group(person, name, users)
        body = {"name": name, "users": sorted(users), "workspaces": sorted(workspaces)}
        reply = self.ask(person, "POST", f"/organizations/{organization.id}/groups", body)
        agree(reply, POST_GROUP, refused)
        if refused is None:
            organization.add_group(reply.json()["group_id"], name, users, workspaces)

    @precondition(lambda self: self.groups)
    @rule(who=CHOICE, which=CHOICE, people=CHOICES, places=CHOICES)
    def change_group(self, who: int, which: int, people: list[int], places: list[int]) -> None:
        organization, group = pick(self.groups, which)
        person = self.actor(organization, who)
        users = {self.other(organization, each).id for each in people}
        workspaces = {pick([*organization.places], each) for each in places}
        if self.leads(organization, person):
            return
        body = {"users": sorted(users), "workspaces": sorted(workspaces)}
        reply = self.ask(person, "PUT", f"/organizations/{organization.id}/groups/{group.id}", body)
        agree(reply, PUT_GROUP, organization.change_group(person, group, users, workspaces))

    @precondition(lambda self: self.groups)
    @rule(who=CHOICE, which=CHOICE, whom=CHOICE)
    def patch_group(self, who: int, which: int, whom: int) -> None:
        """Put somebody in, or take out who is in: each change by itself."""
        organization, group = pick(self.groups, which)
        person, other = self.actor(organization, who), self.other(organization, whom)
        if self.leads(organization, person):
            return
        users = group.people ^ {other.id}
        body = [{"op": "add" if other.id in users else "remove", "path": "/users", "value": [other.id]}]
        reply = self.ask(person, "PATCH", f"/organizations/{organization.id}/groups/{group.id}", body)
        agree(reply, PATCH_GROUP, organization.change_group(person, group, users, group.places))

    @precondition(lambda self: self.groups)
    @rule(who=CHOICE, which=CHOICE)
    def delete_group(self, who: int, which: int) -> None:
        organization, group = pick(self.groups, which)
        person = self.actor(organization, who)
        if self.leads(organization, person):
            return
        reply = self.ask(person, "DELETE", f"/organizations/{organization.id}/groups/{group.id}")
        agree(reply, DELETE_GROUP, organization.delete_group(person, group))

    @rule(who=CHOICE, where=CHOICE, whom=CHOICE, adds=st.booleans())
    def assign(self, who: int, where: int, whom: int, adds: bool) -> None:
        organization, place = self.place(where)
        person, other = self.actor(organization, who), self.other(organization, whom)
        path = f"/organizations/{organization.id}/workspaces/{place.id}/assignments"
        body = {"operation": "add" if adds else "remove", "user_id": other.id}
        change = organization.assign if adds else organization.take_out
        agree(self.ask(person, "PUT", path, body), PUT_ASSIGNMENTS, change(person, place, other))

    @rule(who=CHOICE, where=CHOICE, whom=CHOICE, role=ROLES)
    def change_role(self, who: int, where: int, whom: int, role: OrganizationRole) -> None:
        organization = self.organization(where)
        person = self.actor(organization, who)
        if other := self.member(organization, whom):
            reply = self.change_member(person, organization, other, {"role_id": int(role)})
            agree(reply, PUT_ORGANIZATION_USER, organization.change_role(person, other, role))

    @rule(who=CHOICE, where=CHOICE, whom=CHOICE, inactive=st.booleans())
    def set_inactive(self, who: int, where: int, whom: int, inactive: bool) -> None:
        organization = self.organization(where)
        person = self.actor(organization, who)
        if other := self.member(organization, whom):
            reply = self.change_member(person, organization, other, {"inactive": inactive})
            agree(reply, PUT_ORGANIZATION_USER, organization.set_inactive(person, other, inactive=inactive))

    @rule(who=CHOICE, where=CHOICE, whom=CHOICE)
    def expel(self, who: int, where: int, whom: int) -> None:
        organization = self.organization(where)
        person = self.actor(organization, who)
        if other := self.member(organization, whom):
            body = {"delete": [self.organization_user(organization, other)]}
            reply = self.ask(person, "PATCH", f"/organizations/{organization.id}/users", body)
            agree(reply, PATCH_ORGANIZATION_USERS, organization.expel(person, other))

    @rule(who=CHOICE, where=CHOICE, whom=CHOICE)
    def ask_for_transfer(self, who: int, where: int, whom: int) -> None:
        organization = self.organization(where)
        person, other = self.actor(organization, who), self.other(organization, whom)
        refused = organization.may_ask_for_transfer(person, other)
        body = {"new_owner_id": other.id}
        reply = self.ask(person, "POST", f"/organizations/{organization.id}/owner/transfer", body)
        agree(reply, POST_TRANSFER, refused)
        if refused is None:
            sides = {organization.owner, other.id}
            organization.transfer = Transfer(
                reply.json()["owner_transfer_id"], person.id, other.id, sides & {person.id}
            )

    @precondition(lambda self: any(organization.transfer for organization in self.organizations))
    @rule(who=CHOICE, which=CHOICE, action=st.sampled_from(["accept", "accept", "decline", "withdraw"]))
    def answer_transfer(self, who: int, which: int, action: str) -> None:
        ongoing = [each for each in self.organizations if each.transfer]
        organization = pick(ongoing, which)
        person = self.actor(organization, who)
        assert organization.transfer is not None
        path = f"/organizations/{organization.id}/owner/transfer/{organization.transfer.id}/{action}"
        agree(self.ask(person, "POST", path), POST_TRANSFER_ACTION, organization.answer(person, action))

    @rule(who=CHOICE, where=CHOICE, whom=CHOICE)
    def invite(self, who: int, where: int, whom: int) -> None:
        organization, place = self.place(where)
        person, other = self.actor(organization, who), pick(self.people, whom)
        if self.leads(organization, person):
            return
        refused = organization.may_invite(person, other)
        body = {"emails": [other.email], "workspaces": [{"workspace_id": place.id, "role_id": 5}], "skip_email": True}
        reply = self.ask(person, "POST", f"/organizations/{organization.id}/invitations", body)
        agree(reply, POST_INVITATION, refused)
        if refused is None:
            codes = [each["code"] for each in reply.json()["invitations"]]
            organization.invite(person, other, place, codes[0] if codes else None)

    @precondition(lambda self: any(organization.codes for organization in self.organizations))
    @rule(which=CHOICE, who=CHOICE)
    def accept(self, which: int, who: int) -> None:
        """Mostly done by who is invited; nobody else can."""
        organization = pick([each for each in self.organizations if each.codes], which)
        whom, code = pick([*organization.codes.items()], who)
        [invited] = [person for person in self.people if person.id == whom]
        person = invited if who % 4 else self.actor(organization, who)
        self.touched = organization
        reply = self.ask(person, "POST", f"/organizations/invitations/{code}/accept")
        agree(reply, ACCEPT_INVITATION, organization.accept(person, whom))

    # What holds

    @invariant()
    def everybody_sees_their_organizations(self) -> None:
        for person in self.people:
            listed = {each["id"]: each for each in self.look(person, "/me/organizations")}
            own = {each.id: each for each in self.organizations if each.is_active(person)}
            assert listed.keys() == own.keys()
            for organization in own.values():
                seen = listed[organization.id]
                assert (seen["name"], seen["user_count"]) == (organization.name, len(organization.people))
                assert seen["admin"] is organization.is_admin(person)
                assert seen["owner"] is (organization.owner == person.id)

    @invariant()
    def everybody_sees_their_workspaces(self) -> None:
        for person in self.people:
            own = [
                (place, role)
                for organization, place in self.places
                if (role := organization.role_in(place, person)) is not None
            ]
            own.sort(key=lambda each: (key(each[0].name).encode(), each[0].id))
            assert [(each["id"], each["name"], each["admin"]) for each in self.look(person, "/me/workspaces")] == [
                (place.id, place.name, role is WorkspaceRole.ADMIN) for place, role in own
            ]

    @invariant()
    def owners_see_their_people(self) -> None:
        for organization, owner in self.owned():
            listed = {each["user_id"]: each for each in self.look(owner, f"/organizations/{organization.id}/users")}
            assert listed.keys() == organization.people.keys()
            for user_id, membership in organization.people.items():
                seen = listed[user_id]
                told = (OrganizationRole(seen["role_id"]), seen["joined"], seen["inactive"])
                assert told == (membership.role, membership.joined, membership.inactive)
                assert {each["group_id"] for each in seen["groups"] or []} == {
                    group.id for group in organization.groups.values() if user_id in group.people
                }
                assert {each["workspace_id"]: each["role_id"] for each in seen["workspaces"]} == {
                    place.id: place.people[user_id].role
                    for place in organization.places.values()
                    if user_id in place.people
                }

    @invariant()
    def owners_see_their_groups(self) -> None:
        for organization, owner in self.owned():
            listed = self.look(owner, f"/organizations/{organization.id}/groups")
            groups = sorted(organization.groups.values(), key=lambda group: (key(group.name).encode(), group.id))
            assert [
                (each["group_id"], each["name"], {user["user_id"] for user in each["users"]}, {*each["workspaces"]})
                for each in listed
            ] == [(group.id, group.name, group.people, group.places) for group in groups]

    @invariant()
    def owners_see_who_is_in_their_workspaces(self) -> None:
        for organization, owner in self.owned():
            counted = self.look(owner, f"/organizations/{organization.id}/workspaces/statistics")
            assert counted.keys() == {str(place_id) for place_id in organization.places}
            for place in organization.places.values():
                groups = [group for group in organization.groups.values() if place.id in group.places]
                numbers = counted[str(place.id)]
                assert (numbers["members_count"], numbers["groups_count"]) == (len(place.people), len(groups))
                path = f"/workspaces/{place.id}/workspace_users"
                everybody = self.look(owner, path, "includeIndirect=true")
                assert {each["user_id"]: (each["role_id"], each["is_direct"]) for each in everybody} == {
                    user_id: (way.role, way.direct) for user_id, way in place.people.items()
                }
                direct = {each["user_id"] for each in self.look(owner, path)}
                assert direct == {user_id for user_id, way in place.people.items() if way.direct}

    @invariant()
    def there_is_one_owner_and_at_most_one_transfer(self) -> None:
        for organization, owner in self.owned():
            assert self.look(owner, f"/organizations/{organization.id}/owner")["user_id"] == organization.owner
            ongoing = self.look(owner, f"/organizations/{organization.id}/owner/transfer", "ongoing=true")
            transfer = organization.transfer
            assert [(each["owner_transfer_id"], each["new_owner_id"]) for each in ongoing] == (
                [(transfer.id, transfer.new_owner)] if transfer else []
            )

    # How it is done

    @property
    def places(self) -> list[tuple[Organization, Place]]:
        return [(organization, place) for organization in self.organizations for place in organization.places.values()]

    @property
    def groups(self) -> list[tuple[Organization, Group]]:
        return [(organization, group) for organization in self.organizations for group in organization.groups.values()]

    def owned(self) -> Iterator[tuple[Organization, Person]]:
        """The organization of the last step if it is still there, now and then all of them, and who owns them."""
        by_id = {person.id: person for person in self.people}
        for organization in self.organizations:
            if organization.people and (organization is self.touched or self.steps % LOOK_AROUND == 0):
                yield organization, by_id[organization.owner]

    def organization(self, number: int) -> Organization:
        """Mostly the one with most people: that is where things happen."""
        if number % 4 == 0:
            return pick(self.organizations, number // 4)
        return max(self.organizations, key=lambda organization: len(organization.people))

    def place(self, number: int) -> tuple[Organization, Place]:
        organization = self.organization(number % 4)
        return organization, pick([*organization.places.values()], number // 4)

    def actor(self, organization: Organization, number: int) -> Person:
        """Mostly an admin; sometimes anybody."""
        self.touched = organization
        self.steps += 1
        admins = [person for person in self.people if organization.is_admin(person)]
        return pick(admins if admins and number % 4 else self.people, number // 4)

    def other(self, organization: Organization, number: int) -> Person:
        """Mostly one of the organization's people; sometimes anybody."""
        return (self.member(organization, number // 4) if number % 4 else None) or pick(self.people, number // 4)

    def member(self, organization: Organization, number: int) -> Person | None:
        """One of the organization's people, if there are any."""
        members = [person for person in self.people if person.id in organization.people]
        return pick(members, number) if members else None

    def leads(self, organization: Organization, person: Person) -> bool:
        """Whether somebody administers workspaces but not the organization: their reach is specified elsewhere."""
        roles = [organization.role_in(place, person) for place in organization.places.values()]
        return WorkspaceRole.ADMIN in roles and not organization.is_admin(person)

    def organization_user(self, organization: Organization, person: Person) -> int:
        [owner] = [person for person in self.people if person.id == organization.owner]
        listed = self.look(owner, f"/organizations/{organization.id}/users")
        [found] = [each["id"] for each in listed if each["user_id"] == person.id]
        assert isinstance(found, int)
        return found

    def change_member(self, who: Person, organization: Organization, whom: Person, body: Any) -> httpx.Response:
        path = f"/organizations/{organization.id}/users/{self.organization_user(organization, whom)}"
        return self.ask(who, "PUT", path, body)

    def enter(self, person: Person, organization: Organization, role: OrganizationRole) -> None:
        """Done by the rules themselves: what an accepted invitation comes to."""

        async def enter(work: Work) -> None:
            await memberships.enter_organization(work, organization.id, person.id, role)
            if role.administers:
                await memberships.enter_every_workspace(work, organization.id, person.id)

        self.run(self.world.act(enter))
        organization.join(person, role)

    def add_organization(
        self, owner: Person, organization_id: int, name: str, workspace_id: int, workspace_name: str
    ) -> None:
        organization = Organization(organization_id, name, owner.id)
        organization.join(owner, OrganizationRole.OWNER)
        organization.add_place(workspace_id, workspace_name)
        self.organizations.append(organization)

    def ask(self, person: Person | None, method: str, path: str, body: Any = None) -> httpx.Response:
        return self.run(self.world.http.request(method, path, json=body, auth=person.auth if person else None))

    def look(self, person: Person, path: str, query: str = "") -> Any:
        """What a list says; asked of the application itself, because that is done so often."""
        credentials = httpx.BasicAuth(*person.auth)._auth_header.encode()
        scope = {
            "method": "GET",
            "path": BASE_PATH + path,
            "query_string": query.encode(),
            "headers": [(b"authorization", credentials)],
        }
        reply = self.run(self.world.server.api.answer(Request(scope), b""))
        assert reply.status == 200, reply.body
        return json.loads(reply.body)

    def run(self, awaitable: Awaitable[R]) -> R:
        async def wait() -> R:
            return await awaitable

        return self.runner.run(wait())


def pick(some: list[R], number: int) -> R:
    return some[number % len(some)]


def agree(reply: httpx.Response, operation: Operation, refused: Reason | None) -> None:
    """What was answered is what the model says."""
    if refused is None:
        assert reply.is_success, reply.text
    else:
        assert (operation.id, refused.value) in {*met_by(reply)}, (refused, reply.text)


def test_every_list_agrees_with_the_model_after_each_step(database_url: str, request: pytest.FixtureRequest) -> None:
    runs = RUNS * 10 if request.config.getoption("--thorough") else RUNS
    with asyncio.Runner() as runner:
        world = runner.run(open_world(database_url, signup="open"))
        machine = type("Here", (Lifecycle,), {"world": world, "runner": runner})
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=runs, stateful_step_count=STEPS, deadline=None, suppress_health_check=[*HealthCheck]
            ),
        )
        runner.run(world.http.aclose())
        runner.run(world.server.close())
