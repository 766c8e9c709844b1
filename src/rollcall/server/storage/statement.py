"""SQL statements: one text with named parameters, prepared for both databases."""

import re
from collections.abc import Mapping
from types import NoneType, UnionType
from typing import Any, Generic, TypeAlias, TypeVar, Union, get_args, get_origin

import msgspec

R = TypeVar("R")

Value: TypeAlias = str | bytes | bytearray | int | float | bool | None
"""What a parameter may be. A list goes as JSON text: `json_each`, `json_array_elements_text` unfold it."""

_PARAMETER = re.compile(
    r"""
      '(?:[^']|'')*'             # text
    | "(?:[^"]|"")*"             # a quoted name
    | --[^\n]* | /\*.*?\*/       # a comment
    | ::                         # PostgreSQL's cast
    | :(?P<name>[a-zA-Z_]\w*)
    """,
    re.VERBOSE | re.DOTALL,
)


class Statement(Generic[R]):
    """One SQL text with :named parameters, and the type its rows become.

    PostgreSQL must know the type of a parameter that stands alone; `CAST(:name AS BIGINT)` says it on both.

    Attributes:
        sqlite: The text for SQLite, which knows `:name` itself.
        postgresql: The text for PostgreSQL, with `$1`, `$2`… for the names.
        row: The type of a row.
        parameters: The names of the parameters, of both texts together.
        booleans: The columns that hold bools, which SQLite stores as integers.
    """

    def __init__(self, sql: str, row: type[R], *, sqlite: str | None = None, postgresql: str | None = None) -> None:
        """Prepares a statement.

        Args:
            sql: The text for both databases.
            row: A msgspec.Struct whose positional fields are the columns in order; NoneType for a statement
                without rows.
            sqlite: The text for SQLite, where it differs.
            postgresql: The text for PostgreSQL, where it differs.
        """
        self.sqlite = sqlite or sql
        self.postgresql, self._positions = _with_positions(postgresql or sql)
        self.row = row
        self.parameters = frozenset(self._positions) | frozenset(_with_positions(self.sqlite)[1])
        self.booleans = _boolean_columns(row)

    def __repr__(self) -> str:
        return f"Statement({self.sqlite!r})"

    def check(self, parameters: Mapping[str, Value]) -> None:
        """Compares the given parameters with those of the text.

        Raises:
            TypeError: Some are missing, or the text does not use them.
        """
        if parameters.keys() != self.parameters:
            missing = sorted(self.parameters - parameters.keys())
            unknown = sorted(parameters.keys() - self.parameters)
            raise TypeError(f"{self} is missing the parameters {missing} and does not use {unknown}")

    def positional(self, parameters: Mapping[str, Value]) -> list[Value]:
        """The values for `$1`, `$2`… of the PostgreSQL text."""
        return [parameters[name] for name in self._positions]


def _with_positions(sql: str) -> tuple[str, list[str]]:
    positions: dict[str, int] = {}

    def replace(match: re.Match[str]) -> str:
        name = match["name"]
        return f"${positions.setdefault(name, len(positions) + 1)}" if name else match[0]

    return _PARAMETER.sub(replace, sql), list(positions)


def _boolean_columns(row: type[Any]) -> tuple[int, ...]:
    if row is NoneType:
        return ()
    return tuple(column for column, field in enumerate(msgspec.structs.fields(row)) if _is_boolean(field.type))


def _is_boolean(annotation: Any) -> bool:
    if get_origin(annotation) in (Union, UnionType):
        return set(get_args(annotation)) == {bool, NoneType}
    return annotation is bool
