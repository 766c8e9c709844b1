"""The outbox: mail is written down in the transaction that it tells of, and delivered after the commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from rollcall.server.storage import outbox as rows

if TYPE_CHECKING:
    from rollcall.server.domain.work import Work

KEPT = 30 * 24 * 60 * 60 * 1_000_000
"""How long it is known of a mail that was delivered or given up, in microseconds. Its text is erased at once."""


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


async def forget_settled(work: Work) -> None:
    """Forget the mails that were delivered, or given up, long enough ago."""
    await work.transaction.execute(rows.FORGET_SETTLED, settled_before=work.now - KEPT)
