"""The objects that the endpoints answer with: what the API knows of each, with a number and a name at the least."""

from __future__ import annotations

from rollcall.contract.models.organization import ModelsMeOrganization
from rollcall.contract.models.workspace import WorkspaceWorkspace


class TogglOrganization(ModelsMeOrganization):
    """An organization, with every field that the API answers (`pricing_plan_name`, `user_count`, `admin`, ...)."""

    id: int
    name: str


class TogglWorkspace(WorkspaceWorkspace, kw_only=True):
    """A workspace, with every field that the API answers (`organization_id`, `role`, `default_currency`, ...)."""

    id: int
    name: str
