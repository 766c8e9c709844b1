"""The outbox: mail is written down in the transaction that it tells of, and delivered after the commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from rollcall.server.storage import outbox as rows

if TYPE_CHECKING:
    from rollcall.server.domain.work import Work


class Letter(msgspec.Struct, frozen=True):
    """What a mail says.

    Attributes:
        subject: One line.
        text: Plain text.
    """

    subject: str
    text: str


async def send(work: Work, recipient: str, letter: Letter) -> None:
    """Have a letter mailed if the transaction commits. It is sealed, for it may hold a code."""
    sealed = work.service.keyring.seal(msgspec.json.encode(letter).decode())
    await work.transaction.execute(rows.ADD, recipient=recipient, message_sealed=sealed, now=work.now)
