"""The walk over the operation table: nothing is in it without a route, a permission, clients, documents and tests."""

from __future__ import annotations

import inspect
import subprocess
import sys
from types import ModuleType

import pytest

import toggl
from rollcall.contract.openapi import openapi
from rollcall.contract.operation import BASE_PATH, Operation
from rollcall.contract.operations import OPERATIONS
from rollcall.server.http.routes import Routes
from tests.server.permissions import ACTORS_OF
from tests.walk import BUILT, ROOT, collected, missing, told
from toggl import aio

PATHS = openapi(OPERATIONS, BASE_PATH, "1")["paths"]
STUBS = {toggl: ROOT / "src" / "toggl" / "apis.pyi", aio: ROOT / "src" / "toggl" / "aio" / "apis.pyi"}
DOCUMENTS = (ROOT / "docs" / "api.md").read_text()

every_row = pytest.mark.parametrize("row", OPERATIONS, ids=lambda row: row.id)


@every_row
def test_a_row_has_a_route(row: Operation) -> None:
    path = row.path.format_map({name: f"the-{name}" for name in row.path_parameters})
    found = Routes(OPERATIONS).match(row.method, BASE_PATH + path)
    assert (found.operation, found.texts) == (row, {name: f"the-{name}" for name in row.path_parameters})


@every_row
def test_a_row_has_a_permission(row: Operation) -> None:
    assert row.access in ACTORS_OF


@every_row
@pytest.mark.parametrize("face", STUBS, ids=lambda face: face.__name__)
def test_a_row_has_its_methods_in_the_clients(face: ModuleType, row: Operation) -> None:
    stub = STUBS[face].read_text()
    for api in row.apis:
        for name in (row.id, f"{row.id}_with_http_info"):
            assert inspect.isfunction(getattr(getattr(face, api), name))
            assert f"def {name}(" in stub


@every_row
def test_a_row_has_an_entry_in_the_openapi_document(row: Operation) -> None:
    entry = PATHS[row.path][row.method.lower()]
    assert (entry["operationId"], entry["summary"]) == (row.id, row.summary)


@every_row
def test_a_row_has_a_place_in_the_documents(row: Operation) -> None:
    assert f"\n### {row.id}\n\n`{row.method} {row.path}`\n" in DOCUMENTS


@pytest.mark.parametrize("script", ["docs", "stubs"])
def test_what_is_made_from_the_table_is_current(script: str) -> None:
    done = subprocess.run([sys.executable, ROOT / "scripts" / script, "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_what_is_built_is_tested_and_every_documented_text_is_met(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n{told()}")  # noqa: T201 - how far it goes is to be seen
    untested = [row.id for row in BUILT if not any(test.is_about(row) for test in collected())]
    assert (untested, missing()) == ([], [])
