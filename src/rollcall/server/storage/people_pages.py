"""Pages of lists of people: which part of a list is read, and by what its people are found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from rollcall.server.storage.people_blocks import FIRST_KEY

Start = Literal["first", "last", "block", "before", "after"]
"""Where reading begins: at the first person, at the last one and backwards, at the first of a block, at the one before
a block and backwards, or at the one after somebody."""

Source = Literal["search", "groups", "workspaces"]
"""What finds the people of a filter."""

DIRECTIONS: dict[Start, str] = {"first": "ASC", "last": "DESC", "block": "ASC", "before": "DESC", "after": "ASC"}
"""In which order people come, from where reading begins."""

# How the names compare that are read, and then the accounts that are not, with the first of the block, or somebody's.
_EDGES: dict[Start, tuple[str, str]] = {"block": (">=", "<"), "before": ("<=", ">="), "after": (">=", "<=")}

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
}


class People(msgspec.Struct, frozen=True):
    """A list of people, as SQL knows it.

    Attributes:
        table: The one that has a row for each of them.
        condition: What makes a row, called `l`, one of this list.
        everybody: All standings that its people can have.
    """

    table: str
    condition: str
    everybody: frozenset[int]

    def rows(self, columns: Sequence[str], keys: str) -> str:
        """SQL that reads columns of those whose ids some other SQL has found, in its order."""
        return f"""
            SELECT {", ".join(f"l.{name}" for name in columns)}
            FROM ({keys}) k CROSS JOIN {self.table} l WHERE {self.condition} AND l.id = k.id
        """

    def stretch(self, standings: frozenset[int], start: Start) -> str:
        """SQL that finds `:rows` people of some standings, in the order of the list or against it.

        From where it begins it leaves out `:skip` of them. People of one standing are in an index by name, so that
        those of several are merged as they come, and nobody else is met.

        Args:
            standings: What they are.
            start: Where reading begins; a block is `:block`, and somebody is the account `:after`.
        """
        among: list[str] = [""]
        if standings != self.everybody:
            among = [f"AND l.standing = {standing}" for standing in sorted(standings)]
        direction = DIRECTIONS[start]
        edge, within, more = "", "", ""
        if start in _EDGES:
            # Comparing names alone takes SQLite half the time, for each person who is passed. Who has the name that
            # reading begins at, and is on the other side of that, is passed too.
            inside, outside = _EDGES[start]
            name_key, user_id = "(SELECT e.name_key FROM edge e)", "(SELECT e.user_id FROM edge e)"
            key = FIRST_KEY
            if start == "after":
                key = f"SELECT l.name_key, l.user_id FROM {self.table} l WHERE {self.condition} AND l.user_id = :after"
            edge = f"WITH edge AS MATERIALIZED ({key})"
            within = f"AND l.name_key {inside} {name_key}"
            more = f"""
                + (SELECT COUNT(*) FROM {self.table} l
                   WHERE {self.condition} AND l.name_key = {name_key}
                     AND l.user_id {outside} {user_id} AND l.standing IN {one_of(standings)})
            """
        rows, skip = "CAST(:rows AS BIGINT)", f"CAST(:skip AS BIGINT) {more}"
        # Told that it needs a part of each, PostgreSQL reads the index in order; else it would sort all of them.
        needed = f"{{in_postgresql:ORDER BY l.name_key {direction}, l.user_id {direction} LIMIT {rows} + {skip}}}"
        parts = " UNION ALL ".join(
            f"""
            SELECT q.name_key, q.user_id, q.id FROM (
              SELECT l.name_key, l.user_id, l.id FROM {self.table} l WHERE {self.condition} {each} {within}
              {needed if len(among) > 1 else ""}) q
            """
            for each in among
        )
        return f"""
            {edge} SELECT p.name_key, p.user_id, p.id FROM ({parts}) p
            ORDER BY p.name_key {direction}, p.user_id {direction} LIMIT {rows} OFFSET {skip}
        """


def one_of(standings: frozenset[int]) -> str:
    """The standings, as `IN` takes them."""
    return f"({', '.join(map(str, sorted(standings)))})"


def found(source: Source, condition: str) -> str:
    """SQL that finds all organization users who fulfil a condition.

    Args:
        source: What finds them.
        condition: What else they, who are called `m`, must fulfil.
    """
    return f"""
        SELECT m.name_key, m.user_id, m.id FROM {_SOURCES[source]}
          AND m.organization_id = :organization_id AND {condition}
    """


def page_of_found(direction: str) -> str:
    """SQL that puts those who are `found` in order, and reads `:rows` of them after `:skip`."""
    return f"""
        SELECT f.id FROM found f ORDER BY f.name_key {direction}, f.user_id {direction} LIMIT :rows OFFSET :skip
    """
