"""The roles a person can have in an organization and in a workspace."""

from __future__ import annotations

import enum


class OrganizationRole(enum.IntEnum):
    """What somebody is in an organization. The numbers are ours: Toggl documents none."""

    OWNER = 1
    ADMIN = 2
    MEMBER = 3

    @property
    def administers(self) -> bool:
        """Whether it has the rights of an organization admin; the owner always does."""
        return self is not OrganizationRole.MEMBER


class WorkspaceRole(enum.IntEnum):
    """What somebody is in a workspace. The leads have a user's rights and see the people of their groups."""

    ADMIN = 4
    USER = 5
    TEAM_LEAD = 6
    PROJECT_LEAD = 7

    @property
    def legacy(self) -> str:
        """The word for it in the deprecated `role` fields."""
        return _LEGACY[self]


_LEGACY = {
    WorkspaceRole.ADMIN: "admin",
    WorkspaceRole.USER: "user",
    WorkspaceRole.TEAM_LEAD: "teamlead",
    WorkspaceRole.PROJECT_LEAD: "projectlead",
}
LEGACY_ROLES: dict[str, WorkspaceRole] = {word: role for role, word in _LEGACY.items()}
