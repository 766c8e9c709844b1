"""The owner of an organization, and how an organization changes hands."""

from __future__ import annotations

from msgspec import UNSET

from rollcall.contract.wire import Given, Model


class ModelsOrganizationOwner(Model):
    """The owner of an organization.

    Attributes:
        id: The number of the account; `user_id` is the same.
    """

    id: int | None = None
    user_id: int | None = None
    organization_id: int | None = None
    organization_user_id: int | None = None
    name: str | None = None
    email: str | None = None
    avatar_url: str | None = None
    organization_user_created_at: str | None = None
    organization_user_updated_at: str | None = None
    toggl_accounts_id: str | None = None


class ModelsTransfer(Model):
    """A transfer of ownership. It is done when both sides have accepted.

    Attributes:
        current_owner_accepted: Null until they have answered; so is `new_owner_accepted`.
        outcome_name: `accepted`, `declined` or `withdrawn`; null while it is going on. It is withdrawn by who asked for
            it, and also when a side is removed, deactivated or demoted, or leaves.
    """

    owner_transfer_id: int | None = None
    organization_id: int | None = None
    requester_id: int | None = None
    current_owner_id: int | None = None
    current_owner_accepted: bool | None = None
    current_owner_answered_at: str | None = None
    new_owner_id: int | None = None
    new_owner_accepted: bool | None = None
    new_owner_answered_at: str | None = None
    outcome_name: str | None = None
    created_at: str | None = None
    finished_at: str | None = None


class TransferPayload(Model):
    """Who shall own the organization. Ours: Toggl documents no body.

    Attributes:
        new_owner_id: The user id of an organization admin; who asks, unless given.
    """

    new_owner_id: Given[int] = UNSET
