from types import NoneType
from typing import Optional

import msgspec
import pytest

from rollcall.server.storage import Statement


class Flags(msgspec.Struct):
    id: int
    inactive: bool
    name: str | None
    joined: bool | None
    proved: Optional[bool]  # noqa: UP045 - the older spelling counts as well


@pytest.mark.parametrize(
    ("sql", "postgresql"),
    [
        ("SELECT :a, :b", "SELECT $1, $2"),
        ("SELECT :a, :b, :a", "SELECT $1, $2, $1"),
        ("SELECT :a::text, CAST(:a AS BIGINT)", "SELECT $1::text, CAST($1 AS BIGINT)"),
        ("SELECT ':a', 'it''s :b', :c", "SELECT ':a', 'it''s :b', $1"),
        ('SELECT ":a" FROM t WHERE x = :x_1', 'SELECT ":a" FROM t WHERE x = $1'),
        ("SELECT 1 -- like :a\n, :b /* not :c */", "SELECT 1 -- like :a\n, $1 /* not :c */"),
    ],
)
def test_names_become_positions_for_postgresql_and_stay_for_sqlite(sql: str, postgresql: str) -> None:
    statement = Statement(sql, NoneType)

    assert statement.postgresql == postgresql
    assert statement.sqlite == sql


def test_values_are_given_in_the_order_of_their_positions() -> None:
    statement = Statement("SELECT :b, :a, :b", NoneType)

    assert statement.positional({"a": 1, "b": 2}) == [2, 1]


def test_each_database_may_have_a_text_of_its_own() -> None:
    statement = Statement("", NoneType, sqlite="SELECT :a, :only_here", postgresql="SELECT :a::text")

    assert (statement.sqlite, statement.postgresql) == ("SELECT :a, :only_here", "SELECT $1::text")
    assert statement.parameters == {"a", "only_here"}


def test_missing_and_unknown_parameters_are_named() -> None:
    statement = Statement("SELECT :a, :b", NoneType)

    with pytest.raises(TypeError, match=r"missing the parameters \['b'\] and does not use \['c'\]"):
        statement.check({"a": 1, "c": 2})


def test_columns_that_hold_bools_are_found_from_the_annotations() -> None:
    assert Statement("SELECT * FROM flags", Flags).booleans == (1, 3, 4)
    assert Statement("DELETE FROM flags", NoneType).booleans == ()
