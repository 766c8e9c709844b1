"""How fast a server answers, by the clock and by its own processor time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bench.serving import processor_seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import psutil

    from bench.asker import Asker


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


def run(asker: Asker, server: psutil.Process, seconds: float, requests: Callable[[], Iterable[bytes]]) -> Pace:
    """Measure one round.

    Args:
        asker: Connected to the server.
        server: The server's process.
        seconds: How long the round is at least.
        requests: Makes what is to be asked; called again, outside of what is measured, when that ends earlier.
    """
    total = Pace(0, 0.0, 0.0, 0.0)
    while total.seconds < seconds:
        some = requests()
        before = processor_seconds(server)
        asked = asker.ask(some, seconds - total.seconds)
        total += Pace(asked.answers, asked.seconds, processor_seconds(server) - before, asked.busy)
    return total
