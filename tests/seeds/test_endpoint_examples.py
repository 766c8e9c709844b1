"""The examples in the documents of `OrganizationEndpoint` (seed 000) run, in both kinds.

Credentials and the caches' folder are put in for the dots, and the endpoint for its name where another example made it.
"""

from __future__ import annotations

import ast
import asyncio
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

import toggl_api
import toggl_api.asyncio
from toggl_api.asyncio import AsyncOrganizationEndpoint, AsyncSqliteCache
from toggl_api.meta.cache import SqliteCache

if TYPE_CHECKING:
    from .conftest import SeedServer

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
KEPT: list[list[str]] = json.loads(Path(__file__).with_name("examples.json").read_text())["endpoint"]
_EXAMPLE = re.compile(r"^>>> .*(?:\n(?:>>> |\").*)*", re.MULTILINE)


def examples_in(document: str) -> list[list[str]]:
    """The lines of each example: statements, then perhaps an expression and what it gives."""
    return [[line.removeprefix(">>> ") for line in match[0].splitlines()] for match in _EXAMPLE.finditer(document)]


async def outcome_of(lines: list[str], names: dict[str, Any]) -> object:
    """Run an example's statement, and answer with what its expression gives, or with what it made."""
    statement, *shown = lines
    code = compile(statement, "example", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    running = eval(code, names)  # noqa: S307 - that is what it is for
    if running is not None:
        await running
    return eval(shown[0], names) if shown else names["org_endpoint"]  # noqa: S307 - as above


@pytest.mark.parametrize("lines", KEPT, ids=lambda lines: lines[0])
def test_an_example_does_what_it_says(
    lines: list[str], seed_server: SeedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOGGL_API_URL", seed_server.base_url)

    async def run() -> object:
        auth = httpx.BasicAuth(seed_server.email, seed_server.password)
        with toggl_api.OrganizationEndpoint(auth) as endpoint:
            async with AsyncOrganizationEndpoint(auth) as awaited:
                names = {
                    **vars(toggl_api),
                    "BasicAuth": lambda _: auth,
                    "SqliteCache": lambda _: SqliteCache(tmp_path),
                    "AsyncSqliteCache": lambda _: AsyncSqliteCache(tmp_path),
                    "organization_endpoint": awaited if "await" in lines[0] else endpoint,
                }
                return await outcome_of(lines, names)

    outcome = asyncio.run(run())
    if len(lines) == 3:
        assert outcome == ast.literal_eval(lines[2])
    else:
        assert isinstance(outcome, toggl_api.OrganizationEndpoint)
        assert outcome.collect()


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed documents are not beside this checkout")
def test_what_is_kept_of_the_examples_is_what_the_document_has() -> None:
    (document,) = SEEDS.glob("000_*")
    assert examples_in(document.read_text()) == KEPT
