"""The mail that a server sends, read as its recipients read it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from email.message import EmailMessage

    from rollcall.server.startup import Server

_LINK = re.compile(r"(https?://\S+/(?:invitations|passwords|addresses)/([\w-]+))")


class Mail(msgspec.Struct, frozen=True):
    """One mail.

    Attributes:
        link: The link in it, or nothing.
        code: The end of that link.
    """

    to: str
    subject: str
    text: str
    link: str
    code: str


class Mailbox:
    """Takes a server's mail away: everybody's mailbox in one."""

    def __init__(self) -> None:
        self._arrived: list[EmailMessage] = []

    async def carry(self, number: int, message: EmailMessage) -> None:
        assert number
        self._arrived.append(message)

    async def read(self, server: Server) -> list[Mail]:
        """What has come since the last look."""
        await server.delivery(self).deliver_due()
        arrived, self._arrived = self._arrived, []
        return sorted(map(_opened, arrived), key=lambda mail: mail.to)


def _opened(message: EmailMessage) -> Mail:
    text = message.get_content()
    found = _LINK.search(text)
    return Mail(message["To"], message["Subject"], text, *(found.groups() if found else ("", "")))
