"""Groups, invitations and their mail, transfers of ownership, invoices, and what a person is in a workspace.

An invited person has an account from the start, so that everything can name them; until they sign up it is not
registered: it has no password and its token is known to nobody.
"""

from rollcall.server.storage.migrations.dialect import execute

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Adds the tables and columns."""
    execute(*PEOPLE, *GROUPS, *INVITATIONS, *OWNERSHIP, *BILLING)


PEOPLE = (
    "ALTER TABLE users ADD COLUMN registered {boolean} NOT NULL DEFAULT TRUE",
    # Codes that were mailed to an account: to set a new password, or to prove the address. The two columns that may be
    # null tell one that an organization's admin had made, to be handed on.
    """
    CREATE TABLE mailed_codes (
        code_hash {bytes} NOT NULL PRIMARY KEY,
        user_id {bigint} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        purpose TEXT NOT NULL,
        email_key {bytewise} NOT NULL,
        organization_id {bigint},
        issued_by {bigint},
        created_at {bigint} NOT NULL,
        expires_at {bigint} NOT NULL
    ) {strict}
    """,
    "CREATE INDEX mailed_codes_of_user ON mailed_codes (user_id)",
    "CREATE INDEX mailed_codes_by_expiry ON mailed_codes (expires_at)",
    # The name of the account, kept here so that an organization's people can be read in their order.
    "ALTER TABLE organization_users ADD COLUMN name_key {bytewise} NOT NULL DEFAULT ''",
    "UPDATE organization_users SET name_key = (SELECT u.name_key FROM users u WHERE u.id = organization_users.user_id)",
    "CREATE INDEX organization_users_by_name ON organization_users (organization_id, name_key, id)",
    "ALTER TABLE workspaces ADD COLUMN member_count INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE workspaces ADD COLUMN group_count INTEGER NOT NULL DEFAULT 0",
    """
    UPDATE workspaces SET member_count = (
        SELECT COUNT(*) FROM workspace_users wu
        WHERE wu.organization_id = workspaces.organization_id AND wu.workspace_id = workspaces.id
    )
    """,
    # There is a row for everybody who belongs to a workspace, directly, through groups, or both.
    "ALTER TABLE workspace_users ADD COLUMN direct {boolean} NOT NULL DEFAULT TRUE",
    "ALTER TABLE workspace_users ADD COLUMN group_count INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE workspace_users ADD COLUMN inactive {boolean} NOT NULL DEFAULT FALSE",
    "ALTER TABLE workspace_users ADD COLUMN rate {double}",
    "ALTER TABLE workspace_users ADD COLUMN rate_updated_at {bigint}",
    "ALTER TABLE workspace_users ADD COLUMN labor_cost {double}",
    "ALTER TABLE workspace_users ADD COLUMN labor_cost_updated_at {bigint}",
    "ALTER TABLE workspace_users ADD COLUMN working_hours_in_minutes INTEGER",
    "ALTER TABLE workspace_users ADD COLUMN view_edit_billable_rates {boolean} NOT NULL DEFAULT FALSE",
    "ALTER TABLE workspace_users ADD COLUMN view_edit_labor_costs {boolean} NOT NULL DEFAULT FALSE",
    # Statistics name the admins of a workspace, who are few.
    "CREATE INDEX workspace_users_admins ON workspace_users (organization_id, workspace_id) WHERE role_id = 4",
)

GROUPS = (
    """
    CREATE TABLE groups (
        organization_id {bigint} NOT NULL REFERENCES organizations (id),
        id {tenant_id},
        name TEXT NOT NULL,
        name_key {bytewise} NOT NULL,
        created_at {bigint} NOT NULL,
        updated_at {bigint} NOT NULL,
        {tenant_key} (organization_id, id),
        UNIQUE (organization_id, name_key)
    ) {strict}
    """,
    """
    CREATE TABLE group_users (
        organization_id {bigint} NOT NULL,
        group_id {bigint} NOT NULL,
        user_id {bigint} NOT NULL,
        PRIMARY KEY (organization_id, group_id, user_id),
        FOREIGN KEY (organization_id, group_id) REFERENCES groups (organization_id, id),
        FOREIGN KEY (organization_id, user_id) REFERENCES organization_users (organization_id, user_id)
    ) {strict}
    """,
    "CREATE INDEX group_users_of_user ON group_users (organization_id, user_id, group_id)",
    """
    CREATE TABLE group_workspaces (
        organization_id {bigint} NOT NULL,
        group_id {bigint} NOT NULL,
        workspace_id {bigint} NOT NULL,
        PRIMARY KEY (organization_id, group_id, workspace_id),
        FOREIGN KEY (organization_id, group_id) REFERENCES groups (organization_id, id),
        FOREIGN KEY (organization_id, workspace_id) REFERENCES workspaces (organization_id, id)
    ) {strict}
    """,
    "CREATE INDEX group_workspaces_of_workspace ON group_workspaces (organization_id, workspace_id, group_id)",
)

INVITATIONS = (
    # `workspaces` and `groups` are JSON of what the invitation was for: past ones tell it too.
    """
    CREATE TABLE invitations (
        organization_id {bigint} NOT NULL REFERENCES organizations (id),
        id {tenant_id},
        user_id {bigint} NOT NULL REFERENCES users (id),
        organization_user_id {bigint} NOT NULL,
        email TEXT NOT NULL,
        email_key {bytewise} NOT NULL,
        sender_id {bigint} NOT NULL REFERENCES users (id),
        state TEXT NOT NULL,
        workspaces TEXT NOT NULL,
        groups TEXT NOT NULL,
        created_at {bigint} NOT NULL,
        sent_at {bigint} NOT NULL,
        expires_at {bigint} NOT NULL,
        settled_at {bigint},
        {tenant_key} (organization_id, id)
    ) {strict}
    """,
    """
    CREATE UNIQUE INDEX invitations_pending ON invitations (organization_id, email_key)
    WHERE settled_at IS NULL
    """,
    "CREATE INDEX invitations_of_user ON invitations (organization_id, user_id)",
    # A request that names only a code finds its invitation here, so this is no tenant's table. `mailed` tells the
    # code that is only in the mail, and so proves the mailbox, from the one that who invites sees too.
    """
    CREATE TABLE invitation_codes (
        code_hash {bytes} NOT NULL PRIMARY KEY,
        organization_id {bigint} NOT NULL,
        invitation_id {bigint} NOT NULL,
        mailed {boolean} NOT NULL,
        FOREIGN KEY (organization_id, invitation_id) REFERENCES invitations (organization_id, id)
    ) {strict}
    """,
    "CREATE INDEX invitation_codes_of_invitation ON invitation_codes (organization_id, invitation_id)",
    # What is to be mailed. The message is sealed, and erased when it is delivered.
    """
    CREATE TABLE outbox (
        id {id},
        recipient TEXT NOT NULL,
        message_sealed {bytes},
        attempts INTEGER NOT NULL DEFAULT 0,
        next_attempt_at {bigint} NOT NULL,
        last_error TEXT,
        created_at {bigint} NOT NULL,
        settled_at {bigint}
    ) {strict}
    """,
    "CREATE INDEX outbox_due ON outbox (next_attempt_at) WHERE settled_at IS NULL",
)

OWNERSHIP = (
    """
    CREATE TABLE owner_transfers (
        organization_id {bigint} NOT NULL REFERENCES organizations (id),
        id {tenant_id},
        requester_id {bigint} NOT NULL REFERENCES users (id),
        current_owner_id {bigint} NOT NULL REFERENCES users (id),
        current_owner_accepted {boolean},
        current_owner_answered_at {bigint},
        new_owner_id {bigint} NOT NULL REFERENCES users (id),
        new_owner_accepted {boolean},
        new_owner_answered_at {bigint},
        outcome TEXT,
        created_at {bigint} NOT NULL,
        finished_at {bigint},
        {tenant_key} (organization_id, id)
    ) {strict}
    """,
    "CREATE UNIQUE INDEX owner_transfers_ongoing ON owner_transfers (organization_id) WHERE finished_at IS NULL",
)

BILLING = (
    """
    CREATE TABLE segmentations (
        organization_id {bigint} NOT NULL PRIMARY KEY REFERENCES organizations (id),
        user_id {bigint} NOT NULL REFERENCES users (id),
        answers TEXT NOT NULL,
        updated_at {bigint} NOT NULL
    ) {strict}
    """,
    # `lines` is JSON: what was charged, and how much for it. The total is theirs with the tax.
    """
    CREATE TABLE invoices (
        organization_id {bigint} NOT NULL REFERENCES organizations (id),
        id {tenant_id},
        uid {bytewise} NOT NULL,
        number TEXT NOT NULL,
        description TEXT NOT NULL,
        status TEXT NOT NULL,
        currency TEXT NOT NULL,
        tax_percent {double} NOT NULL,
        total_cents {bigint} NOT NULL,
        lines TEXT NOT NULL,
        issued_at {bigint} NOT NULL,
        created_at {bigint} NOT NULL,
        {tenant_key} (organization_id, id),
        UNIQUE (organization_id, uid),
        UNIQUE (organization_id, number)
    ) {strict}
    """,
    "CREATE INDEX invoices_by_time ON invoices (organization_id, issued_at, id)",
)
