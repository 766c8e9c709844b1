"""What a list says of the people of an organization: of each of them, and of the workspaces and groups they are in."""

from __future__ import annotations

from functools import lru_cache
from itertools import count, islice
from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar

import msgspec

from rollcall.contract.form import Form, blank
from rollcall.contract.models.organization_user import (
    ModelsGroupDict,
    ModelsOrgUser,
    ModelsOrgUserDetailed,
    ModelsOrgUserWorkspace,
)
from rollcall.contract.name import name_key
from rollcall.contract.role import OrganizationRole, WorkspaceRole
from rollcall.contract.wire import number
from rollcall.server.domain.corrections import may_change_address
from rollcall.server.storage.organization_user_pages import FEW, Workspace
from rollcall.server.storage.people_descriptions import UNIT, Amounts, Person, Shape

if TYPE_CHECKING:
    from collections.abc import Collection, Set

    from rollcall.server.domain.work import Viewer
    from rollcall.server.storage.organization_user_pages import PageRow

K = TypeVar("K")
V = TypeVar("V")

# Not strict, because in SQLite's JSON a bool is a number.
_shape = msgspec.json.Decoder(Shape, strict=False)
_amounts = msgspec.json.Decoder(list[Amounts])
_group_ids = msgspec.json.Decoder(frozenset[int])
_workspaces = msgspec.json.Decoder(list[Workspace])
_groups = msgspec.json.Decoder(list[tuple[int, str]])
_ways = msgspec.json.Decoder(set[tuple[int, int]])

# To look up a member of an enumeration takes as long as to make a model.
_OWNER, _MEMBER = int(OrganizationRole.OWNER), int(OrganizationRole.MEMBER)
_ADMIN = int(WorkspaceRole.ADMIN)
_LEGACY = {int(role): role.legacy for role in WorkspaceRole}

LARGEST = 32_768
"""Bytes that are kept of one kind for one organization; in memory they take some times as much."""

_OVERHEAD = 100
"""Bytes that something counts beside its text."""


class Kept(dict[K, V]):
    """What was written for some people and serves others; forgotten when it becomes too much.

    Attributes:
        size: Bytes that it counts.
    """

    def __init__(self) -> None:
        super().__init__()
        self.size = 0

    def keep(self, key: K, value: V, size: int) -> None:
        """Keep something with a text of so many bytes."""
        self.size += size + _OVERHEAD
        if self.size > LARGEST:
            self.clear()
            self.size = size + _OVERHEAD
        self[key] = value


class OnPage:
    """The people on a page, in its order.

    Attributes:
        people: Each has the fields of `Person`; a tuple that is not named takes a third of the time to make.
    """

    def __init__(self, row: PageRow) -> None:
        fields = iter(row.people.split(UNIT)) if row.people else iter(())
        self.people: list[tuple[str, ...]] = list(zip(*[fields] * len(Person._fields), strict=True))

    def account(self, place: int) -> int:
        """Whose account is at a place."""
        return int(Person(*self.people[place]).user_id)

    @property
    def workspace_ids(self) -> set[int]:
        """The workspaces that somebody is in."""
        return {place.workspace_id for shape in self._different("shape") for place in _shape.decode(shape).places}

    @property
    def group_ids(self) -> set[int]:
        """The groups that somebody is in."""
        return set().union(*map(_group_ids.decode, self._different("group_ids")))

    def _different(self, field: str) -> set[str]:
        return set(map(itemgetter(Person._fields.index(field)), self.people))


class Groups:
    """What groups are called, and through which of them people are in which workspace: in JSON, as people have them.

    Attributes:
        are_few: Whether they may be all that there are.
        written: The groups of people in JSON, as `of` gives them.
    """

    def __init__(self, groups: str = "[]", ways: str = "[]") -> None:
        self._names: dict[int, str] = {}
        self._ways: set[tuple[int, int]] = set()
        self.written: Kept[tuple[str, tuple[int, ...]], list[str]] = Kept()
        self.learn(groups, ways)
        self.are_few = max(len(self._names), len(self._ways)) < FEW

    @property
    def ids(self) -> Set[int]:
        """Those that are known."""
        return self._names.keys()

    @property
    def size(self) -> int:
        """How much is known: groups, and ways through them."""
        return len(self._names) + len(self._ways)

    def learn(self, groups: str, ways: str) -> None:
        """Add some groups, and every way through them."""
        self._ways.update(_ways.decode(ways))
        self._names.update(_groups.decode(groups))

    def of(self, group_ids: str, workspace_ids: tuple[int, ...]) -> list[str]:
        """For each workspace the groups through which somebody is in it; and last, all of theirs.

        Args:
            group_ids: Their ids in JSON.
            workspace_ids: The workspaces that they are in.
        """
        key = group_ids, workspace_ids
        written = self.written.get(key)
        if written is None:
            among = _group_ids.decode(group_ids)
            ways = [{each for each in among if (each, workspace_id) in self._ways} for workspace_id in workspace_ids]
            written = [self._write(some) for some in (*ways, among)]
            self.written.keep(key, written, sum(map(len, written)))
        return written

    def _write(self, among: Collection[int]) -> str:
        named = sorted((name_key(self._names[number]), number) for number in among)
        return _json([ModelsGroupDict(group_id=number, name=self._names[number]) for _, number in named])


class Description:
    """Describes the people of an organization.

    Many are alike but for a few values of their own. What is said of those is written once: a form that each fills in.

    Args:
        organization_id: Their organization.
        workspaces: Workspaces they are in, in JSON, as `NamesRow` has them.
        detailed: Whether some of it is said under older names too.

    Attributes:
        has_few_workspaces: Whether they may be all that there are.
        forms: By what those have in common who fill them in.
    """

    def __init__(self, organization_id: int, workspaces: str = "[]", *, detailed: bool) -> None:
        self._workspaces: dict[int, Workspace] = {}
        self._organization_id = organization_id
        self._detailed = detailed
        self.forms: Kept[tuple[str, bool, int | None], tuple[Form, tuple[int, ...]]] = Kept()
        self.learn(workspaces)
        self.has_few_workspaces = len(self._workspaces) < FEW

    @property
    def workspace_ids(self) -> Set[int]:
        """Those that are known."""
        return self._workspaces.keys()

    def learn(self, workspaces: str) -> None:
        """Add some workspaces."""
        self._workspaces.update({workspace.id: workspace for workspace in _workspaces.decode(workspaces)})

    def of(self, page: OnPage, groups: Groups, viewer: Viewer) -> list[msgspec.Raw]:
        """What is said to somebody of everybody on a page, in its order: each is a `ModelsOrgUser` in JSON."""
        described, forms = [], self.forms
        viewer_id, viewer_role = str(viewer.user_id), viewer.role and int(viewer.role)
        # Here the time of a page goes, so that no call is made that can be spared.
        for person in page.people:
            shape, group_ids, amounts, workspace_users, member, user_id, name, email, invitation, made, changed = person
            alike = shape, user_id == viewer_id, viewer_role
            known = forms.get(alike)
            if known is None:
                known = self._form(_shape.decode(shape), viewer, themselves=user_id == viewer_id)
                forms.keep(alike, known, known[0].size)
            form, workspace_ids = known
            # In the order of the blanks: where somebody is in one workspace, that is the order in which they stand.
            values = [member, user_id, name, email, invitation]
            if workspace_users:
                values += workspace_users.split(",")
            values += groups.of(group_ids, workspace_ids)
            values += (made, changed)
            if amounts != "[]":
                values += _written(amounts)
            described.append(msgspec.Raw(form.fill(values)))
        return described

    def _form(self, shape: Shape, viewer: Viewer, *, themselves: bool) -> tuple[Form, tuple[int, ...]]:
        """What is said to somebody of everybody of a shape, or of themselves; and the workspaces that those are in."""
        may_change = may_change_address(viewer.role, shape.role_id, themselves=themselves)
        model = self._model(shape, can_edit_email=shape.joined and not shape.elsewhere and may_change)
        return Form(model), tuple(place.workspace_id for place in shape.places)

    def _model(self, shape: Shape, *, can_edit_email: bool) -> ModelsOrgUser:
        """What is said of everybody of a shape, with a blank for each value that is their own."""
        blanks = map(blank, count())
        member, user_id, name, email, invitation_id = islice(blanks, 5)
        workspace_users = list(islice(blanks, len(shape.places)))
        in_workspaces = list(islice(blanks, len(shape.places)))
        groups, created_at, updated_at = islice(blanks, 3)
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
            model, older_names = ModelsOrgUserDetailed, {"organization_user_id": member, "fullname": name}
        return model(
            id=member,
            user_id=user_id,
            organization_id=self._organization_id,
            name=name,
            email=email,
            avatar_url="",
            role_id=shape.role_id,
            admin=shape.role_id != _MEMBER,
            owner=shape.role_id == _OWNER,
            joined=shape.joined,
            inactive=shape.inactive,
            can_edit_email=can_edit_email,
            invitation_id=invitation_id,
            workspace_count=len(workspaces),
            workspaces=[workspaces[workspace_id] for workspace_id in sorted(workspaces, key=self._by_name)],
            groups=groups,
            created_at=created_at,
            updated_at=updated_at,
            two_factor_enabled=False,
            **older_names,
        )

    def _by_name(self, workspace_id: int) -> tuple[str, int]:
        return name_key(self._workspaces[workspace_id].name), workspace_id


def _written(amounts: str) -> list[str]:
    return [
        _json(number(value))
        for rate, cost, minutes in _amounts.decode(amounts)
        for value in (rate, cost, None if minutes is None else minutes / 60)
    ]


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


@lru_cache(maxsize=128)
def description_of(organization_id: int, workspaces: str, *, detailed: bool) -> Description:
    """A `Description`, the same one for as long as the workspaces are called the same."""
    return Description(organization_id, workspaces, detailed=detailed)


@lru_cache(maxsize=128)
def groups_of(groups: str, ways: str) -> Groups:
    """`Groups`, the same for as long as they are called the same."""
    return Groups(groups, ways)
