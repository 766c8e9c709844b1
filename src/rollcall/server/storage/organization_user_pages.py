"""The people of an organization in pages, with their workspaces and groups."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from rollcall.server.storage.dialect import translated
from rollcall.server.storage.people_blocks import OF_ORGANIZATION
from rollcall.server.storage.people_pages import DIRECTIONS, People, Source, Start, found, one_of, page_of_found
from rollcall.server.storage.row import Row
from rollcall.server.storage.statement import Statement


class PageRow(Row):
    """One page of the people of an organization: flat lists, in JSON, that refer to each other by ids.

    Attributes:
        revision: Of the organization.
        total: How many there are on all pages; for a page that is read off the list, in the whole organization.
        people: Those on this page, in their order.
        places: What they are in workspaces.
        memberships: The pairs of somebody and a group that they are in.
        workspaces: The workspaces they are in, by name.
        groups: The groups they are in, by name.
        ways: The pairs of one of those groups and one of those workspaces, which it is in.
    """

    revision: int
    total: int
    people: str
    places: str
    memberships: str
    workspaces: str
    groups: str
    ways: str


class Person(msgspec.Struct, array_like=True, gc=False):
    """One of the people of an organization.

    Attributes:
        id: Of the organization user.
        registered: Whether they have an account of their own, and not only an invitation.
        elsewhere: Whether they belong to another organization too.
        invitation_id: Of the invitation that they have not answered.
    """

    id: int
    user_id: int
    fullname: str
    email: str
    role_id: int
    joined: bool
    inactive: bool
    registered: bool
    elsewhere: bool
    invitation_id: int | None
    created_at: int
    updated_at: int


class Place(msgspec.Struct, array_like=True, gc=False):
    """What somebody is in one workspace.

    Attributes:
        id: Of the workspace user.
    """

    user_id: int
    workspace_id: int
    id: int
    role_id: int
    inactive: bool
    rate: float | None
    labor_cost: float | None
    working_hours_in_minutes: int | None
    view_edit_billable_rates: bool
    view_edit_labor_costs: bool


class Workspace(msgspec.Struct, array_like=True, gc=False):
    """A workspace of somebody."""

    id: int
    name: str
    default_currency: str


_COLUMNS = ("id", "user_id", "name_key", "role_id", "joined", "inactive", "created_at", "updated_at")
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

# A person's organizations are found in the directory, whoever they belong to. For EXISTS, PostgreSQL would read all of
# the directory.
_ELSEWHERE = """
    (SELECT 1 FROM user_organizations d JOIN organizations o ON o.id = d.organization_id
     WHERE d.user_id = p.user_id AND d.organization_id <> :organization_id AND o.deleted_at IS NULL
     LIMIT 1) IS NOT NULL
"""
_INVITATION = """
    (SELECT MAX(i.id) FROM invitations i
     WHERE i.organization_id = :organization_id AND i.user_id = p.user_id AND i.settled_at IS NULL)
"""

# CROSS JOIN tells SQLite where to begin: with the people of the page, who are few.
_PAGE = f"""
    place AS MATERIALIZED (
      SELECT wu.user_id, wu.workspace_id, wu.id, wu.role_id, wu.inactive, wu.rate, wu.labor_cost,
        wu.working_hours_in_minutes, wu.view_edit_billable_rates, wu.view_edit_labor_costs
      FROM page p CROSS JOIN workspace_users wu
      WHERE wu.organization_id = :organization_id AND wu.user_id = p.user_id),
    membership AS MATERIALIZED (
      SELECT gu.user_id, gu.group_id FROM page p CROSS JOIN group_users gu
      WHERE gu.organization_id = :organization_id AND gu.user_id = p.user_id),
    workspace AS MATERIALIZED (SELECT DISTINCT workspace_id AS id FROM place),
    team AS MATERIALIZED (SELECT DISTINCT group_id AS id FROM membership)
    SELECT (SELECT o.revision FROM organizations o WHERE o.id = :organization_id), {{total}},
      (SELECT COALESCE({{list}}({{tuple}}(p.id, p.user_id, p.fullname, p.email, p.role_id, p.joined, p.inactive,
          p.registered, p.elsewhere, p.invitation_id, p.created_at, p.updated_at)), '[]') FROM (
        SELECT p.id, p.user_id, u.fullname, u.email, p.role_id, p.joined, p.inactive, u.registered,
          {_ELSEWHERE} AS elsewhere, {_INVITATION} AS invitation_id, p.created_at, p.updated_at
        FROM page p CROSS JOIN users u WHERE u.id = p.user_id
        ORDER BY p.name_key {{direction}}, p.user_id {{direction}}) p),
      (SELECT COALESCE({{list}}({{tuple}}(p.user_id, p.workspace_id, p.id, p.role_id, p.inactive, p.rate, p.labor_cost,
          p.working_hours_in_minutes, p.view_edit_billable_rates, p.view_edit_labor_costs)), '[]')
        FROM place p),
      (SELECT COALESCE({{list}}({{tuple}}(s.user_id, s.group_id)), '[]') FROM membership s),
      (SELECT COALESCE({{list}}({{tuple}}(n.id, n.name, n.default_currency)), '[]') FROM (
        SELECT w.id, w.name, w.default_currency FROM workspace p CROSS JOIN workspaces w
        WHERE w.organization_id = :organization_id AND w.id = p.id
        ORDER BY w.name_key, w.id) n),
      (SELECT COALESCE({{list}}({{tuple}}(n.id, n.name)), '[]') FROM (
        SELECT g.id, g.name FROM team t CROSS JOIN groups g
        WHERE g.organization_id = :organization_id AND g.id = t.id
        ORDER BY g.name_key, g.id) n),
      (SELECT COALESCE({{list}}({{tuple}}(gw.group_id, gw.workspace_id)), '[]')
        FROM team t CROSS JOIN group_workspaces gw
        WHERE gw.organization_id = :organization_id AND gw.group_id = t.id
          AND gw.workspace_id IN (SELECT id FROM workspace))
"""


@cache
def on_the_way(standings: frozenset[int], start: Start) -> Statement[PageRow]:
    """A page of the people of some standings, read off the organization's list."""
    page = _LIST.rows(_COLUMNS, _LIST.stretch(standings, start))
    total = "(SELECT o.user_count FROM organizations o WHERE o.id = :organization_id)"
    return _statement(f"page AS MATERIALIZED ({page})", total, DIRECTIONS[start])


@cache
def found_by(source: Source, standings: frozenset[int], direction: Literal["asc", "desc"]) -> Statement[PageRow]:
    """A page of the people of some standings whom something else finds: they are collected and put in order."""
    # The + keeps a database from finding everybody of a standing, where it has found the people already.
    condition = " AND ".join((f"+m.standing IN {one_of(standings)}", *_CONDITIONS[source]))
    page = f"""
        found AS MATERIALIZED ({found(source, condition)}),
        page AS MATERIALIZED ({_LIST.rows(_COLUMNS, page_of_found(direction))})
    """
    return _statement(page, "(SELECT COUNT(*) FROM found)", direction)


def _statement(page: str, total: str, direction: str) -> Statement[PageRow]:
    columns = _PAGE.replace("{total}", total).replace("{direction}", direction)
    return translated(f"WITH {page}, {columns}", PageRow)
