"""Whatever is changed through one endpoint, no endpoint's cache answers with what was before. Against a real server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from toggl_api import OrganizationUserBody, WorkspaceBody, WorkspaceUserBody
from toggl_api.asyncio import AsyncSqliteCache
from toggl_api.meta.cache import JSONCache, SqliteCache

if TYPE_CHECKING:
    from .live import Called, Live

NOUNS = [
    "OrganizationEndpoint",
    "OrganizationUserEndpoint",
    "GroupEndpoint",
    "WorkspaceEndpoint",
    "WorkspaceUserEndpoint",
    "InvitationEndpoint",
]


class Cached:
    """Endpoints of all nouns on one cache, and the same without one."""

    def __init__(self, live: Live, folder: Path) -> None:
        self.live = live
        kind: Any = SqliteCache if live.kind == "sync" else AsyncSqliteCache
        self.cached = {noun: live.mine(noun, cache=kind(folder, 3600)) for noun in NOUNS}
        self.plain = {noun: live.mine(noun) for noun in NOUNS}

    def __getitem__(self, noun: str) -> Called:
        return self.cached[f"{noun}Endpoint"]

    def warm(self) -> None:
        """Let every cache have everything, so that what is not forgotten is answered."""
        for endpoint in self.cached.values():
            endpoint.collect()
        self.live.requests.clear()
        for endpoint in self.cached.values():
            endpoint.collect()
        assert self.live.requests == []

    def untrue(self) -> list[str]:
        """The nouns whose cached endpoint answers with something else than the server has."""
        return [noun for noun in NOUNS if by_id(self.cached[noun]) != by_id(self.plain[noun])]


def by_id(endpoint: Called) -> dict[int, dict[str, Any]]:
    """The objects of an endpoint, without what a list says otherwise than the operation that answers with one."""
    otherwise = {"pricing_plan_name": None, "last_modified": None}
    return {model.id: {**model.to_dict(), **otherwise} for model in endpoint.collect()}


@pytest.fixture
def everything(live: Live, tmp_path: Path) -> Cached:
    return Cached(live, tmp_path / "cache")


def test_no_cache_answers_with_what_was_before_a_change_of_another_noun(everything: Cached, live: Live) -> None:
    live.join("bob")
    users, groups, workspaces = (everything[noun] for noun in ("OrganizationUser", "Group", "Workspace"))
    members, invitations = everything["WorkspaceUser"], everything["Invitation"]
    organization, workspace = live.organization_id, live.workspace_id
    known: dict[str, Any] = {"bob": users.iterate(filter="bob")[0]}

    def keep(name: str, value: Any) -> None:
        known[name] = value

    changes: dict[str, Callable[[], object]] = {
        "rename the organization": lambda: everything["Organization"].edit(organization, "Renamed"),
        "add somebody": lambda: keep("new", users.add("new@example.org", [workspace])),
        "invite": lambda: keep("made", invitations.add(["two@example.org", "new@example.org"], [workspace])),
        "resend": lambda: invitations.resend(known["made"].invitations[0]),
        "edit somebody": lambda: users.edit(known["bob"], OrganizationUserBody(organization_admin=True)),
        "demote somebody": lambda: users.edit(known["bob"].id, OrganizationUserBody(organization_admin=False)),
        "add a group": lambda: keep("group", groups.add("Support", [known["bob"]], [workspace])),
        "rename a group": lambda: groups.edit(known["group"], "First line"),
        "add a workspace": lambda: keep("second", workspaces.add(WorkspaceBody(name="Second"))),
        "rename a workspace": lambda: workspaces.edit(known["second"], WorkspaceBody(name="Third")),
        "put a group into a workspace": lambda: groups.add_workspaces(known["group"], [known["second"]]),
        "take somebody out of a group": lambda: groups.delete_users(known["group"], [known["bob"]]),
        "put somebody into a group": lambda: groups.add_users(known["group"], [known["bob"]]),
        "take a group out of the workspace": lambda: members.delete_groups([known["group"]]),
        "put a group into the workspace": lambda: members.add_groups([known["group"]]),
        "put somebody into the workspace": lambda: keep("member", members.add(known["bob"])),
        "edit a workspace user": lambda: members.edit(known["member"], WorkspaceUserBody(role="admin")),
        "take somebody out of the workspace": lambda: members.delete(known["member"]),
        "put many into the workspace": lambda: members.add_many([known["bob"]]),
        "delete a group": lambda: groups.delete(known["group"]),
        "deactivate": lambda: users.deactivate(known["bob"]),
        "activate": lambda: users.activate(known["bob"]),
        "revoke": lambda: invitations.delete(known["made"].invitations[0]),
        "delete somebody": lambda: users.delete(known["new"]),
        "delete many": lambda: users.delete_many([known["bob"]]),
    }
    for name, change in changes.items():
        everything.warm()
        change()
        assert everything.untrue() == [], name


def test_a_change_of_one_group_leaves_what_is_known_of_the_others(everything: Cached, live: Live) -> None:
    groups = everything["Group"]
    one, other = groups.add("One"), groups.add("Other")
    groups.collect()
    renamed = groups.edit(one, "Renamed")
    live.requests.clear()
    assert groups.get(one) == renamed
    assert groups.get(other) == other
    assert {group.id for group in groups.collect()} == {one.id, other.id}
    assert live.requests == []


@pytest.mark.parametrize("noun", ["OrganizationUserEndpoint", "GroupEndpoint", "WorkspaceUserEndpoint"])
def test_a_refresh_of_what_is_unchanged_costs_no_body(live: Live, tmp_path: Path, noun: str) -> None:
    kind: Any = JSONCache if live.kind == "sync" else AsyncSqliteCache
    live.mine("GroupEndpoint").add("Support")
    endpoint = live.mine(noun, cache=kind(tmp_path))
    first = endpoint.collect()
    live.replies.clear()
    assert endpoint.collect(refresh=True) == first != []
    assert live.replies == [304]
    live.mine("OrganizationUserEndpoint").add("two@example.org", [live.workspace_id])
    assert endpoint.collect(refresh=True) == live.mine(noun).collect()


def test_endpoints_of_two_organizations_do_not_mix(live: Live, tmp_path: Path) -> None:
    kind: Any = JSONCache if live.kind == "sync" else AsyncSqliteCache
    second = live.mine("OrganizationEndpoint").add("Second")
    here, there = (
        live.mine("WorkspaceEndpoint", cache=kind(tmp_path)),
        live.WorkspaceEndpoint(second, cache=kind(tmp_path)),
    )
    assert {workspace.organization_id for workspace in here.collect()} == {live.organization_id}
    assert {workspace.organization_id for workspace in there.collect()} == {second.id}
    assert len(here.collect()) == len(there.collect()) == 1


def test_the_cache_is_asked_by_query(live: Live, tmp_path: Path) -> None:
    from toggl_api.meta.cache import TogglQuery

    kind: Any = JSONCache if live.kind == "sync" else AsyncSqliteCache
    groups = live.mine("GroupEndpoint", cache=kind(tmp_path))
    made = groups.add("Support")
    groups.add("Sales")
    assert groups.query(TogglQuery("name", "Support")) == [made]
