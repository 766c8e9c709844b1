"""What a list says of the people of an organization: of each of them, and of the workspaces and groups they are in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec
from msgspec.structs import replace

from rollcall.contract import timestamp
from rollcall.contract.models.organization_user import ModelsGroupDict, ModelsOrgUser, ModelsOrgUserWorkspace
from rollcall.contract.role import OrganizationRole, WorkspaceRole
from rollcall.contract.wire import number
from rollcall.server.domain.corrections import may_change_address
from rollcall.server.storage.organization_user_pages import FEW, Person, Workspace
from rollcall.server.storage.people_copies import Place

if TYPE_CHECKING:
    from collections.abc import Hashable

    from rollcall.server.domain.work import Work
    from rollcall.server.storage.organization_user_pages import NamesRow, PageRow

U = TypeVar("U", bound=ModelsOrgUser)

# Not strict, because in SQLite's JSON a bool is a number.
_people = msgspec.json.Decoder(list[Person], strict=False)
_in_workspaces = msgspec.json.Decoder(list[dict[int, Place]], strict=False)
_in_groups = msgspec.json.Decoder(list[tuple[int, ...]])
_workspaces = msgspec.json.Decoder(list[Workspace])
_groups = msgspec.json.Decoder(list[tuple[int, str]])
_ways = msgspec.json.Decoder(set[tuple[int, int]])

# What is said of everybody is not looked up for everybody.
_OWNER, _MEMBER = int(OrganizationRole.OWNER), int(OrganizationRole.MEMBER)
_ADMIN = int(WorkspaceRole.ADMIN)
_LEGACY = {int(role): role.legacy for role in WorkspaceRole}


class OnPage:
    """The people on a page, in its order.

    Attributes:
        people: They themselves.
        in_workspaces: What each of them is in workspaces, by the ids of these.
        in_groups: The ids of each one's groups.
    """

    def __init__(self, row: PageRow) -> None:
        self.people = _people.decode(row.people)
        self.in_workspaces = _in_workspaces.decode(row.in_workspaces)
        self.in_groups = _in_groups.decode(row.in_groups)

    @property
    def workspace_ids(self) -> set[int]:
        """The workspaces that somebody is in."""
        return set().union(*self.in_workspaces)

    @property
    def group_ids(self) -> set[int]:
        """The groups that somebody is in."""
        return set().union(*self.in_groups)


class Names:
    """What workspaces and groups are called.

    Attributes:
        revision: Of the organization, when they were.
        workspaces: By id, in the order of their names.
        groups: The same.
        ways: The pairs of a group and a workspace that it is in.
        are_all: Whether the organization has no others.
    """

    def __init__(self, row: NamesRow) -> None:
        self.revision = row.revision
        self.workspaces = {workspace.id: workspace for workspace in _workspaces.decode(row.workspaces)}
        groups = _groups.decode(row.groups)
        self.groups = {group_id: ModelsGroupDict(group_id=group_id, name=name) for group_id, name in groups}
        self.ways = _ways.decode(row.ways)
        self.are_all = max(len(self.workspaces), len(self.groups), len(self.ways)) < FEW


class Description(Generic[U]):
    """Describes people to who asks.

    Args:
        model: What each of them is described as.
        work: The request.
        organization_id: Their organization.
        names: Those of all workspaces and groups they are in.
    """

    def __init__(self, model: type[U], work: Work, organization_id: int, names: Names) -> None:
        self._may_change_address = partial(may_change_address, work.viewer.user_id, work.viewer.role)
        self._names = names
        self._rank = {workspace_id: rank for rank, workspace_id in enumerate(names.workspaces)}
        self._model = model
        self._organization_id = organization_id
        self._places: dict[Hashable, ModelsOrgUserWorkspace] = {}
        self._groups: dict[tuple[int, ...], list[ModelsGroupDict]] = {}

    def of(self, page: OnPage) -> list[U]:
        """What is said of everybody on a page, in its order."""
        return list(map(self._describe, page.people, page.in_workspaces, page.in_groups))

    def _describe(self, person: Person, places: dict[int, Place], group_ids: tuple[int, ...]) -> U:
        role_id = person.role_id
        mine_to_edit = person.joined and not person.elsewhere
        return self._model(
            id=person.id,
            user_id=person.user_id,
            organization_id=self._organization_id,
            name=person.fullname,
            email=person.email,
            avatar_url="",
            role_id=role_id,
            admin=role_id != _MEMBER,
            owner=role_id == _OWNER,
            joined=person.joined,
            inactive=person.inactive,
            can_edit_email=mine_to_edit and self._may_change_address(person.user_id, role_id),
            invitation_id=person.invitation_id,
            workspace_count=len(places),
            workspaces=[
                self._describe_place(person, workspace_id, places[workspace_id], group_ids)
                for workspace_id in (sorted(places, key=self._rank.__getitem__) if len(places) > 1 else places)
            ],
            groups=self._groups_of(group_ids),
            created_at=timestamp.precise(person.created_at),
            updated_at=timestamp.precise(person.updated_at),
            two_factor_enabled=False,
        )

    def _describe_place(
        self, person: Person, workspace_id: int, place: Place, group_ids: tuple[int, ...]
    ) -> ModelsOrgUserWorkspace:
        # Many people are the same in a workspace, and copying a model takes a fraction of what making one does.
        alike = (workspace_id, person.joined, group_ids, place[1:])
        known = self._places.get(alike)
        if known is None:
            known = self._places[alike] = self._first_place(person, workspace_id, place, group_ids)
        return replace(known, workspace_user_id=place.id)

    def _first_place(
        self, person: Person, workspace_id: int, place: Place, group_ids: tuple[int, ...]
    ) -> ModelsOrgUserWorkspace:
        workspace = self._names.workspaces[workspace_id]
        minutes = place.working_hours_in_minutes
        return ModelsOrgUserWorkspace(
            workspace_id=workspace_id,
            workspace_user_id=place.id,
            workspace_name=workspace.name,
            name=workspace.name,
            active=person.joined,
            inactive=place.inactive,
            admin=place.role_id == _ADMIN,
            role=_LEGACY[place.role_id],
            role_id=place.role_id,
            rate=number(place.rate),
            cost=number(place.labor_cost),
            default_currency=workspace.default_currency,
            working_hours=None if minutes is None else number(minutes / 60),
            view_edit_billable_rates=place.view_edit_billable_rates,
            view_edit_labor_costs=place.view_edit_labor_costs,
            groups=self._groups_of(tuple(each for each in group_ids if (each, workspace_id) in self._names.ways)),
        )

    def _groups_of(self, group_ids: tuple[int, ...]) -> list[ModelsGroupDict]:
        """Groups, by name."""
        groups = self._groups.get(group_ids)
        if groups is None:
            among = frozenset(group_ids)
            groups = [group for group_id, group in self._names.groups.items() if group_id in among]
            self._groups[group_ids] = groups
        return groups
