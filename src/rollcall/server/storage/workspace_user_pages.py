"""The people of a workspace in pages."""

from __future__ import annotations

from functools import cache

import msgspec

from rollcall.server.storage.dialect import translated
from rollcall.server.storage.people_blocks import OF_WORKSPACE
from rollcall.server.storage.people_pages import DIRECTIONS, People, Start, one_of, page_of_found
from rollcall.server.storage.row import Row
from rollcall.server.storage.statement import Statement


class PageRow(Row):
    """One page of the people of a workspace.

    Attributes:
        revision: Of the organization.
        total: How many there are on all pages; for a page that is read off the list, in the whole workspace.
        people: JSON of those on this page, in their order.
        memberships: JSON of the pairs of one of them and a group through which they are in the workspace.
    """

    revision: int
    total: int
    people: str
    memberships: str


class PersonInWorkspace(msgspec.Struct, array_like=True, gc=False):
    """Somebody in a workspace.

    Attributes:
        inactive: Deactivated, in the workspace or in the whole organization.
        organization_role_id: What they are in the organization.
    """

    id: int
    user_id: int
    fullname: str
    email: str
    timezone: str
    joined: bool
    inactive: bool
    direct: bool
    role_id: int
    organization_role_id: int
    rate: float | None
    rate_updated_at: int | None
    labor_cost: float | None
    labor_cost_updated_at: int | None
    working_hours_in_minutes: int | None
    view_edit_billable_rates: bool
    view_edit_labor_costs: bool
    updated_at: int


_COLUMNS = (
    *("id", "user_id", "name_key", "inactive", "membership_inactive", "direct", "group_count", "role_id"),
    *("rate", "rate_updated_at", "labor_cost", "labor_cost_updated_at", "working_hours_in_minutes"),
    *("view_edit_billable_rates", "view_edit_labor_costs", "updated_at"),
)
_LIST = People(
    "workspace_users", "l.organization_id = :organization_id AND l.workspace_id = :workspace_id", OF_WORKSPACE
)

# CROSS JOIN tells SQLite where to begin: with those who are found.
_SEARCH = """
    SELECT l.name_key, l.user_id, l.id
    FROM people_search s CROSS JOIN organization_users m CROSS JOIN workspace_users l
    WHERE {finds} AND m.organization_id = :organization_id AND l.user_id = m.user_id
      AND (CAST(:name AS TEXT) IS NULL OR {position}(m.name_key, :name) > 0)
      AND (CAST(:part AS TEXT) IS NULL OR {position}(m.name_key, :part) > 0 OR {position}(m.email_key, :part) > 0)
      AND """

# CROSS JOIN tells SQLite where to begin: with the people of the page, who are few.
_PAGE = """
    SELECT (SELECT o.revision FROM organizations o WHERE o.id = :organization_id), {total},
      (SELECT COALESCE({list}({tuple}(p.id, p.user_id, p.fullname, p.email, p.timezone, p.joined, p.inactive, p.direct,
          p.role_id, p.organization_role_id, p.rate, p.rate_updated_at, p.labor_cost, p.labor_cost_updated_at,
          p.working_hours_in_minutes, p.view_edit_billable_rates, p.view_edit_labor_costs, p.updated_at)), '[]')
        FROM (
          SELECT p.id, p.user_id, u.fullname, u.email, u.timezone, m.joined, p.inactive OR p.membership_inactive
            AS inactive, p.direct, p.role_id, m.role_id AS organization_role_id, p.rate, p.rate_updated_at,
            p.labor_cost, p.labor_cost_updated_at, p.working_hours_in_minutes, p.view_edit_billable_rates,
            p.view_edit_labor_costs, p.updated_at
          FROM page p CROSS JOIN organization_users m CROSS JOIN users u
          WHERE m.organization_id = :organization_id AND m.user_id = p.user_id AND u.id = p.user_id
          ORDER BY p.name_key {direction}, p.user_id {direction}) p),
      (SELECT COALESCE({list}({tuple}(gu.user_id, gu.group_id)), '[]')
        FROM page p CROSS JOIN group_users gu CROSS JOIN group_workspaces gw
        WHERE p.group_count > 0 AND gu.organization_id = :organization_id AND gu.user_id = p.user_id
          AND gw.organization_id = gu.organization_id AND gw.group_id = gu.group_id
          AND gw.workspace_id = :workspace_id)
"""
_EVERYBODY = """
    (SELECT w.member_count FROM workspaces w WHERE w.organization_id = :organization_id AND w.id = :workspace_id)
"""


@cache
def on_the_way(standings: frozenset[int], start: Start) -> Statement[PageRow]:
    """A page of the people of some standings, read off the workspace's list."""
    page = _LIST.rows(_COLUMNS, _LIST.stretch(standings, start))
    return _statement(f"page AS MATERIALIZED ({page})", _EVERYBODY, DIRECTIONS[start])


@cache
def found_by_part(standings: frozenset[int]) -> Statement[PageRow]:
    """A page of the people of some standings whose name or address has a part: they are collected and put in order."""
    # The + keeps a database from finding everybody of a standing, where it has found the people already.
    found = f"{_SEARCH} {_LIST.condition} AND +l.standing IN {one_of(standings)}"
    page = f"""
        found AS MATERIALIZED ({found}),
        page AS MATERIALIZED ({_LIST.rows(_COLUMNS, page_of_found("ASC"))})
    """
    return _statement(page, "(SELECT COUNT(*) FROM found)", "ASC")


def _statement(page: str, total: str, direction: str) -> Statement[PageRow]:
    columns = _PAGE.replace("{total}", total).replace("{direction}", direction)
    return translated(f"WITH {page} {columns}", PageRow)
