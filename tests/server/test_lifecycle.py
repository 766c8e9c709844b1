"""The life of organizations and their people, in any order: after each step every list agrees with a plain model."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Awaitable
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

from rollcall.contract.operation import Operation
from rollcall.contract.operations.organizations import LEAVE_ORGANIZATION, PUT_ORGANIZATION
from rollcall.contract.operations.workspaces import POST_WORKSPACE, PUT_WORKSPACE
from rollcall.contract.reason import Reason
from rollcall.contract.role import OrganizationRole, WorkspaceRole
from rollcall.server.domain import memberships
from rollcall.server.domain.work import Work
from rollcall.server.http.request import Request
from rollcall.server.http.routes import BASE_PATH
from tests.server.lifecycle_model import Organization, Person, Place, key
from tests.server.meets import met_by
from tests.server.world import PASSWORD, World, open_world

R = TypeVar("R")

RUNS, STEPS = 20, 25
MOST_PEOPLE = 6

# Some are the same name written differently, and some are none.
NAMES = st.sampled_from(
    ["Ångström", "A\u030angström ", "ÅNGSTRÖM", "Ops", " ops", "Ω & <Co>", "x" * 140, "x" * 141, " "]
)
CHOICE = st.integers(0, 999)
"""One of those there are, whatever their number."""

_numbers = itertools.count()


class Lifecycle(RuleBasedStateMachine):
    """People who sign up, make organizations and workspaces, rename, join and leave."""

    world: ClassVar[World]
    runner: ClassVar[asyncio.Runner]

    def __init__(self) -> None:
        super().__init__()
        self.people: list[Person] = []
        self.organizations: list[Organization] = []

    # What is done

    @initialize()
    def begin(self) -> None:
        self.sign_up()
        self.sign_up()

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
        person, organization = pick(self.people, who), pick(self.organizations, where)
        reply = self.ask(person, "PUT", f"/organizations/{organization.id}", {"name": name})
        agree(reply, PUT_ORGANIZATION, organization.rename(person, name))

    @rule(who=CHOICE, where=CHOICE, name=NAMES)
    def make_workspace(self, who: int, where: int, name: str) -> None:
        person, organization = pick(self.people, who), pick(self.organizations, where)
        reply = self.ask(person, "POST", f"/organizations/{organization.id}/workspaces", {"name": name})
        refused = organization.may_make_place(person, name)
        agree(reply, POST_WORKSPACE, refused)
        if refused is None:
            organization.add_place(reply.json()["id"], name)

    @rule(who=CHOICE, where=CHOICE, name=NAMES)
    def rename_workspace(self, who: int, where: int, name: str) -> None:
        person, (organization, place) = pick(self.people, who), pick(self.places, where)
        reply = self.ask(person, "PUT", f"/workspaces/{place.id}", {"name": name})
        agree(reply, PUT_WORKSPACE, organization.rename_place(person, place, name))

    @rule(who=CHOICE, where=CHOICE, named=st.lists(CHOICE, max_size=3))
    def name_workspace_admins(self, who: int, where: int, named: list[int]) -> None:
        person, (organization, place) = pick(self.people, who), pick(self.places, where)
        admins = [pick(self.people, each).id for each in named]
        reply = self.ask(person, "PUT", f"/workspaces/{place.id}", {"admins": admins})
        agree(reply, PUT_WORKSPACE, organization.name_admins(person, place, admins))

    @rule(who=CHOICE, where=CHOICE)
    def leave(self, who: int, where: int) -> None:
        person, organization = pick(self.people, who), pick(self.organizations, where)
        reply = self.ask(person, "DELETE", f"/organizations/{organization.id}/users/leave")
        agree(reply, LEAVE_ORGANIZATION, organization.leave(person))

    @rule(who=CHOICE, where=CHOICE, role=st.sampled_from([OrganizationRole.ADMIN, OrganizationRole.MEMBER]))
    def join(self, who: int, where: int, role: OrganizationRole) -> None:
        """Done by the rules themselves: what an accepted invitation comes to."""
        person, organization = pick(self.people, who), pick(self.organizations, where)
        if person.id in organization.people or not organization.people:
            return

        async def enter(work: Work) -> None:
            await memberships.enter_organization(work, organization.id, person.id, role)
            for place in organization.places.values():
                if role.administers:
                    await memberships.enter_workspace(work, organization.id, place.id, person.id, WorkspaceRole.ADMIN)

        self.run(self.world.act(enter))
        organization.join(person, role)

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
            listed = self.look(person, "/me/workspaces")
            own = [
                (place, role)
                for organization, place in self.places
                if (role := organization.role_in(place, person)) is not None
            ]
            own.sort(key=lambda each: (key(each[0].name).encode(), each[0].id))
            assert [(each["id"], each["name"], each["admin"]) for each in listed] == [
                (place.id, place.name, role is WorkspaceRole.ADMIN) for place, role in own
            ]

    # How it is done

    @property
    def places(self) -> list[tuple[Organization, Place]]:
        return [(organization, place) for organization in self.organizations for place in organization.places.values()]

    def add_organization(
        self, owner: Person, organization_id: int, name: str, workspace_id: int, workspace_name: str
    ) -> None:
        organization = Organization(organization_id, name, owner.id)
        organization.join(owner, OrganizationRole.OWNER)
        organization.add_place(workspace_id, workspace_name)
        self.organizations.append(organization)

    def ask(self, person: Person | None, method: str, path: str, body: Any = None) -> httpx.Response:
        return self.run(self.world.http.request(method, path, json=body, auth=person.auth if person else None))

    def look(self, person: Person, path: str) -> Any:
        """What a list says; asked of the application itself, because that is done so often."""
        credentials = httpx.BasicAuth(*person.auth)._auth_header.encode()
        scope = {
            "method": "GET",
            "path": BASE_PATH + path,
            "query_string": b"",
            "headers": [(b"authorization", credentials)],
        }
        reply = self.run(self.world.server.application.answer(Request(scope), b""))
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
