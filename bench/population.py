"""Fills a database with organizations of given sizes, as the API would have left them, in bulk."""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import itertools
import random
import sqlite3
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from multiprocessing import get_context
from typing import Any, NamedTuple, Protocol

import asyncpg
import msgspec

from rollcall.contract.name import name_key
from rollcall.contract.role import OrganizationRole, WorkspaceRole
from rollcall.contract.timestamp import precise
from rollcall.server.keyring import Keyring
from rollcall.server.settings import PasswordCost, Settings
from rollcall.server.startup import Server
from rollcall.server.storage import migrate
from rollcall.server.storage.address import sqlite_path
from rollcall.server.storage.people_blocks import refilled
from rollcall.server.storage.people_descriptions import UNIT, Person, Place, Shape, described
from rollcall.server.storage.people_search import entries_of

KEYRING = Keyring(b"k" * 32)
"""The key of every database that is filled here."""

PASSWORD = "bench password"
RARE = "Zebulon Quixworth"
"""The name of one person in each organization; nobody else's name or address has `quix` in it."""

_FIRST = "Ada Bo Carla Dmitri Elodie Farid Greta Hiro Ines Jan Kofi Lena Mateo Nadia Olu Petra Rosa Sven Tara Uma"
_SYLLABLES = "al an ar be da de el en er ha in is ka la le lo ma mi na ne no or ra re ri ro sa se ta te"
_LAST = "berg dal dottir feld ham holm ini ko lund mann moto nen ova poulos sen ski son stein ton vic"
_PEOPLE_IN_GROUP = 1000

COUNTING = ("DELETE FROM people_blocks", refilled("organization_users"), refilled("workspace_users"))
"""What counts everybody anew who stands in a list."""


class Organization(msgspec.Struct, frozen=True):
    """One organization that was made.

    Attributes:
        size: How many people it has, its owner among them.
        token: The owner's API token.
        email: The owner's address; the password is `PASSWORD`.
        workspace_id: The workspace that everybody is in directly.
        second_workspace_id: The one that admins and the people of groups are in.
        group_ids: Its groups: together every third of its people.
    """

    size: int
    organization_id: int
    owner_id: int
    token: str
    email: str
    workspace_id: int
    second_workspace_id: int
    group_ids: tuple[int, ...]


class _Table(Protocol):
    """What takes rows in bulk."""

    def without_triggers(self) -> AbstractAsyncContextManager[None]:
        """Copies nothing while it lasts, and counts nobody; at its end everybody is counted."""

    async def value(self, sql: str) -> int:
        """The number that a statement selects."""

    async def add(self, table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Insert rows."""

    async def add_to_search(self, people: Iterable[tuple[int, int, str]]) -> None:
        """Let people be found: their organization, organization user and entries."""

    async def describe(self, user_id: int) -> None:
        """Let lists say what one person is."""

    async def execute(self, sql: str) -> None:
        """Run one statement."""


def populate(database_url: str, sizes: Sequence[int], *, seed: int = 1) -> list[Organization]:
    """Add organizations to a database, one of each size; it is brought to the newest revision first.

    Of the people 94% are active, 3% are deactivated and 3% invited; one in a hundred is an admin. All are in the first
    workspace directly. Every third is in a group, and so in the second workspace.

    Args:
        database_url: `sqlite:///absolute/path.db` or `postgresql://…`. Nobody else uses it meanwhile.
        sizes: How many people each organization shall have, its owner among them: two at least.
        seed: Of the names.
    """
    migrate(database_url)
    return asyncio.run(_populate(database_url, sizes, seed))


class Filled(NamedTuple):
    """A database, and the organizations that it was given."""

    database_url: str
    organizations: list[Organization]


def populate_each(databases: Sequence[tuple[str, Sequence[int]]]) -> list[Filled]:
    """Fill several databases at the same time, each as `populate` does.

    Args:
        databases: The URL of each, and the sizes of its organizations.
    """
    with get_context("forkserver").Pool(len(databases)) as processes:
        made = processes.starmap(populate, databases)
    return [Filled(url, organizations) for (url, _), organizations in zip(databases, made, strict=True)]


async def _populate(database_url: str, sizes: Sequence[int], seed: int) -> list[Organization]:
    owners = await _add_owners(database_url, len(sizes))

    async def fill(database: _Table) -> list[Organization]:
        async with database.without_triggers():
            return [await _fill(database, *owner, size, seed) for owner, size in zip(owners, sizes, strict=True)]

    path = sqlite_path(database_url)
    if path is not None:
        with closing(sqlite3.connect(path, isolation_level=None)) as opened:
            opened.execute("PRAGMA synchronous = OFF")
            opened.execute("PRAGMA cache_size = -400000")
            opened.execute("BEGIN")
            made = await fill(_SQLite(opened))
            opened.execute("COMMIT")
            opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return made
    connection = await asyncpg.connect(database_url)
    try:
        async with connection.transaction():
            made = await fill(_PostgreSQL(connection))
        await connection.execute("VACUUM ANALYZE")
        # What is measured next shall not find the disk busy.
        await connection.execute("CHECKPOINT")
    finally:
        await connection.close()
    return made


async def _add_owners(database_url: str, number: int) -> list[tuple[str, str]]:
    """Sign up so many people, who own an organization each: their addresses and API tokens."""
    server = await Server.open(database_url, Settings(password_cost=PasswordCost(1, 8, 1)), KEYRING)
    try:
        made = [await server.add_account(f"owner-{time.time_ns():x}@example.com", PASSWORD) for _ in range(number)]
    finally:
        await server.close()
    return [(account.email or "", account.api_token or "") for account in made]


class _SQLite:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @asynccontextmanager
    async def without_triggers(self) -> AsyncIterator[None]:
        triggers = self._connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            self._connection.execute(f"DROP TRIGGER {name}")
        yield
        for sql in COUNTING:
            self._connection.execute(sql)
        for _, sql in triggers:
            self._connection.execute(sql)

    async def value(self, sql: str) -> int:
        return int(self._connection.execute(sql).fetchone()[0])

    async def add(self, table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
        places = ", ".join("?" * len(columns.split(",")))
        self._connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)  # noqa: S608 - the names are ours

    async def add_to_search(self, people: Iterable[tuple[int, int, str]]) -> None:
        sql = "INSERT INTO people_search (rowid, entries) VALUES (?, ?)"
        self._connection.executemany(sql, (person[1:] for person in people))

    async def describe(self, user_id: int) -> None:
        self._connection.execute(described(f"user_id = {user_id}").sqlite)

    async def execute(self, sql: str) -> None:
        self._connection.execute(sql)


class _PostgreSQL:
    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    @asynccontextmanager
    async def without_triggers(self) -> AsyncIterator[None]:
        # A replica's rows have been looked at where they come from: references are not checked either.
        await self.execute("SET LOCAL session_replication_role = replica")
        yield
        for sql in COUNTING:
            await self.execute(sql)

    async def value(self, sql: str) -> int:
        return int(await self._connection.fetchval(sql))

    async def add(self, table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
        names = columns.replace(" ", "").split(",")
        await self._connection.copy_records_to_table(table, columns=names, records=rows)
        if "id" in names:
            await self.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT MAX(id) FROM {table}))")  # noqa: S608 - the names are ours

    async def add_to_search(self, people: Iterable[tuple[int, int, str]]) -> None:
        # An index that is made at the end takes a fraction of the time.
        index = await self._connection.fetchval("SELECT pg_get_indexdef('people_search_entries'::regclass)")
        await self.execute("DROP INDEX people_search_entries")
        await self.execute(
            "CREATE TEMP TABLE found (organization_id BIGINT, organization_user_id BIGINT, entries TEXT)"
        )
        await self._connection.copy_records_to_table("found", records=people)
        await self.execute(
            """
            INSERT INTO people_search
            SELECT organization_id, organization_user_id, array_to_tsvector(string_to_array(entries, ' ')) FROM found
            """
        )
        await self.execute("DROP TABLE found")
        await self.execute(index)

    async def describe(self, user_id: int) -> None:
        await self._connection.execute(described(f"user_id = {user_id}").postgresql)

    async def execute(self, sql: str) -> None:
        await self._connection.execute(sql)


class _Somebody(msgspec.Struct, frozen=True):
    """One of the people.

    Attributes:
        places: By the id of each workspace they are in, that of the workspace user.
        invitation_id: Of the invitation that they have not answered.
    """

    user_id: int
    name: str
    email: str
    role: OrganizationRole
    inactive: bool
    joined: bool
    group: int | None
    places: dict[int, int]
    invitation_id: int | None

    @property
    def role_in_workspaces(self) -> WorkspaceRole:
        """The same in all of them."""
        return WorkspaceRole.ADMIN if self.role.administers else WorkspaceRole.USER

    def description(self, organization_user_id: int, now: int) -> str:
        """What the database keeps of them for lists."""
        role_id = int(self.role_in_workspaces)
        places = tuple(Place(each, role_id, *(False,) * 4) for each in self.places)
        shape = Shape(int(self.role), self.joined, self.inactive, elsewhere=False, places=places)
        moment = _json(precise(now))
        person = Person(
            shape=_json(shape),
            group_ids=_json([] if self.group is None else [self.group]),
            amounts="[]",
            workspace_users=",".join(map(str, self.places.values())),
            id=str(organization_user_id),
            user_id=str(self.user_id),
            fullname=_json(self.name),
            email=_json(self.email),
            invitation_id=_json(self.invitation_id),
            created_at=moment,
            updated_at=moment,
        )
        return UNIT.join(person)


async def _fill(database: _Table, email: str, token: str, size: int, seed: int) -> Organization:
    """Give an owner's organization everybody else."""
    owner_id = await database.value(f"SELECT id FROM users WHERE email = '{email}'")  # noqa: S608 - it is ours
    organization_id = await database.value(f"SELECT id FROM organizations WHERE owner_id = {owner_id}")  # noqa: S608
    workspace_id = await database.value(f"SELECT id FROM workspaces WHERE organization_id = {organization_id}")  # noqa: S608
    now = time.time_ns() // 1000
    second = await _next(database, "workspaces")
    first_group = await _next(database, "groups")
    groups = tuple(range(first_group, first_group + -(-size // (3 * _PEOPLE_IN_GROUP))))
    ids = _Ids(
        *[itertools.count(await _next(database, table)) for table in ("users", "workspace_users", "invitations")]
    )
    people = list(_people(ids, organization_id, (workspace_id, second), size - 1, groups, seed))
    await database.add(
        "users",
        "id, email, email_key, fullname, name_key, token_hash, token_sealed, timezone, accounts_id, registered,"
        "created_at, updated_at, authorized_at",
        (
            (
                *(who.user_id, who.email, name_key(who.email), who.name, name_key(who.name)),
                *(hashlib.sha256(who.email.encode()).digest(), b"", "UTC", f"{who.user_id:022d}", who.joined),
                *(now, now, now),
            )
            for who in people
        ),
    )
    await database.add("user_organizations", "user_id, organization_id", ((p.user_id, organization_id) for p in people))
    first_id = await _next(database, "organization_users")
    await database.add(
        "organization_users",
        "organization_id, id, user_id, role_id, inactive, joined, name_key, email_key, created_at, updated_at,"
        "fullname, email, description",
        (
            (
                *(organization_id, first_id + n, who.user_id, int(who.role), who.inactive, who.joined),
                *(name_key(who.name), name_key(who.email), now, now, who.name, who.email),
                who.description(first_id + n, now),
            )
            for n, who in enumerate(people)
        ),
    )
    await database.add_to_search(
        (organization_id, first_id + n, entries_of(organization_id, name_key(who.name), name_key(who.email)))
        for n, who in enumerate(people)
    )
    await database.add(
        "workspaces",
        "organization_id, id, name, name_key, created_at, updated_at",
        [(organization_id, second, "Field work", "field work", now, now)],
    )
    await database.add("workspace_locations", "workspace_id, organization_id", [(second, organization_id)])
    await database.add(
        "groups",
        "organization_id, id, name, name_key, created_at, updated_at",
        [(organization_id, group, f"Team {group}", f"team {group}", now, now) for group in groups],
    )
    await database.add(
        "group_users",
        "organization_id, group_id, user_id",
        ((organization_id, who.group, who.user_id) for who in people if who.group is not None),
    )
    await database.add(
        "group_workspaces",
        "organization_id, group_id, workspace_id",
        [(organization_id, group, second) for group in groups],
    )
    owner_key = name_key(email.partition("@")[0])
    owners_place = (next(ids.places), second, owner_id, int(WorkspaceRole.ADMIN), True, 0, owner_key, False)
    await _add_workspace_users(database, organization_id, workspace_id, people, owners_place, now)
    await database.describe(owner_id)
    await _add_invitations(database, organization_id, owner_id, first_id, people, now)
    await _count(database, organization_id)
    return Organization(size, organization_id, owner_id, token, email, workspace_id, second, groups)


class _Ids(NamedTuple):
    """Numbers that nobody has yet."""

    users: Iterator[int]
    places: Iterator[int]
    invitations: Iterator[int]


def _people(
    ids: _Ids, organization_id: int, workspaces: tuple[int, int], size: int, groups: Sequence[int], seed: int
) -> Iterator[_Somebody]:
    """So many people, in a random order of names."""
    names = itertools.product(_SYLLABLES.split(), _SYLLABLES.split(), _LAST.split())
    last_names = [f"{one}{two}{end}".capitalize() for one, two, end in names]
    first_names = _FIRST.split()
    choose = random.Random(seed)  # noqa: S311 - it is to be the same every time
    every_group = itertools.cycle(groups)
    for n in range(size):
        name = f"{choose.choice(first_names)} {choose.choice(last_names)}"
        address = f"{name.lower().replace(' ', '.')}.{n}@o{organization_id}.example"
        kind = n % 100
        if n == size // 2:
            name, address, kind = RARE, f"zq.{n}@o{organization_id}.example", 50
        role = OrganizationRole.ADMIN if kind == 0 else OrganizationRole.MEMBER
        joined = kind not in (20, 45, 80)
        group = next(every_group) if kind and n % 3 == 1 else None
        yield _Somebody(
            user_id=next(ids.users),
            name=name,
            email=address,
            role=role,
            inactive=kind in (10, 40, 70),
            joined=joined,
            group=group,
            places={
                workspace_id: next(ids.places)
                for workspace_id in (workspaces if role.administers or group is not None else workspaces[:1])
            },
            invitation_id=None if joined else next(ids.invitations),
        )


async def _add_workspace_users(
    database: _Table,
    organization_id: int,
    workspace_id: int,
    people: Sequence[_Somebody],
    owners_place: tuple[Any, ...],
    now: int,
) -> None:
    """Put everybody into their places; into the first workspace, and as admins, people go directly."""

    def rows() -> Iterator[tuple[Any, ...]]:
        for who in people:
            for where, place_id in who.places.items():
                direct = where == workspace_id or who.role.administers
                kind = (place_id, where, who.user_id, int(who.role_in_workspaces), direct, 0 if direct else 1)
                yield (organization_id, *kind, name_key(who.name), who.inactive, now, now)
        yield (organization_id, *owners_place, now, now)

    await database.add(
        "workspace_users",
        "organization_id, id, workspace_id, user_id, role_id, direct, group_count, name_key, membership_inactive,"
        "created_at, updated_at",
        rows(),
    )


async def _add_invitations(
    database: _Table, organization_id: int, owner_id: int, first_id: int, people: Sequence[_Somebody], now: int
) -> None:
    lasts = 30 * 24 * 60 * 60 * 1_000_000
    await database.add(
        "invitations",
        "organization_id, id, user_id, organization_user_id, email, email_key, sender_id, state, workspaces, groups,"
        "created_at, sent_at, expires_at",
        (
            (
                *(
                    organization_id,
                    who.invitation_id,
                    who.user_id,
                    first_id + n,
                    who.email,
                    name_key(who.email),
                    owner_id,
                ),
                *("pending", "[]", "[]", now, now, now + lasts),
            )
            for n, who in enumerate(people)
            if who.invitation_id is not None
        ),
    )


async def _count(database: _Table, organization_id: int) -> None:
    """Bring every count that is kept up to date."""
    await database.execute(
        f"""
        UPDATE workspaces SET
          member_count = (SELECT COUNT(*) FROM workspace_users wu
            WHERE wu.organization_id = {organization_id} AND wu.workspace_id = workspaces.id),
          group_count = (SELECT COUNT(*) FROM group_workspaces gw
            WHERE gw.organization_id = {organization_id} AND gw.workspace_id = workspaces.id)
        WHERE organization_id = {organization_id}
        """  # noqa: S608 - a number of ours
    )
    await database.execute(
        f"""
        UPDATE organizations SET revision = revision + 1, workspace_count = 2,
          user_count = (SELECT COUNT(*) FROM organization_users m WHERE m.organization_id = {organization_id})
        WHERE id = {organization_id}
        """  # noqa: S608 - a number of ours
    )


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


async def _next(database: _Table, table: str) -> int:
    return await database.value(f"SELECT COALESCE(MAX(id), 0) + 1 FROM {table}")  # noqa: S608 - the names are ours


def main() -> None:
    """Fill a database from the command line, and print how to ask it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database_url")
    parser.add_argument("sizes", type=int, nargs="+")
    options = parser.parse_args()
    print(msgspec.json.format(msgspec.json.encode(populate(options.database_url, options.sizes))).decode())


if __name__ == "__main__":
    main()
