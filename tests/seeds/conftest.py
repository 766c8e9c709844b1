"""The server that the seeds' examples are run against."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple, get_origin

import pytest

from rollcall.contract.operations import OPERATIONS

ROUTES = [(row.method, re.compile(re.sub(r"{\w+}", "([^/]+)", row.path)), row) for row in OPERATIONS]


class SeedServer(NamedTuple):
    """A server with one account, and what it can do.

    Attributes:
        base_url: Where it is.
        email: The account's address.
        password: The account's password.
        built: The ids of the operations that it does; it answers 501 to the others.
    """

    base_url: str
    email: str
    password: str
    built: frozenset[str]


class StandIn(BaseHTTPRequestHandler):
    """Answers what is documented to the operations in `built`, and 501 to the others."""

    protocol_version = "HTTP/1.1"
    built = frozenset(
        {
            "post_organization",
            "get_organization",
            "put_organization",
            "delete_organization_users_leave",
            "post_organization_workspaces",
            "get_me_organizations",
        }
    )
    name = ""

    def answer(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
        path = self.path.partition("?")[0].removeprefix("/api/v9")
        row = next(row for method, route, row in ROUTES if method == self.command and route.fullmatch(path))
        if row.id not in self.built:
            return self.reply(501, "Not implemented")
        if row.id == "post_organization":
            StandIn.name = sent["name"]
        if row.reply is str:
            return self.reply(200, "OK")
        return self.reply(200, [] if get_origin(row.reply) is list else {"id": 7, "name": self.name, "workspace_id": 8})

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer  # noqa: N815 - the names that http.server asks for

    def reply(self, status: int, value: Any) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def seed_server() -> Iterator[SeedServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), StandIn) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield SeedServer(
            f"http://127.0.0.1:{server.server_address[1]}/api/v9", "ann@example.com", "secret", StandIn.built
        )
        server.shutdown()
        thread.join()
