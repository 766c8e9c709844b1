"""Where on the server objects are, as the shelves of a cache name it."""

from __future__ import annotations

ORGANIZATIONS = "organizations"
"""Where the organizations themselves are."""


def organization(number: int) -> str:
    """Where an organization's people, groups, workspaces and invitations are."""
    return f"organization {number}"


def workspace(number: int) -> str:
    """Where a workspace's people are, within its organization."""
    return f"workspace {number}"
