"""An operation and its arguments become a request, or an error that says which argument is wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest
from msgspec import UNSET

from rollcall.client.request import build
from rollcall.contract.models.account import MePayload, ModelsTogglUser
from rollcall.contract.models.group import GroupsPatchInput
from rollcall.contract.models.workspace_user import UserAssignmentsPayload, UserPayload
from rollcall.contract.operations import OPERATIONS

ROWS = {row.id: row for row in OPERATIONS}


def body_of(operation: str, **arguments: Any) -> Any:
    return json.loads(build(ROWS[operation], arguments).content or b"")


def test_placeholders_are_filled_and_quoted() -> None:
    request = build(ROWS["get_invitation"], {"invitation_code": "a/b?c"})
    assert (request.method, request.path) == ("GET", "/invitations/a%2Fb%3Fc")


@pytest.mark.parametrize("code", ["", ".", ".."])
def test_what_would_be_another_route_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="get_invitation: invitation_code cannot be"):
        build(ROWS["get_invitation"], {"invitation_code": code})


def test_a_missing_placeholder_is_named() -> None:
    with pytest.raises(ValueError, match="put_organization_group: group_id is missing"):
        build(ROWS["put_organization_group"], {"organization_id": 1, "put_group_request": {}})


def test_a_missing_body_is_named() -> None:
    with pytest.raises(ValueError, match="put_organization: put_organizations_request is missing"):
        build(ROWS["put_organization"], {"organization_id": 1})


def test_a_missing_required_query_parameter_is_named() -> None:
    with pytest.raises(ValueError, match="get_workspace_workspace_users: include_indirect is missing"):
        build(ROWS["get_workspace_workspace_users"], {"workspace_id": 1})


def test_query_parameters_have_their_names_and_forms_on_the_wire() -> None:
    users = build(
        ROWS["get_organization_users"], {"organization_id": 1, "only_admins": True, "groups": [3, 4], "page": 2}
    )
    workspace_users = build(ROWS["get_workspace_workspace_users"], {"workspace_id": 1, "include_indirect": "true"})
    assert users.query == {"only_admins": "true", "groups": "3,4", "page": "2"}
    assert workspace_users.query == {"includeIndirect": "true"}


def test_a_number_or_a_truth_value_may_be_given_as_it_stands_in_a_query() -> None:
    query = {"organization_id": 1, "only_admins": "True", "groups": " 3,4", "page": "2", "active_status": ("active",)}
    sent = build(ROWS["get_organization_users"], query).query
    assert sent == {"only_admins": "true", "groups": "3,4", "page": "2", "active_status": "active"}
    assert build(ROWS["get_organization_groups"], {"organization_id": 1, "workspace": "7"}).query == {"workspace": "7"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"organization_id": "abc"}, "get_organization_users: organization_id must be an int, not 'abc'"),
        ({"organization_id": "56"}, "organization_id must be an int, not '56'"),
        ({"organization_id": True}, "organization_id must be an int, not True"),
        ({"organization_id": 1.0}, "organization_id must be an int, not 1.0"),
        ({"page": "two"}, "get_organization_users: page must be an int, not 'two'"),
        ({"page": True}, "page must be an int, not True"),
        ({"page": 1.5}, "page must be an int, not 1.5"),
        ({"only_admins": "perhaps"}, "only_admins must be a bool, not 'perhaps'"),
        ({"filter": 3}, "filter must be a str, not 3"),
        ({"groups": b"3"}, "groups must be a list of ints, not b'3'"),
        ({"groups": 3}, "groups must be a list of ints, not 3"),
        ({"groups": "3,x"}, "groups must be a list of ints, not '3,x'"),
        ({"groups": [3, None]}, "groups must be a list of ints, not [3, None]"),
        ({"active_status": [3]}, "active_status must be a list of strs, not [3]"),
    ],
)
def test_a_parameter_of_another_type_is_refused_by_name(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError) as caught:
        build(ROWS["get_organization_users"], {"organization_id": 1, **arguments})
    assert str(caught.value).endswith(message)


@pytest.mark.parametrize("code", [b"abc", 7])
def test_a_code_is_a_str(code: object) -> None:
    with pytest.raises(TypeError, match="get_invitation: invitation_code must be a str, not "):
        build(ROWS["get_invitation"], {"invitation_code": code})


def test_half_a_character_is_refused() -> None:
    with pytest.raises(ValueError, match="get_invitation: invitation_code has half a character"):
        build(ROWS["get_invitation"], {"invitation_code": "\ud800"})
    with pytest.raises(ValueError, match="get_organization_users: filter has half a character"):
        build(ROWS["get_organization_users"], {"organization_id": 1, "filter": "\ud800"})


def test_what_is_not_given_is_not_sent() -> None:
    assert build(ROWS["get_organization_users"], {"organization_id": 1, "page": None}).query == {}


def test_a_body_leaves_out_what_is_not_given_and_says_null_for_none() -> None:
    assert body_of("put_me", body=MePayload(fullname="Ann", country_id=None)) == {"fullname": "Ann", "country_id": None}


def test_a_body_may_be_a_plain_dict() -> None:
    assert body_of("put_me", body={"fullname": "Ann"}) == {"fullname": "Ann"}


def test_a_body_that_is_a_list_is_sent_as_one() -> None:
    patches = [GroupsPatchInput(op="add", path="/users", value=[1])]
    assert body_of("patch_organization_group", organization_id=1, group_id=2, patch_group_request=patches) == [
        {"op": "add", "path": "/users", "value": [1]}
    ]


@pytest.mark.parametrize("body", ["Acme", 3, [], MePayload])
def test_what_is_no_object_is_refused_where_one_is_due(body: object) -> None:
    with pytest.raises(TypeError, match="put_me: body must be a MePayload or a dict, not "):
        body_of("put_me", body=body)


def test_one_object_where_a_list_is_due_is_refused() -> None:
    with pytest.raises(TypeError, match="patch_group_request must be a list, not a value of type GroupsPatchInput"):
        body_of("patch_organization_group", organization_id=1, group_id=2, patch_group_request=GroupsPatchInput())


def test_one_object_or_a_list_of_them_is_sent_where_either_will_do() -> None:
    one = UserAssignmentsPayload(operation="add", user_id=3)
    assert body_of("put_organization_workspaces_assignments", organization_id=1, workspace_id=2, post=one) == {
        "operation": "add",
        "user_id": 3,
    }
    assert body_of("put_organization_workspaces_assignments", organization_id=1, workspace_id=2, post=[one, one]) == [
        {"operation": "add", "user_id": 3},
        {"operation": "add", "user_id": 3},
    ]


def test_a_payload_of_two_operations_sends_each_its_own_fields() -> None:
    payload = UserPayload(inactive=True)
    assert body_of("put_organization_users", organization_id=1, organization_user_id=2, params=payload) == {
        "inactive": True
    }
    assert body_of("put_workspace_workspace_users", workspace_id=1, workspace_user_id=2, post=UserPayload(rate=4)) == {
        "rate": 4
    }


def test_a_payload_of_two_operations_is_refused_where_a_field_is_the_others() -> None:
    with pytest.raises(ValueError, match="put_organization_users: params has no field 'rate': it takes name, "):
        body_of("put_organization_users", organization_id=1, organization_user_id=2, params=UserPayload(rate=4))
    with pytest.raises(ValueError, match="post has no field 'workspaces': it takes admin, "):
        body_of("put_workspace_workspace_users", workspace_id=1, workspace_user_id=2, post=UserPayload(workspaces=None))


def test_a_reply_can_be_sent_back_if_the_operation_takes_the_fields_that_are_set() -> None:
    assert body_of("put_me", body=ModelsTogglUser(fullname="Ann")) == {"fullname": "Ann"}


def test_a_body_that_is_optional_can_be_left_out() -> None:
    assert build(ROWS["put_organization_segmentation"], {"organization_id": 1}).content is None


def test_an_unset_field_stays_unset() -> None:
    assert MePayload().fullname is UNSET
