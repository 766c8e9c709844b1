"""How fast a server answers, by the clock and by its own processor time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bench.asker import Asker
from bench.serving import processor_seconds

if TYPE_CHECKING:
    from bench.serving import Server
    from bench.work import Work


class Pace(NamedTuple):
    """What was answered in one round.

    Attributes:
        answers: How many replies came.
        seconds: By the clock.
        server: Seconds of processor time that the server took.
        asker: The same of who asked.
    """

    answers: int
    seconds: float
    server: float
    asker: float

    @property
    def by_clock(self) -> float:
        """Answers per second."""
        return self.answers / self.seconds

    @property
    def by_processor(self) -> float:
        """Answers per second of the server's processor time."""
        return self.answers / self.server

    def __add__(self, other: object) -> Pace:
        if not isinstance(other, Pace):
            return NotImplemented
        return Pace(
            self.answers + other.answers,
            self.seconds + other.seconds,
            self.server + other.server,
            self.asker + other.asker,
        )


def run(server: Server, work: Work, seconds: float) -> Pace:
    """Measure one round, which lasts so many seconds at least.

    Connections are new in each round, because uvicorn closes those that nobody uses for some seconds.
    """
    total = Pace(0, 0.0, 0.0, 0.0)
    with Asker(server.port, status=work.status, connections=work.connections) as asker:
        while total.seconds < seconds:
            requests = work.round()
            before = processor_seconds(server.process)
            asked = asker.ask(requests, seconds - total.seconds)
            used = processor_seconds(server.process) - before
            total += Pace(asked.answers, asked.seconds, used, asked.busy)
    return total
