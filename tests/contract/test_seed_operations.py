"""The generated clients' documents (seeds 001 to 003): every operation they have is a row, with the same signature."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest

from rollcall.contract.operation import Operation
from rollcall.contract.operations import OPERATIONS

EXPECTED: list[dict[str, Any]] = json.loads(Path(__file__).with_name("seed_operations.json").read_text())
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
ROWS = {row.id: row for row in OPERATIONS}
GENERATED_CLASSES = {"OrganizationsApi", "UsersApi"}

_ROUTE = re.compile(
    r"^(?:\[\*\*)?(?P<id>\w+)(?:\*\*]\(\S+\))? (?:\| \*\*)?(?P<method>[A-Z]+)(?:\*\*)? (?P<path>/\S+) ", re.MULTILINE
)
_SIGNATURE = re.compile(
    r"^(?:> )?(?:(?P<reply>\S+(?: \w+\))?) )?(?P<id>[a-z]\w+)\((?P<arguments>[^)]*)\)$", re.MULTILINE
)


def positional_arguments(row: Operation) -> list[str]:
    path = [name for name in row.path_parameters if name not in row.keyword_only]
    body = [row.body_argument] if row.body is not None and row.body_required else []
    return [*path, *row.required_query, *body]


def query_arguments(row: Operation) -> list[str]:
    names = row.query.__struct_fields__ if row.query else ()
    return [name for name in names if name not in row.required_query]


def written(reply: Any) -> str | None:
    """A reply's type as the generated documents write it."""
    if reply is None:
        return None
    arguments = ", ".join(written(argument) or "" for argument in get_args(reply))
    if get_origin(reply) is dict:
        return f"dict({arguments})"
    return f"list[{arguments}]" if arguments else str(reply.__name__)


def described_in(document: str) -> list[dict[str, Any]]:
    """The operations that a generated document describes."""
    signatures = {match["id"]: match for match in _SIGNATURE.finditer(document)}
    described = []
    for route in _ROUTE.finditer(document):
        signature = signatures[route["id"]]
        arguments = [argument.strip() for argument in signature["arguments"].split(",") if argument.strip()]
        described.append(
            {
                "id": route["id"],
                "method": route["method"],
                "path": route["path"],
                "positional": [argument for argument in arguments if "=" not in argument],
                "optional": [argument.partition("=")[0] for argument in arguments if "=" in argument],
                "reply": signature["reply"],
            }
        )
    return described


def test_the_clients_have_25_organization_and_14_user_operations_of_which_6_are_the_same() -> None:
    organizations = {expected["id"] for expected in EXPECTED if "OrganizationsApi" in expected["apis"]}
    users = {expected["id"] for expected in EXPECTED if "UsersApi" in expected["apis"]}
    assert (len(organizations), len(users), len(organizations & users)) == (25, 14, 6)


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda expected: expected["id"])
def test_a_row_has_the_route_signature_reply_and_classes_of_the_generated_client(expected: dict[str, Any]) -> None:
    row = ROWS[expected["id"]]
    assert (row.method, row.path) == (expected["method"], expected["path"])
    assert positional_arguments(row) == [row.aliases.get(name, name) for name in expected["positional"]]
    assert [name for name in query_arguments(row) if name in expected["optional"]] == expected["optional"]
    assert expected["reply"] in {written(reply) for reply in (row.reply, *row.reply_where.values())}
    assert list(row.apis) == expected["apis"]


def test_the_two_classes_have_nothing_else_but_the_older_path_of_leaving() -> None:
    others = {row.id for row in OPERATIONS if GENERATED_CLASSES & {*row.apis}} - {row["id"] for row in EXPECTED}
    assert others == {"delete_organization_users"}


def test_what_the_older_client_calls_of_organizations_is_there_too() -> None:
    assert ROWS["get_me_organizations"].path == "/me/organizations"


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed documents are not beside this checkout")
@pytest.mark.parametrize(
    ("pattern", "api"), [("001_*", "OrganizationsApi"), ("002_*", "UsersApi"), ("003_*", "OrganizationsApi")]
)
def test_the_kept_list_says_what_the_documents_say(pattern: str, api: str) -> None:
    (document,) = SEEDS.glob(pattern)
    kept = [{**expected} for expected in EXPECTED if api in expected["apis"]]
    for expected in kept:
        del expected["apis"]
    described = described_in(document.read_text())
    assert sorted(described, key=lambda found: found["id"]) == sorted(kept, key=lambda found: found["id"])
