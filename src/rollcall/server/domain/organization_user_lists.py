"""The people of an organization: listed in pages."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

import msgspec

from rollcall.contract import timestamp
from rollcall.contract.models.organization_user import (
    ModelsGroupDict,
    ModelsOrgUser,
    ModelsOrgUserDetailed,
    ModelsOrgUserWorkspace,
)
from rollcall.contract.name import name_key
from rollcall.contract.role import OrganizationRole, WorkspaceRole
from rollcall.contract.wire import encode, number
from rollcall.server.domain.corrections import may_change_address
from rollcall.server.domain.paging import Page, rows_before
from rollcall.server.domain.people_lists import NEAR, Stretch, count, first_stretch, stretch
from rollcall.server.domain.reach import check_workspaces
from rollcall.server.storage import organization_user_pages as rows
from rollcall.server.storage.people_blocks import OF_ORGANIZATION, WHOLE_ORGANIZATION
from rollcall.server.storage.people_search import query_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.contract.operations.organization_users import OrganizationUsersQuery
    from rollcall.server.domain.work import Work
    from rollcall.server.storage.organization_user_pages import PageRow, Person, Place, Workspace
    from rollcall.server.storage.people_pages import Source

U = TypeVar("U", bound=ModelsOrgUser)

# Not strict, because in SQLite's JSON a bool is a number.
_people = msgspec.json.Decoder(list[rows.Person], strict=False)
_places = msgspec.json.Decoder(list[rows.Place], strict=False)
_workspaces = msgspec.json.Decoder(list[rows.Workspace])
_groups = msgspec.json.Decoder(list[tuple[int, str]])
_pairs = msgspec.json.Decoder(list[tuple[int, int]])

# What is said of everybody is not looked up for everybody.
_OWNER, _MEMBER = int(OrganizationRole.OWNER), int(OrganizationRole.MEMBER)
_ADMIN = int(WorkspaceRole.ADMIN)
_LEGACY = {int(role): role.legacy for role in WorkspaceRole}

_STATUSES = ("active", "inactive", "invited")
_ADMINS = 3
"""Added to the standing of an admin."""


async def list_all(work: Work, organization_id: int, query: OrganizationUsersQuery) -> Page[ModelsOrgUser]:
    """The people of an organization, by name (`GET /organizations/{id}/users`)."""
    row, total, turned = await _find(work, organization_id, query)
    items = _Book(work, organization_id, row).describe(ModelsOrgUser)
    return Page(items[::-1] if turned else items, query.page, query.per_page, total, query.sort_dir)


async def list_detailed(work: Work, organization_id: int, query: OrganizationUsersQuery) -> Page[ModelsOrgUserDetailed]:
    """The same, under older names too (`GET /organizations/{id}/users/detailed`). Here a workspace must exist."""
    await check_workspaces(work, organization_id, set(query.workspaces))
    row, total, turned = await _find(work, organization_id, query)
    items = _Book(work, organization_id, row).describe(ModelsOrgUserDetailed)
    for item in items:
        item.organization_user_id, item.fullname = item.id, item.name
    return Page(items[::-1] if turned else items, query.page, query.per_page, total, query.sort_dir)


async def _find(work: Work, organization_id: int, query: OrganizationUsersQuery) -> tuple[PageRow, int, bool]:
    """The page that is asked for, how many people are on all of them, and whether it is in the opposite order."""
    before = rows_before(query)
    standings = _standings(query)
    part = name_key(query.filter or "")
    if part:
        return await _search(work, organization_id, query, "search", standings, part)
    if query.groups or query.workspaces:
        return await _search(work, organization_id, query, "groups" if query.groups else "workspaces", standings)
    descending = query.sort_dir == "desc"
    if standings == OF_ORGANIZATION and before <= NEAR:
        near = first_stretch(before, query.per_page, descending=descending)
        page = await _read(work, organization_id, standings, near)
        return page, page.total, False
    while True:
        counted = await count(work, organization_id, WHOLE_ORGANIZATION, standings)
        asked = stretch(counted.sizes, before, query.per_page, descending=descending)
        page = await _read(work, organization_id, standings, asked)
        # On PostgreSQL somebody may write between two statements.
        if page.revision == counted.revision:
            return page, counted.total, asked.turned


def _standings(query: OrganizationUsersQuery) -> frozenset[int]:
    statuses = [_STATUSES.index(status) for status in query.active_status or _STATUSES]
    kinds = (_ADMINS,) if query.only_admins else (0, _ADMINS)
    return frozenset(status + kind for status in statuses for kind in kinds)


async def _read(work: Work, organization_id: int, standings: frozenset[int], asked: Stretch) -> PageRow:
    where = {} if asked.block is None else {"workspace_id": WHOLE_ORGANIZATION, "block": asked.block}
    page = await work.transaction.one(
        rows.on_the_way(standings, asked.start),
        organization_id=organization_id,
        skip=asked.skip,
        rows=asked.rows,
        **where,
    )
    assert page is not None  # noqa: S101 - a SELECT without FROM has one row
    return page


async def _search(
    work: Work,
    organization_id: int,
    query: OrganizationUsersQuery,
    source: Source,
    standings: frozenset[int],
    part: str = "",
) -> tuple[PageRow, int, bool]:
    parameters = {"workspaces": encode(query.workspaces).decode()}
    if source == "search":
        parameters |= {"part": part, "entries": query_for(organization_id, part)}
    if source != "workspaces":
        parameters["groups"] = encode(query.groups).decode()
    page = await work.transaction.one(
        rows.found_by(source, standings, query.sort_dir),
        organization_id=organization_id,
        skip=rows_before(query),
        rows=query.per_page,
        **parameters,
    )
    assert page is not None  # noqa: S101 - a SELECT without FROM has one row
    return page, page.total, False


class _Book:
    """What a page says of everybody on it, and of the workspaces and groups they are in."""

    def __init__(self, work: Work, organization_id: int, row: PageRow) -> None:
        self._may_change_address = partial(may_change_address, work.viewer.user_id, work.viewer.role)
        self._organization_id = organization_id
        self._people: list[Person] = _people.decode(row.people)
        workspaces = _workspaces.decode(row.workspaces)
        self._workspaces: dict[int, Workspace] = {workspace.id: workspace for workspace in workspaces}
        rank = {workspace.id: rank for rank, workspace in enumerate(workspaces)}
        self._places: dict[int, list[Place]] = {person.user_id: [] for person in self._people}
        for place in sorted(_places.decode(row.places), key=lambda place: rank[place.workspace_id]):
            self._places[place.user_id].append(place)
        self._ways = set(_pairs.decode(row.ways))
        members: dict[int, list[int]] = {}
        for user_id, group_id in _pairs.decode(row.memberships):
            members.setdefault(group_id, []).append(user_id)
        self._groups: dict[int, list[ModelsGroupDict]] = {person.user_id: [] for person in self._people}
        for group_id, name in _groups.decode(row.groups):
            group = ModelsGroupDict(group_id=group_id, name=name)
            for user_id in members[group_id]:
                self._groups[user_id].append(group)

    def describe(self, model: type[U]) -> list[U]:
        """What is said of everybody, in the order in which they were read."""
        return [self._describe(model, person) for person in self._people]

    def _describe(self, model: type[U], person: Person) -> U:
        groups = self._groups[person.user_id]
        places = self._places[person.user_id]
        role_id = person.role_id
        mine_to_edit = person.registered and person.joined and not person.elsewhere
        return model(
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
            workspaces=[self._describe_place(person, place, groups) for place in places],
            groups=groups,
            created_at=timestamp.precise(person.created_at),
            updated_at=timestamp.precise(person.updated_at),
            two_factor_enabled=False,
        )

    def _describe_place(
        self, person: Person, place: Place, groups: Sequence[ModelsGroupDict]
    ) -> ModelsOrgUserWorkspace:
        workspace_id = place.workspace_id
        workspace = self._workspaces[workspace_id]
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
            rate=place.rate if place.rate is None else number(place.rate),
            cost=place.labor_cost if place.labor_cost is None else number(place.labor_cost),
            default_currency=workspace.default_currency,
            working_hours=None if minutes is None else number(minutes / 60),
            view_edit_billable_rates=place.view_edit_billable_rates,
            view_edit_labor_costs=place.view_edit_labor_costs,
            groups=[group for group in groups if (group.group_id, workspace_id) in self._ways] if groups else [],
        )
