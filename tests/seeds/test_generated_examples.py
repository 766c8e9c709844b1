"""The generated clients' documents (seeds 001 to 003): the examples of what is built succeed, the rest end in 501.

Only host, credentials, ids and request bodies are put in. The documents' own text runs where they are beside this
checkout, and everywhere the same program made from what `examples.json` keeps of each example.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import toggl
from rollcall.contract.operations import OPERATIONS

if TYPE_CHECKING:
    from .conftest import SeedServer

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
KEPT: list[dict[str, Any]] = json.loads(Path(__file__).with_name("examples.json").read_text())["generated"]
needs_documents = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed documents are not beside this checkout")
ROWS = {row.id: row for row in OPERATIONS}

_PROGRAM = re.compile(
    r"^from __future__ import print_function$.*?^ +print\(\"Exception when calling [^\n]*\)$", re.MULTILINE | re.DOTALL
)
_CALL = re.compile(r"^ +(?:api_response = )?api_instance\.(?P<operation>\w+)\((?P<arguments>.*)\)$", re.MULTILINE)
_VALUE = re.compile(r"^(?P<name>\w+) = (?P<value>.*?) # ", re.MULTILINE)

BODIES = {
    "patch_organization_group": "[toggl.GroupsPatchInput(op='remove', path='/users', value=[{user_id}])]",
    "patch_organization_users": "toggl.UserPatchParams(delete=[{organization_user_id}])",
    "patch_organization_workspace_users": "toggl.WorkspaceUsersPatchParams(delete=[{workspace_user_id}])",
    "post_organization": "toggl.ModelsPostPayload(name='Made by an example', workspace_name='First')",
    "post_organization_group": "toggl.GroupPayload(name='Crew')",
    "post_organization_invitation": "toggl.InvitationPost(emails=['bob@example.com'], workspaces=[{{"
    "'workspace_id': {workspace_id}}}])",
    "post_organization_workspaces": "toggl.WorkspacePayload(name='Second')",
    "put_organization": "toggl.ModelsPutPayload(name='Renamed by an example')",
    "put_organization_group": "toggl.GroupPayload(name='Crew')",
    "put_organization_users": "toggl.UserPayload(inactive=False)",
    "put_organization_workspaces_assignments": "toggl.UserAssignmentsPayload(operation='add', group_id={group_id})",
    "put_workspace_workspace_users": "toggl.UserPayload(role='user')",
}
# Ids of which there are several, or that are no numbers; no cursor, for the documents say themselves that the two do
# not go together; and `true`, which is what the documents write for True.
VALUES = {
    "is_unified": "True",
    "groups": "'{group_id}'",
    "workspaces": "'{workspace_id}'",
    "workspace": "'{workspace_id}'",
    "active_status": "'active,invited'",
    "only_admins": "'true'",
    "sort_dir": "'desc'",
    "inviutation_code": "'{invitation_code}'",
    "next": "None",
    "prev": "None",
    "plan_id": "0",
}
ALONE = {"delete_organization_users_leave"}
"""What an owner may do only while nobody else is there."""


def programs_in(document: str) -> list[str]:
    """The Python examples of a document."""
    return [match[0] for match in _PROGRAM.finditer(document)]


def kept_of(program: str) -> dict[str, Any]:
    """What makes an example the one it is."""
    call = _CALL.search(program)
    assert call is not None
    api = re.search(r"toggl\.(\w+Api)\(", program)
    assert api is not None
    return {
        "api": api[1],
        "operation": call["operation"],
        "with_client": "toggl.ApiClient(configuration)" in program,
        "values": {match["name"]: match["value"] for match in _VALUE.finditer(program)},
        "arguments": call["arguments"],
        "answers": "api_response = " in program,
    }


def program_of(kept: dict[str, Any]) -> str:
    """An example's program, made from what is kept of it."""
    signing_in = [
        "configuration = toggl.Configuration()",
        "configuration.username = 'YOUR_USERNAME'",
        "configuration.password = 'YOUR_PASSWORD'",
    ]
    call = f"api_instance.{kept['operation']}({kept['arguments']})"
    answering = [f"    api_response = {call}", "    pprint(api_response)"] if kept["answers"] else [f"    {call}"]
    return "\n".join(
        [
            "import toggl",
            "from toggl.rest import ApiException",
            "from pprint import pprint",
            *(signing_in if kept["with_client"] else []),
            f"api_instance = toggl.{kept['api']}({'toggl.ApiClient(configuration)' if kept['with_client'] else ''})",
            *(f"{name} = {value} # kept" for name, value in kept["values"].items()),
            "try:",
            *answering,
            "except ApiException as e:",
            f"    print('Exception when calling {kept['api']}->{kept['operation']}: %s' % e)",
        ]
    )


def documented() -> Iterator[str]:
    """Every example, in the documents' own words."""
    for pattern in ("001_*", "002_*", "003_*"):
        (document,) = SEEDS.glob(pattern)
        yield from programs_in(document.read_text())


def remade() -> Iterator[str]:
    """Every example, made from what is kept of it."""
    for kept in KEPT:
        yield from [program_of(kept)] * len(kept["documents"])


def put_in(program: str, server: SeedServer, ids: dict[str, str]) -> str:
    """An example with credentials, ids and a request body in their places."""
    kept = kept_of(program)
    row = ROWS[kept["operation"]]

    def value(match: re.Match[str]) -> str:
        name, old = match["name"], match["value"]
        new = (
            BODIES[row.id].format_map(ids)
            if name == row.body_argument
            else ids.get(name, VALUES.get(name, old).format_map(ids))
        )
        return f"{name} = {new} # "

    lacking = "".join(f", {name}={ids.get(name, '56')}" for name in row.keyword_only)
    call = f"api_instance.{row.id}({kept['arguments']}"
    return (
        _VALUE.sub(value, program)
        .replace(call, (call + lacking).replace("(, ", "("))
        .replace("'YOUR_USERNAME'", repr(server.email))
        .replace("'YOUR_PASSWORD'", repr(server.password))
    )


def awaited(program: str) -> str:
    """An example for an event loop: the same with `toggl.aio`, `await` before its call, and its client closed."""
    lines = _CALL.sub(lambda call: call[0].replace("api_instance.", "await api_instance."), program).splitlines()
    future = [line for line in lines if line.startswith("from __future__ ")]
    body = [line.replace("import toggl", "from toggl import aio as toggl") for line in lines if line not in future]
    inside = [f"    {line}" for line in [*body, "await api_instance.api_client.close()"]]
    return "\n".join([*future, "async def example():", *inside, "import asyncio", "asyncio.run(example())"])


def as_it_is(program: str) -> str:
    """An example as it was written."""
    return program


def outcome_of(program: str, server: SeedServer, rewritten: Callable[[str], str]) -> str:
    """What an example prints, run for an organization of its own."""
    configuration = toggl.Configuration(username=server.email, password=server.password)
    with toggl.ApiClient(configuration) as api_client:
        made = toggl.OrganizationsApi(api_client).post_organization({"name": "Its own", "workspace_name": "First"})
    assert made.id is not None
    assert made.workspace_id is not None
    ids = {"organization_id": str(made.id), "workspace_id": str(made.workspace_id)}
    if kept_of(program)["operation"] not in ALONE:
        ids.update(server.add_colleague(made.id, made.workspace_id))
    if kept_of(program)["operation"] == "post_organization_accept_invitation":
        ids["invitation_code"] = server.be_invited()
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(rewritten(put_in(program, server, ids)), "example", "exec"), {})  # noqa: S102 - that is what it is for
    return printed.getvalue()


@pytest.mark.parametrize("rewritten", [as_it_is, awaited])
@pytest.mark.parametrize("programs", [pytest.param(documented, marks=needs_documents), remade])
def test_the_examples_run_and_end_as_their_operations_are_built(
    programs: Callable[[], Iterator[str]],
    rewritten: Callable[[str], str],
    seed_server: SeedServer,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("TOGGL_API_URL", seed_server.base_url)
    monkeypatch.setenv("TOGGL_EMAIL", seed_server.email)
    monkeypatch.setenv("TOGGL_PASSWORD", seed_server.password)
    ended: dict[str, list[str]] = {"succeeded": [], "501": [], "otherwise": []}
    for program in programs():
        operation = kept_of(program)["operation"]
        printed = outcome_of(program, seed_server, rewritten)
        if operation in seed_server.built:
            ended["otherwise" if "Exception when calling" in printed else "succeeded"].append(operation)
        else:
            ended["501" if ": (501) " in printed else "otherwise"].append(operation)
    with capfd.disabled():
        sys.stderr.write(f"\nThe seeds' examples: {len(ended['succeeded'])} succeed, {len(ended['501'])} end in 501\n")
    assert ended["otherwise"] == []
    assert len(ended["succeeded"]) + len(ended["501"]) == 25 + 14 + 25


@needs_documents
@pytest.mark.parametrize(("document", "count"), [("001", 25), ("002", 14), ("003", 25)])
def test_what_is_kept_of_the_examples_is_what_the_documents_have(document: str, count: int) -> None:
    (path,) = SEEDS.glob(f"{document}_*")
    found = [kept_of(program) for program in programs_in(path.read_text())]
    kept = [
        {name: value for name, value in example.items() if name != "documents"}
        for example in KEPT
        if document in example["documents"]
    ]
    assert len(found) == count
    assert sorted(found, key=lambda example: example["operation"]) == sorted(
        kept, key=lambda example: example["operation"]
    )


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: f"{kept['api']}-{kept['operation']}")
def test_a_program_made_from_what_is_kept_is_that_example(kept: dict[str, Any]) -> None:
    assert kept_of(program_of(kept)) == {name: value for name, value in kept.items() if name != "documents"}


def test_ids_bodies_and_what_the_seeds_lack_are_put_in(seed_server: SeedServer) -> None:
    (example,) = (kept for kept in KEPT if kept["operation"] == "put_organization_group")
    program = put_in(program_of(example), seed_server, {"organization_id": "7", "group_id": "9"})
    assert "organization_id = 7 # " in program
    assert "put_group_request = toggl.GroupPayload(name='Crew') # " in program
    assert "put_organization_group(organization_id, put_group_request, group_id=9)" in program
    assert f"configuration.username = '{seed_server.email}'" in program
    (statistics,) = (kept for kept in KEPT if kept["operation"] == "get_organization_workspaces_statistics")
    assert "_statistics(organization_id=7)" in put_in(program_of(statistics), seed_server, {"organization_id": "7"})
