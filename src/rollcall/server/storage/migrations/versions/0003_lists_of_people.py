"""Lists of people whose pages, totals and filters cost the same however long they are.

A list is that of an organization (workspace 0) or of a workspace. It is in the order of `name_key` and `user_id`, and
cut into blocks: `people_blocks` has the first key of each, and how many people of each standing are in it. Triggers
keep that, whatever writes: a block that grows too long is cut in two, one that is empty goes, but for the first.
"""

from collections.abc import Iterator

from alembic import op
from sqlalchemy import text

from rollcall.server.storage.migrations.dialect import execute
from rollcall.server.storage.people_blocks import HALF, LONGEST, refilled
from rollcall.server.storage.people_search import entries_of

revision = "0003"
down_revision = "0002"

STANDINGS = range(8)
FIRST_KEY = "'', 0"
LISTS = {"organization_users": "0", "workspace_users": "{row}.workspace_id"}
_COUNTS = ", ".join(f"people_{n}" for n in STANDINGS)
_COUNTED = ", ".join(f"COUNT(CASE WHEN h.standing = {n} THEN 1 END)" for n in STANDINGS)


def upgrade() -> None:
    """Adds the columns, tables and triggers, and fills them."""
    execute(*ORGANIZATION_USERS, *WORKSPACE_USERS, BLOCKS, *map(refilled, LISTS))
    sqlite = op.get_context().dialect.name == "sqlite"
    for statement in _sqlite_triggers() if sqlite else _postgresql_triggers():
        op.execute(statement)
    execute(*(SQLITE_SEARCH if sqlite else POSTGRESQL_SEARCH))
    _fill_search(sqlite=sqlite)


# What somebody is in an organization, in one number: 0 active, 1 deactivated, 2 invited; 3 more for an admin.
ORGANIZATION_USERS = (
    "ALTER TABLE organization_users ADD COLUMN email_key {bytewise} NOT NULL DEFAULT ''",
    """
    UPDATE organization_users SET
      email_key = (SELECT u.email_key FROM users u WHERE u.id = organization_users.user_id)
    """,
    """
    ALTER TABLE organization_users ADD COLUMN standing INTEGER GENERATED ALWAYS AS (
      CASE WHEN NOT joined THEN 2 WHEN inactive THEN 1 ELSE 0 END + CASE WHEN role_id < 3 THEN 3 ELSE 0 END
    ) {computed}
    """,
    "DROP INDEX organization_users_by_name",
    # Who is passed on the way to a page is not read.
    "CREATE INDEX organization_users_by_name ON organization_users (organization_id, name_key, user_id) {with_id}",
    """
    CREATE INDEX organization_users_by_standing
    ON organization_users (organization_id, standing, name_key, user_id) {with_id}
    """,
)

# The same of a workspace: 1 who is in it through groups only, 2 who is deactivated, 4 who has a rate; and their sums.
WORKSPACE_USERS = (
    # Both are copies, so that a list and its counts need no other table.
    "ALTER TABLE workspace_users ADD COLUMN name_key {bytewise} NOT NULL DEFAULT ''",
    "ALTER TABLE workspace_users ADD COLUMN membership_inactive {boolean} NOT NULL DEFAULT FALSE",
    """
    UPDATE workspace_users SET (name_key, membership_inactive) = (
      SELECT m.name_key, m.inactive FROM organization_users m
      WHERE m.organization_id = workspace_users.organization_id AND m.user_id = workspace_users.user_id)
    """,
    """
    ALTER TABLE workspace_users ADD COLUMN standing INTEGER GENERATED ALWAYS AS (
      CASE WHEN direct THEN 0 ELSE 1 END + CASE WHEN inactive OR membership_inactive THEN 2 ELSE 0 END
        + CASE WHEN rate IS NULL THEN 0 ELSE 4 END
    ) {computed}
    """,
    """
    CREATE INDEX workspace_users_by_name
    ON workspace_users (organization_id, workspace_id, name_key, user_id) {with_id}
    """,
    """
    CREATE INDEX workspace_users_by_standing
    ON workspace_users (organization_id, workspace_id, standing, name_key, user_id) {with_id}
    """,
)

BLOCKS = f"""
    CREATE TABLE people_blocks (
        organization_id {{bigint}} NOT NULL REFERENCES organizations (id),
        workspace_id {{bigint}} NOT NULL,
        name_key {{bytewise}} NOT NULL,
        user_id {{bigint}} NOT NULL,
        {", ".join(f"people_{n} INTEGER NOT NULL DEFAULT 0" for n in STANDINGS)},
        PRIMARY KEY (organization_id, workspace_id, name_key, user_id)
    ) {{without_rowid}}
"""

# Entries alone are kept, not the text they were made of; nor is it of interest where in it they stand.
SQLITE_SEARCH = (
    """
    CREATE VIRTUAL TABLE people_search
    USING fts5(entries, content='', detail=none, columnsize=0, tokenize='ascii')
    """,
)

POSTGRESQL_SEARCH = (
    """
    CREATE TABLE people_search (
        organization_id BIGINT NOT NULL,
        organization_user_id BIGINT NOT NULL,
        entries TSVECTOR NOT NULL,
        PRIMARY KEY (organization_id, organization_user_id)
    )
    """,
    # Entries that are not sorted in yet are read one by one, by everybody's search.
    "CREATE INDEX people_search_entries ON people_search USING gin (entries) WITH (fastupdate = off)",
)


def _fill_search(*, sqlite: bool) -> None:
    connection = op.get_bind()
    add = text(
        "INSERT INTO people_search (rowid, entries) VALUES (:id, :entries)"
        if sqlite
        else "INSERT INTO people_search (organization_id, organization_user_id, entries)"
        " VALUES (:organization_id, :id, array_to_tsvector(string_to_array(:entries, ' ')))"
    )
    batch = text(
        "SELECT organization_id, id, name_key, email_key FROM organization_users"
        " WHERE id > :last ORDER BY id LIMIT 1000"
    )
    last = 0
    while people := connection.execute(batch, {"last": last}).all():
        for organization_id, last, name_key, email_key in people:
            values = {"id": last, "entries": entries_of(organization_id, name_key, email_key)}
            connection.execute(add, values if sqlite else {"organization_id": organization_id, **values})


def _counted(row: str, list_id: str, change: str) -> str:
    """Counts one person in the block that they are in."""
    counts = ", ".join(
        f"people_{n} = people_{n} {change} CASE WHEN {row}.standing = {n} THEN 1 ELSE 0 END" for n in STANDINGS
    )
    return f"""
        UPDATE people_blocks SET {counts}
        WHERE organization_id = {row}.organization_id AND workspace_id = {list_id} AND (name_key, user_id) = (
          SELECT b.name_key, b.user_id FROM people_blocks b
          WHERE b.organization_id = {row}.organization_id AND b.workspace_id = {list_id}
            AND (b.name_key, b.user_id) <= ({row}.name_key, {row}.user_id)
          ORDER BY b.name_key DESC, b.user_id DESC LIMIT 1);
    """


def _begun(list_id: str) -> str:
    """Makes sure that a list has its first block."""
    return f"""
        INSERT INTO people_blocks (organization_id, workspace_id, name_key, user_id)
        VALUES (NEW.organization_id, {list_id}, {FIRST_KEY}) ON CONFLICT DO NOTHING;
    """


def _cut(table: str) -> str:
    """Cuts a block in two; what is counted in the new one is counted no more in the old one."""
    of_list = f"m.organization_id = NEW.organization_id AND {LISTS[table].format(row='m')} = NEW.workspace_id"
    second_half = f"""
        FROM {table} m WHERE {of_list} AND (m.name_key, m.user_id) >= (NEW.name_key, NEW.user_id)
        ORDER BY m.name_key, m.user_id
    """
    half = """
        (SELECT b.people_{n} FROM people_blocks b
         WHERE b.organization_id = NEW.organization_id AND b.workspace_id = NEW.workspace_id
           AND (b.name_key, b.user_id) > (NEW.name_key, NEW.user_id)
         ORDER BY b.name_key, b.user_id LIMIT 1)
    """
    return f"""
        INSERT INTO people_blocks (organization_id, workspace_id, name_key, user_id, {_COUNTS})
        SELECT NEW.organization_id, NEW.workspace_id, f.name_key, f.user_id, {_COUNTED}
        FROM (SELECT m.name_key, m.user_id {second_half} LIMIT 1 OFFSET {HALF}) f,
          (SELECT m.standing {second_half} LIMIT {_total("NEW")} - {HALF} OFFSET {HALF}) h
        GROUP BY f.name_key, f.user_id;
        UPDATE people_blocks SET {", ".join(f"people_{n} = people_{n} - {half.format(n=n)}" for n in STANDINGS)}
        WHERE organization_id = NEW.organization_id AND workspace_id = NEW.workspace_id
          AND name_key = NEW.name_key AND user_id = NEW.user_id;
    """


_REMOVED = """
    DELETE FROM people_blocks
    WHERE organization_id = NEW.organization_id AND workspace_id = NEW.workspace_id
      AND name_key = NEW.name_key AND user_id = NEW.user_id;
"""
_COPIED = """
    UPDATE workspace_users SET name_key = NEW.name_key, membership_inactive = NEW.inactive
    WHERE organization_id = NEW.organization_id AND user_id = NEW.user_id;
"""
_MOVED = "(OLD.name_key, OLD.standing) <> (NEW.name_key, NEW.standing)"
_COPIES = "(OLD.name_key, OLD.inactive) <> (NEW.name_key, NEW.inactive)"


def _total(row: str) -> str:
    return "(" + " + ".join(f"{row}.people_{n}" for n in STANDINGS) + ")"


_TOO_LONG = f"{_total('NEW')} > {LONGEST} AND {_total('NEW')} > {_total('OLD')}"
_EMPTY = f"{_total('NEW')} = 0 AND NEW.name_key <> ''"


def _sqlite_triggers() -> Iterator[str]:
    def trigger(name: str, event: str, *body: str, when: str | None = None) -> str:
        condition = f"WHEN {when}" if when else ""
        return f"CREATE TRIGGER {name} AFTER {event} {condition} BEGIN {''.join(body)} END"

    for table, list_id in LISTS.items():
        old, new = list_id.format(row="OLD"), list_id.format(row="NEW")
        come = (_begun(new), _counted("NEW", new, "+"))
        go = _counted("OLD", old, "-")
        yield trigger(f"{table}_come", f"INSERT ON {table}", *come)
        yield trigger(f"{table}_go", f"DELETE ON {table}", go)
        yield trigger(f"{table}_move", f"UPDATE ON {table}", go, *come, when=_MOVED)
        of_table = f"NEW.workspace_id {'=' if list_id == '0' else '<>'} 0"
        yield trigger(
            f"people_blocks_cut_{table}", "UPDATE ON people_blocks", _cut(table), when=f"{of_table} AND {_TOO_LONG}"
        )
    yield trigger("people_blocks_remove", "UPDATE ON people_blocks", _REMOVED, when=_EMPTY)
    yield trigger("organization_users_copy", "UPDATE ON organization_users", _COPIED, when=_COPIES)


def _postgresql_triggers() -> Iterator[str]:
    def function(name: str, body: str) -> str:
        return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$"

    def trigger(name: str, event: str, calls: str, *, when: str | None = None) -> str:
        condition = f"WHEN ({when})" if when else ""
        return f"CREATE TRIGGER {name} AFTER {event} FOR EACH ROW {condition} EXECUTE FUNCTION {calls}()"

    for table, list_id in LISTS.items():
        old, new = list_id.format(row="OLD"), list_id.format(row="NEW")
        go = f"IF TG_OP <> 'INSERT' THEN {_counted('OLD', old, '-')} END IF;"
        come = f"IF TG_OP <> 'DELETE' THEN {_begun(new)} {_counted('NEW', new, '+')} END IF;"
        yield function(f"{table}_count", go + come)
        yield trigger(f"{table}_come_or_go", f"INSERT OR DELETE ON {table}", f"{table}_count")
        yield trigger(f"{table}_move", f"UPDATE ON {table}", f"{table}_count", when=_MOVED)
        of_table = f"NEW.workspace_id {'=' if list_id == '0' else '<>'} 0"
        yield function(f"people_blocks_cut_{table}", _cut(table))
        yield trigger(
            f"people_blocks_cut_{table}",
            "UPDATE ON people_blocks",
            f"people_blocks_cut_{table}",
            when=f"{of_table} AND {_TOO_LONG}",
        )
    yield function("people_blocks_remove", _REMOVED)
    yield trigger("people_blocks_remove", "UPDATE ON people_blocks", "people_blocks_remove", when=_EMPTY)
    yield function("organization_users_copy", _COPIED)
    yield trigger("organization_users_copy", "UPDATE ON organization_users", "organization_users_copy", when=_COPIES)
