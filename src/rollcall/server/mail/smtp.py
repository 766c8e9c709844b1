"""Mail by SMTP."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import aiosmtplib

from rollcall.server.mail.carrier import Refusal

if TYPE_CHECKING:
    import ssl
    from email.message import EmailMessage

_PORTS = {"smtp": 587, "smtps": 465}
_FAREWELL = 1
"""Seconds that a server has to answer a goodbye."""
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


class BadAddress(ValueError):  # noqa: N818 - it says what is wrong with the address
    """An address of an SMTP server that cannot be used, with what would be right. Never shows the password."""


class SMTPCarrier:
    """Hands each message to an SMTP server.

    With `smtp://` the connection becomes encrypted where the server offers it; where there is a password it must,
    unless the server is this machine. With `smtps://` it is encrypted from the start.

    Args:
        url: `smtp://user:password@host:port` or `smtps://…`; user, password and port may be left out.
        trust: Whose certificates are believed; the system's by default.

    Raises:
        BadAddress: The address is none.
    """

    def __init__(self, url: str, trust: ssl.SSLContext | None = None) -> None:
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise BadAddress(
                "the address of the SMTP server is no URL; it reads smtp://user:password@host:port"
            ) from None
        if parts.scheme not in _PORTS or not parts.hostname or parts.path not in ("", "/"):
            raise BadAddress("the address of the SMTP server reads smtp://user:password@host:port, or smtps://…")
        if bool(parts.username) != bool(parts.password):
            raise BadAddress("the address of the SMTP server has a user and a password, or neither")
        self.host = parts.hostname
        self.port = port or _PORTS[parts.scheme]
        self._user = unquote(parts.username) if parts.username else None
        self._password = unquote(parts.password) if parts.password else None
        self._encrypted_from_start = parts.scheme == "smtps"
        self._trust = trust

    def __str__(self) -> str:
        return f"sent by {self.host} port {self.port}"

    async def carry(self, number: int, message: EmailMessage) -> None:  # noqa: ARG002 - the message says it too
        """Hand over one message.

        Raises:
            Refusal: The server will not take it, now or later.
        """
        guarded = self._password is not None and self.host not in _THIS_MACHINE
        server = aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            username=self._user,
            password=self._password,
            use_tls=self._encrypted_from_start,
            # None: encrypt where it is offered.
            start_tls=False if self._encrypted_from_start else (True if guarded else None),
            tls_context=self._trust,
        )
        try:
            await server.connect()
            await server.send_message(message)
            # It has the message: what goes wrong from here on must not have it sent again.
            with suppress(aiosmtplib.SMTPException):
                await server.quit(timeout=_FAREWELL)
        except aiosmtplib.SMTPRecipientsRefused as refused:
            [recipient] = refused.recipients
            raise _judged(recipient, recipient.code) from None
        except aiosmtplib.SMTPDataError as refused:
            raise _judged(refused, refused.code) from None
        finally:
            # Not by `async with`, which takes leave of a server that hangs, and waits for its answer.
            server.close()


def _judged(error: aiosmtplib.SMTPException, code: int) -> Exception:
    """5xx is for ever, 4xx is for now (RFC 5321, 4.2.1)."""
    return Refusal(str(error)) if 500 <= code < 600 else error
