"""The people of an organization: listed in pages."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rollcall.contract.name import name_key
from rollcall.contract.wire import encode
from rollcall.server.domain.organization_user_description import OnPage, description_of, groups_of
from rollcall.server.domain.paging import Page, rows_before
from rollcall.server.domain.people_counts import Selection
from rollcall.server.domain.people_lists import NEAR, Found, Stretch, find, first_stretch
from rollcall.server.domain.reach import check_workspaces
from rollcall.server.storage import organization_user_pages as rows
from rollcall.server.storage.people_blocks import OF_ORGANIZATION, WHOLE_ORGANIZATION
from rollcall.server.storage.people_search import query_for

if TYPE_CHECKING:
    from msgspec import Raw

    from rollcall.contract.operations.organization_users import OrganizationUsersQuery
    from rollcall.server.domain.work import Work
    from rollcall.server.storage.organization_user_pages import NamesRow, PageRow
    from rollcall.server.storage.people_pages import Source

_STATUSES = ("active", "inactive", "invited")
_ADMINS = 3
"""Added to the standing of an admin."""


async def list_all(work: Work, organization_id: int, query: OrganizationUsersQuery) -> Page[Raw]:
    """The people of an organization, by name (`GET /organizations/{id}/users`)."""
    return await _list(work, organization_id, query, detailed=False)


async def list_detailed(work: Work, organization_id: int, query: OrganizationUsersQuery) -> Page[Raw]:
    """The same, under older names too (`GET /organizations/{id}/users/detailed`). Here a workspace must exist."""
    await check_workspaces(work, organization_id, set(query.workspaces))
    return await _list(work, organization_id, query, detailed=True)


async def _list(work: Work, organization_id: int, query: OrganizationUsersQuery, *, detailed: bool) -> Page[Raw]:
    while True:
        found = await _find(work, organization_id, query)
        page = found.page
        people = OnPage(page)
        description = description_of(organization_id, page.workspaces, detailed=detailed)
        groups = groups_of(page.groups, page.ways)
        if not (description.has_few_workspaces and groups.are_few):
            known = work.service.names.of(organization_id, work.viewer.epoch, page.revision, detailed=detailed)
            if not known.covers(people):
                names = await _names(work, organization_id, people)
                if names.revision != page.revision:
                    # On PostgreSQL somebody may write between two statements.
                    continue
                known.learn(names)
            if not description.has_few_workspaces:
                description = known.description
            groups = known.groups
        items = description.of(people, groups, work.viewer)
        if found.goes_on:
            found.mark(people.account(0), people.account(-1))
        if found.turned:
            items.reverse()
        return Page(items, query.page, query.per_page, found.total, query.sort_dir, page.revision)


async def _names(work: Work, organization_id: int, people: OnPage) -> NamesRow:
    """What those workspaces and groups are called that people on a page are in."""
    names = await work.transaction.one(
        rows.NAMES,
        organization_id=organization_id,
        workspaces=encode(people.workspace_ids).decode(),
        groups=encode(people.group_ids).decode(),
    )
    assert names is not None  # noqa: S101 - a SELECT without FROM has one row
    return names


async def _find(work: Work, organization_id: int, query: OrganizationUsersQuery) -> Found[PageRow]:
    before = rows_before(query)
    standings = _standings(query)
    part = name_key(query.filter or "")
    if part:
        return await _search(work, organization_id, query, "search", standings, part)
    if query.groups or query.workspaces:
        return await _search(work, organization_id, query, "groups" if query.groups else "workspaces", standings)
    descending = query.sort_dir == "desc"
    read = partial(_read, work, organization_id, standings)
    if standings == OF_ORGANIZATION and before <= NEAR:
        page = await read(first_stretch(before, query.per_page, descending=descending))
        return Found(page, page.total, turned=False)
    selection = Selection(organization_id, WHOLE_ORGANIZATION, standings)
    return await find(work, selection, before, query.per_page, read, descending=descending)


def _standings(query: OrganizationUsersQuery) -> frozenset[int]:
    statuses = [_STATUSES.index(status) for status in query.active_status or _STATUSES]
    kinds = (_ADMINS,) if query.only_admins else (0, _ADMINS)
    return frozenset(status + kind for status in statuses for kind in kinds)


async def _read(work: Work, organization_id: int, standings: frozenset[int], asked: Stretch) -> PageRow:
    where = {} if asked.block is None else {"workspace_id": WHOLE_ORGANIZATION}
    page = await work.transaction.one(
        rows.on_the_way(standings, asked.start),
        organization_id=organization_id,
        skip=asked.skip,
        rows=asked.rows,
        **where,
        **asked.edge,
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
) -> Found[PageRow]:
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
    return Found(page, page.total, turned=False)
