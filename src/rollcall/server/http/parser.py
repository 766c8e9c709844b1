"""The parser of requests, which stays with HTTP where a client offers to go on in another protocol."""

from __future__ import annotations

from typing import Protocol

from httptools import HttpParserUpgrade, HttpRequestParser


class Told(Protocol):
    """Who is told of a request, beside httptools' own callbacks.

    Attributes:
        url: Of the request.
        headers: Their names are in small letters.
    """

    url: bytes
    headers: list[tuple[bytes, bytes]]


class Parser(HttpRequestParser):
    """Parses the requests of one connection.

    A client may offer another protocol with a request (`Upgrade`), as Java's does with the first of each connection,
    and a server may answer as if it had not (RFC 9110, section 7.8). But httptools takes what follows the headers for
    that protocol, the body as well. So such a request is parsed again, without its offer; who is told of requests
    leaves out those that come `with_offer`.
    """

    def __init__(self, told: Told) -> None:
        self._told = told
        self._begin()

    @property
    def with_offer(self) -> bool:
        """Whether the request that is parsed offers another protocol, and will be parsed again."""
        return self.should_upgrade() and self.get_method() != b"CONNECT"

    def feed_data(self, data: bytes | memoryview) -> None:  # type: ignore[override] # nobody has anything else
        """Parse what has come.

        Raises:
            HttpParserError: It is not HTTP.
        """
        while True:
            try:
                return super().feed_data(data)
            except HttpParserUpgrade as upgrade:
                if not self.with_offer:
                    raise
                rest: int = upgrade.args[0]
                head = self._head_without_offer()
                # After a request that is the last of its connection a parser hears of nothing more.
                self._begin()
                super().feed_data(head)
                data = memoryview(data)[rest:]

    def _begin(self) -> None:
        """Begin a connection, as httptools' parser does whenever it is initialized."""
        super().__init__(self._told)
        # As uvicorn has it: what comes after a last request is no error in that.
        self.set_dangerous_leniencies(lenient_data_after_close=True)

    def _head_without_offer(self) -> bytes:
        line = b"%b %b HTTP/%b\r\n" % (self.get_method(), self._told.url, self.get_http_version().encode())
        headers = [b"%b: %b\r\n" % header for header in self._told.headers if header[0] != b"upgrade"]
        return b"".join((line, *headers, b"\r\n"))
