"""`docs/performance.md`, from the results of the last full run."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from bench import table
from bench.goal import CLIENTS, ENDURANCE, SERVER, SIZES
from bench.results import DIRECTORY, Results, read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.goal import Goal

_COLUMNS = ("what", "measured", "reach", "", "answers per second")
_PAGE = """\
<!-- Made by scripts/docs from bench/results: run scripts/bench server and scripts/bench clients, then scripts/docs. -->

# Performance

What is measured are ratios taken in one run, because only they mean the same on another machine. `scripts/bench server`
takes them in about ten minutes, prints them beside those of the last commit, and writes
[server.json](../bench/results/server.json) and the plot. `scripts/bench server --quick` takes one minute.

![The shares, and the growth](../bench/results/server.png)

## Shares

How fast Rollcall answers, as a part of how fast a bare ASGI application, which knows the reply by heart, gives the same
bytes and headers on the same uvicorn. The last rows compare Rollcall with itself.

{shares}

{spread}

## Growth

How many times as long a reply takes in a larger organization as in one of 1,000 people, all in one database. For the
pages and the totals at most 1.5 is to be reached. All replies are made anew: none that is kept is given again.

{growth}

A name filter costs by what it hits, so it is compared with the plain first page of the same organization. And an
organization of 1,000 people beside the largest is compared with one in a database of small ones.

{filters}

## Memory

What one worker occupies (RSS, in 10^6 bytes) after a minute of pages all over these organizations, filters, log-ins and
changes.

{memory}

And in {minutes:.0f} minutes of the same, on both databases at once, looked at each minute (`scripts/bench endurance`):

{endurance}

## The clients

`scripts/bench clients` takes two minutes. What is measured is the processor time of the client, against bare httpx and
msgspec that read the same replies into the same classes, in turns; a server that has learnt the replies of a Rollcall
server by heart sends them. Packages load what is used of them when it is used, so both are told.

{clients}

## How the server is measured

- Rollcall runs as `rollcall serve` and is asked over HTTP on loopback. The bare application runs on uvicorn with uvloop
  and httptools and without anything that uvicorn can leave out; it reads a request's body only where there is one.
- Reads are asked over 64 connections, which keep even the bare application from waiting for the next request. The asker
  is one thread with plain sockets that looks at each reply's status and length. It sleeps when it has nothing to read,
  and who wakes it by a write pays for that: Rollcall once for the replies of a turn, the bare application for each that
  finds it asleep.
- What counts is answers per second of the server's own processor time, for both. With a core to itself that is the same
  as by the clock, and it stays right when the asker or anybody else wants that core: by the clock the bare application,
  which is the first to wait for the asker, would seem slow, and each share large. What waits for a disk or for
  PostgreSQL counts by the clock, against the bare application by its processor time.
- Both are measured in turns, in short rounds, and the median of the rounds' shares counts: what else the machine does
  in a moment falls on both.
- *First time*: all 200 pages of an organization, each once, then a change, and again. *After a change*: the first pages
  of 100 organizations, each renamed since it was last asked. The changes themselves are not timed. No reply is known
  then; the forms that people fill in are, for as long as workspaces and groups keep their names, of those 128
  organizations that were asked for last. Where more take turns, a page makes its forms as well.
- Two workers share their two cores with the asker, and leave nothing of them idle. What it takes is counted as if the
  workers had it. What PostgreSQL takes of the same cores is not.
- Growth is timed one request at a time, by the server's processor time on SQLite and by the clock on PostgreSQL. Each
  organization is changed, and then asked for replies of 50, 51, 52, … rows. All organizations take turns, and the lower
  quartile counts, because others on the machine only ever add to a time. What many groups are called is asked for after
  the change, and known to the replies that follow.
- PostgreSQL runs on the same machine, durable, as it comes.

## On what

The server: {machine}

The long load: {machine_of_endurance}

The clients: {machine_of_clients}
"""


def document() -> str:
    """The page."""
    results = read((DIRECTORY / "server.json").read_bytes())
    of_endurance = read((DIRECTORY / "endurance.json").read_bytes())
    of_clients = read((DIRECTORY / "clients.json").read_bytes())
    return _PAGE.format(
        shares=_table("shares", results),
        spread=_spread(results),
        growth=_growth(results),
        filters=_table("growth", results),
        memory=_table("memory", results),
        minutes=of_endurance.load / 60,
        endurance=_table("memory", of_endurance, ENDURANCE),
        machine=_machine(results),
        machine_of_endurance=_machine(of_endurance),
        clients=_table("ratios", of_clients, CLIENTS),
        machine_of_clients=_machine(of_clients),
    )


def _table(section: str, results: Results, of: Sequence[Goal] = SERVER) -> str:
    goals = [goal for goal in of if goal.section == section and not goal.series]
    return markdown(_COLUMNS, [row[: len(_COLUMNS)] for row in table.rows(goals, results)])


def _growth(results: Results) -> str:
    sizes = [size for size in SIZES if size > min(SIZES)]
    series: dict[str, dict[int, float]] = {}
    for goal in SERVER:
        value = results.value(goal.section, goal.name)
        if goal.series and value is not None:
            series.setdefault(goal.series, {})[goal.size] = value
    rows = [
        (name, *(f"{points[size]:.2f}" if size in points else "" for size in sizes)) for name, points in series.items()
    ]
    return markdown(("what", *(SIZES[size] for size in sizes)), rows)


def _spread(results: Results) -> str:
    if not results.spread:
        return "No share was measured."
    widths = {name: (high - low) / results.shares[name] for name, (low, high) in results.spread.items()}
    return (
        f"The middle half of a share's rounds lies in a band as wide as {median(widths.values()):.0%} of it in the "
        f"row in the middle, and {max(widths.values()):.0%} in the noisiest: that much is chance."
    )


def _machine(results: Results) -> str:
    machine = results.machine
    libraries = ", ".join(f"{name} {version}" for name, version in results.versions.items())
    disk = f"the disk confirms a write in {machine.fsync} ms, and " if machine.fsync else ""
    return (
        f"{'A quick run on ' if results.quick else ''}{results.taken[:10]}, in {results.seconds / 60:.0f} minutes: "
        f"{machine.processor}, {machine.cores} cores, "
        f"{machine.memory / 2**30:.0f} GiB of memory, {machine.system}; {disk}"
        f"{machine.load} others wanted a core in the minute before. {libraries}."
    )


def markdown(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    return "\n".join(f"| {' | '.join(line)} |" for line in (columns, ["---"] * len(columns), *rows))
