"""Pages of lists of people: which part of a list is read, and by what its people are found."""

from __future__ import annotations

from typing import Literal

from rollcall.server.storage.people_blocks import BLOCK

Start = Literal["first", "last", "block"]
"""Where reading begins: at the first person, at the last one and backwards, or at the first of a block."""

Source = Literal["search", "groups", "workspaces", "standings"]
"""What finds the people of a filter, where it takes more than going through the list."""

_DIRECTIONS: dict[Start, str] = {"first": "ASC", "last": "DESC", "block": "ASC"}

# CROSS JOIN tells SQLite where to begin: with those who are found. What comes after WHERE binds them to `m`, the
# organization user.
_SOURCES: dict[Source, str] = {
    "search": "people_search s CROSS JOIN organization_users m WHERE {finds}",
    "groups": """
      (SELECT DISTINCT gu.user_id FROM {ids:groups} i CROSS JOIN group_users gu
       WHERE gu.organization_id = :organization_id AND gu.group_id = i.value) d
      CROSS JOIN organization_users m WHERE m.user_id = d.user_id""",
    "workspaces": """
      (SELECT DISTINCT wu.user_id FROM {ids:workspaces} i CROSS JOIN workspace_users wu
       WHERE wu.organization_id = :organization_id AND wu.workspace_id = i.value) d
      CROSS JOIN organization_users m WHERE m.user_id = d.user_id""",
    "standings": "organization_users m WHERE TRUE",
}


def one_of(standings: frozenset[int]) -> str:
    """The standings, as `IN` takes them."""
    return f"({', '.join(map(str, sorted(standings)))})"


def stretch(columns: str, table: str, condition: str, start: Start) -> str:
    """SQL that reads `:rows` people in the order of a list, or backwards, and leaves out `:skip` at the start.

    Args:
        columns: Those to read of the table, which is called `l`.
        table: The one whose rows the list is made of.
        condition: What a row must fulfil.
        start: Where reading begins.
    """
    after = f"AND (l.name_key, l.user_id) >= {BLOCK}" if start == "block" else ""
    direction = _DIRECTIONS[start]
    return f"""
        SELECT {columns} FROM {table} l WHERE {condition} {after}
        ORDER BY l.name_key {direction}, l.user_id {direction} LIMIT :rows OFFSET :skip
    """


def found(source: Source, condition: str) -> str:
    """SQL that reads the keys of all organization users who fulfil a condition.

    Args:
        source: What finds them.
        condition: What else they, who are called `m`, must fulfil.
    """
    return f"""
        SELECT m.name_key, m.user_id FROM {_SOURCES[source]}
          AND m.organization_id = :organization_id AND {condition}
    """
