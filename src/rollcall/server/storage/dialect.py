"""The words in which the two databases differ, so that a statement is written once."""

from __future__ import annotations

from typing import TypeVar

from rollcall.server.storage.statement import Statement

R = TypeVar("R")


class _Ids(str):
    """The numbers in a parameter that holds a JSON array; the word after the colon names the parameter."""

    __slots__ = ()

    def __format__(self, parameter: str) -> str:
        return self.replace(":ids", f":{parameter or 'ids'}")


class _Included(str):
    """The words after the colon."""

    __slots__ = ()

    def __format__(self, words: str) -> str:
        return words


class _Omitted(str):
    """Nothing, whatever is after the colon."""

    __slots__ = ()

    def __format__(self, words: str) -> str:
        return ""


class _Moment(str):
    """The moment that a number of microseconds is; the words after the colon give the number."""

    __slots__ = ()

    def __format__(self, microseconds: str) -> str:
        return self.replace("[microseconds]", microseconds)


_SQLITE = {
    "list": "json_group_array",
    "tuple": "json_array",
    "joined": "group_concat",
    # Text that is JSON already is told from other text by this function.
    "json": "json",
    "quoted": "json_quote",
    "character": "char",
    "position": "instr",
    "moment": _Moment(
        """(RTRIM(RTRIM(strftime('%Y-%m-%dT%H:%M:%S', [microseconds] / 1000000, 'unixepoch')
          || printf('.%06d', [microseconds] % 1000000), '0'), '.') || 'Z')"""
    ),
    "in_postgresql": _Omitted(),
    "finds": "s.people_search MATCH :entries AND m.id = s.rowid",
    "ids": _Ids("(SELECT value FROM json_each(:ids))"),
}
_POSTGRESQL = {
    "list": "json_agg",
    "tuple": "json_build_array",
    "joined": "string_agg",
    "json": "",
    "quoted": "to_json",
    "character": "chr",
    "position": "strpos",
    # The colons are quoted, lest they begin the name of a parameter. Intervals are multiplied with floating point.
    "moment": _Moment(
        """(RTRIM(RTRIM(to_char(TIMESTAMP 'epoch' + [microseconds] / 1000000 * INTERVAL '1 second'
          + [microseconds] % 1000000 * INTERVAL '1 microsecond',
          'YYYY-MM-DD"T"HH24":"MI":"SS.US'), '0'), '.') || 'Z')"""
    ),
    "in_postgresql": _Included(),
    "finds": """s.organization_id = :organization_id AND m.id = s.organization_user_id
      AND s.entries @@ CAST(REPLACE(REPLACE(:entries, '*', ':*'), ' ', ' & ') AS tsquery)""",
    "ids": _Ids("(SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(CAST(:ids AS TEXT) AS json)))"),
}


def translated(sql: str, row: type[R]) -> Statement[R]:
    """A statement in whose text `{word}` stands for what each database calls it.

    `{list}(x)` gathers rows into a JSON array (`COALESCE` it with `'[]'`: PostgreSQL gathers no rows into null), and
    `{joined}(x, ',')` gathers text. `{tuple}(x, y)` makes a JSON array of values, `{json}(x)` keeps the JSON of a
    subquery from being quoted, `{quoted}(text)` is text as JSON has it. `{character}(n)` is one by its number.
    `{position}(text, part)` is 0 where the part is not in the text, `{ids}` are the numbers in `:ids`, a JSON array,
    and `{ids:groups}` those in `:groups`. `{finds}` binds an organization user `m` to the row `s` of `people_search`
    that has `:entries`. `{moment:x}` writes microseconds as `precise` does. `{in_postgresql:words}` are words that
    SQLite does without.
    """
    return Statement(sql.format_map(_SQLITE), row, postgresql=sql.format_map(_POSTGRESQL))
