"""Invitations into an organization."""

from __future__ import annotations

from msgspec import UNSET

from rollcall.contract.wire import Given, Model


class InvitationIntegrationData(Model):
    """What an integration calls the invited person."""

    external_id: Given[str] = UNSET
    external_type: Given[str] = UNSET
    provider: Given[str] = UNSET


class InvitationPostWorkspaces(Model):
    """A workspace to invite into, and as what: by `role_id`, or by the older `role` or `admin`."""

    workspace_id: Given[int] = UNSET
    role_id: Given[int] = UNSET
    role: Given[str] = UNSET
    admin: Given[bool] = UNSET
    integration_data: Given[InvitationIntegrationData] = UNSET


class InvitationProjectInvite(Model):
    """A project to invite into."""

    workspace_id: Given[int] = UNSET
    project_id: Given[int] = UNSET
    manager: Given[bool] = UNSET


class InvitationPost(Model):
    """An invitation of one or many people.

    Attributes:
        groups: The numbers of the groups they shall be in.
        skip_email: Send no mail: who invites hands on `invite_url`.
    """

    emails: Given[list[str]] = UNSET
    workspaces: Given[list[InvitationPostWorkspaces]] = UNSET
    groups: Given[list[int]] = UNSET
    project_invite: Given[InvitationProjectInvite] = UNSET
    skip_email: Given[bool] = UNSET


class InvitationWorkspaceInfo(Model):
    """A workspace somebody is invited into."""

    workspace_id: int | None = None
    workspace_user_id: int | None = None
    user_id: int | None = None


class InvitationInfo(Model):
    """One of the invitations just made.

    Attributes:
        recipient_id: The number of the invited account; null where there is none yet.
    """

    invitation_id: int | None = None
    email: str | None = None
    invite_url: str | None = None
    organization_id: int | None = None
    sender_id: int | None = None
    recipient_id: int | None = None
    workspaces: list[InvitationWorkspaceInfo] | None = None


class ModelsInvitation(Model):
    """One of the invitations just made, as its mail tells it."""

    code: str | None = None
    email: str | None = None
    organization_id: int | None = None
    organization_name: str | None = None
    sender_name: str | None = None
    sender_email: str | None = None


class InvitationResult(Model):
    """The invitations made, and a message for each address that got none."""

    data: list[InvitationInfo] | None = None
    messages: list[str] | None = None
    invitations: list[ModelsInvitation] | None = None


class ModelsSSOInvitation(Model):
    """An invitation, as who has its code sees it."""

    code: str | None = None
    email: str | None = None
    organization_id: int | None = None
    organization_name: str | None = None
    sender_name: str | None = None
    sender_email: str | None = None
    sso: bool | None = None
    token: str | None = None
    accounts_signup_url: str | None = None


class OrganizationInvitationWorkspace(Model):
    """A workspace that an invitation is for, and the role in it. Ours: Toggl lists no invitations."""

    workspace_id: int | None = None
    role_id: int | None = None


class OrganizationInvitation(Model):
    """An invitation, as the organization's admins see it: never with its codes. Ours: Toggl lists no invitations.

    Attributes:
        state: `pending`, `accepted`, `rejected`, `revoked` or `expired`.
        sent_at: When it was last sent.
        settled_at: When it was accepted, rejected or revoked.
    """

    invitation_id: int | None = None
    organization_id: int | None = None
    organization_user_id: int | None = None
    email: str | None = None
    state: str | None = None
    sender_id: int | None = None
    sender_name: str | None = None
    sender_email: str | None = None
    workspaces: list[OrganizationInvitationWorkspace] | None = None
    groups: list[int] | None = None
    created_at: str | None = None
    sent_at: str | None = None
    expires_at: str | None = None
    settled_at: str | None = None
