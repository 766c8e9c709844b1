"""Mail as files, for a server that knows no SMTP server: any mail program opens them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path


class FileCarrier:
    """Writes each message as an `.eml` file that only the server's own user can read.

    Args:
        directory: Where; it is made with the first message.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def __str__(self) -> str:
        return f"written to {self._directory}"

    async def carry(self, number: int, message: EmailMessage) -> None:
        """Write one message; tried again, it gets the same name."""
        token = message["Message-ID"].strip("<>").partition("@")[0]
        await asyncio.to_thread(self._write, f"{number:08}-{token[:8]}.eml", message.as_bytes())

    def _write(self, name: str, content: bytes) -> None:
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Under another name first: who watches the directory never meets half a message.
        draft = self._directory / f".{name}"
        draft.touch(mode=0o600)
        draft.write_bytes(content)
        draft.replace(self._directory / name)
