"""A row of `organization_users` has all that a page says of somebody, but for names that many people share.

Triggers keep it, whatever writes: what the row itself has, what somebody is in each workspace, which groups they are
in, the invitation that they have not answered, and whether they belong to another organization too.
"""

from collections.abc import Iterator

from alembic import op

from rollcall.server.storage.migrations.dialect import execute
from rollcall.server.storage.people_descriptions import described

revision = "0005"
down_revision = "0004"

# A database that was at revision 0004 when that was young has these, kept by triggers.
YOUNG_TRIGGERS = ("workspace_users", "group_users", "invitations")
YOUNG_COLUMNS = ("in_workspaces", "in_groups", "invitation_id")

IN_ORGANIZATION = ("role_id", "joined", "inactive", "fullname", "email", "created_at", "updated_at")
IN_WORKSPACE = (
    *("id", "role_id", "inactive", "rate", "labor_cost", "working_hours_in_minutes"),
    *("view_edit_billable_rates", "view_edit_labor_costs"),
)
SOMEBODY = "organization_id = {row}.organization_id AND user_id = {row}.user_id"
# Each organization of somebody says whether they have another. What becomes of one that is deleted is no news.
EVERYWHERE = """
    user_id = {row}.user_id
    AND organization_id IN (SELECT d.organization_id FROM user_organizations d WHERE d.user_id = {row}.user_id)
    AND EXISTS (SELECT 1 FROM organizations o WHERE o.id = {row}.organization_id AND o.deleted_at IS NULL)
"""
EVERYBODY_ELSEWHERE = """
    (organization_id, user_id) IN (
      SELECT d.organization_id, d.user_id
      FROM organization_users m JOIN user_organizations d ON d.user_id = m.user_id
      WHERE m.organization_id = {row}.id AND d.organization_id <> {row}.id)
"""


def upgrade() -> None:
    """Adds the column, fills it, and lets triggers keep it."""
    sqlite = op.get_context().dialect.name == "sqlite"
    for statement in _without_young_in_sqlite() if sqlite else _without_young_in_postgresql():
        op.execute(statement)
    execute("ALTER TABLE organization_users ADD COLUMN description TEXT NOT NULL DEFAULT ''")
    op.execute(described("TRUE").sqlite if sqlite else described("TRUE").postgresql)
    for statement in _triggers(sqlite=sqlite):
        op.execute(statement)


def _without_young_in_sqlite() -> Iterator[str]:
    for table in YOUNG_TRIGGERS:
        for event in ("come", "go", "change"):
            yield f"DROP TRIGGER IF EXISTS {table}_tell_{event}"
    columns = {row[1] for row in op.get_bind().exec_driver_sql("PRAGMA table_info (organization_users)")}
    for column in columns.intersection(YOUNG_COLUMNS):
        yield f"ALTER TABLE organization_users DROP COLUMN {column}"


def _without_young_in_postgresql() -> Iterator[str]:
    for table in YOUNG_TRIGGERS:
        yield f"DROP FUNCTION IF EXISTS {table}_tell CASCADE"
    for column in YOUNG_COLUMNS:
        yield f"ALTER TABLE organization_users DROP COLUMN IF EXISTS {column}"


def _changes(columns: tuple[str, ...]) -> str:
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW"))
    return f"({old}) IS DISTINCT FROM ({new})"


def _triggers(*, sqlite: bool) -> Iterator[str]:
    for table in ("organization_users", "workspace_users", "group_users", "invitations"):
        yield from _trigger(table, "INSERT", SOMEBODY.format(row="NEW"), sqlite=sqlite)
    for table in ("workspace_users", "group_users", "invitations"):
        yield from _trigger(table, "DELETE", SOMEBODY.format(row="OLD"), sqlite=sqlite)
    for table, change in {
        "organization_users": _changes(IN_ORGANIZATION),
        "workspace_users": _changes(IN_WORKSPACE),
        "invitations": "(OLD.settled_at IS NULL) <> (NEW.settled_at IS NULL)",
    }.items():
        yield from _trigger(table, "UPDATE", SOMEBODY.format(row="NEW"), change, sqlite=sqlite)
    yield from _trigger("user_organizations", "INSERT", EVERYWHERE.format(row="NEW"), sqlite=sqlite)
    yield from _trigger("user_organizations", "DELETE", EVERYWHERE.format(row="OLD"), sqlite=sqlite)
    deleted_or_restored = "(OLD.deleted_at IS NULL) <> (NEW.deleted_at IS NULL)"
    whom = EVERYBODY_ELSEWHERE.format(row="NEW")
    yield from _trigger("organizations", "UPDATE", whom, deleted_or_restored, sqlite=sqlite)


def _trigger(table: str, event: str, whom: str, when: str = "", *, sqlite: bool) -> Iterator[str]:
    """Describes people anew after a row of a table has come, gone or changed."""
    name = f"{table}_described_on_{event.lower()}"
    if sqlite:
        # Before 3.39 SQLite had only these words for it.
        condition = f"WHEN {when.replace('IS DISTINCT FROM', 'IS NOT')}" if when else ""
        yield f"CREATE TRIGGER {name} AFTER {event} ON {table} {condition} BEGIN {described(whom).sqlite}; END"
        return
    yield f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          {described(whom).postgresql};
          RETURN NULL;
        END $$
    """
    yield f"""
        CREATE TRIGGER {name} AFTER {event} ON {table}
        FOR EACH ROW {f"WHEN ({when})" if when else ""} EXECUTE FUNCTION {name}()
    """
