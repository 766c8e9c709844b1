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
    NOT_FOUND = enum.auto()
    NOT_A_MEMBER = enum.auto()

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
