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
from rollcall.contract.timestamp import precise
from rollcall.contract.wire import number
from rollcall.server.domain.corrections import may_change_address
from rollcall.server.storage.organization_user_pages import FEW, Person, Workspace
from rollcall.server.storage.people_copies import Place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from rollcall.server.domain.work import Viewer
    from rollcall.server.storage.organization_user_pages import PageRow

K = TypeVar("K")
V = TypeVar("V")
_Fields = tuple[Any, ...]


def _plain(kind: type[Person | Place]) -> Any:
    """A tuple that is not named: to take it apart takes a third of the time."""
    return GenericAlias(tuple, tuple(get_type_hints(kind).values()))


_PEOPLE: Any = GenericAlias(list, _plain(Person))
_IN_WORKSPACES: Any = GenericAlias(list, GenericAlias(dict, (int, _plain(Place))))

# Not strict, because in SQLite's JSON a bool is a number.
_people: msgspec.json.Decoder[list[_Fields]] = msgspec.json.Decoder(_PEOPLE, strict=False)
_in_workspaces: msgspec.json.Decoder[list[dict[int, _Fields]]] = msgspec.json.Decoder(_IN_WORKSPACES, strict=False)
_in_groups = msgspec.json.Decoder(list[tuple[int, ...]])
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
        people: They themselves, with the fields of `Person`.
        in_workspaces: What each of them is in workspaces, by the ids of these, with the fields of `Place`.
        in_groups: The ids of each one's groups.
    """

    def __init__(self, row: PageRow) -> None:
        self.people = _people.decode(row.people)
        self.in_workspaces = _in_workspaces.decode(row.in_workspaces)
        self.in_groups = _in_groups.decode(row.in_groups)

    def account(self, place: int) -> int:
        """Whose account is at a place."""
        return Person(*self.people[place]).user_id

    @property
    def workspace_ids(self) -> set[int]:
        """The workspaces that somebody is in."""
        return set().union(*self.in_workspaces)

    @property
    def group_ids(self) -> set[int]:
        """The groups that somebody is in."""
        return set().union(*self.in_groups)


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
        self.written: Kept[tuple[int, ...], tuple[bytes, dict[int, bytes]]] = Kept()
        self.are_few = max(len(self._names), len(self._ways)) < FEW

    def of(self, group_ids: tuple[int, ...]) -> tuple[bytes, dict[int, bytes]]:
        """The groups of somebody; and those of them through which they are in a workspace, by its id."""
        written = self.written.get(group_ids)
        if written is None:
            among = frozenset(group_ids)
            by_workspace = {
                workspace_id: self._write({each for each in among if (each, workspace_id) in self._ways})
                for workspace_id in {workspace_id for group_id, workspace_id in self._ways if group_id in among}
            }
            written = self._write(among), by_workspace
            self.written.keep(group_ids, written, len(written[0]) + sum(map(len, by_workspace.values())))
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
        self.forms: Kept[tuple[object, ...], Form] = Kept()
        self.has_few_workspaces = len(self._workspaces) < FEW

    def of(self, page: OnPage, groups: Groups, viewer: Viewer) -> list[msgspec.Raw]:
        """What is said to somebody of everybody on a page, in its order: each is a `ModelsOrgUser` in JSON."""
        described, forms, viewer_id, viewer_role = [], self.forms, viewer.user_id, viewer.role
        # Here the time of a page goes, so that no call is made that can be spared. What `_model` reads of a person and
        # their places is in `alike`; where it leaves a blank, the value is in `own`, in the order of the blanks.
        for person, places, group_ids in zip(page.people, page.in_workspaces, page.in_groups, strict=True):
            member, user_id, fullname, email, role_id, joined, inactive, elsewhere, invitation, created, updated = (
                person
            )
            can_edit_email = joined and not elsewhere and may_change_address(viewer_id, viewer_role, user_id, role_id)
            their_groups, by_workspace = groups.of(group_ids)
            alike: list[object] = [role_id, joined, inactive, can_edit_email]
            times = _json(precise(created)), _json(precise(updated))
            own = [member, _json(user_id), fullname, email, invitation, *times, their_groups]
            for workspace_id, place in places.items():
                workspace_user, place_role_id, is_out, rate, cost, minutes, edits_rates, edits_costs = place
                has_amounts = rate is not None or cost is not None or minutes is not None
                alike += (workspace_id, place_role_id, is_out, edits_rates, edits_costs, has_amounts)
                own += (workspace_user, by_workspace.get(workspace_id, b"[]"))
                if has_amounts:
                    own += _amounts(rate, cost, minutes)
            form = forms.get(tuple(alike))
            if form is None:
                named = {workspace_id: Place(*place) for workspace_id, place in places.items()}
                form = Form(self._model(Person(*person), named, can_edit_email=can_edit_email))
                forms.keep(tuple(alike), form, form.size)
            described.append(form.fill(own))
        return described

    def _model(self, person: Person, places: dict[int, Place], *, can_edit_email: bool) -> ModelsOrgUser:
        """What is said of everybody who is like this person, with a blank for each value that is their own."""
        blanks = map(blank, count())
        member, user_id, name, email, invitation_id, created_at, updated_at, groups = islice(blanks, 8)
        workspaces = {}
        for workspace_id, place in places.items():
            workspace_user_id, groups_here = islice(blanks, 2)
            amounts = (place.rate, place.labor_cost, place.working_hours_in_minutes)
            rate, cost, working_hours = amounts if amounts == (None, None, None) else islice(blanks, 3)
            workspace = self._workspaces[workspace_id]
            workspaces[workspace_id] = ModelsOrgUserWorkspace(
                workspace_id=workspace_id,
                workspace_user_id=workspace_user_id,
                workspace_name=workspace.name,
                name=workspace.name,
                active=person.joined,
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
            model, older_names = ModelsOrgUserDetailed, {"organization_user_id": member, "fullname": name}
        return model(
            id=member,
            user_id=user_id,
            organization_id=self._organization_id,
            name=name,
            email=email,
            avatar_url="",
            role_id=person.role_id,
            admin=person.role_id != _MEMBER,
            owner=person.role_id == _OWNER,
            joined=person.joined,
            inactive=person.inactive,
            can_edit_email=can_edit_email,
            invitation_id=invitation_id,
            workspace_count=len(workspaces),
            workspaces=[workspaces[workspace_id] for workspace_id in sorted(workspaces, key=self._rank.__getitem__)],
            groups=groups,
            created_at=created_at,
            updated_at=updated_at,
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
