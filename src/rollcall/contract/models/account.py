"""Accounts: what `/me` and `/signup` read and write."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET, field

from rollcall.contract.models.workspace import WorkspaceWithActiveProjectCount
from rollcall.contract.wire import Given, Model


class ModelsTogglUser(Model):
    """An account, as sign-up and a change of it answer."""

    id: int | None = None
    api_token: str | None = None
    email: str | None = None
    fullname: str | None = None
    timezone: str | None = None
    toggl_accounts_id: str | None = None
    toggl_accounts_updated_at: str | None = None
    default_workspace_id: int | None = None
    beginning_of_week: int | None = None
    image_url: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    openid_email: str | None = None
    openid_enabled: bool | None = None
    country_id: int | None = None
    has_password: bool | None = None
    at: str | None = None
    options: dict[str, Any] | None = None
    two_factor_enabled: bool | None = field(name="2fa_enabled", default=None)


class RelatedUserWithRelated(Model):
    """One's own account, and with `with_related_data` what belongs to it."""

    id: int | None = None
    api_token: str | None = None
    email: str | None = None
    fullname: str | None = None
    timezone: str | None = None
    toggl_accounts_id: str | None = None
    default_workspace_id: int | None = None
    beginning_of_week: int | None = None
    image_url: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    openid_email: str | None = None
    openid_enabled: bool | None = None
    country_id: int | None = None
    has_password: bool | None = None
    at: str | None = None
    intercom_hash: str | None = None
    oauth_providers: list[str] | None = None
    tags: list[dict[str, Any]] | None = None
    clients: list[dict[str, Any]] | None = None
    time_entries: list[dict[str, Any]] | None = None
    projects: list[dict[str, Any]] | None = None
    workspaces: list[WorkspaceWithActiveProjectCount] | None = None
    tasks: list[dict[str, Any]] | None = None
    authorization_updated_at: str | None = None
    options: dict[str, Any] | None = None
    two_factor_enabled: bool | None = field(name="2fa_enabled", default=None)


class ModelsUser(Model):
    """The short account that a new session answers."""

    id: int | None = None
    api_token: str | None = None
    email: str | None = None
    fullname: str | None = None
    timezone: str | None = None


class MePayload(Model):
    """What a person can change of their own account."""

    beginning_of_week: Given[int] = UNSET
    country_id: Given[int] = UNSET
    current_password: Given[str] = UNSET
    default_workspace_id: Given[int] = UNSET
    email: Given[str] = UNSET
    fullname: Given[str] = UNSET
    password: Given[str] = UNSET
    timezone: Given[str] = UNSET


class MePostInitialWorkspace(Model):
    """The workspace that a sign-up without an invitation makes."""

    name: Given[str] = UNSET
    initial_pricing_plan: Given[int] = UNSET


class MePostUser(Model):
    """A new account."""

    email: Given[str] = UNSET
    password: Given[str] = UNSET
    full_name: Given[str] = UNSET
    timezone: Given[str] = UNSET
    country_id: Given[int] = UNSET
    tos_accepted: Given[bool] = UNSET
    created_with: Given[str] = UNSET
    invitation_code: Given[str] = UNSET
    workspace: Given[MePostInitialWorkspace] = UNSET


class MePostSessionHandlerRequestBody(Model):
    """How long a session lasts: a day, or until the browser is closed."""

    remember_me: Given[bool] = UNSET


class Status(Model):
    """Whether the service works."""

    status: str | None = None
