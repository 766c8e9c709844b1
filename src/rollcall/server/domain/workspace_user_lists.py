"""The people of a workspace: listed in pages."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from rollcall.contract import timestamp
from rollcall.contract.models.workspace_user import (
    ModelsOrganizationWorkspaceUser,
    ModelsSimpleWorkspaceUser,
    ModelsWorkspaceUser,
)
from rollcall.contract.name import name_key
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.contract.role import OrganizationRole, WorkspaceRole
from rollcall.contract.wire import number
from rollcall.server.domain.paging import Page, rows_before
from rollcall.server.domain.people_counts import Selection
from rollcall.server.domain.people_lists import NEAR, Found, find, first_stretch
from rollcall.server.domain.reach import organization_of_workspace
from rollcall.server.storage import workspace_user_pages as rows
from rollcall.server.storage.people_blocks import OF_WORKSPACE
from rollcall.server.storage.people_search import query_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.contract.operations.workspace_users import (
        OrganizationWorkspaceUsersQuery,
        WorkspaceUsersQuery,
        WorkspaceWorkspaceUsersQuery,
    )
    from rollcall.server.domain.paging import PagedQuery
    from rollcall.server.domain.people_lists import Stretch
    from rollcall.server.domain.work import Work
    from rollcall.server.storage.workspace_user_pages import PageRow, PersonInWorkspace

T = TypeVar("T")

# Not strict, because in SQLite's JSON a bool is a number.
_people = msgspec.json.Decoder(list[rows.PersonInWorkspace], strict=False)
_pairs = msgspec.json.Decoder(list[tuple[int, int]])

# What a standing is the sum of.
_INDIRECT, _INACTIVE, _WITH_RATE = 1, 2, 4


async def list_of_organization(
    work: Work, organization_id: int, workspace_id: int, query: OrganizationWorkspaceUsersQuery
) -> Page[ModelsOrganizationWorkspaceUser]:
    """All people of a workspace (`GET /organizations/{id}/workspaces/{id}/workspace_users`).

    Raises:
        Refused: Who asks wants to know whose rate is special, and may not see rates.
    """
    if query.custom_rates is not None and not work.viewer.administers_workspace:
        raise Refused(Reason.FORBIDDEN)
    return await _page(
        work,
        organization_id,
        workspace_id,
        query,
        lambda person, groups: ModelsOrganizationWorkspaceUser(**_fields(work, workspace_id, person, groups)),
        _standings(only_active=query.active, custom_rates=query.custom_rates),
        name=query.name,
        part=query.search,
    )


async def list_of_workspace(
    work: Work, workspace_id: int, query: WorkspaceWorkspaceUsersQuery
) -> Page[ModelsWorkspaceUser]:
    """The people who are directly in a workspace, or all of them (`GET /workspaces/{id}/workspace_users`)."""
    return await _page(
        work,
        organization_of_workspace(work),
        workspace_id,
        query,
        lambda person, groups: ModelsWorkspaceUser(**_fields(work, workspace_id, person, groups)),
        _standings(only_direct=query.include_indirect.lower() != "true"),
    )


async def list_briefly(work: Work, workspace_id: int, query: WorkspaceUsersQuery) -> Page[ModelsSimpleWorkspaceUser]:
    """All people of a workspace, in short (`GET /workspaces/{id}/users`)."""
    return await _page(
        work,
        organization_of_workspace(work),
        workspace_id,
        query,
        _describe_briefly,
        _standings(only_active=query.exclude_deleted),
    )


async def _page(
    work: Work,
    organization_id: int,
    workspace_id: int,
    query: PagedQuery,
    describe: Callable[[PersonInWorkspace, list[int]], T],
    standings: frozenset[int],
    *,
    name: str | None = None,
    part: str | None = None,
) -> Page[T]:
    where = {"organization_id": organization_id, "workspace_id": workspace_id}
    found = await _find(work, where, query, standings, name_key(name or ""), name_key(part or ""))
    page = found.page
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for user_id, group_id in _pairs.decode(page.memberships):
        groups[user_id].append(group_id)
    people = _people.decode(page.people)
    if found.goes_on:
        found.mark(people[0].user_id, people[-1].user_id)
    items = [describe(person, groups[person.user_id]) for person in people]
    if found.turned:
        items.reverse()
    return Page(items, query.page, query.per_page, found.total, revision=page.revision)


async def _find(
    work: Work, where: dict[str, int], query: PagedQuery, standings: frozenset[int], name: str, part: str
) -> Found[PageRow]:
    before = rows_before(query)
    if name or part:
        entries = query_for(where["organization_id"], max(name, part, key=len))
        page = await work.transaction.one(
            rows.found_by_part(standings),
            **where,
            name=name or None,
            part=part or None,
            entries=entries,
            skip=before,
            rows=query.per_page,
        )
        assert page is not None  # noqa: S101 - a SELECT without FROM has one row
        return Found(page, page.total, turned=False)
    read = partial(_read, work, where, standings)
    if standings == OF_WORKSPACE and before <= NEAR:
        page = await read(first_stretch(before, query.per_page, descending=False))
        return Found(page, page.total, turned=False)
    selection = Selection(**where, standings=standings)
    return await find(work, selection, before, query.per_page, read, descending=False)


async def _read(work: Work, where: dict[str, int], standings: frozenset[int], asked: Stretch) -> PageRow:
    page = await work.transaction.one(
        rows.on_the_way(standings, asked.start), **where, skip=asked.skip, rows=asked.rows, **asked.edge
    )
    assert page is not None  # noqa: S101 - a SELECT without FROM has one row
    return page


def _standings(
    *, only_active: bool = False, only_direct: bool = False, custom_rates: bool | None = None
) -> frozenset[int]:
    return frozenset(
        standing
        for standing in OF_WORKSPACE
        if not (only_active and standing & _INACTIVE)
        and not (only_direct and standing & _INDIRECT)
        and custom_rates in (None, bool(standing & _WITH_RATE))
    )


def _describe_briefly(person: PersonInWorkspace, _: list[int]) -> ModelsSimpleWorkspaceUser:
    role = WorkspaceRole(person.role_id)
    return ModelsSimpleWorkspaceUser(
        id=person.user_id,
        fullname=person.fullname,
        email=person.email,
        is_active=person.joined,
        is_admin=role is WorkspaceRole.ADMIN,
        inactive=person.inactive,
        role=role.legacy,
    )


def _fields(work: Work, workspace_id: int, person: PersonInWorkspace, group_ids: list[int]) -> dict[str, Any]:
    """What both long forms say of somebody. Rates and costs are for those who administer the workspace."""
    role = WorkspaceRole(person.role_id)
    admin = role is WorkspaceRole.ADMIN
    money: dict[str, Any] = {}
    if work.viewer.administers_workspace:
        money = {
            "rate": number(person.rate),
            "rate_last_updated": _moment(person.rate_updated_at),
            "labor_cost": number(person.labor_cost),
            "labor_cost_last_updated": _moment(person.labor_cost_updated_at),
            "labour_cost": number(person.labor_cost),
        }
    return {
        "id": person.id,
        "uid": person.user_id,
        "wid": workspace_id,
        "user_id": person.user_id,
        "workspace_id": workspace_id,
        "name": person.fullname,
        "email": person.email,
        "timezone": person.timezone,
        "avatar_file_name": "",
        "active": person.joined,
        "inactive": person.inactive,
        "is_direct": person.direct,
        "admin": admin,
        "workspace_admin": admin,
        "organization_admin": OrganizationRole(person.organization_role_id).administers,
        "role": role.legacy,
        "role_id": int(role),
        "group_ids": sorted(group_ids),
        "working_hours_in_minutes": person.working_hours_in_minutes,
        "view_edit_billable_rates": person.view_edit_billable_rates,
        "view_edit_labor_costs": person.view_edit_labor_costs,
        "at": timestamp.seconds(person.updated_at),
        "two_factor_enabled": False,
        **money,
    }


def _moment(microseconds: int | None) -> str | None:
    return None if microseconds is None else timestamp.seconds(microseconds)
