"""No statement reads one organization's rows by way of another's, or all of a table."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from rollcall.server import storage as package
from rollcall.server.storage import (
    Statement,
    organization_user_pages,
    people_blocks,
    subscriptions,
    workspace_user_pages,
)
from rollcall.server.storage.people_blocks import OF_ORGANIZATION, OF_WORKSPACE
from tests.server.storage.test_migration import TENANTS

# On SQLite the organization leads each entry of that index instead.
TABLES = TENANTS - {"people_search"}
SOME = frozenset({0, 3})


def statements() -> Iterator[tuple[str, Statement[Any]]]:
    """Every statement of the storage, those that are made for what is asked included."""
    for module in pkgutil.iter_modules(package.__path__):
        if module.name in ("migrations", "migration"):
            continue
        for name, value in vars(importlib.import_module(f"{package.__name__}.{module.name}")).items():
            values = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else [value]
            for number, each in enumerate(values):
                if isinstance(each, Statement):
                    yield f"{module.name}.{name}.{number}", each
    for standings in (OF_ORGANIZATION, SOME):
        yield f"sizes {len(standings)}", people_blocks.sizes(standings)
        for start in ("first", "last", "block", "before"):
            yield f"people {start} {len(standings)}", organization_user_pages.on_the_way(standings, start)
        for source in ("search", "groups", "workspaces"):
            yield f"people {source} {len(standings)}", organization_user_pages.found_by(source, standings, "asc")
    for standings in (OF_WORKSPACE, SOME):
        for start in ("first", "last", "block", "before"):
            yield f"workspace {start} {len(standings)}", workspace_user_pages.on_the_way(standings, start)
        yield f"workspace search {len(standings)}", workspace_user_pages.found_by_part(standings)


def rows_of_tenants(sql: str) -> list[tuple[str, str]]:
    """The tables of tenants that a statement reads or writes, and what it calls them."""
    tables = re.findall(r"\b(?:FROM|JOIN|UPDATE|INTO)\s+(\w+)(?:\s+(?:AS\s+)?(\w+))?", sql)
    words = {"where", "on", "set", "cross", "join", "left", "order", "group", "limit", "select", "values", "indexed"}
    return [
        (table, table if not alias or alias.lower() in words else alias) for table, alias in tables if table in TABLES
    ]


EVERY = dict(statements())


@pytest.mark.parametrize("name", EVERY)
def test_a_statement_names_the_organization_of_each_row(name: str) -> None:
    statement = EVERY[name]
    for sql in (statement.sqlite, statement.postgresql):
        for table, alias in rows_of_tenants(sql):
            qualified = re.search(rf"\b{alias}\.organization_id\b", sql)
            plain = re.search(r"(?<![.\w])organization_id\b", sql) and alias == table
            assert qualified or plain, f"{table} in {sql}"


@pytest.mark.parametrize("name", [name for name, each in EVERY.items() if each not in subscriptions.PURGE])
def test_a_statement_goes_through_no_table_of_tenants(name: str, sqlite_url: str) -> None:
    statement = EVERY[name]
    aliases = {alias for _, alias in rows_of_tenants(statement.sqlite)}
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite://"))) as connection:
        plan = connection.execute(
            f"EXPLAIN QUERY PLAN {statement.sqlite}", dict.fromkeys(statement.parameters, 1)
        ).fetchall()
    for *_, step in plan:
        scanned = re.match(r"SCAN (\w+)(?! VIRTUAL)", step)
        assert not (scanned and scanned[1] in aliases), f"{step} in {statement.sqlite}"
