"""Reads that a replica answers: only where it shows an organization as the primary has just shown it.

Who asks is always admitted by the primary, in one statement, which also tells the revision of the organization. A reply
that depends on nothing else may come from any snapshot in which the organization has that revision. So a read shows
every write that was acknowledged before it began, by whatever server, and no server has to know what others did.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from rollcall.contract.problem import Refused
from rollcall.server.storage import StorageError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from rollcall.server.domain.work import Viewer
    from rollcall.server.storage import Replica, Transaction

R = TypeVar("R")


class Found(msgspec.Struct, Generic[R], frozen=True):
    """What a replica has answered."""

    result: R


class _Behind(Exception):  # noqa: N818 - nobody outside hears of it
    """The replica shows the organization, or who asks, as they were before."""


async def find_in_replica(
    replica: Replica,
    viewer: Viewer,
    enter: Callable[[Transaction], Awaitable[Viewer | None]],
    do: Callable[[Transaction], Awaitable[R]],
) -> Found[R] | None:
    """Let a replica do a read that depends on who asks and on one organization.

    Args:
        replica: The replica.
        viewer: Who asks, and what they are in the organization, as the primary has it.
        enter: Finds the same in a snapshot.
        do: The read.

    Returns:
        None where the replica is behind, or cannot answer: the primary must be asked.

    Raises:
        Refused: The read itself is refused.
    """

    async def read(transaction: Transaction) -> R:
        try:
            there = await enter(transaction)
        except Refused:
            raise _Behind from None
        if there != viewer:
            raise _Behind
        return await do(transaction)

    try:
        return Found(await replica.read(read))
    except (_Behind, StorageError):
        return None
