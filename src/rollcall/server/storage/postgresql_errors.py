"""What the driver raises, and what a caller may hear of it: nothing that holds a value of a row."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import asyncpg

from rollcall.server.storage.address import SCHEMES
from rollcall.server.storage.errors import Collision, StorageError, Unavailable, Unreachable

# What the driver raises: for the server's errors, for its own state, and for the network.
DRIVER_ERRORS = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)
# Their messages quote the value.
VALUE_ERRORS = (asyncpg.DataError, ValueError)
COLLISIONS = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError)
# What passes by itself, or by what the operator does to the server.
PASSING = (
    *COLLISIONS,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.LockNotAvailableError,
    asyncpg.InternalClientError,  # so the driver says that the server's farewell came between two statements
    OSError,
)


class Doubled(StorageError):  # noqa: N818 - it is what happened, and nobody outside hears of it
    """Something there is already, although the work may have looked: other work can have been faster, once."""


@contextmanager
def connecting(url: str) -> Iterator[None]:
    """Says of a failed connection what was wrong, without the password.

    Raises:
        Unreachable: Instead of what the driver raises.
    """
    try:
        yield
    except ValueError:
        # Not from that error, which quotes the URL.
        raise Unreachable(f"The database URL cannot be read: use {SCHEMES}, with %40 for an @ in a part") from None
    except DRIVER_ERRORS as error:
        place = urlsplit(url).hostname or "its socket"
        raise Unreachable(f"Cannot connect to PostgreSQL at {place}: {reason(error)}") from error


@contextmanager
def refusals(connection: asyncpg.Connection | None) -> Iterator[None]:
    """Says of a driver's error what a caller may hear of it.

    Raises:
        StorageError: Instead of what the driver raises.
    """
    try:
        yield
    except DRIVER_ERRORS as error:
        raise refusal(error, connection) from None


def refusal(error: Exception, connection: asyncpg.Connection | None, place: str = "") -> StorageError:
    """What a caller hears of a driver's error; to be raised without it, since it holds values of the row."""
    message = f"{reason(error)}{place}"
    if isinstance(error, COLLISIONS):
        return Collision(message)
    if isinstance(error, asyncpg.UniqueViolationError):
        return Doubled(message)
    if isinstance(error, PASSING) or (isinstance(error, asyncpg.InterfaceError) and _is_lost(connection)):
        return Unavailable(message)
    return StorageError(message)


def _is_lost(connection: asyncpg.Connection | None) -> bool:
    return connection is None or connection.is_closed()


def reason(error: Exception) -> str:
    """What a driver's error says, without the values that it holds."""
    if isinstance(error, VALUE_ERRORS):
        return f"A value does not fit ({type(error).__name__})"
    if isinstance(error, TimeoutError):
        return "There was no answer in time"
    # Only the message itself: the detail that PostgreSQL adds quotes the row.
    return str(error.args[0]) if isinstance(error, asyncpg.PostgresError) else str(error)
