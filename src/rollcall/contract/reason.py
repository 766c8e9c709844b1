"""Why a request is not done: the vocabulary between the rules and the texts of the operation table."""

from __future__ import annotations

import enum


class Reason(enum.StrEnum):
    """One cause of refusal. What it says on the wire differs by operation and stands in the operation's row."""

    # Any operation
    NO_CREDENTIALS = enum.auto()
    WRONG_CREDENTIALS = enum.auto()
    FORBIDDEN = enum.auto()
    CROSS_ORIGIN = enum.auto()
    INVALID_JSON = enum.auto()
    INVALID_QUERY = enum.auto()
    NO_SUCH_ROUTE = enum.auto()
    NO_SUCH_METHOD = enum.auto()
    BODY_TOO_LARGE = enum.auto()
    TOO_MANY_REQUESTS = enum.auto()
    SERVER_ERROR = enum.auto()
    NOT_BUILT = enum.auto()
    UNAVAILABLE = enum.auto()
    PLAN_REQUIRED = enum.auto()

    # Identifiers in a path
    INVALID_ORGANIZATION_ID = enum.auto()
    INVALID_WORKSPACE_ID = enum.auto()
    INVALID_ORGANIZATION_USER_ID = enum.auto()
    INVALID_WORKSPACE_USER_ID = enum.auto()
    INVALID_GROUP_ID = enum.auto()
    NOT_FOUND = enum.auto()
    NOT_A_MEMBER = enum.auto()

    # Filters and pages of lists
    INVALID_ACTIVE_STATUS = enum.auto()
    INVALID_ONLY_ADMINS = enum.auto()
    INVALID_GROUPS = enum.auto()
    INVALID_WORKSPACES = enum.auto()
    INVALID_WORKSPACE = enum.auto()
    INVALID_SORT_DIR = enum.auto()
    INVALID_PAGE = enum.auto()
    INVALID_PER_PAGE = enum.auto()
    PAGE_NOT_POSITIVE = enum.auto()
    PER_PAGE_NOT_POSITIVE = enum.auto()

    # Names
    NOTHING_TO_CHANGE = enum.auto()
    NAME_MISSING = enum.auto()
    NAME_EMPTY = enum.auto()
    NAME_TOO_LONG = enum.auto()
    NAME_TAKEN = enum.auto()
    WORKSPACE_NAME_MISSING = enum.auto()
    WORKSPACE_NAME_EMPTY = enum.auto()
    WORKSPACE_NAME_TOO_LONG = enum.auto()

    # Accounts
    SIGNUP_CLOSED = enum.auto()
    TERMS_NOT_ACCEPTED = enum.auto()
    INVALID_INVITATION_CODE = enum.auto()
    INVALID_EMAIL = enum.auto()
    EMAIL_TAKEN = enum.auto()
    INVALID_FULLNAME = enum.auto()
    INVALID_TIMEZONE = enum.auto()
    INVALID_COUNTRY_ID = enum.auto()
    INVALID_BEGINNING_OF_WEEK = enum.auto()
    INVALID_DEFAULT_WORKSPACE_ID = enum.auto()
    PASSWORD_TOO_SHORT = enum.auto()
    PASSWORD_TOO_LONG = enum.auto()
    CURRENT_PASSWORD_MISSING = enum.auto()
    CURRENT_PASSWORD_WRONG = enum.auto()

    # Organizations and their workspaces
    MAY_NOT_CREATE = enum.auto()
    OWNER_STAYS = enum.auto()
    PAYER_STAYS = enum.auto()
    OWNER_NOT_FOUND = enum.auto()
    WORKSPACE_NOT_FOUND = enum.auto()
    TOO_MANY_WORKSPACES_OF_USER = enum.auto()
    TOO_MANY_WORKSPACES = enum.auto()
    SINGLE_WORKSPACE_PLAN = enum.auto()
    ADMIN_UNKNOWN = enum.auto()
    ADMIN_INACTIVE = enum.auto()
    INVALID_SETTING = enum.auto()
    TAGS_NEED_PREMIUM = enum.auto()
    NO_SEARCH_TERM = enum.auto()

    # Roles
    INVALID_ROLE_ID = enum.auto()
    """`role_id` is no number that a role could have."""
    UNKNOWN_ROLE_ID = enum.auto()
    """No role has that number."""
    INVALID_ORGANIZATION_ROLE = enum.auto()
    """A role of something else, or one that is not given this way: the owner's."""
    INVALID_WORKSPACE_ROLE = enum.auto()
    """A role of something else."""
    ROLE_GIVEN_TWICE = enum.auto()

    # People of organizations and workspaces
    IDS_MISSING = enum.auto()
    IDS_NOT_UNIQUE = enum.auto()
    IDS_UNKNOWN = enum.auto()
    USER_NOT_FOUND = enum.auto()
    USER_NOT_LOADED = enum.auto()
    """Their account is to be changed, but they are invited and have none yet."""
    USER_NOT_IN_ORGANIZATION = enum.auto()
    USER_NOT_IN_WORKSPACE = enum.auto()
    WORKSPACE_USER_NOT_FOUND = enum.auto()
    SEVERAL_ORGANIZATIONS = enum.auto()
    """Their account is to be changed, but it is not this organization's alone."""
    EMAIL_MISSING = enum.auto()
    ACTIVE_USER_LIMIT = enum.auto()
    WORKING_HOURS_NOT_POSITIVE = enum.auto()
    OWNER_STAYS_ADMIN = enum.auto()
    OWNER_STAYS_ACTIVE = enum.auto()
    PAYER_STAYS_ADMIN = enum.auto()
    PAYER_STAYS_ACTIVE = enum.auto()
    ADMIN_STAYS = enum.auto()
    INVALID_ASSIGNMENT = enum.auto()
    USER_AND_GROUP = enum.auto()
    USER_OR_GROUP_MISSING = enum.auto()

    # Groups
    GROUP_NOT_FOUND = enum.auto()
    UNSUPPORTED_PATCH = enum.auto()
    TOO_MANY_PATCHES = enum.auto()
    PATCH_VALUES = enum.auto()
    """Nobody and nothing named in one patch, or too many."""

    # Invitations
    EMAILS_MISSING = enum.auto()
    WORKSPACES_MISSING = enum.auto()
    INVITATION_LIMIT = enum.auto()
    INACTIVE_MEMBER = enum.auto()
    PROJECT_NOT_FOUND = enum.auto()
    INVITATION_NOT_FOUND = enum.auto()
    INVITATION_ELSEWHERE = enum.auto()
    INVITATION_SETTLED = enum.auto()
    """Accepted, rejected or revoked before."""

    # Ownership
    INVALID_ONGOING = enum.auto()
    INVALID_ACTION = enum.auto()
    NEW_OWNER_NOT_ADMIN = enum.auto()
    ALREADY_OWNER = enum.auto()
    TRANSFER_ONGOING = enum.auto()
    TRANSFER_NOT_FOUND = enum.auto()
    TRANSFER_SETTLED = enum.auto()
    """Finished, declined or withdrawn before."""
    ORGANIZATION_NOT_LOADED = enum.auto()

    # Passwords
    INVALID_TOKEN_CODE = enum.auto()

    # Billing
    PLAN_NOT_FOUND = enum.auto()
    INVOICE_NOT_FOUND = enum.auto()
    BOTH_CURSORS = enum.auto()
    LAST_INVOICE_MISSING = enum.auto()
    PAYMENT_PROVIDER = enum.auto()

    # Audit log
    INVALID_MOMENT = enum.auto()
