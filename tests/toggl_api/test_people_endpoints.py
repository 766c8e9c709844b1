"""The endpoints for an organization's people, against a real server: what they do there and answer with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from toggl_api import (
    InvitationWorkspace,
    NamingError,
    OrganizationUserBody,
    TogglGroup,
    TogglInvitation,
    TogglOrganizationUser,
    TogglWorkspace,
    TogglWorkspaceUser,
    WorkspaceBody,
    WorkspaceUserBody,
    errors,
)

if TYPE_CHECKING:
    from .live import Live

NEWCOMER = "new@example.org"


def test_whoever_is_added_is_an_organization_user_at_once(live: Live) -> None:
    users = live.mine("OrganizationUserEndpoint")
    added = users.add(NEWCOMER, [live.workspace_id])
    assert isinstance(added, TogglOrganizationUser)
    assert (added.email, added.joined) == (NEWCOMER, False)
    assert [workspace.workspace_id for workspace in added.workspaces or []] == [live.workspace_id]
    assert {user.email for user in users.collect()} == {NEWCOMER, live.account.email}


def test_whoever_is_a_member_already_is_put_into_the_workspace_and_is_the_answer(live: Live) -> None:
    bob = live.join("bob")
    second = live.mine("WorkspaceEndpoint").add(WorkspaceBody(name="Second"))
    added = live.mine("OrganizationUserEndpoint").add(bob.email, [second])
    assert (added.joined, added.workspace_count) == (True, 2)


def test_many_are_invited_at_once_and_each_who_is_not_is_told(live: Live) -> None:
    bob = live.join("bob")
    users = live.mine("OrganizationUserEndpoint")
    role = InvitationWorkspace(workspace_id=live.workspace_id, role="admin")
    invited = users.invite([NEWCOMER, bob.email, "two@example.org"], [role], skip_email=True)
    assert [made.email for made in invited.invitations] == [NEWCOMER, "two@example.org"]
    assert all(made.invite_url for made in invited.invitations)
    assert invited.failed == {bob.email: f"User with e-mail '{bob.email}' is already a member of the organization"}


def test_one_of_the_people_is_found_by_number_and_by_object(live: Live) -> None:
    users = live.mine("OrganizationUserEndpoint")
    added = users.add(NEWCOMER, [live.workspace_id])
    assert users.get(added.id) == users.get(added) == added
    assert users.get(added.id + 1000) is None


def test_an_object_is_found_although_its_address_has_changed_since(live: Live) -> None:
    users = live.mine("OrganizationUserEndpoint")
    added = users.add(NEWCOMER, [live.workspace_id])
    old = TogglOrganizationUser(id=added.id, user_id=added.user_id, name="Old", email="old@example.org")
    assert users.get(old) == added


def test_somebody_is_edited_and_answered_with_as_they_are_now(live: Live) -> None:
    live.join("bob")
    users = live.mine("OrganizationUserEndpoint")
    [bob] = users.iterate(filter="bob")
    edited = users.edit(bob.id, OrganizationUserBody(organization_admin=True))
    assert (edited.id, edited.admin) == (bob.id, True)
    assert users.edit(bob, OrganizationUserBody(organization_admin=False)).admin is False


def test_somebody_is_deactivated_and_activated(live: Live) -> None:
    live.join("bob")
    users = live.mine("OrganizationUserEndpoint")
    [bob] = users.iterate(filter="bob")
    assert users.deactivate(bob).inactive is True
    assert users.iterate(active_status=["inactive"]) == [users.get(bob, refresh=True)]
    assert users.activate(bob.id).inactive is False


def test_people_are_deleted_one_by_one_and_together_all_or_none(live: Live) -> None:
    users = live.mine("OrganizationUserEndpoint")
    one, two, three = (users.add(f"{name}@example.org", [live.workspace_id]) for name in ("one", "two", "three"))
    users.delete(one)
    owner = next(user for user in users.collect() if user.owner)
    with pytest.raises(errors.InvalidRequestError, match="Cannot remove the"):
        users.delete_many([two, owner])
    assert {user.id for user in users.collect()} == {owner.id, two.id, three.id}
    users.delete_many([two, three.id])
    assert users.collect() == [owner]


def test_iterating_goes_through_all_pages_and_lets_the_filters_decide(live: Live) -> None:
    users = live.mine("OrganizationUserEndpoint")
    users.invite([f"user{number}@example.org" for number in range(7)], [live.workspace_id], skip_email=True)
    everybody = users.collect()
    live.requests.clear()
    assert users.iterate(per_page=3) == everybody
    assert len(live.requests) == 3
    assert users.iterate(sort_dir="desc") == everybody[::-1]
    assert [user.owner for user in users.iterate(only_admins=True)] == [True]
    assert len(users.iterate(active_status="invited", workspaces=[live.workspace_id])) == 7


def test_a_group_is_made_changed_and_deleted(live: Live) -> None:
    live.join("bob")
    [bob] = live.mine("OrganizationUserEndpoint").iterate(filter="bob")
    groups = live.mine("GroupEndpoint")
    made = groups.add("Support", users=[bob], workspaces=[live.workspace_id])
    assert isinstance(made, TogglGroup)
    assert (made.id, made.name, [user.user_id for user in made.users or []]) == (
        made.group_id,
        "Support",
        [bob.user_id],
    )
    edited = groups.edit(made, "First line")
    assert (edited.name, edited.workspaces, len(edited.users)) == ("First line", [live.workspace_id], 1)
    assert groups.edit(made.id, users=[]).users == []
    assert groups.get(made) == groups.collect()[0]
    groups.delete(made)
    assert (groups.get(made), groups.collect()) == (None, [])


def test_people_and_workspaces_go_into_a_group_and_out_and_each_that_does_not_is_told(live: Live) -> None:
    live.join("bob")
    [bob] = live.mine("OrganizationUserEndpoint").iterate(filter="bob")
    groups = live.mine("GroupEndpoint")
    made = groups.add("Support")
    stranger = 10**9
    result = groups.add_users(made, [bob, stranger])
    assert result.done == [bob.user_id]
    assert result.failed == {stranger: f"User {stranger} not exists in the organization {live.organization_id}"}
    assert groups.add_workspaces(made, [live.workspace_id]).done == [live.workspace_id]
    changed = groups.get(made)
    assert ([user.user_id for user in changed.users], changed.workspaces) == ([bob.user_id], [live.workspace_id])
    groups.delete_users(made, [bob])
    groups.delete_workspaces(made, [live.workspace_id])
    changed = groups.get(made)
    assert (changed.users, changed.workspaces) == ([], [])
    with pytest.raises(errors.InvalidRequestError, match="not exists in the organization"):
        groups.add_users(made, [stranger])


def test_a_workspace_is_made_and_changed(live: Live) -> None:
    workspaces = live.mine("WorkspaceEndpoint")
    made = workspaces.add(WorkspaceBody(name="Second place"))
    assert isinstance(made, TogglWorkspace)
    assert (made.name, made.organization_id) == ("Second place", live.organization_id)
    edited = workspaces.edit(made, WorkspaceBody(only_admins_may_create_tags=True))
    assert (edited.name, edited.only_admins_may_create_tags) == ("Second place", True)
    assert workspaces.get(made) == edited
    assert {workspace.id for workspace in workspaces.collect()} == {live.workspace_id, made.id}


def test_a_workspace_of_another_organization_is_not_one_of_this(live: Live) -> None:
    organization = live.mine("OrganizationEndpoint").add("Another")
    [elsewhere] = live.WorkspaceEndpoint(organization).collect()
    here = live.mine("WorkspaceEndpoint")
    assert here.get(elsewhere) is None
    assert [workspace.id for workspace in here.collect()] == [live.workspace_id]


def test_people_are_put_into_a_workspace_changed_and_taken_out(live: Live) -> None:
    live.join("bob")
    [bob] = live.mine("OrganizationUserEndpoint").iterate(filter="bob")
    second = live.mine("WorkspaceEndpoint").add(WorkspaceBody(name="Second"))
    users = live.WorkspaceUserEndpoint(live.organization_id, second)
    added = users.add(bob)
    assert isinstance(added, TogglWorkspaceUser)
    assert (added.user_id, added.workspace_id, added.role) == (bob.user_id, second.id, "user")
    assert users.get(added.id) == users.get(added) == added
    assert users.add(bob.user_id) == added
    edited = users.edit(added.id, WorkspaceUserBody(role="admin"))
    assert (edited.id, edited.role) == (added.id, "admin")
    assert users.edit(edited, WorkspaceUserBody(role="user")).role == "user"
    users.delete(added)
    assert users.get(added) is None
    users.add_many([bob])
    [again] = [user for user in users.collect() if user.user_id == bob.user_id]
    users.delete_many([again])
    assert bob.user_id not in {user.user_id for user in users.collect()}


def test_groups_are_put_into_a_workspace_and_taken_out(live: Live) -> None:
    live.join("bob")
    [bob] = live.mine("OrganizationUserEndpoint").iterate(filter="bob")
    group = live.mine("GroupEndpoint").add("Support", users=[bob])
    second = live.mine("WorkspaceEndpoint").add(WorkspaceBody(name="Second"))
    users = live.WorkspaceUserEndpoint(live.organization_id, second)
    users.add_groups([group])
    [through] = [user for user in users.collect() if user.user_id == bob.user_id]
    assert (through.is_direct, through.group_ids) == (False, [group.id])
    users.delete_groups([group])
    assert bob.user_id not in {user.user_id for user in users.collect()}


def test_an_invitation_is_listed_sent_again_and_taken_back(live: Live) -> None:
    invitations = live.mine("InvitationEndpoint")
    [made] = invitations.add([NEWCOMER], [live.workspace_id], skip_email=True).invitations
    [listed] = invitations.collect()
    assert isinstance(listed, TogglInvitation)
    assert (listed.id, listed.email, listed.state) == (made.invitation_id, NEWCOMER, "pending")
    code = made.invite_url.rpartition("/")[2]
    assert invitations.look_up(code).email == NEWCOMER
    invitations.resend(made)
    assert invitations.look_up(code) is None
    invitations.delete(listed)
    assert invitations.get(listed).state == "revoked"
    assert (invitations.iterate(state=["pending"]), len(invitations.iterate(state="revoked"))) == ([], 1)
    invitations.delete(listed.id + 1000)


def test_an_invitation_is_accepted_or_rejected_by_its_code(live: Live) -> None:
    bob = live.join("bob")
    assert live.mine("OrganizationUserEndpoint").iterate(filter="bob")[0].joined is True
    cleo = live.server.add_account(f"cleo@{live.organization_id}.example.com")
    [made] = live.mine("InvitationEndpoint").add([cleo.email], [live.workspace_id]).invitations
    code = made.invite_url.rpartition("/")[2]
    theirs = live.mine("InvitationEndpoint", account=cleo)
    theirs.reject(code)
    assert {user.email for user in live.mine("OrganizationUserEndpoint").collect()} == {live.account.email, bob.email}
    with pytest.raises(errors.NotFoundError):
        theirs.accept(code)


def test_what_cannot_be_is_refused_before_a_request_is_spent_on_it(live: Live) -> None:
    groups, users = live.mine("GroupEndpoint"), live.mine("OrganizationUserEndpoint")
    workspaces, people = live.mine("WorkspaceEndpoint"), live.mine("WorkspaceUserEndpoint")
    for refused, said, call in (
        (NamingError, "A group name can have at most 200", lambda: groups.add("n" * 201)),
        (NamingError, "A group name must have", lambda: groups.edit(1, " ")),
        (ValueError, "There must be something to change: name, users or workspaces", lambda: groups.edit(1)),
        (TypeError, "users must be a list of users or their numbers, not 5", lambda: groups.add_users(1, 5)),
        (ValueError, "There must be at least one user", lambda: groups.add_users(1, [])),
        (TypeError, "group must be a group or its number, not 'Support'", lambda: groups.delete("Support")),
        (NamingError, "'ann' is not an e-mail address, as", lambda: users.add("ann", [1])),
        (
            TypeError,
            "emails must be a list of addresses, not 'a@example.org'",
            lambda: users.invite("a@example.org", [1]),
        ),
        (ValueError, "There must be at least one workspace to invite into", lambda: users.add(NEWCOMER, [])),
        (TypeError, r"body must be like OrganizationUserBody\(inactive=True\), not \{\}", lambda: users.edit(1, {})),
        (ValueError, "There must be something to change", lambda: users.edit(1, OrganizationUserBody())),
        (NamingError, "A person's name must have", lambda: users.edit(1, OrganizationUserBody(name=" "))),
        (NamingError, "is not an e-mail address", lambda: users.edit(1, OrganizationUserBody(email="x"))),
        (TypeError, "organization user must be an organization user or its number, not True", lambda: users.get(True)),
        (ValueError, "organization user must have a number above 0, not 0", lambda: users.delete(0)),
        (NamingError, "A workspace name can have at most 140", lambda: workspaces.add(WorkspaceBody(name="w" * 141))),
        (TypeError, "A workspace name must be text", lambda: workspaces.add(WorkspaceBody(rounding=1))),
        (TypeError, "workspace user must be a workspace user or its number", lambda: people.get("1")),
        (TypeError, "user must be a user or its number, not 'bob'", lambda: people.add("bob")),
        (TypeError, "code must be the text at the end", lambda: live.mine("InvitationEndpoint").accept(None)),
        (TypeError, "organization must be an organization or its number, not 'x'", lambda: live.GroupEndpoint("x")),
    ):
        live.requests.clear()
        with pytest.raises(refused, match=said):
            call()
        assert live.requests == []
