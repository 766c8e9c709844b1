"""Several processes that serve one address: started, replaced when they die, renewed on SIGHUP, stopped together."""

from __future__ import annotations

import logging
import multiprocessing
import signal
import socket
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, Self

from rollcall.server.http.listener import PATIENCE
from rollcall.server.http.sockets import has_newcomers, refuse_newcomers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

log = logging.getLogger("rollcall.workers")

Work = Callable[[socket.socket, Connection], None]
"""What a worker does; it can be pickled. It sends anything when it is ready, and ends when the connection does."""

_STOPS = (signal.SIGINT, signal.SIGTERM)
_PAUSE = 1.0
"""Seconds before a worker is started where one has just failed to start."""
_LAST_PATIENCE = 3 * PATIENCE
"""Seconds after which a worker that does not stop is killed: its requests, and its mail, have a time of their own."""
_MOMENT = 0.005

_spawn = multiprocessing.get_context("spawn")


class _Worker:
    """One process, on one of the sockets.

    Attributes:
        place: Which socket.
        old: The worker that ends when this one is ready.
        ready: Whether it answers requests.
        retired: Whether it has been told to end.
    """

    def __init__(self, place: int, work: Work, listens_on: socket.socket, old: _Worker | None) -> None:
        self.place = place
        self.old = old
        self.ready = False
        self.retired = False
        self.connection, theirs = _spawn.Pipe()
        self.process = _spawn.Process(target=work, args=(listens_on, theirs), name=f"worker {place + 1}")
        with theirs, _signals_held_back():
            self.process.start()

    def retire(self) -> None:
        """Let it answer what is under way, and end."""
        self.retired = True
        self.connection.close()


class Workers:
    """As many worker processes as there are sockets.

    Signals are heard from `with` on: SIGINT and SIGTERM stop, SIGHUP renews.

    uvicorn's own supervisor would do for less: it decides how a worker's server is made, so that idle connections are
    closed under requests on their way, it hears of SIGTERM only after it has renewed all workers, and they outlive it.

    Args:
        sockets: What they listen on, each on one.
        work: What a worker does.
    """

    def __init__(self, sockets: Sequence[socket.socket], work: Work) -> None:
        self._sockets = sockets
        self._work = work
        self._workers: list[_Worker] = []
        self._outdated: list[_Worker] = []
        self._due: dict[int, float] = {}
        self._once_ready = False
        self._failed = False
        self._stopping_since: float | None = None
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._signals, theirs = socket.socketpair()
            for end in (self._signals, theirs):
                stack.enter_context(end)
            for each in (*_STOPS, signal.SIGHUP):
                before = signal.signal(each, lambda number, _: theirs.send(bytes([number])))
                stack.callback(signal.signal, each, before)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stack.close()

    def run(self) -> bool:
        """Keep the workers running until a signal says to stop.

        Returns:
            False: not one could start.
        """
        self._due = dict.fromkeys(range(len(self._sockets)), 0.0)
        try:
            while self._workers or self._stopping_since is None:
                self._start_due()
                self._wait()
                self._renew()
        finally:
            for worker in self._workers:
                worker.process.kill()
        return not self._failed

    def _start_due(self) -> None:
        for place, moment in list(self._due.items()):
            if moment <= time.monotonic():
                del self._due[place]
                self._start(place)

    def _start(self, place: int, old: _Worker | None = None) -> None:
        self._workers.append(_Worker(place, self._work, self._sockets[place], old))

    def _wait(self) -> None:
        """Wait for something to happen, and answer it."""
        heard: dict[Any, Callable[[], None]] = {self._signals: self._hear_signals}
        for worker in self._workers:
            heard[worker.process.sentinel] = partial(self._bury, worker)
            if not worker.ready and not worker.connection.closed:
                heard[worker.connection] = partial(self._greet, worker)
        for source in wait(list(heard), self._patience()):
            heard[source]()

    def _patience(self) -> float | None:
        if self._stopping_since is not None:
            left = self._stopping_since + _LAST_PATIENCE - time.monotonic()
            if left < 0:
                self._kill()
            return max(left, _PAUSE)
        return max(0.0, min(self._due.values()) - time.monotonic()) if self._due else None

    def _hear_signals(self) -> None:
        for number in self._signals.recv(1024):
            if number == signal.SIGHUP:
                if self._stopping_since is None:
                    self._outdated = [worker for worker in self._workers if worker.old is None]
            elif number in _STOPS:
                if self._stopping_since is None:
                    self._stop()
                elif number == signal.SIGINT:
                    self._kill()

    def _greet(self, worker: _Worker) -> None:
        """A worker says that it is ready, or that it will never be."""
        # It may have been told to end, or have ended, in what came at the same moment; and it may have said nothing.
        if worker.connection.closed or not worker.connection.poll():
            return
        try:
            worker.connection.recv()
        except EOFError:
            worker.connection.close()  # its end is heard of soon
            return
        worker.ready = self._once_ready = True
        if worker.old is not None:
            worker.old.retire()
            worker.old = None

    def _renew(self) -> None:
        """Start a new worker for the next one that is outdated, one at a time."""
        if self._outdated and all(worker.ready for worker in self._workers if not worker.retired):
            old = self._outdated.pop(0)
            if old in self._workers:
                self._start(old.place, old)

    def _bury(self, worker: _Worker) -> None:
        """A worker has ended."""
        worker.process.join()
        self._greet(worker)  # its end may be heard of before what it said last
        worker.connection.close()
        self._workers.remove(worker)
        if worker.retired or self._stopping_since is not None:
            return
        if worker in self._outdated:
            self._outdated.remove(worker)
        how = f"worker process {worker.process.pid} has ended with status {worker.process.exitcode}"
        if worker.old is not None and worker.old in self._workers:
            log.error("%s before it was ready: the old ones go on", how)
            self._outdated.clear()
        elif not self._once_ready:
            self._failed = True
            self._stop()
        elif not any(other.place == worker.place and not other.retired for other in self._workers):
            log.error("%s, another takes its place", how)
            self._due[worker.place] = time.monotonic() + (0 if worker.ready else _PAUSE)

    def _stop(self) -> None:
        """Let nobody in any more, and let the workers answer who is in."""
        self._stopping_since = time.monotonic()
        self._due.clear()
        self._outdated.clear()
        refuse_newcomers(self._sockets)
        while has_newcomers(self._sockets) and time.monotonic() < self._stopping_since + PATIENCE and not self._failed:
            time.sleep(_MOMENT)
        for each in self._sockets:
            each.close()
        for worker in self._workers:
            worker.retire()

    def _kill(self) -> None:
        for worker in self._workers:
            worker.process.kill()


@contextmanager
def _signals_held_back() -> Iterator[None]:
    """Start processes that hear none of the supervisor's signals: it alone decides when they end.

    A terminal sends its SIGINT, and a service manager its SIGTERM, to all processes at once.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {*_STOPS, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
