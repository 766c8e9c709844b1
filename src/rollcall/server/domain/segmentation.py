"""What an organization has said of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET

from rollcall.contract.models.segmentation import ModelsOrganizationSegmentation
from rollcall.contract.wire import encode
from rollcall.server.domain import audit
from rollcall.server.domain.revisions import raise_organization
from rollcall.server.storage import segmentation as rows

if TYPE_CHECKING:
    from rollcall.server.domain.work import Work

_SAID_IN_REPLIES = ("organization_id", "user_id")
_QUESTIONS = tuple(field for field in ModelsOrganizationSegmentation.__struct_fields__ if field not in _SAID_IN_REPLIES)


class NoContent(msgspec.Struct, frozen=True):
    """That there is nothing to tell, not even null."""


async def show(work: Work, organization_id: int) -> ModelsOrganizationSegmentation | NoContent:
    """The answers (`GET /organizations/{id}/segmentation`)."""
    stored = await work.transaction.one(rows.OF_ORGANIZATION, organization_id=organization_id)
    if stored is None:
        return NoContent()
    return _describe(organization_id, stored.user_id, msgspec.json.decode(stored.answers))


async def keep(
    work: Work, organization_id: int, body: ModelsOrganizationSegmentation | None
) -> ModelsOrganizationSegmentation:
    """Keep answers (`PUT /organizations/{id}/segmentation`): what is given replaces, null takes back, the rest stays.

    Without a body, as the generated clients send it, nothing changes.
    """
    given = {name: value for name in _QUESTIONS if (value := getattr(body, name, UNSET)) is not UNSET}
    if given:
        await raise_organization(work, organization_id)
    stored = await work.transaction.one(rows.OF_ORGANIZATION, organization_id=organization_id)
    before: dict[str, Any] = msgspec.json.decode(stored.answers) if stored else {}
    if not given:
        return _describe(organization_id, stored.user_id if stored else None, before)
    after = {name: value for name, value in {**before, **given}.items() if value is not None}
    await work.transaction.execute(
        rows.STORE,
        organization_id=organization_id,
        user_id=work.viewer.user_id,
        answers=encode(after).decode(),
        now=work.now,
    )
    changed = [name for name in _QUESTIONS if before.get(name) != after.get(name)]
    if changed:
        await audit.record(
            work,
            organization_id,
            "organization",
            organization_id,
            "update",
            before={name: before.get(name) for name in changed},
            after={name: after.get(name) for name in changed},
        )
    return _describe(organization_id, work.viewer.user_id, after)


def _describe(organization_id: int, user_id: int | None, answers: dict[str, Any]) -> ModelsOrganizationSegmentation:
    return ModelsOrganizationSegmentation(
        organization_id=organization_id, user_id=user_id, **{name: answers.get(name) for name in _QUESTIONS}
    )
