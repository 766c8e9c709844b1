"""Clients that never pause, and notice every request that is cut."""

from __future__ import annotations

import asyncio
import re
import ssl
from base64 import b64encode
from urllib.parse import urlsplit

from tests.cli.serving import Serving

LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)
LAST = re.compile(rb"\r\nconnection: close\r\n", re.IGNORECASE)


class Hammer:
    """Sends requests, each as soon as the one before is answered, until nobody listens any more.

    Attributes:
        answered: How many requests were answered, each completely and with status 200.
        last: How many of them were told that their connection ends.
        cut: What went wrong with the others.
    """

    def __init__(self, serving: Serving, path: str, *, trusting: ssl.SSLContext | None = None) -> None:
        place = urlsplit(serving.url)
        self._host, self._port = place.hostname or "", place.port or 0
        self._tls = trusting
        auth = b64encode(":".join(serving.auth).encode()).decode()
        self._head = f"GET {place.path}{path} HTTP/1.1\r\nHost: {self._host}\r\nAuthorization: Basic {auth}\r\n"
        self.answered = 0
        self.last = 0
        self.cut: list[str] = []

    async def keep_alive(self) -> None:
        """Use each connection as long as the server lets."""
        await self._go_on("")

    async def connect_anew(self) -> None:
        """Use each connection once."""
        await self._go_on("Connection: close\r\n")

    async def _go_on(self, header: str) -> None:
        while True:
            try:
                reader, writer = await asyncio.open_connection(self._host, self._port, ssl=self._tls)
            except ConnectionRefusedError:
                return
            try:
                await self._use(reader, writer, f"{self._head}{header}\r\n".encode())
            except (OSError, EOFError) as error:
                self.cut.append(repr(error))
            finally:
                writer.close()

    async def _use(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> None:
        while True:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = LENGTH.search(head)
            assert length is not None
            await reader.readexactly(int(length[1]))
            assert head.startswith(b"HTTP/1.1 200 ")
            self.answered += 1
            if LAST.search(head):
                self.last += 1
                return
