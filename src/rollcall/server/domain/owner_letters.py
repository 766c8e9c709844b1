"""What the mails of a transfer of ownership say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from rollcall.contract.operations.ownership import POST_TRANSFER_ACTION
from rollcall.server.domain import outbox
from rollcall.server.domain.letters import one_line
from rollcall.server.domain.outbox import Letter
from rollcall.server.storage import organizations as organization_rows
from rollcall.server.storage import owner_transfers as rows

if TYPE_CHECKING:
    from rollcall.server.domain.work import Work
    from rollcall.server.storage.owner_transfers import TransferRow


class _Names(msgspec.Struct, frozen=True):
    """What the letters call everybody, each in one line."""

    organization: str
    requester: str
    owner: str
    new_owner: str


async def tell(work: Work, transfer: TransferRow) -> None:
    """Mail both sides, and who asked for the transfer, how it stands now; who did that knows."""
    organization = await work.transaction.one(organization_rows.BY_ID, organization_id=transfer.organization_id)
    people = await work.transaction.all(
        rows.STAKEHOLDERS,
        requester_id=transfer.requester_id,
        current_owner_id=transfer.current_owner_id,
        new_owner_id=transfer.new_owner_id,
    )
    names = {person.user_id: one_line(person.fullname) for person in people}
    letter = _letter(
        work,
        transfer,
        _Names(
            organization=one_line(organization.name) if organization else "",
            requester=names[transfer.requester_id],
            owner=names[transfer.current_owner_id],
            new_owner=names[transfer.new_owner_id],
        ),
    )
    actor_id = work.asked_by.user_id if work.asked_by else None
    for person in people:
        if person.user_id != actor_id:
            await outbox.send(work, person.email, letter)


def _letter(work: Work, transfer: TransferRow, names: _Names) -> Letter:
    match transfer.outcome:
        case None:
            subject = f"Shall {names.new_owner} own {names.organization}?"
            text = _question(work, transfer, names)
        case "accepted":
            subject = f"{names.new_owner} now owns {names.organization}"
            text = f"{names.owner} owned it before, and is an admin of it from now on."
        case "declined":
            by = names.owner if transfer.current_owner_accepted is False else names.new_owner
            subject = f"{names.owner} still owns {names.organization}"
            text = f"{by} has declined that {names.new_owner} should own it."
        case _:
            subject = f"{names.owner} still owns {names.organization}"
            text = f"That {names.new_owner} should own it is withdrawn."
    return Letter(subject, f"{text}\n")


def _question(work: Work, transfer: TransferRow, names: _Names) -> str:
    path = POST_TRANSFER_ACTION.path.removesuffix("/{action}").format(
        organization_id=transfer.organization_id, transfer_id=transfer.id
    )
    url = work.service.settings.api_url + path
    accepted = [
        name
        for name, has_accepted in (
            (names.owner, transfer.current_owner_accepted),
            (names.new_owner, transfer.new_owner_accepted),
        )
        if has_accepted
    ]
    return (
        f"{names.requester} asks that the organization “{names.organization}” passes from {names.owner} to "
        f"{names.new_owner}. That is done when both have accepted. So far {accepted[0] if accepted else 'nobody'} has."
        f"\n\nTo answer, send a POST request to\n\n  {url}/accept\n\nor\n\n  {url}/decline"
    )
