"""The objects that the endpoints answer with: what the API knows of each, with a number and a name at the least."""

from __future__ import annotations

from rollcall.contract.models.group import GroupOrganizationGroupResponse
from rollcall.contract.models.invitation import InvitationInfo, ModelsSSOInvitation, OrganizationInvitation
from rollcall.contract.models.organization import ModelsMeOrganization
from rollcall.contract.models.organization_user import ModelsOrgUser
from rollcall.contract.models.workspace import WorkspaceWorkspace
from rollcall.contract.models.workspace_user import ModelsWorkspaceUser


class TogglOrganization(ModelsMeOrganization):
    """An organization, with every field that the API answers (`pricing_plan_name`, `user_count`, `admin`, ...)."""

    id: int
    name: str


class TogglWorkspace(WorkspaceWorkspace, kw_only=True):
    """A workspace, with every field that the API answers (`organization_id`, `role`, `default_currency`, ...)."""

    id: int
    name: str


class TogglOrganizationUser(ModelsOrgUser, kw_only=True):
    """One of the people of an organization, with every field that the API answers (`role_id`, `joined`, `groups`, ...).

    Attributes:
        id: The number of the membership.
        user_id: The number of the account, which is the same in every organization.
        joined: False for those who are invited.
    """

    id: int
    user_id: int
    name: str
    email: str


class TogglGroup(GroupOrganizationGroupResponse, kw_only=True):
    """A group of an organization's people, with every field that the API answers (`users`, `workspaces`, ...)."""

    group_id: int
    name: str

    @property
    def id(self) -> int:
        """Its number: the API calls it `group_id`."""
        return self.group_id


class TogglWorkspaceUser(ModelsWorkspaceUser, kw_only=True):
    """One of the people of a workspace, with every field that the API answers (`role`, `rate`, `group_ids`, ...).

    Attributes:
        id: The number of the membership of the workspace.
        user_id: The number of the account.
        is_direct: False for those who belong to the workspace through a group only.
    """

    id: int
    user_id: int
    name: str


class TogglInvitation(OrganizationInvitation, kw_only=True):
    """An invitation as the organization's admins see it, without its codes.

    Attributes:
        state: `pending`, `accepted`, `rejected`, `revoked` or `expired`.
    """

    invitation_id: int
    email: str

    @property
    def id(self) -> int:
        """Its number: the API calls it `invitation_id`."""
        return self.invitation_id


class TogglNewInvitation(InvitationInfo, kw_only=True):
    """An invitation just made, as who made it sees it.

    Attributes:
        invite_url: The link to hand on, where no mail is sent. Its last part is the code.
    """

    invitation_id: int
    email: str


class TogglReceivedInvitation(ModelsSSOInvitation):
    """An invitation, as who has its code sees it (`organization_name`, `sender_name`, ...)."""
