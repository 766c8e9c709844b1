"""The wire models: every field and query parameter that any version of Toggl's documents has."""

from __future__ import annotations

import importlib
import json
import pkgutil
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import fields

from rollcall.contract import models
from rollcall.contract.models.billing import ModelsPaymentRecord, ModelsUnifiedSubscriptionInvoiceList
from rollcall.contract.models.organization_user import ModelsOrgUserWorkspace, OrganizationUserPayload
from rollcall.contract.models.workspace_user import UserAssignmentsPayload, UserPayload, WorkspaceUserPayload
from rollcall.contract.operations import OPERATIONS
from rollcall.contract.operations.billing import GET_PAYMENT_RECORDS
from rollcall.contract.operations.workspace_users import PUT_ASSIGNMENTS, WorkspaceWorkspaceUsersQuery
from rollcall.contract.wire import Model, encode

_KEPT = json.loads(Path(__file__).with_name("documented_fields.json").read_text())
LEFT_OUT: dict[str, dict[str, str]] = _KEPT["left_out"]

MODELS: dict[str, type[Model]] = {
    name: member
    for module in pkgutil.iter_modules(models.__path__, f"{models.__name__}.")
    for name, member in vars(importlib.import_module(module.name)).items()
    if isinstance(member, type) and issubclass(member, Model) and member is not Model
}


def wire_names(struct: type[msgspec.Struct]) -> set[str]:
    return {field.encode_name for field in fields(struct)}


@pytest.mark.parametrize("name", _KEPT["models"])
def test_a_model_has_every_documented_field(name: str) -> None:
    documented = {*_KEPT["models"][name]["fields"]}
    assert documented - wire_names(MODELS[name]) == {*LEFT_OUT.get(name, {})}


def test_a_documented_field_is_left_out_only_for_a_reason() -> None:
    assert all(reason for fields in LEFT_OUT.values() for reason in fields.values())


@pytest.mark.parametrize("operation", _KEPT["parameters"])
def test_an_operation_takes_every_documented_query_parameter(operation: str) -> None:
    (row,) = (row for row in OPERATIONS if f"{row.method} {row.path}" == operation)
    assert row.query is not None
    assert {*_KEPT["parameters"][operation]} <= wire_names(row.query)


@pytest.mark.parametrize("name", MODELS)
def test_a_model_can_be_made_of_nothing_and_written(name: str) -> None:
    model = msgspec.json.decode(b"{}", type=MODELS[name])
    assert msgspec.json.decode(encode(model), type=MODELS[name]) == model


def test_a_field_that_was_not_given_is_told_from_null() -> None:
    body = msgspec.json.decode(b'{"workspaces":[{"workspace_id":1,"rate":null}]}', type=OrganizationUserPayload)
    assert body == OrganizationUserPayload(workspaces=[ModelsOrgUserWorkspace(workspace_id=1, rate=None)])
    assert body != OrganizationUserPayload(workspaces=[ModelsOrgUserWorkspace(workspace_id=1)])
    assert body.name is msgspec.UNSET


def test_the_clients_one_payload_of_users_has_the_fields_of_both_bodies() -> None:
    both = {field.name: field for body in (OrganizationUserPayload, WorkspaceUserPayload) for field in fields(body)}
    assert {field.name: field for field in fields(UserPayload)} == both


def test_odd_wire_names_have_plain_names_here() -> None:
    assert encode(WorkspaceUserPayload(posted_fields=["rate"])) == b'{"postedFields":["rate"]}'
    query = msgspec.convert({"includeIndirect": "true"}, WorkspaceWorkspaceUsersQuery)
    assert query.include_indirect == "true"


def test_assignments_are_one_object_or_a_list() -> None:
    one = msgspec.json.decode(b'{"operation":"add","user_id":1}', type=PUT_ASSIGNMENTS.body)
    several = msgspec.json.decode(b'[{"operation":"add","user_id":1}]', type=PUT_ASSIGNMENTS.body)
    assert several == [one] == [UserAssignmentsPayload(operation="add", user_id=1)]


def test_invoices_are_plain_records_or_a_list_of_one_page() -> None:
    assert GET_PAYMENT_RECORDS.reply == list[ModelsPaymentRecord]
    page = msgspec.json.decode(b'[{"items":[],"next":""}]', type=GET_PAYMENT_RECORDS.reply_where["is_unified"])
    assert page == [ModelsUnifiedSubscriptionInvoiceList(items=[], next="")]
