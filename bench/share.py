"""Shares: how fast Rollcall answers, as a part of how fast a bare application gives the same bytes."""

from __future__ import annotations

import os
from statistics import median, quantiles
from typing import TYPE_CHECKING, NamedTuple

from bench import bare, pace
from bench.asker import Line
from bench.work import Work

if TYPE_CHECKING:
    from bench.pace import Pace
    from bench.serving import Server


class Length(NamedTuple):
    """How long is measured.

    Attributes:
        rounds: How many, each of the one and of the other in turn.
        seconds: Of one round.
    """

    rounds: int
    seconds: float


class Share(NamedTuple):
    """A measured share.

    Attributes:
        share: The median of the rounds' shares.
        rate: Answers per second.
        of: What that is a part of, per second.
        spread: The lower and the upper quartile of the rounds' shares.
    """

    share: float
    rate: float
    of: float
    spread: tuple[float, float]


def of_bare(rollcall: Server, work: Work, length: Length) -> Share:
    """Measure some work as a share of a bare application.

    The bare application counts by its processor time, and so does Rollcall where it does not wait: that is how fast
    each would be with a core of its own that never idles.
    """
    with Line(rollcall.port) as line:
        reply = line.expect(work.sample, work.status)
    with bare.serving(reply, reads_body=not work.sample.startswith(b"GET ")) as other:
        ours, theirs = _in_turns((rollcall, work), (other, work._replace(requests=None)), length)
    rates = [each.by_clock if work.waits else each.by_processor for each in ours]
    return _share(rates, [each.by_processor for each in theirs])


def of_other_work(rollcall: Server, work: Work, other: Work, length: Length) -> Share:
    """Measure some work as a share of other work on the same server."""
    ours, theirs = _in_turns((rollcall, work), (rollcall, other), length)
    return _share([each.by_processor for each in ours], [each.by_processor for each in theirs])


def of_one_worker(rollcall: Server, one: Server, work: Work, length: Length) -> Share:
    """Measure how often as much two workers answer as one, by the clock.

    One worker leaves a good part of the second core idle, and the asker takes less than that. Two workers leave
    nothing, and so it takes from them what they would use; that is counted as if they had it. On PostgreSQL this is so
    even more, because it runs on the same two cores. What it takes itself is not counted as theirs: every answer costs
    that, on whatever machine.
    """
    ours, theirs = _in_turns((rollcall, work), (one, work), length)
    return _share([_with_two_cores(each) for each in ours], [each.by_clock for each in theirs])


def _with_two_cores(of_two_workers: Pace) -> float:
    """What two workers would answer per second if the asker did not sit on their cores."""
    left = (os.cpu_count() or 2) - of_two_workers.asker / of_two_workers.seconds
    return of_two_workers.by_clock * 2 / min(2, left)


def _in_turns(one: tuple[Server, Work], other: tuple[Server, Work], length: Length) -> tuple[list[Pace], list[Pace]]:
    """Short rounds of both, one after the other, so that whatever else the machine does falls on both."""
    paces: tuple[list[Pace], list[Pace]] = ([], [])
    for number in range(length.rounds + 1):
        for into, (server, work) in zip(paces, (one, other), strict=True):
            measured = pace.run(server, work, length.seconds)
            # The first round warms up.
            if number:
                into.append(measured)
    return paces


def _share(rates: list[float], of: list[float]) -> Share:
    shares = [rate / other for rate, other in zip(rates, of, strict=True)]
    low, middle, high = quantiles(shares, n=4, method="inclusive")
    return Share(middle, median(rates), median(of), (low, high))
