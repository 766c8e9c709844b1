"""Inviting people into an organization, its workspaces and groups."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Generic, TypeAlias, TypeVar

import msgspec
from msgspec import UNSET

from rollcall.client.endpoints.collection import Collection
from rollcall.client.endpoints.identity import number_of
from rollcall.client.endpoints.naming import check_emails
from rollcall.client.endpoints.people import Group, Workspace, group_ids
from rollcall.contract.models.invitation import (
    InvitationInfo,
    InvitationPost,
    InvitationPostWorkspaces,
    InvitationResult,
)
from rollcall.contract.models.workspace import WorkspaceWorkspace
from rollcall.contract.name import name_key
from rollcall.contract.operations.invitations import POST_INVITATION

I = TypeVar("I", bound=InvitationInfo)  # noqa: E741 - an invitation just made, as the face has it

Into: TypeAlias = Workspace | InvitationPostWorkspaces
"""A workspace to invite into: with a role, or as a user."""


class Invited(msgspec.Struct, Generic[I], frozen=True):
    """What became of inviting people.

    Attributes:
        invitations: Those that were made, or renewed; each has the `invite_url` to hand on.
        failed: What the server says of each address that got none, as that they are a member already.
    """

    invitations: list[I]
    failed: dict[str, str]


async def invite(
    changed: Collection[Any],
    kind: type[I],
    organization_id: int,
    emails: Iterable[str],
    workspaces: Iterable[Into],
    groups: Iterable[Group],
    *,
    skip_email: bool,
) -> Invited[I]:
    """Invite people by `POST /organizations/{id}/invitations`: all of them, or none where that raises.

    Args:
        changed: The objects that are other ones then.
        kind: The face's class for an invitation just made.
        organization_id: Into which organization.
        emails: Whom.
        workspaces: Into which of its workspaces: one at least.
        groups: Into which of its groups.
        skip_email: Send no mail.
    """
    addresses = check_emails(emails)
    payload = InvitationPost(
        emails=addresses,
        workspaces=_targets(workspaces),
        groups=group_ids(groups) or UNSET,
        skip_email=skip_email or UNSET,
    )
    response = await changed.write_many(
        POST_INVITATION, organization_id=organization_id, post_invitation_request=payload
    )
    connection = changed.session.connection
    result = connection.read(POST_INVITATION, response, InvitationResult)
    if not isinstance(result, InvitationResult):
        raise connection.unreadable(POST_INVITATION, response, "it does not say who was invited")
    made = [
        kind(**{name: getattr(info, name) for name in InvitationInfo.__struct_fields__}) for info in result.data or []
    ]
    invited = {name_key(invitation.email or "") for invitation in made}
    messages = result.messages or []
    failed = {
        address: next((message for message in messages if address in message), "The server does not say why")
        for address in addresses
        if name_key(address) not in invited
    }
    return Invited(made, failed)


def _targets(workspaces: Iterable[Into]) -> list[InvitationPostWorkspaces]:
    if isinstance(workspaces, (str, bytes, msgspec.Struct)) or not isinstance(workspaces, Iterable):
        raise TypeError(f"workspaces must be a list of workspaces or their numbers, not {workspaces!r}")
    targets = [_target(workspace) for workspace in workspaces]
    if not targets:
        raise ValueError("There must be at least one workspace to invite into")
    return targets


def _target(workspace: Into) -> InvitationPostWorkspaces:
    if isinstance(workspace, InvitationPostWorkspaces):
        return workspace
    return InvitationPostWorkspaces(workspace_id=number_of(workspace, WorkspaceWorkspace, "workspace"))
