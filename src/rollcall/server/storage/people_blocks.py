"""How many people stand where in a list: each list is cut into blocks whose people are counted by what they are.

Triggers keep the blocks (revision 0003): each holds 4,096 people at most, and is cut in two beyond that.
"""

from __future__ import annotations

from functools import cache

from rollcall.server.storage.dialect import translated
from rollcall.server.storage.row import Row
from rollcall.server.storage.statement import Statement

LONGEST = 4096
HALF = LONGEST // 2

WHOLE_ORGANIZATION = 0
"""Stands for a workspace where the list is the organization's."""


OF_ORGANIZATION = frozenset(range(6))
"""What somebody can be in an organization: 0 active, 1 deactivated, 2 invited; 3 more for an admin."""

OF_WORKSPACE = frozenset(range(8))
"""The same in a workspace, as a sum: 1 only there through groups, 2 deactivated, 4 has a rate."""


class SizesRow(Row):
    """How many of the people who are asked for are in each block.

    Attributes:
        revision: Of the organization.
        sizes: JSON, in the order of the list.
    """

    revision: int
    sizes: str


@cache
def sizes(standings: frozenset[int]) -> Statement[SizesRow]:
    """How many people of some standings are in each block of a list."""
    size = " + ".join(f"b.people_{standing}" for standing in sorted(standings))
    return translated(
        f"""
        SELECT o.revision, (SELECT COALESCE({{list}}(s.size), '[]') FROM (
          SELECT {size} AS size FROM people_blocks b
          WHERE b.organization_id = o.id AND b.workspace_id = :workspace_id
          ORDER BY b.name_key, b.user_id) s)
        FROM organizations o WHERE o.id = :organization_id
        """,
        SizesRow,
    )


FIRST_KEY = """
    SELECT b.name_key, b.user_id FROM people_blocks b
    WHERE b.organization_id = :organization_id AND b.workspace_id = :workspace_id
    ORDER BY b.name_key, b.user_id LIMIT 1 OFFSET :block
"""
"""SQL for the key that the block `:block` of a list begins with."""


def refilled(table: str) -> str:
    """SQL that counts all people of all lists anew, for who has written them in bulk; the lists have no blocks before.

    Args:
        table: `organization_users` for the lists of organizations, `workspace_users` for those of workspaces.
    """
    workspace_id = "m.workspace_id" if table == "workspace_users" else f"{WHOLE_ORGANIZATION}"
    first = f"h.place > 0 AND h.place % {HALF} = 0"
    counts = ", ".join(f"COUNT(CASE WHEN h.standing = {standing} THEN 1 END)" for standing in sorted(OF_WORKSPACE))
    return f"""
        INSERT INTO people_blocks (organization_id, workspace_id, name_key, user_id,
          {", ".join(f"people_{standing}" for standing in sorted(OF_WORKSPACE))})
        SELECT h.organization_id, h.workspace_id, COALESCE(MIN(CASE WHEN {first} THEN h.name_key END), ''),
          COALESCE(MIN(CASE WHEN {first} THEN h.user_id END), 0), {counts}
        FROM (
          SELECT m.organization_id, {workspace_id} AS workspace_id, m.name_key, m.user_id, m.standing,
            ROW_NUMBER() OVER (PARTITION BY m.organization_id, {workspace_id} ORDER BY m.name_key, m.user_id) - 1
              AS place
          FROM {table} m) h
        GROUP BY h.organization_id, h.workspace_id, h.place / {HALF}
    """
