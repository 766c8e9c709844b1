"""What `async_req=True` answers: a result that is still being fetched."""

from __future__ import annotations

from concurrent.futures import Future, wait
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
