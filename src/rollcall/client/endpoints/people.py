"""People, workspaces and groups as arguments: by their objects, or by their numbers; and states, by their words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from rollcall.client.endpoints.identity import number_of, numbers_of
from rollcall.contract.models.group import GroupOrganizationGroupResponse
from rollcall.contract.models.organization_user import ModelsOrgUser
from rollcall.contract.models.workspace import WorkspaceWorkspace
from rollcall.contract.models.workspace_user import ModelsWorkspaceUser

User: TypeAlias = ModelsOrgUser | ModelsWorkspaceUser | int
"""Somebody: an organization user or a workspace user, or the number of their account (`user_id`)."""

Group: TypeAlias = GroupOrganizationGroupResponse | int
"""A group, or its number."""

Workspace: TypeAlias = WorkspaceWorkspace | int
"""A workspace, or its number."""

_PEOPLE = (ModelsOrgUser, ModelsWorkspaceUser)


def user_id(user: User) -> int:
    """The number of somebody's account.

    Raises:
        TypeError: It is neither a person nor a number.
        ValueError: It can be the number of nothing.
    """
    return number_of(user, _PEOPLE, "user", field="user_id")


def user_ids(users: Iterable[User]) -> list[int]:
    """The numbers of people's accounts, each once."""
    return numbers_of(users, _PEOPLE, "user", field="user_id")


def group_ids(groups: Iterable[Group]) -> list[int]:
    """The numbers of groups, each once."""
    return numbers_of(groups, GroupOrganizationGroupResponse, "group", field="group_id")


def workspace_ids(workspaces: Iterable[Workspace]) -> list[int]:
    """The numbers of workspaces, each once."""
    return numbers_of(workspaces, WorkspaceWorkspace, "workspace")


def words(given: Iterable[str], name: str) -> list[str]:
    """Words of a list, which one that stands alone is too.

    Raises:
        TypeError: It is no list of words.
    """
    each = [given] if isinstance(given, str) else list(given)
    if not all(isinstance(word, str) for word in each):
        raise TypeError(f"{name} must be a list of words, not {given!r}")
    return each
