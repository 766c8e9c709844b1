"""A row of `organization_users` has all that a page says of somebody, but for names that many people share.

Four columns are copies: `fullname` and `email` of the account, and, kept by triggers whatever writes, what somebody is
in each workspace and which groups they are in.
"""

from collections.abc import Iterator

from alembic import op

from rollcall.server.storage.people_copies import PLACE, all_copied, copied

revision = "0004"
down_revision = "0003"

COLUMNS = {"fullname": "", "email": "", "in_workspaces": "{}", "in_groups": "[]"}


def upgrade() -> None:
    """Adds the columns, fills them, and lets triggers keep them."""
    for column, empty in COLUMNS.items():
        op.execute(f"ALTER TABLE organization_users ADD COLUMN {column} TEXT NOT NULL DEFAULT '{empty}'")
    sqlite = op.get_context().dialect.name == "sqlite"
    op.execute(all_copied().sqlite if sqlite else all_copied().postgresql)
    for statement in _sqlite_triggers() if sqlite else _postgresql_triggers():
        op.execute(statement)


def _changed() -> str:
    """Whether a change of a row of `workspace_users` is one of what is copied."""
    old, new = (", ".join(f"{row}.{column}" for column in PLACE) for row in ("OLD", "NEW"))
    return f"({old}) IS DISTINCT FROM ({new})"


def _sqlite_triggers() -> Iterator[str]:
    def trigger(name: str, event: str, column: str, row: str, when: str = "") -> str:
        return f"CREATE TRIGGER {name} AFTER {event} {when} BEGIN {copied(column, row).sqlite}; END"

    yield trigger("workspace_users_tell_come", "INSERT ON workspace_users", "in_workspaces", "NEW")
    yield trigger("workspace_users_tell_go", "DELETE ON workspace_users", "in_workspaces", "OLD")
    # Before 3.39 SQLite had no other words for it.
    changed = _changed().replace("IS DISTINCT FROM", "IS NOT")
    yield trigger("workspace_users_tell_change", "UPDATE ON workspace_users", "in_workspaces", "NEW", f"WHEN {changed}")
    yield trigger("group_users_tell_come", "INSERT ON group_users", "in_groups", "NEW")
    yield trigger("group_users_tell_go", "DELETE ON group_users", "in_groups", "OLD")


def _postgresql_triggers() -> Iterator[str]:
    for table, column in (("workspace_users", "in_workspaces"), ("group_users", "in_groups")):
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
    yield f"""
        CREATE TRIGGER workspace_users_tell_change AFTER UPDATE ON workspace_users
        FOR EACH ROW WHEN ({_changed()}) EXECUTE FUNCTION workspace_users_tell()
    """
