"""The people of an organization in pages, with their workspaces and groups."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from rollcall.server.storage.dialect import translated
from rollcall.server.storage.people_blocks import OF_ORGANIZATION
from rollcall.server.storage.people_descriptions import UNIT_IN_SQL
from rollcall.server.storage.people_pages import DIRECTIONS, People, Source, Start, found, one_of, page_of_found
from rollcall.server.storage.row import Row
from rollcall.server.storage.statement import Statement

FEW = 32
"""A page is read with so many names of an organization: nearly always all that it has."""


class NamesRow(Row):
    """What workspaces and groups are called, in JSON.

    Attributes:
        revision: Of the organization.
        ways: The pairs of one of those groups and a workspace that it is in.
    """

    revision: int
    workspaces: str
    groups: str
    ways: str


class PageRow(NamesRow):
    """One page of the people of an organization; of each kind of names the first `FEW`.

    Attributes:
        total: How many there are on all pages; for a page that is read off the list, in the whole organization.
        people: The descriptions of those on this page, in their order.
    """

    total: int
    people: str


class Workspace(msgspec.Struct, array_like=True, gc=False):
    """A workspace of somebody."""

    id: int
    name: str
    default_currency: str


_COLUMNS = ("user_id", "name_key", "description")
_LIST = People("organization_users", "l.organization_id = :organization_id", OF_ORGANIZATION)

_FILTER = """
    ({position}(m.name_key, :part) > 0 OR {position}(m.email_key, :part) > 0)
"""
_GROUPS = """
    (CAST(:groups AS TEXT) = '[]' OR EXISTS (
      SELECT 1 FROM group_users gu
      WHERE gu.organization_id = m.organization_id AND gu.group_id IN {ids:groups} AND gu.user_id = m.user_id))
"""
_WORKSPACES = """
    (CAST(:workspaces AS TEXT) = '[]' OR EXISTS (
      SELECT 1 FROM workspace_users wu
      WHERE wu.organization_id = m.organization_id AND wu.workspace_id IN {ids:workspaces}
        AND wu.user_id = m.user_id))
"""
_CONDITIONS: dict[Source, tuple[str, ...]] = {
    "search": (_FILTER, _GROUPS, _WORKSPACES),
    "groups": (_WORKSPACES,),
    "workspaces": (),
}

_REVISION = "(SELECT o.revision FROM organizations o WHERE o.id = :organization_id)"
_FIRST_NAMES = f"""
    {_REVISION},
    (SELECT COALESCE({{list}}({{tuple}}(n.id, n.name, n.default_currency)), '[]') FROM (
      SELECT w.id, w.name, w.default_currency FROM workspaces w
      WHERE w.organization_id = :organization_id ORDER BY w.name_key, w.id LIMIT {FEW}) n),
    (SELECT COALESCE({{list}}({{tuple}}(n.id, n.name)), '[]') FROM (
      SELECT g.id, g.name FROM groups g
      WHERE g.organization_id = :organization_id ORDER BY g.name_key, g.id LIMIT {FEW}) n),
    (SELECT COALESCE({{list}}({{tuple}}(n.group_id, n.workspace_id)), '[]') FROM (
      SELECT gw.group_id, gw.workspace_id FROM group_workspaces gw
      WHERE gw.organization_id = :organization_id LIMIT {FEW}) n)
"""

# CROSS JOIN tells SQLite where to begin: with those that are asked for, who are few.
NAMES = translated(
    f"""
    SELECT {_REVISION},
      (SELECT COALESCE({{list}}({{tuple}}(w.id, w.name, w.default_currency)), '[]')
        FROM {{ids:workspaces}} i CROSS JOIN workspaces w
        WHERE w.organization_id = :organization_id AND w.id = i.value),
      (SELECT COALESCE({{list}}({{tuple}}(g.id, g.name)), '[]')
        FROM {{ids:groups}} i CROSS JOIN groups g
        WHERE g.organization_id = :organization_id AND g.id = i.value),
      (SELECT COALESCE({{list}}({{tuple}}(gw.group_id, gw.workspace_id)), '[]')
        FROM {{ids:groups}} i CROSS JOIN group_workspaces gw
        WHERE gw.organization_id = :organization_id AND gw.group_id = i.value)
    """,
    NamesRow,
)
"""What some workspaces and groups are called."""

# SQLite keeps the order of the left side of a CROSS JOIN. To sort anew would take a third of the time.
_PAGE = f"""
    SELECT {_FIRST_NAMES}, [total],
      COALESCE({{joined}}(p.description, {UNIT_IN_SQL} {{in_postgresql:[order]}}), '')
    FROM ([page]) p
"""


@cache
def on_the_way(standings: frozenset[int], start: Start) -> Statement[PageRow]:
    """A page of the people of some standings, read off the organization's list."""
    page = _LIST.rows(_COLUMNS, _LIST.stretch(standings, start))
    total = "(SELECT o.user_count FROM organizations o WHERE o.id = :organization_id)"
    return _statement(page, total, DIRECTIONS[start])


@cache
def found_by(source: Source, standings: frozenset[int], direction: Literal["asc", "desc"]) -> Statement[PageRow]:
    """A page of the people of some standings whom something else finds: they are collected and put in order."""
    # The + keeps a database from finding everybody of a standing, where it has found the people already.
    condition = " AND ".join((f"+m.standing IN {one_of(standings)}", *_CONDITIONS[source]))
    page = _LIST.rows(_COLUMNS, page_of_found(direction))
    found_first = f"WITH found AS MATERIALIZED ({found(source, condition)})"
    return _statement(page, "(SELECT COUNT(*) FROM found)", direction, found_first)


def _statement(page: str, total: str, direction: str, before: str = "") -> Statement[PageRow]:
    order = f"ORDER BY p.name_key {direction}, p.user_id {direction}"
    sql = _PAGE.replace("[page]", page).replace("[order]", order).replace("[total]", total)
    return translated(f"{before} {sql}", PageRow)
