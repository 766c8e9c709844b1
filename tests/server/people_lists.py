"""What must hold of the lists of people, whatever was done: read from the tables themselves."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections import defaultdict
from contextlib import closing
from typing import TYPE_CHECKING, Any

import asyncpg
import msgspec

from rollcall.contract import timestamp
from rollcall.server.storage import Statement
from rollcall.server.storage.people_blocks import LONGEST
from rollcall.server.storage.people_descriptions import UNIT, Person
from rollcall.server.storage.people_search import entries_of
from rollcall.server.storage.row import Row
from rollcall.server.storage.sqlite import SQLiteStorage

if TYPE_CHECKING:
    from rollcall.server.storage import Transaction
    from tests.server.world import World

Key = tuple[str, int]
List = tuple[int, int]
"""An organization, and a workspace or 0."""

COUNTS = " || ' ' || ".join(f"people_{standing}" for standing in range(8))


class _ListedRow(Row):
    organization_id: int
    workspace_id: int
    name_key: str
    user_id: int
    standing: int


class _BlockRow(Row):
    organization_id: int
    workspace_id: int
    name_key: str
    user_id: int
    people: str


class _FoundRow(Row):
    organization_id: int
    id: int
    name_key: str
    email_key: str


class _EntryRow(Row):
    id: int
    entries: str


class _CopiesRow(Row):
    id: int
    fullname: str
    email: str
    description: str


class _PersonRow(Row):
    id: int
    user_id: int
    organization_id: int
    fullname: str
    email: str
    role_id: int
    joined: bool
    inactive: bool
    created_at: int
    updated_at: int


class _PlaceRow(Row):
    organization_user_id: int
    workspace_id: int
    id: int
    role_id: int
    inactive: bool
    rate: float | None
    labor_cost: float | None
    working_hours_in_minutes: int | None
    view_edit_billable_rates: bool
    view_edit_labor_costs: bool


class _PairRow(Row):
    organization_user_id: int
    other_id: int


class _FileRow(Row):
    file: str


# Made from what the copies and the computed columns are made of.
LISTED = Statement(
    """
    SELECT m.organization_id, CAST(0 AS BIGINT), u.name_key, m.user_id,
      CASE WHEN NOT m.joined THEN 2 WHEN m.inactive THEN 1 ELSE 0 END + CASE WHEN m.role_id < 3 THEN 3 ELSE 0 END
    FROM organization_users m JOIN users u ON u.id = m.user_id
    JOIN organizations o ON o.id = m.organization_id AND o.deleted_at IS NULL
    UNION ALL
    SELECT wu.organization_id, wu.workspace_id, u.name_key, wu.user_id,
      CASE WHEN wu.direct THEN 0 ELSE 1 END + CASE WHEN wu.inactive OR m.inactive THEN 2 ELSE 0 END
        + CASE WHEN wu.rate IS NULL THEN 0 ELSE 4 END
    FROM workspace_users wu JOIN users u ON u.id = wu.user_id
    JOIN organizations o ON o.id = wu.organization_id AND o.deleted_at IS NULL
    JOIN organization_users m ON m.organization_id = wu.organization_id AND m.user_id = wu.user_id
    """,
    _ListedRow,
)
BLOCKS = Statement(
    f"""
    SELECT organization_id, workspace_id, name_key, user_id, {COUNTS}
    FROM people_blocks b WHERE NOT EXISTS (
      SELECT 1 FROM organizations o WHERE o.id = b.organization_id AND o.deleted_at IS NOT NULL)
    ORDER BY organization_id, workspace_id, name_key, user_id
    """,  # noqa: S608 - the names are ours
    _BlockRow,
)
FOUND = Statement("SELECT organization_id, id, name_key, email_key FROM organization_users", _FoundRow)
NAMED = Statement(
    """
    SELECT m.organization_id, m.id, u.name_key, u.email_key FROM organization_users m JOIN users u ON u.id = m.user_id
    JOIN organizations o ON o.id = m.organization_id AND o.deleted_at IS NULL
    """,
    _FoundRow,
)
COPIES = Statement("SELECT id, fullname, email, description FROM organization_users", _CopiesRow)
ORIGINALS = Statement(
    """
    SELECT m.id, u.fullname, u.email, '' FROM organization_users m JOIN users u ON u.id = m.user_id
    JOIN organizations o ON o.id = m.organization_id AND o.deleted_at IS NULL
    """,
    _CopiesRow,
)
PEOPLE = Statement(
    """
    SELECT id, user_id, organization_id, fullname, email, role_id, joined, inactive, created_at, updated_at
    FROM organization_users
    """,
    _PersonRow,
)
DIRECTORY = Statement(
    """
    SELECT d.user_id, d.organization_id FROM user_organizations d
    JOIN organizations o ON o.id = d.organization_id AND o.deleted_at IS NULL
    """,
    _PairRow,
)
PLACES = Statement(
    """
    SELECT m.id, w.workspace_id, w.id, w.role_id, w.inactive, w.rate, w.labor_cost, w.working_hours_in_minutes,
      w.view_edit_billable_rates, w.view_edit_labor_costs
    FROM workspace_users w
    JOIN organization_users m ON m.organization_id = w.organization_id AND m.user_id = w.user_id
    ORDER BY w.id
    """,
    _PlaceRow,
)
MEMBERSHIPS = Statement(
    """
    SELECT m.id, g.group_id FROM group_users g
    JOIN organization_users m ON m.organization_id = g.organization_id AND m.user_id = g.user_id
    """,
    _PairRow,
)
PENDING = Statement(
    """
    SELECT m.id, i.id FROM invitations i
    JOIN organization_users m ON m.organization_id = i.organization_id AND m.user_id = i.user_id
    WHERE i.settled_at IS NULL ORDER BY i.id
    """,
    _PairRow,
)
ENTRIES = Statement(
    "SELECT organization_user_id, array_to_string(tsvector_to_array(entries), ' ') FROM people_search", _EntryRow
)
FILE = Statement("SELECT file FROM pragma_database_list WHERE name = 'main'", _FileRow)


async def check_lists(world: World, *, longest: int = LONGEST) -> None:
    """That every block counts who is in it, and that everybody is found by what they are called, and nothing else."""
    storage = world.server.storage

    async def read(
        transaction: Transaction,
    ) -> tuple[list[_ListedRow], list[_BlockRow], list[_FoundRow], list[_FoundRow]]:
        return (
            await transaction.all(LISTED),
            await transaction.all(BLOCKS),
            await transaction.all(FOUND),
            await transaction.all(NAMED),
        )

    listed, blocks, found, named = await storage.read(read)
    _check_blocks(listed, blocks, longest)
    await _check_copies(world)
    names = {(row.organization_id, row.id): (row.name_key, row.email_key) for row in found}
    assert all(names[row.organization_id, row.id] == (row.name_key, row.email_key) for row in named)
    if isinstance(storage, SQLiteStorage):
        file = await storage.read(lambda transaction: transaction.one(FILE))
        assert file is not None
        indexed = _indexed(file.file)
    else:
        rows = await storage.read(lambda transaction: transaction.all(ENTRIES))
        indexed = sorted((entry, row.id) for row in rows for entry in row.entries.split())
    assert indexed == sorted(
        (entry, row.id)
        for row in found
        for entry in entries_of(row.organization_id, row.name_key, row.email_key).split()
    )


async def _check_copies(world: World) -> None:
    """That everybody's row has what their account, the workspaces and the groups have of them."""

    async def read(transaction: Transaction) -> tuple[list[Any], ...]:
        asked: tuple[Statement[Any], ...] = (COPIES, ORIGINALS, PEOPLE, DIRECTORY, PLACES, MEMBERSHIPS, PENDING)
        return tuple([await transaction.all(each) for each in asked])

    copies, originals, people, directory, places, memberships, pending = await world.server.storage.read(read)
    assert {row.id: (row.fullname, row.email) for row in originals}.items() <= {
        row.id: (row.fullname, row.email) for row in copies
    }.items()
    organizations, in_workspaces, in_groups = defaultdict(set), defaultdict(list), defaultdict(list)
    for user_id, organization_id in map(msgspec.structs.astuple, directory):
        organizations[user_id].add(organization_id)
    for place in places:
        in_workspaces[place.organization_user_id].append(place)
    for number, group_id in map(msgspec.structs.astuple, memberships):
        in_groups[number].append(group_id)
    newest = {row.organization_user_id: row.other_id for row in pending}
    expected = {
        row.id: _description(
            row,
            in_workspaces[row.id],
            sorted(in_groups[row.id]),
            newest.get(row.id),
            elsewhere=bool(organizations[row.user_id] - {row.organization_id}),
        )
        for row in people
    }
    assert {row.id: parsed(row.description) for row in copies} == expected


def _description(
    person: _PersonRow, places: list[_PlaceRow], groups: list[int], invitation_id: int | None, *, elsewhere: bool
) -> dict[str, Any]:
    """What is kept for lists of one person, written out."""
    amounts = [(each.rate, each.labor_cost, each.working_hours_in_minutes) for each in places]
    in_workspaces = [
        [
            each.workspace_id,
            each.role_id,
            each.inactive,
            each.view_edit_billable_rates,
            each.view_edit_labor_costs,
            _any_set(*of_each),
        ]
        for each, of_each in zip(places, amounts, strict=True)
    ]
    return {
        "shape": [person.role_id, person.joined, person.inactive, elsewhere, in_workspaces],
        "group_ids": groups,
        "amounts": [list(each) for each in amounts if _any_set(*each)],
        "workspace_users": [each.id for each in places],
        "id": person.id,
        "user_id": person.user_id,
        "fullname": person.fullname,
        "email": person.email,
        "invitation_id": invitation_id,
        "created_at": timestamp.precise(person.created_at),
        "updated_at": timestamp.precise(person.updated_at),
    }


def parsed(description: str) -> dict[str, Any]:
    """What a description has, by the names of a `Person`."""
    person = Person(*description.split(UNIT))
    listed = person._replace(workspace_users=f"[{person.workspace_users}]")
    return {name: json.loads(value) for name, value in listed._asdict().items()}


def _any_set(*values: object) -> bool:
    """Whether one of them is given."""
    return any(value is not None for value in values)


def _check_blocks(listed: list[_ListedRow], blocks: list[_BlockRow], longest: int) -> None:
    starts: defaultdict[List, list[Key]] = defaultdict(list)
    counted: dict[tuple[List, Key], list[int]] = {}
    for block in blocks:
        where = (block.organization_id, block.workspace_id)
        starts[where].append((block.name_key, block.user_id))
        counted[where, (block.name_key, block.user_id)] = [int(people) for people in block.people.split()]
    true = {each: [0] * 8 for each in counted}
    for row in listed:
        where = (row.organization_id, row.workspace_id)
        start = starts[where][bisect_right(starts[where], (row.name_key, row.user_id)) - 1]
        true[where, start][row.standing] += 1
    assert counted == true
    for (_, start), people in counted.items():
        assert sum(people) <= longest
        assert sum(people) > 0 or start == ("", 0)


def _indexed(file: str) -> list[tuple[str, int]]:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE VIRTUAL TABLE temp.entries USING fts5vocab(main, people_search, 'instance')")
        return sorted(connection.execute("SELECT term, doc FROM temp.entries"))


async def shorten_blocks(database_url: str, longest: int) -> None:
    """Let blocks be cut in two when they have more than so many people, so that a few people have many of them."""

    def shortened(sql: str) -> str:
        return sql.replace(str(LONGEST), str(longest)).replace(str(LONGEST // 2), str(longest // 2))

    if database_url.startswith("sqlite"):
        with closing(sqlite3.connect(database_url.removeprefix("sqlite://"))) as connection, connection:
            cuts = connection.execute(
                "SELECT name, sql FROM sqlite_schema WHERE name LIKE 'people_blocks_cut%'"
            ).fetchall()
            assert len(cuts) == 2
            for name, sql in cuts:
                connection.execute(f"DROP TRIGGER {name}")
                connection.execute(shortened(sql))
        return
    postgresql: Any = await asyncpg.connect(database_url)
    try:
        cuts = await postgresql.fetch(
            """
            SELECT t.tgname, pg_get_triggerdef(t.oid) AS made, pg_get_functiondef(t.tgfoid) AS does
            FROM pg_trigger t WHERE t.tgname LIKE 'people_blocks_cut%'
            """
        )
        assert len(cuts) == 2
        for cut in cuts:
            await postgresql.execute(f"DROP TRIGGER {cut['tgname']} ON people_blocks")
            await postgresql.execute(shortened(cut["does"]))
            await postgresql.execute(shortened(cut["made"]))
    finally:
        await postgresql.close()
