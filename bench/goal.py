"""What is to be reached, and whether it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from bench.growth import VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Section = Literal["shares", "growth", "memory", "ratios"]

SIZES = {1_000: "1k", 10_000: "10k", 100_000: "100k", 1_000_000: "1m"}
"""How many people organizations have, and how that is written in the names of results."""


class Goal(NamedTuple):
    """One number that is measured.

    Attributes:
        section: Where in the results it is.
        name: Under which name.
        title: For people.
        reach: What it is to be; None where nothing was set.
        at_most: Whether less is better.
        series: The line of the plot that it is a point of.
        size: Where on that line.
    """

    section: Section
    name: str
    title: str
    reach: float | None
    at_most: bool = False
    series: str = ""
    size: int = 0

    def is_reached(self, value: float) -> bool:
        """Whether a number is good enough."""
        return self.reach is None or (value <= self.reach if self.at_most else value >= self.reach)


_VIEWS = {
    "first_page": "first page",
    "middle_page": "page in the middle",
    "last_page": "last page",
    "totals": "totals",
    "filter": "name filter that hits one",
}
assert list(_VIEWS) == list(VIEWS)

_SHARES = (
    Goal("shares", "sqlite_organization", "SQLite: GET organization, by token", 0.35),
    Goal("shares", "sqlite_page_unchanged", "SQLite: page of 50 users, unchanged", 0.35),
    Goal("shares", "sqlite_page_first_time", "SQLite: page of 50 users, first time", 0.08),
    Goal("shares", "sqlite_page_after_change", "SQLite: page of 50 users, after a change", 0.08),
    Goal("shares", "sqlite_page_not_modified", "SQLite: page of 50 users, If-None-Match (304)", 0.35),
    Goal("shares", "sqlite_rename", "SQLite: PUT organization, durable, 16 connections", 0.11),
    Goal("shares", "postgresql_organization", "PostgreSQL: GET organization, by token", 0.10),
    Goal("shares", "postgresql_page_unchanged", "PostgreSQL: page of 50 users, unchanged", 0.12),
    Goal("shares", "postgresql_page_first_time", "PostgreSQL: page of 50 users, first time", 0.04),
    Goal("shares", "postgresql_page_after_change", "PostgreSQL: page of 50 users, after a change", 0.04),
    Goal("shares", "password_against_token", "e-mail and password against token, warm", 0.90),
    Goal("shares", "sqlite_two_workers", "SQLite: two workers against one, reads", 1.8),
    Goal("shares", "postgresql_two_workers", "PostgreSQL: two workers against one, reads", 1.2),
)


def _growth() -> Iterator[Goal]:
    for database, product in (("sqlite", "SQLite"), ("postgresql", "PostgreSQL")):
        for view, words in _VIEWS.items():
            series = f"{product}: {words}"
            for size, written in SIZES.items():
                if size > min(SIZES):
                    title, reach = f"{series}, {written} against {SIZES[min(SIZES)]}", None if view == "filter" else 1.5
                    yield Goal("growth", f"{database}_{view}_{written}", title, reach, True, series, size)
        for written in SIZES.values():
            title = f"{product}: name filter against the first page, {written}"
            yield Goal("growth", f"{database}_filter_against_page_{written}", title, 10, at_most=True)
        for view in ("first_page", "filter"):
            title = f"{product}: {_VIEWS[view]}, {SIZES[min(SIZES)]} beside the largest against alone"
            yield Goal("growth", f"{database}_{view}_beside_big", title, 1.5, at_most=True)


SERVER: Sequence[Goal] = (
    *_SHARES,
    *_growth(),
    Goal("memory", "sqlite_worker", "SQLite: MB of one worker after mixed load", 120, at_most=True),
    Goal("memory", "postgresql_worker", "PostgreSQL: MB of one worker after mixed load", 120, at_most=True),
)
"""What `scripts/bench server` measures."""

ENDURANCE: Sequence[Goal] = tuple(
    Goal("memory", f"{database}_{when}", f"{product}: MB of one worker, {words}", 120, at_most=True)
    for database, product in (("sqlite", "SQLite"), ("postgresql", "PostgreSQL"))
    for when, words in (("most", "the most in a long load"), ("at_the_end", "at the end of it"))
)
"""What `scripts/bench endurance` measures."""

_CACHES = ("JSONCache", "SqliteCache", "AsyncJSONCache", "AsyncSqliteCache")

CLIENTS: Sequence[Goal] = (
    Goal(
        "ratios", "one_reply_httpx_against_socket", "5,000 users at once: httpx + msgspec against a socket", None, True
    ),
    Goal("ratios", "one_reply_toggl", "5,000 users at once: toggl against httpx + msgspec", 1.2, at_most=True),
    Goal("ratios", "pages_toggl", "5,000 users in 100 pages: toggl against httpx + msgspec", 1.2, at_most=True),
    Goal("ratios", "small_call_toggl", "one organization: toggl against httpx + msgspec", 1.15, at_most=True),
    Goal("ratios", "small_call_toggl_api", "one organization: toggl_api without a cache", 1.15, at_most=True),
    *(
        Goal("ratios", f"cached_call_{name}", f"one organization from a {name}: against a call", 1, True)
        for name in _CACHES
    ),
    *(
        Goal("ratios", f"{done}_{name}", f"{words} {name}: against import httpx", reach, at_most=True)
        for name in ("toggl", "toggl.aio", "toggl_api", "toggl_api.asyncio")
        for done, words, reach in (("import", "import", 1.3), ("use", "import and load what is used of", None))
    ),
    Goal("ratios", "memory_iterating", "memory after 100,000 users against 10,000, page by page", 1.05, at_most=True),
)
"""What `scripts/bench clients` measures."""
