"""The asker counts whole replies, and none that it did not ask for."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from bench import bare
from bench.asker import Asker, Line, Reply, UnexpectedReplyError
from bench.request import Credentials

REQUEST = Credentials("token").get("/me")
BODY = b"x" * 1_000_000
"""More than comes at once."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    reply = Reply(200, [(b"x-name", b"value"), (b"content-length", b"%d" % len(BODY))], BODY, 0)
    with bare.serving(reply, reads_body=True) as server:
        yield server.port


def test_it_counts_a_reply_for_each_request(port: int) -> None:
    with Asker(port, connections=3) as asker:
        assert asker.ask([REQUEST] * 10).answers == 10
        assert asker.ask([REQUEST]).answers == 1


def test_it_ends_when_its_time_is_over(port: int) -> None:
    with Asker(port, connections=2) as asker:
        asked = asker.ask(itertools.repeat(REQUEST), 0.05)
    assert asked.answers > 0
    assert 0.05 <= asked.seconds < 10


def test_it_refuses_to_count_another_status(port: int) -> None:
    with Asker(port, status=304, connections=1) as asker, pytest.raises(UnexpectedReplyError, match="200 OK"):
        asker.ask([REQUEST])


def test_a_line_shows_the_whole_reply(port: int) -> None:
    with Line(port) as line:
        for _ in range(2):
            reply = line.expect(Credentials("token").send("PUT", "/me", b"{}"))
            assert (reply.header(b"x-name"), reply.body) == (b"value", BODY)
            assert reply.header(b"date") is not None


def test_a_bare_server_that_cannot_start_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bare, "_serve", print)
    with pytest.raises(EOFError), bare.serving(Reply(200, [], b"", 0), reads_body=False):
        pass
