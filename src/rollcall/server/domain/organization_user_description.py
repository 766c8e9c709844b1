"""What a list says of the people of an organization: of each of them, and of the workspaces and groups they are in."""

from __future__ import annotations

from functools import lru_cache
from itertools import count, islice
from types import GenericAlias
from typing import TYPE_CHECKING, Any, TypeVar, get_type_hints

import msgspec

from rollcall.contract.form import Form, blank
from rollcall.contract.models.organization_user import (
    ModelsGroupDict,
    ModelsOrgUser,
    ModelsOrgUserDetailed,
    ModelsOrgUserWorkspace,
)
from rollcall.contract.role import OrganizationRole, WorkspaceRole
from rollcall.contract.wire import number
from rollcall.server.domain.corrections import may_change_address
from rollcall.server.storage.organization_user_pages import FEW, Workspace
from rollcall.server.storage.people_descriptions import Own, Person, Shape

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from rollcall.server.domain.work import Viewer
    from rollcall.server.storage.organization_user_pages import PageRow

K = TypeVar("K")
V = TypeVar("V")

# A tuple that is not named: to take it apart takes a third of the time.
_PEOPLE: Any = GenericAlias(list, GenericAlias(tuple, tuple(get_type_hints(Person).values())))

_people: msgspec.json.Decoder[list[tuple[Any, ...]]] = msgspec.json.Decoder(_PEOPLE)
# Not strict, because in SQLite's JSON a bool is a number.
_shape = msgspec.json.Decoder(Shape, strict=False)
_group_ids = msgspec.json.Decoder(frozenset[int])
_workspaces = msgspec.json.Decoder(list[Workspace])
_groups = msgspec.json.Decoder(list[tuple[int, str]])
_ways = msgspec.json.Decoder(set[tuple[int, int]])

_json = msgspec.json.Encoder().encode

# To look up a member of an enumeration takes as long as to make a model.
_OWNER, _MEMBER = int(OrganizationRole.OWNER), int(OrganizationRole.MEMBER)
_ADMIN = int(WorkspaceRole.ADMIN)
_LEGACY = {int(role): role.legacy for role in WorkspaceRole}

LARGEST = 32_768
"""Bytes of text that are kept of one kind for one organization; in memory they take some times as much."""


class Kept(dict[K, V]):
    """What was written for some people and serves others; forgotten when it becomes too much.

    Attributes:
        size: Bytes of text.
    """

    def __init__(self) -> None:
        super().__init__()
        self.size = 0

    def keep(self, key: K, value: V, size: int) -> None:
        """Keep something of so many bytes."""
        self.size += size
        if self.size > LARGEST:
            self.clear()
            self.size = size
        self[key] = value


class OnPage:
    """The people on a page, in its order.

    Attributes:
        people: Each has the fields of `Person`.
    """

    def __init__(self, row: PageRow) -> None:
        self.people = _people.decode(row.people)

    def account(self, place: int) -> int:
        """Whose account is at a place."""
        return Person(*self.people[place]).user_id

    @property
    def workspace_ids(self) -> set[int]:
        """The workspaces that somebody is in."""
        shapes = {Person(*each).shape for each in self.people}
        return {place.workspace_id for shape in shapes for place in _shape.decode(shape).places}

    @property
    def group_ids(self) -> set[int]:
        """The groups that somebody is in."""
        return {group_id for each in self.people for group_id in _group_ids.decode(Person(*each).group_ids)}


class Groups:
    """What groups are called, and through which of them people are in which workspace: in JSON, as people have them.

    Attributes:
        are_few: Whether they may be all that there are.
        written: The groups of people in JSON, as `of` gives them.
    """

    def __init__(self, groups: str, ways: str) -> None:
        # In the order of their names.
        self._names = _groups.decode(groups)
        self._ways = _ways.decode(ways)
        self.written: Kept[tuple[str, tuple[int, ...]], list[bytes]] = Kept()
        self.are_few = max(len(self._names), len(self._ways)) < FEW

    def of(self, group_ids: str, workspace_ids: tuple[int, ...]) -> list[bytes]:
        """The groups of somebody, and for each workspace those of them through which they are in it.

        Args:
            group_ids: Their ids in JSON.
            workspace_ids: The workspaces that they are in.
        """
        key = group_ids, workspace_ids
        written = self.written.get(key)
        if written is None:
            among = _group_ids.decode(group_ids)
            ways = [{each for each in among if (each, workspace_id) in self._ways} for workspace_id in workspace_ids]
            written = [self._write(some) for some in (among, *ways)]
            self.written.keep(key, written, sum(map(len, written)))
        return written

    def _write(self, among: Collection[int]) -> bytes:
        return _json([ModelsGroupDict(group_id=number, name=name) for number, name in self._names if number in among])


class Description:
    """Describes the people of an organization.

    Many are alike but for a few values of their own. What is said of those is written once: a form that each fills in.

    Args:
        organization_id: Their organization.
        workspaces: All workspaces they are in, in JSON by name, as `NamesRow` has them.
        detailed: Whether some of it is said under older names too.

    Attributes:
        has_few_workspaces: Whether they may be all that there are.
        forms: By what those have in common who fill them in.
    """

    def __init__(self, organization_id: int, workspaces: str, *, detailed: bool) -> None:
        self._workspaces = {workspace.id: workspace for workspace in _workspaces.decode(workspaces)}
        self._rank = {workspace_id: rank for rank, workspace_id in enumerate(self._workspaces)}
        self._organization_id = organization_id
        self._detailed = detailed
        self.forms: Kept[tuple[str, bool, int | None], tuple[Form, tuple[int, ...]]] = Kept()
        self.has_few_workspaces = len(self._workspaces) < FEW

    def of(self, page: OnPage, groups: Groups, viewer: Viewer) -> list[msgspec.Raw]:
        """What is said to somebody of everybody on a page, in its order: each is a `ModelsOrgUser` in JSON."""
        described, forms = [], self.forms
        viewer_id, viewer_role = viewer.user_id, viewer.role and int(viewer.role)
        # Here the time of a page goes, so that no call is made that can be spared.
        for shape, group_ids, user_id, own, workspace_users, amounts in page.people:
            alike = shape, user_id == viewer_id, viewer_role
            known = forms.get(alike)
            if known is None:
                known = self._form(_shape.decode(shape), user_id, viewer)
                forms.keep(alike, known, known[0].size)
            form, workspace_ids = known
            # In the order of the blanks.
            values = [*own, *groups.of(group_ids, workspace_ids), *workspace_users]
            for each in amounts:
                values += _amounts(*each)
            described.append(form.fill(values))
        return described

    def _form(self, shape: Shape, user_id: int, viewer: Viewer) -> tuple[Form, tuple[int, ...]]:
        """What is said to somebody of everybody of a shape, and the workspaces that those are in."""
        may_change = may_change_address(viewer.user_id, viewer.role, user_id, shape.role_id)
        model = self._model(shape, can_edit_email=shape.joined and not shape.elsewhere and may_change)
        return Form(model), tuple(place.workspace_id for place in shape.places)

    def _model(self, shape: Shape, *, can_edit_email: bool) -> ModelsOrgUser:
        """What is said of everybody of a shape, with a blank for each value that is their own."""
        blanks = map(blank, count())
        own: Any = Own(*islice(blanks, len(Own._fields)))
        groups = next(blanks)
        in_workspaces = list(islice(blanks, len(shape.places)))
        workspace_users = list(islice(blanks, len(shape.places)))
        workspaces = {}
        for place, groups_here, workspace_user_id in zip(shape.places, in_workspaces, workspace_users, strict=True):
            rate, cost, working_hours = islice(blanks, 3) if place.has_amounts else (None, None, None)
            workspace = self._workspaces[place.workspace_id]
            workspaces[place.workspace_id] = ModelsOrgUserWorkspace(
                workspace_id=place.workspace_id,
                workspace_user_id=workspace_user_id,
                workspace_name=workspace.name,
                name=workspace.name,
                active=shape.joined,
                inactive=place.inactive,
                admin=place.role_id == _ADMIN,
                role=_LEGACY[place.role_id],
                role_id=place.role_id,
                rate=rate,
                cost=cost,
                default_currency=workspace.default_currency,
                working_hours=working_hours,
                view_edit_billable_rates=place.view_edit_billable_rates,
                view_edit_labor_costs=place.view_edit_labor_costs,
                groups=groups_here,
            )
        model, older_names = ModelsOrgUser, {}
        if self._detailed:
            model, older_names = ModelsOrgUserDetailed, {"organization_user_id": own.id, "fullname": own.fullname}
        return model(
            id=own.id,
            user_id=own.user_id,
            organization_id=self._organization_id,
            name=own.fullname,
            email=own.email,
            avatar_url="",
            role_id=shape.role_id,
            admin=shape.role_id != _MEMBER,
            owner=shape.role_id == _OWNER,
            joined=shape.joined,
            inactive=shape.inactive,
            can_edit_email=can_edit_email,
            invitation_id=own.invitation_id,
            workspace_count=len(workspaces),
            workspaces=[workspaces[workspace_id] for workspace_id in sorted(workspaces, key=self._rank.__getitem__)],
            groups=groups,
            created_at=own.created_at,
            updated_at=own.updated_at,
            two_factor_enabled=False,
            **older_names,
        )


def _amounts(rate: float | None, cost: float | None, minutes: int | None) -> Iterator[bytes]:
    return map(_json, (number(rate), number(cost), number(None if minutes is None else minutes / 60)))


@lru_cache(maxsize=128)
def description_of(organization_id: int, workspaces: str, *, detailed: bool) -> Description:
    """A `Description`, the same one for as long as the workspaces are called the same."""
    return Description(organization_id, workspaces, detailed=detailed)


@lru_cache(maxsize=128)
def groups_of(groups: str, ways: str) -> Groups:
    """`Groups`, the same for as long as they are called the same."""
    return Groups(groups, ways)
