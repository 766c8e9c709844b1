"""Users and their sessions, organizations, workspaces, who belongs to them, and the audit trail.

Times are integer microseconds UTC.
"""

from rollcall.server.storage.migrations.dialect import execute

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Creates the tables."""
    execute(*USERS, *ORGANIZATIONS, *WORKSPACES, *AUDIT)


USERS = (
    """
    CREATE TABLE meta (
        name TEXT NOT NULL PRIMARY KEY,
        value TEXT NOT NULL
    ) {strict}
    """,
    """
    CREATE TABLE users (
        id {id},
        email TEXT NOT NULL,
        email_key {bytewise} NOT NULL UNIQUE,
        fullname TEXT NOT NULL,
        name_key {bytewise} NOT NULL,
        password_hash TEXT,
        token_hash {bytes} NOT NULL UNIQUE,
        token_sealed {bytes} NOT NULL,
        timezone TEXT NOT NULL,
        beginning_of_week INTEGER NOT NULL DEFAULT 1,
        country_id INTEGER,
        default_workspace_id {bigint},
        accounts_id TEXT NOT NULL,
        proved_at {bigint},
        revision {bigint} NOT NULL DEFAULT 1,
        created_at {bigint} NOT NULL,
        updated_at {bigint} NOT NULL,
        authorized_at {bigint} NOT NULL
    ) {strict}
    """,
    """
    CREATE TABLE sessions (
        token_hash {bytes} NOT NULL PRIMARY KEY,
        user_id {bigint} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        created_at {bigint} NOT NULL,
        expires_at {bigint} NOT NULL
    ) {strict}
    """,
    "CREATE INDEX sessions_of_user ON sessions (user_id)",
    "CREATE INDEX sessions_by_expiry ON sessions (expires_at)",
    """
    CREATE TABLE login_failures (
        key {bytewise} NOT NULL PRIMARY KEY,
        failures INTEGER NOT NULL,
        since {bigint} NOT NULL
    ) {strict}
    """,
)

ORGANIZATIONS = (
    """
    CREATE TABLE organizations (
        id {id},
        name TEXT NOT NULL,
        name_key {bytewise} NOT NULL,
        plan_id INTEGER NOT NULL,
        max_workspaces INTEGER,
        owner_id {bigint} NOT NULL REFERENCES users (id),
        payer_id {bigint} REFERENCES users (id),
        user_count INTEGER NOT NULL,
        workspace_count INTEGER NOT NULL,
        revision {bigint} NOT NULL DEFAULT 1,
        created_at {bigint} NOT NULL,
        updated_at {bigint} NOT NULL,
        deleted_at {bigint}
    ) {strict}
    """,
    "CREATE INDEX organizations_deleted ON organizations (deleted_at) WHERE deleted_at IS NOT NULL",
    # A person's organizations are found from the person, so this is no tenant's table.
    """
    CREATE TABLE user_organizations (
        user_id {bigint} NOT NULL REFERENCES users (id),
        organization_id {bigint} NOT NULL,
        PRIMARY KEY (user_id, organization_id)
    ) {strict}
    """,
    """
    CREATE TABLE organization_users (
        organization_id {bigint} NOT NULL REFERENCES organizations (id),
        id {tenant_id},
        user_id {bigint} NOT NULL REFERENCES users (id),
        role_id INTEGER NOT NULL,
        inactive {boolean} NOT NULL,
        joined {boolean} NOT NULL,
        created_at {bigint} NOT NULL,
        updated_at {bigint} NOT NULL,
        {tenant_key} (organization_id, id),
        UNIQUE (organization_id, user_id)
    ) {strict}
    """,
)

WORKSPACES = (
    """
    CREATE TABLE workspaces (
        organization_id {bigint} NOT NULL REFERENCES organizations (id),
        id {tenant_id},
        name TEXT NOT NULL,
        name_key {bytewise} NOT NULL,
        default_hourly_rate {double},
        rate_updated_at {bigint},
        default_currency TEXT NOT NULL DEFAULT 'USD',
        only_admins_may_create_projects {boolean} NOT NULL DEFAULT FALSE,
        only_admins_may_create_tags {boolean} NOT NULL DEFAULT FALSE,
        only_admins_see_billable_rates {boolean} NOT NULL DEFAULT FALSE,
        only_admins_see_team_dashboard {boolean} NOT NULL DEFAULT FALSE,
        projects_billable_by_default {boolean} NOT NULL DEFAULT TRUE,
        projects_private_by_default {boolean} NOT NULL DEFAULT TRUE,
        projects_enforce_billable {boolean} NOT NULL DEFAULT FALSE,
        limit_public_project_data {boolean} NOT NULL DEFAULT FALSE,
        reports_collapse {boolean} NOT NULL DEFAULT TRUE,
        rounding INTEGER NOT NULL DEFAULT 1,
        rounding_minutes INTEGER NOT NULL DEFAULT 0,
        created_at {bigint} NOT NULL,
        updated_at {bigint} NOT NULL,
        {tenant_key} (organization_id, id),
        UNIQUE (organization_id, name_key)
    ) {strict}
    """,
    # A request that names only a workspace finds its organization here, so this is no tenant's table.
    """
    CREATE TABLE workspace_locations (
        workspace_id {bigint} NOT NULL PRIMARY KEY,
        organization_id {bigint} NOT NULL
    ) {strict}
    """,
    """
    CREATE TABLE workspace_users (
        organization_id {bigint} NOT NULL REFERENCES organizations (id),
        id {tenant_id},
        workspace_id {bigint} NOT NULL,
        user_id {bigint} NOT NULL REFERENCES users (id),
        role_id INTEGER NOT NULL,
        created_at {bigint} NOT NULL,
        updated_at {bigint} NOT NULL,
        {tenant_key} (organization_id, id),
        UNIQUE (organization_id, workspace_id, user_id),
        FOREIGN KEY (organization_id, workspace_id) REFERENCES workspaces (organization_id, id)
    ) {strict}
    """,
    "CREATE INDEX workspace_users_of_user ON workspace_users (organization_id, user_id)",
)

AUDIT = (
    # The trail outlives what it tells of, so it refers to nothing but the organization.
    """
    CREATE TABLE audit_events (
        organization_id {bigint} NOT NULL REFERENCES organizations (id),
        id {tenant_id},
        workspace_id {bigint},
        entity_type TEXT NOT NULL,
        entity_id {bigint} NOT NULL,
        action TEXT NOT NULL,
        user_id {bigint},
        source TEXT NOT NULL,
        address TEXT,
        request_body TEXT NOT NULL,
        response_body TEXT NOT NULL,
        created_at {bigint} NOT NULL,
        {tenant_key} (organization_id, id)
    ) {strict}
    """,
    "CREATE INDEX audit_events_by_time ON audit_events (organization_id, created_at)",
)
