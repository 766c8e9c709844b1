"""Requests are parsed the same whether they offer another protocol or not, however they come in pieces."""

from __future__ import annotations

import httptools
import pytest

from rollcall.server.http.parser import Parser


class Requests:
    """Hears of requests, as a connection does.

    Attributes:
        begun: How many requests have begun, those with offers among them.
        heard: Each request that came to its end.
    """

    def __init__(self) -> None:
        self.parser = Parser(self)
        self.begun = 0
        self.heard: list[tuple[bytes, bytes, str, list[tuple[bytes, bytes]], bytes]] = []

    def on_message_begin(self) -> None:
        self.begun += 1
        self.url = self.body = b""
        self.headers: list[tuple[bytes, bytes]] = []

    def on_url(self, url: bytes) -> None:
        self.url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name.lower(), value))

    def on_body(self, body: bytes) -> None:
        self.body += body

    def on_message_complete(self) -> None:
        if not self.parser.with_offer:
            method, version = self.parser.get_method(), self.parser.get_http_version()
            self.heard.append((method, self.url, version, self.headers, self.body))


def heard(*pieces: bytes) -> list[tuple[bytes, bytes, str, list[tuple[bytes, bytes]], bytes]]:
    requests = Requests()
    for piece in pieces:
        requests.parser.feed_data(piece)
    return requests.heard


PLAIN = b"GET /plain HTTP/1.1\r\nHost: a\r\n\r\n"
SIZED = b"PUT /sized?b=%%20 HTTP/1.1\r\nHost: a\r\n%bConnection: Upgrade, close\r\nContent-Length: 2\r\n\r\n{}"
CHUNKED = b"PUT /chunked HTTP/1.1\r\nconnection: upgrade\r\n%bTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
EMPTY = b"DELETE / HTTP/1.1\r\nX:\r\nCONNECTION: UPGRADE\r\n%b\r\n"
ALL = PLAIN + EMPTY + CHUNKED + EMPTY + PLAIN + CHUNKED + SIZED


@pytest.mark.parametrize("offer", [b"Upgrade: h2c\r\n", b"upgrade:websocket\r\n", b"UPGRADE: a, b\r\n"])
def test_an_offer_changes_nothing_but_that_it_is_left_out(offer: bytes) -> None:
    everything = ALL.replace(b"%b", offer).replace(b"%%", b"%")
    expected = heard(ALL.replace(b"%b", b"").replace(b"%%", b"%"))
    assert [len(body) for *_, body in expected] == [0, 0, 2, 0, 0, 2, 2]
    # By no cut, by one anywhere, and by all.
    for cut in range(len(everything)):
        assert heard(everything[:cut], everything[cut:]) == expected
    assert heard(*(everything[place : place + 1] for place in range(len(everything)))) == expected


def test_many_offers_that_come_at_once_are_no_burden() -> None:
    assert len(heard(EMPTY % b"Upgrade: h2c\r\n" * 5000)) == 5000


def test_what_is_not_http_stays_so() -> None:
    with pytest.raises(httptools.HttpParserError):
        heard(EMPTY % b"Upgrade: h2c\r\n" + b"\0\r\n\r\n")


def test_a_tunnel_is_not_parsed_again() -> None:
    requests = Requests()
    with pytest.raises(httptools.HttpParserUpgrade):
        requests.parser.feed_data(b"CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n")
    assert requests.begun == 1
