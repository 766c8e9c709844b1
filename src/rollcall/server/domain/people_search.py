"""Who is found by a part of their name or address: kept up to date by whoever changes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.server.storage import people_search as rows

if TYPE_CHECKING:
    from rollcall.server.domain.work import Work


async def add(work: Work, organization_id: int, organization_user_id: int, name_key: str, email_key: str) -> None:
    """Let somebody be found."""
    await work.transaction.execute(
        rows.ADD,
        organization_id=organization_id,
        organization_user_id=organization_user_id,
        entries=rows.entries_of(organization_id, name_key, email_key),
    )


async def remove(work: Work, organization_id: int, organization_user_id: int, name_key: str, email_key: str) -> None:
    """Let somebody be found no more by the name and the address under which they are found now."""
    await work.transaction.execute(
        rows.REMOVE,
        organization_id=organization_id,
        organization_user_id=organization_user_id,
        entries=rows.entries_of(organization_id, name_key, email_key),
    )


async def remove_everybody(work: Work, organization_id: int) -> None:
    """Let nobody of an organization be found any more."""
    last = 0
    while people := await work.transaction.all(rows.EVERYBODY, organization_id=organization_id, last=last):
        for person in people:
            await remove(work, organization_id, person.id, person.name_key, person.email_key)
        last = people[-1].id
