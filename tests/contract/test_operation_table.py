"""The operation table, as routes, clients and documents rely on it."""

from __future__ import annotations

import importlib
import pkgutil
import re

import msgspec
import pytest

from rollcall.contract import operations
from rollcall.contract.operation import Access, Operation
from rollcall.contract.operations import OPERATIONS
from rollcall.contract.problem import COMMON
from rollcall.contract.reason import Reason

_PLACEHOLDER = re.compile(r"{(\w+)}")

VALUES = {
    *("organization_id", "organization_user_id", "organization_user_ids", "workspace_id", "group_id", "user_id"),
    *("role_id", "email", "name", "amount", "maximum", "parameter", "value", "field", "feature"),
    *("state", "outcome", "action"),
}
"""What a refusal may carry: the same thing is called the same in every text."""

ORGANIZATION_LEVELS = {
    Access.MEMBER,
    Access.WORKSPACE_MEMBER,
    Access.WORKSPACE_LEAD,
    Access.WORKSPACE_ADMIN,
    Access.SOME_WORKSPACE_LEAD,
    Access.SOME_WORKSPACE_ADMIN,
    Access.ORGANIZATION_ADMIN,
}

every_row = pytest.mark.parametrize("row", OPERATIONS, ids=lambda row: row.id)


def test_every_row_of_every_module_is_in_the_table_once() -> None:
    written = [
        member
        for module in pkgutil.iter_modules(operations.__path__, f"{operations.__name__}.")
        for member in vars(importlib.import_module(module.name)).values()
        if isinstance(member, Operation)
    ]
    assert sorted(row.id for row in written) == sorted(row.id for row in OPERATIONS)


def test_no_two_rows_share_an_id_or_a_route() -> None:
    routes = {(row.method, _PLACEHOLDER.sub("{}", row.path)) for row in OPERATIONS}
    assert len({row.id for row in OPERATIONS}) == len(routes) == len(OPERATIONS)


@every_row
def test_an_id_is_a_method_name_that_starts_with_the_http_method(row: Operation) -> None:
    assert row.id.isidentifier()
    assert row.id.startswith(f"{row.method.lower()}_")


@every_row
def test_a_row_says_what_it_does_in_one_sentence_and_which_classes_have_it(row: Operation) -> None:
    assert row.summary.endswith(".")
    assert "\n" not in row.summary
    assert row.apis
    assert all(api.endswith("Api") for api in row.apis)


@every_row
def test_parameters_that_rows_name_exist(row: Operation) -> None:
    query = row.query.__struct_fields__ if row.query else ()
    assert {*row.keyword_only} <= {*row.path_parameters}
    assert {*row.required_query} <= {*query}
    assert {*row.aliases.values()} <= {*row.path_parameters, *query}
    assert not {*row.aliases} & {*row.path_parameters, *query}
    assert {*row.reply_where} <= {*query}
    assert not {*row.path_parameters} & {*query}


@every_row
def test_a_request_without_a_query_has_the_query_s_defaults(row: Operation) -> None:
    if row.query is not None:
        assert msgspec.convert({}, row.query) == row.query()


@every_row
def test_only_what_writes_reads_a_body(row: Operation) -> None:
    assert row.writes or row.body is None


@every_row
def test_bodies_and_replies_are_types_that_msgspec_can_decode(row: Operation) -> None:
    for type_ in (row.body, row.reply, *row.reply_where.values()):
        if type_ is not None:
            msgspec.json.Decoder(type_)


@every_row
def test_what_belongs_to_an_organization_is_for_its_people(row: Operation) -> None:
    owned = {"organization_id", "workspace_id"} & {*row.path_parameters}
    assert bool(owned) == (row.access in ORGANIZATION_LEVELS)


@every_row
def test_access_to_a_workspace_needs_one_in_the_path_and_to_some_workspace_none(row: Operation) -> None:
    if row.access in {Access.WORKSPACE_MEMBER, Access.WORKSPACE_LEAD, Access.WORKSPACE_ADMIN}:
        assert "workspace_id" in row.path_parameters
    if row.access in {Access.SOME_WORKSPACE_LEAD, Access.SOME_WORKSPACE_ADMIN}:
        assert "workspace_id" not in row.path_parameters


def test_only_these_can_be_asked_by_anyone() -> None:
    assert {row.id for row in OPERATIONS if row.access in {Access.PUBLIC, Access.OPTIONAL}} == {
        "post_signup",
        "get_status",
        "get_invitation",
        "post_organization_accept_invitation",
        "post_organization_reject_invitation",
        "post_me_lost_passwords",
        "get_me_lost_passwords",
        "post_me_lost_passwords_confirm",
    }


@every_row
def test_who_may_not_is_refused_with_a_text_of_the_row(row: Operation) -> None:
    if row.access not in ORGANIZATION_LEVELS:
        return
    for reason in (row.denied, row.hidden or row.denied):
        problem = row.problem(reason)
        assert problem is not None, reason
        assert not problem.never, reason


def test_somebody_else_s_organization_is_answered_with_403_but_for_what_documents_none() -> None:
    rows = [row for row in OPERATIONS if row.access in ORGANIZATION_LEVELS]
    assert {row.id: row.hidden or row.denied for row in rows if (row.hidden or row.denied) != Reason.FORBIDDEN} == {
        "get_organization": Reason.NOT_A_MEMBER,
        "get_organization_segmentation": Reason.NOT_A_MEMBER,
        "put_organization_segmentation": Reason.NOT_A_MEMBER,
        "delete_organization_users_leave": Reason.NOT_A_MEMBER,
        "delete_organization_users": Reason.NOT_A_MEMBER,
        "put_organization_invitation_resend": Reason.INVITATION_NOT_FOUND,
        "post_organization_owner_transfer_action": Reason.OWNER_NOT_FOUND,
    }


@every_row
def test_a_refusal_gets_an_error_status_and_a_text(row: Operation) -> None:
    for reason, problem in row.errors.items():
        assert 400 <= problem.status < 600, reason
        assert problem.text, reason
        assert {*_PLACEHOLDER.findall(problem.text)} <= VALUES, reason


def test_every_reason_is_used() -> None:
    used = {reason for row in OPERATIONS for reason in row.errors} | {*COMMON}
    assert used == {*Reason}
