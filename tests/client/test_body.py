"""What is sent is of the type that is due, or is refused before it is, by the name of the field that is wrong."""

from __future__ import annotations

import enum
import json
from types import MappingProxyType
from typing import Any

import pytest

from rollcall.client.request import build
from rollcall.contract.models.account import MePayload
from rollcall.contract.models.group import GroupPayload, GroupsPatchInput
from rollcall.contract.models.invitation import InvitationPost, InvitationPostWorkspaces
from rollcall.contract.models.organization_user import ModelsOrgUserWorkspace, OrganizationUserPayload
from rollcall.contract.models.workspace import WorkspacePayload
from rollcall.contract.models.workspace_user import UserAssignmentsPayload
from rollcall.contract.operations import OPERATIONS

ROWS = {row.id: row for row in OPERATIONS}
INVITE = "post_organization_invitation: post_invitation_request"
WRONG: list[tuple[str, Any, str]] = [
    (
        "post_organization_invitation",
        InvitationPost(emails="ann@example.com"),  # type: ignore[arg-type]
        f"{INVITE}.emails must be a list, not 'a",
    ),
    ("post_organization_invitation", {"emails": ["ann@example.com", 3]}, f"{INVITE}.emails[1] must be a str, not 3"),
    (
        "post_organization_invitation",
        InvitationPost(workspaces=[InvitationPostWorkspaces(workspace_id="7")]),  # type: ignore[arg-type]
        f"{INVITE}.workspaces[0].workspace_id must be an int, not '7'",
    ),
    (
        "post_organization_invitation",
        InvitationPost(workspaces=[7]),  # type: ignore[list-item]
        f"{INVITE}.workspaces[0] must be an InvitationPostWorkspaces or a dict, not 7",
    ),
    ("post_organization_group", GroupPayload(users=[1, None]), ".users[1] must be an int, not None"),  # type: ignore[list-item]
    ("post_organization_group", {"users": [True]}, ".users[0] must be an int, not True"),
    ("post_organization_group", {"users": [1.0]}, ".users[0] must be an int, not 1.0"),
    ("post_organization_group", {"name": b"Crew"}, ".name must be a str, not a value of type bytes"),
    ("post_organization_group", {"name": str}, ".name must be a str, not the class str"),
    ("put_workspace", {"default_hourly_rate": "9"}, ".default_hourly_rate must be a number, not '9'"),
    ("put_workspace", {"only_admins_may_create_tags": 1}, ".only_admins_may_create_tags must be a bool, not 1"),
    ("put_me", {"password": 12345}, "put_me: body.password must be a str, not a value of type int"),
    ("patch_organization_group", [GroupsPatchInput(op=1)], "patch_group_request[0].op must be a str, not 1"),  # type: ignore[arg-type]
]
UNKNOWN: list[tuple[str, Any, str]] = [
    ("put_organization", {"nmae": "Ours"}, "has no field 'nmae': did you mean 'name'?"),
    ("post_organization", {"colour": "red"}, "has no field 'colour': it takes name, workspace_name"),
    ("put_organization", {7: "Ours"}, "has no field 7: it takes name"),
    (
        "post_organization_invitation",
        {"workspaces": [{"id": 7}]},
        f"{INVITE}.workspaces[0] has no field 'id': it takes workspace_id, ",
    ),
    ("put_workspace_workspace_users", {"posted_fields": ["rate"]}, "did you mean 'postedFields'?"),
]


class Role(enum.Enum):
    LEAD = "teamlead"


def body_of(operation: str, body: object) -> Any:
    row = ROWS[operation]
    return json.loads(build(row, {**dict.fromkeys(row.path_parameters, 1), row.body_argument: body}).content or b"")


@pytest.mark.parametrize(("operation", "body", "message"), WRONG, ids=lambda value: str(value)[-60:])
def test_a_value_of_another_type_is_refused_by_the_path_of_its_field(operation: str, body: Any, message: str) -> None:
    with pytest.raises(TypeError) as caught:
        body_of(operation, body)
    assert message in str(caught.value)


@pytest.mark.parametrize(("operation", "body", "message"), UNKNOWN, ids=lambda value: str(value)[-60:])
def test_a_field_that_there_is_not_is_refused_with_what_would_be_right(operation: str, body: Any, message: str) -> None:
    with pytest.raises(ValueError, match="has no field") as caught:
        body_of(operation, body)
    assert message in str(caught.value)


def test_what_opens_an_account_is_not_shown_where_it_is_refused() -> None:
    with pytest.raises(TypeError) as caught:
        body_of("put_me", MePayload(password=["topsecret"]))  # type: ignore[arg-type]
    assert "topsecret" not in str(caught.value)
    with pytest.raises(ValueError, match="half a character") as lone:
        body_of("put_me", MePayload(password="topsecret\ud800"))
    assert "topsecret" not in str(lone.value)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_json_does_not_have_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match=r"default_hourly_rate must be a finite number, not -?(nan|inf)"):
        body_of("put_workspace", WorkspacePayload(default_hourly_rate=number))


def test_half_a_character_is_refused() -> None:
    with pytest.raises(ValueError, match=r"emails\[0\] has half a character: 'ann.*@example\.com'"):
        body_of("post_organization_invitation", InvitationPost(emails=["ann\ud83d@example.com"]))


def test_models_and_plain_dicts_may_stand_in_each_other() -> None:
    workspace = ModelsOrgUserWorkspace(workspace_id=7, rate=None)
    assert body_of("put_organization_users", {"workspaces": (workspace,)}) == {
        "workspaces": [{"workspace_id": 7, "rate": None}]
    }
    assert body_of("put_organization_users", OrganizationUserPayload(workspaces=[{"workspace_id": 7}])) == {  # type: ignore[list-item]
        "workspaces": [{"workspace_id": 7}]
    }
    assert body_of("put_organization", MappingProxyType({"name": "Ours"})) == {"name": "Ours"}


def test_a_whole_number_will_do_where_any_number_is_due_and_an_enum_for_its_value() -> None:
    assert body_of("put_workspace", WorkspacePayload(default_hourly_rate=9)) == {"default_hourly_rate": 9}
    assert body_of("put_workspace_users", {"role": Role.LEAD}) == {"role": "teamlead"}


def test_where_one_or_many_will_do_the_one_that_is_wrong_is_told() -> None:
    right, wrong = UserAssignmentsPayload(operation="add"), UserAssignmentsPayload(operation=1)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"post\[1\]\.operation must be a str, not 1"):
        body_of("put_organization_workspaces_assignments", [right, wrong])
    with pytest.raises(TypeError, match="post must be a UserAssignmentsPayload or a dict or a list, not 'add'"):
        body_of("put_organization_workspaces_assignments", "add")
