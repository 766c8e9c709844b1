"""Groups of an organization's people."""

from __future__ import annotations

from msgspec import UNSET

from rollcall.contract.wire import Given, Model

MAXIMUM_PATCHES = 100
"""Changes in one `PATCH` of a group."""

MAXIMUM_PATCH_VALUES = 100
"""People or workspaces in one of those changes."""


class ModelsOrganizationUserSimple(Model):
    """Somebody in a group."""

    user_id: int | None = None
    name: str | None = None
    avatar_url: str | None = None
    joined: bool | None = None
    inactive: bool | None = None


class GroupOrganizationGroupResponse(Model):
    """A group, who is in it, and the workspaces they are in through it."""

    group_id: int | None = None
    name: str | None = None
    at: str | None = None
    workspaces: list[int] | None = None
    users: list[ModelsOrganizationUserSimple] | None = None
    permissions: list[str] | str | None = None


class ModelsGroup(Model):
    """A group, as its workspace sees it."""

    id: int | None = None
    workspace_id: int | None = None
    name: str | None = None
    at: str | None = None
    has_users: bool | None = None
    permissions: list[str] | str | None = None


class GroupPayload(Model):
    """A new group, or what a group shall become.

    Attributes:
        users: The user ids of all who shall be in it.
        workspaces: The numbers of all workspaces it shall be in.
    """

    name: Given[str] = UNSET
    users: Given[list[int]] = UNSET
    workspaces: Given[list[int]] = UNSET


class GroupNamePayload(Model):
    """A new group of one workspace, or its new name."""

    name: Given[str] = UNSET


class GroupsPatchInput(Model):
    """One change of a group.

    Attributes:
        op: `add` or `remove`.
        path: `/users` or `/workspaces`.
        value: User ids or workspace ids, at most `MAXIMUM_PATCH_VALUES`.
    """

    op: Given[str] = UNSET
    path: Given[str] = UNSET
    value: Given[list[int]] = UNSET


class GroupsPatchFailure(Model):
    """A change that was not made, and why."""

    patch: GroupsPatchInput | None = None
    message: str | None = None


class GroupsPatchOutput(Model):
    """Which changes of a group were made and which were not."""

    success: list[GroupsPatchInput] | None = None
    failure: list[GroupsPatchFailure] | None = None
