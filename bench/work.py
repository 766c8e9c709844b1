"""What a server is asked to do while it is measured."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

from bench.asker import Asker, Line
from bench.request import Credentials

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bench.population import Organization

PER_PAGE = 50
MANY = 64
"""Connections that keep even a bare application from ever waiting for the next request."""
SOME = 16
_NAMES = itertools.cycle(("Bench one", "Bench two"))


class Work(NamedTuple):
    """Requests of one kind.

    Attributes:
        sample: One of them.
        requests: Makes those of a round, and does beforehand what is not to be measured; by default the sample again
            and again.
        status: What every reply has.
        connections: How many ask at the same time.
        waits: Whether the server waits for something else meanwhile, so that its own processor time does not tell how
            fast it is.
    """

    sample: bytes
    requests: Callable[[], Iterable[bytes]] | None = None
    status: int = 200
    connections: int = MANY
    waits: bool = False

    def round(self) -> Iterable[bytes]:
        """The requests of one round."""
        return itertools.repeat(self.sample) if self.requests is None else self.requests()


def get_organization(organization: Organization) -> Work:
    """`GET /organizations/{id}`, by token."""
    return Work(Credentials(organization.token).get(_path(organization)))


def get_organization_by_password(organization: Organization, password: str) -> Work:
    """The same, by e-mail address and password."""
    return Work(Credentials(organization.email, password).get(_path(organization)))


def get_page(organization: Organization) -> Work:
    """The first page of users, again and again."""
    return Work(page(organization))


def get_each_page_once(organization: Organization, port: int) -> Work:
    """Every page of users, once after each change: whatever is kept of replies, none of these is among it."""
    pages = [page(organization, number + 1) for number in range(-(-organization.size // PER_PAGE))]

    def change_and_ask() -> list[bytes]:
        with Line(port) as line:
            line.expect(rename(organization))
        return pages

    return Work(pages[0], change_and_ask)


def get_changed_pages(organizations: Sequence[Organization], port: int) -> Work:
    """The first pages of users of many organizations, each of which has changed since it was last asked."""
    pages = [page(organization) for organization in organizations]

    def change_and_ask() -> list[bytes]:
        with Asker(port, connections=SOME) as asker:
            asker.ask(map(rename, organizations))
        return pages

    return Work(pages[0], change_and_ask)


def get_page_not_modified(organization: Organization, etag: bytes) -> Work:
    """The first page of users, by somebody who has it."""
    return Work(page(organization, etag=etag), status=304)


def put_organization(organization: Organization) -> Work:
    """`PUT /organizations/{id}`, which answers when the change is on the disk."""
    return Work(rename(organization), connections=SOME, waits=True)


def page(organization: Organization, number: int = 1, *, etag: bytes | None = None, **query: str | int) -> bytes:
    """A request for a page of users, unless it is still the one that `etag` stands for."""
    text = "".join(f"&{name}={value}" for name, value in query.items())
    return Credentials(organization.token).get(f"{_path(organization)}/users?page={number}{text}", etag=etag)


def rename(organization: Organization) -> bytes:
    """A request that changes an organization, each time it is made."""
    body = b'{"name": "%s"}' % next(_NAMES).encode()
    return Credentials(organization.token).send("PUT", _path(organization), body)


def _path(organization: Organization) -> str:
    return f"/organizations/{organization.organization_id}"
