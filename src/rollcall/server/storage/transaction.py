"""The port between the domain and a database: behaviour is a coroutine function that takes a transaction."""

from collections.abc import Callable, Coroutine
from typing import Any, Protocol, TypeAlias, TypeVar

from rollcall.server.storage.statement import Statement, Value

R = TypeVar("R")


class Transaction(Protocol):
    """One transaction, while it lasts.

    Every method raises Unavailable when the database cannot answer now, TypeError for parameters that are not
    the statement's, and StorageError for what the database refuses. After a refusal PostgreSQL does nothing
    more in the transaction: a statement that may collide says what then, with `ON CONFLICT`.
    """

    async def one(self, statement: Statement[R], /, **parameters: Value) -> R | None:
        """The only row, or None where there is none.

        Raises:
            StorageError: There are several rows.
        """

    async def all(self, statement: Statement[R], /, **parameters: Value) -> list[R]:
        """All rows."""

    async def execute(self, statement: Statement[None], /, **parameters: Value) -> int:
        """Does what the statement says; returns how many rows it touched."""


Work: TypeAlias = Callable[[Transaction], Coroutine[Any, Any, R]]
"""What is done in a transaction: it awaits nothing else, and keeps nothing from one run to the next."""


class Storage(Protocol):
    """A database."""

    async def one(self, statement: Statement[R], /, **parameters: Value) -> R | None:
        """What a statement that changes nothing tells by itself, as `Transaction.one` does: the cheapest read.

        Raises:
            Unavailable: The database cannot answer now, or is closed.
        """

    async def read(self, work: Work[R]) -> R:
        """Runs work that changes nothing.

        Raises:
            Unavailable: The database cannot answer now, or is closed.
        """

    async def write(self, work: Work[R]) -> R:
        """Runs work and commits it before returning.

        An exception from the work undoes that work alone and is raised here. Work that collides with other
        work, or raises Collision, may be run again.

        Raises:
            Unavailable: The database cannot answer now, or is closed; nothing is known to be written.
        """

    async def close(self) -> None:
        """Finishes what has been asked for and lets go of the database."""
