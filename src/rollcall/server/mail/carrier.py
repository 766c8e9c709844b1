"""The port between the delivery of mail and what carries it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from email.message import EmailMessage


class Refusal(Exception):  # noqa: N818 - it is an answer, not a fault of the program
    """The message is not wanted, and never will be: it is not tried again."""


class Carrier(Protocol):
    """What takes a message away."""

    async def carry(self, number: int, message: EmailMessage) -> None:
        """Take one message away; any exception but Refusal means that it is tried again later.

        Args:
            number: The message's own number.
            message: The message, with its sender and its one recipient.

        Raises:
            Refusal: It is not wanted.
        """
