"""Numbers of a workspace's people."""

from __future__ import annotations

from rollcall.contract.wire import Model


class ModelsUserData(Model):
    """An admin of a workspace."""

    user_id: int | None = None
    name: str | None = None


class ModelsStatistics(Model):
    """The admins of a workspace, and how many people and groups it has."""

    admins: list[ModelsUserData] | None = None
    members_count: int | None = None
    groups_count: int | None = None
