"""A row of `organization_users` has all that a page says of somebody, but for names that many people share.

Five columns are copies: `fullname` and `email` of the account, and, kept by triggers whatever writes, what somebody is
in each workspace, which groups they are in, and the invitation that they have not answered.
"""

from collections.abc import Iterator

from alembic import op

from rollcall.server.storage.migrations.dialect import execute
from rollcall.server.storage.people_copies import Place, all_copied, copied

revision = "0004"
down_revision = "0003"

COLUMNS = (
    "fullname TEXT NOT NULL DEFAULT ''",
    "email TEXT NOT NULL DEFAULT ''",
    "in_workspaces TEXT NOT NULL DEFAULT '{{}}'",
    "in_groups TEXT NOT NULL DEFAULT '[]'",
    "invitation_id {bigint}",
)
KEPT = {"workspace_users": "in_workspaces", "group_users": "in_groups", "invitations": "invitation_id"}


def upgrade() -> None:
    """Adds the columns, fills them, and lets triggers keep them."""
    execute(*(f"ALTER TABLE organization_users ADD COLUMN {column}" for column in COLUMNS))
    sqlite = op.get_context().dialect.name == "sqlite"
    op.execute(all_copied().sqlite if sqlite else all_copied().postgresql)
    for statement in _sqlite_triggers() if sqlite else _postgresql_triggers():
        op.execute(statement)


def _changes() -> dict[str, str]:
    """For each table whose rows change, when something changes that is copied."""
    old, new = (", ".join(f"{row}.{column}" for column in Place._fields) for row in ("OLD", "NEW"))
    return {
        "workspace_users": f"({old}) IS DISTINCT FROM ({new})",
        "invitations": "(OLD.settled_at IS NULL) <> (NEW.settled_at IS NULL)",
    }


def _sqlite_triggers() -> Iterator[str]:
    for table, column in KEPT.items():
        copy, copy_old = copied(column, "NEW").sqlite, copied(column, "OLD").sqlite
        yield f"CREATE TRIGGER {table}_tell_come AFTER INSERT ON {table} BEGIN {copy}; END"
        yield f"CREATE TRIGGER {table}_tell_go AFTER DELETE ON {table} BEGIN {copy_old}; END"
    for table, change in _changes().items():
        # Before 3.39 SQLite had only these words for it.
        when = change.replace("IS DISTINCT FROM", "IS NOT")
        copy = copied(KEPT[table], "NEW").sqlite
        yield f"CREATE TRIGGER {table}_tell_change AFTER UPDATE ON {table} WHEN {when} BEGIN {copy}; END"


def _postgresql_triggers() -> Iterator[str]:
    for table, column in KEPT.items():
        yield f"""
            CREATE FUNCTION {table}_tell() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              IF TG_OP = 'DELETE' THEN {copied(column, "OLD").postgresql};
              ELSE {copied(column, "NEW").postgresql}; END IF;
              RETURN NULL;
            END $$
        """
        yield f"""
            CREATE TRIGGER {table}_tell_come_or_go AFTER INSERT OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_tell()
        """
    for table, change in _changes().items():
        yield f"""
            CREATE TRIGGER {table}_tell_change AFTER UPDATE ON {table}
            FOR EACH ROW WHEN ({change}) EXECUTE FUNCTION {table}_tell()
        """
