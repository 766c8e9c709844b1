"""Organizations."""

from __future__ import annotations

from msgspec import UNSET

from rollcall.contract.wire import Given, Model


class ModelsTrialInfo(Model):
    """The trial an organization is on, or could have."""

    trial: bool | None = None
    trial_available: bool | None = None
    trial_end_date: str | None = None
    next_payment_date: str | None = None
    last_pricing_plan_id: int | None = None
    can_have_trial: bool | None = None
    trial_plan_id: int | None = None


class ModelsOrgSubscriptionTrial(Model):
    """The trial of a subscription."""

    active: bool | None = None
    available: bool | None = None
    end_date: str | None = None
    plan: str | None = None


class ModelsOrgSubscription(Model):
    """What an organization subscribes to."""

    billing_period_months: int | None = None
    created_at: str | None = None
    enterprise: bool | None = None
    plan: str | None = None
    plan_name: str | None = None
    seats: int | None = None
    state: str | None = None
    trial: ModelsOrgSubscriptionTrial | None = None


class ModelsMeOrganization(Model):
    """An organization as one of its people sees it."""

    id: int | None = None
    name: str | None = None
    pricing_plan_id: int | None = None
    created_at: str | None = None
    at: str | None = None
    server_deleted_at: str | None = None
    is_multi_workspace_enabled: bool | None = None
    suspended_at: str | None = None
    user_count: int | None = None
    trial_info: ModelsTrialInfo | None = None
    is_unified: bool | None = None
    max_workspaces: int | None = None
    permissions: list[str] | str | None = None
    admin: bool | None = None
    owner: bool | None = None
    pricing_plan_name: str | None = None
    pricing_plan_enterprise: bool | None = None
    max_data_retention_days: int | None = None
    subscription: ModelsOrgSubscription | None = None


class ModelsPostPayload(Model):
    """A new organization and its first workspace."""

    name: Given[str] = UNSET
    workspace_name: Given[str] = UNSET


class ModelsPutPayload(Model):
    """What can be changed of an organization."""

    name: Given[str] = UNSET


class OrganizationPostOrganizationReply(Model):
    """The organization and the workspace just made."""

    id: int | None = None
    name: str | None = None
    workspace_id: int | None = None
    workspace_name: str | None = None
    permissions: list[str] | str | None = None
