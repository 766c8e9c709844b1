"""What `async_req=True` answers: a result that is still being fetched."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Lock
from typing import Generic, TypeVar

R = TypeVar("R")


class Pending(Generic[R]):
    """A result that a thread is fetching, with the methods of `multiprocessing.pool.AsyncResult`."""

    def __init__(self, future: Future[R]) -> None:
        self._future = future

    def get(self, timeout: float | None = None) -> R:
        """Wait for the result.

        Args:
            timeout: For how many seconds at most; None for as long as it takes.

        Raises:
            TimeoutError: It is not there yet.
            ApiException: There is none, for the request was no success.
        """
        return self._future.result(timeout)

    def wait(self, timeout: float | None = None) -> None:
        """Wait until it is there or cannot come, or for so many seconds."""
        wait([self._future], timeout)

    def ready(self) -> bool:
        """Whether it is there or cannot come."""
        return self._future.done()

    def successful(self) -> bool:
        """Whether it is there.

        Raises:
            ValueError: That is not known yet.
        """
        if not self.ready():
            raise ValueError("The result is still being fetched: wait() for it, or ask ready() first")
        return self._future.exception() is None


class Threads:
    """The threads that fetch results: none before the first is asked for.

    What was begun is done before the interpreter exits.

    Args:
        number: How many there may be.

    Raises:
        ValueError: It is no number, or below 1.
    """

    def __init__(self, number: int) -> None:
        if not isinstance(number, int) or number < 1:
            raise ValueError(f"pool_threads must be a number of threads, 1 or more, not {number!r}")
        self._number = number
        self._lock = Lock()
        self._pool: ThreadPoolExecutor | None = None

    def begin(self, work: Callable[[], R]) -> Pending[R]:
        """Do `work` in a thread, as soon as one is free."""
        with self._lock:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(self._number, thread_name_prefix="toggl")
            return Pending(self._pool.submit(work))

    def finish(self) -> None:
        """Wait until all that was begun is done."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown()
