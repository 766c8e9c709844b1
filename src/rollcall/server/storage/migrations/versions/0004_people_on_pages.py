"""A row of `organization_users` has the name and the address of the account too; who changes that tells it."""

from rollcall.server.storage.migrations.dialect import execute

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Adds the columns and fills them."""
    execute(
        "ALTER TABLE organization_users ADD COLUMN fullname TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE organization_users ADD COLUMN email TEXT NOT NULL DEFAULT ''",
        """
        UPDATE organization_users SET (fullname, email) = (
          SELECT u.fullname, u.email FROM users u WHERE u.id = organization_users.user_id)
        """,
    )
