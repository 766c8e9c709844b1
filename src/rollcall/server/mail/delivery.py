"""Delivery: takes letters from the outbox to a carrier, again and again until each has gone or is given up.

Any number of server processes deliver from one outbox. Who takes a message on moves its next attempt beyond the time
that an attempt may last, in one transaction; so no two ever try the same message at once, and a message whose process
dies is tried again.
"""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import TYPE_CHECKING

import msgspec

from rollcall.server.domain.outbox import Letter
from rollcall.server.mail.carrier import Refusal
from rollcall.server.storage import StorageError
from rollcall.server.storage import outbox as rows

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from rollcall.server.keyring import Keyring
    from rollcall.server.mail.carrier import Carrier
    from rollcall.server.storage import Storage, Transaction
    from rollcall.server.storage.outbox import MailRow

log = logging.getLogger("rollcall.mail")

ATTEMPT = timedelta(minutes=1)
"""What one attempt may last."""
TAKEN = timedelta(minutes=5)
"""For how long nobody else tries a message that somebody has taken on; longer than an attempt and its bookkeeping."""
FIRST_WAIT = timedelta(seconds=30)
"""From a first failure to the second attempt; doubled with each failure."""
LONGEST_WAIT = timedelta(hours=2)
GIVEN_UP_AFTER = timedelta(days=3)
AT_ONCE = 10
"""Messages under way from one process."""
LAST_CHANCE = timedelta(seconds=10)
"""What attempts under way may still last when the server stops."""
PAUSE = timedelta(seconds=1)
"""Between two looks into an empty outbox."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _now() -> int:
    return time.time_ns() // 1000


class Delivery:
    """Delivers what is in the outbox.

    Args:
        storage: The database.
        keyring: Opens the sealed letters.
        carrier: Takes messages away.
        sender: Who they are from: `Rollcall <rollcall@example.com>`.
        attempt: What one attempt may last.
        clock: The time, in microseconds since 1970.
    """

    def __init__(
        self,
        storage: Storage,
        keyring: Keyring,
        carrier: Carrier,
        sender: str,
        *,
        attempt: timedelta = ATTEMPT,
        clock: Callable[[], int] = _now,
    ) -> None:
        self._storage = storage
        self._keyring = keyring
        self._carrier = carrier
        self._sender = sender
        self._attempt = attempt
        self._clock = clock
        self._stopping = asyncio.Event()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Deliver while the context lasts; attempts under way may finish, for cut off they might be doubled."""
        task = asyncio.create_task(self._run(), name="mail")
        try:
            yield
        finally:
            self._stopping.set()
            await asyncio.wait({task}, timeout=LAST_CHANCE.total_seconds())
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def deliver_due(self) -> int:
        """Try everything that is due now, each message once.

        Returns:
            How many messages were tried.
        """
        tried = 0
        while taken := await self._take():
            await asyncio.gather(*map(self._try, taken))
            tried += len(taken)
        return tried

    async def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                await self.deliver_due()
            except StorageError as error:
                log.warning("the outbox cannot be read now: %s", error)
            try:
                await asyncio.wait_for(self._stopping.wait(), PAUSE.total_seconds())
            except TimeoutError:
                continue

    async def _take(self) -> list[MailRow]:
        now = self._clock()

        async def look(transaction: Transaction) -> bool:
            return await transaction.one(rows.DUE, now=now) is not None

        async def take(transaction: Transaction) -> list[MailRow]:
            return await transaction.all(rows.TAKE, now=now, until=_later(now, TAKEN), limit=AT_ONCE)

        # An empty outbox is seen by a read: looking into it never takes a writer's time.
        if self._stopping.is_set() or not await self._storage.read(look):
            return []
        return await self._storage.write(take)

    async def _try(self, mail: MailRow) -> None:
        try:
            async with asyncio.timeout(self._attempt.total_seconds()):
                await self._carrier.carry(mail.id, self._message(mail))
        except Refusal as refusal:
            log.warning("mail %d is refused for ever: %s", mail.id, refusal)
            await self._settle(mail, str(refusal))
        except Exception as error:  # whatever it is, the other messages must go their way
            await self._postpone(mail, str(error) or type(error).__name__)
        else:
            await self._settle(mail, None)

    def _message(self, mail: MailRow) -> EmailMessage:
        letter = msgspec.json.decode(self._keyring.unseal(mail.message_sealed), type=Letter)
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = mail.recipient
        message["Subject"] = letter.subject
        message["Date"] = format_datetime(_EPOCH + timedelta(microseconds=mail.created_at))
        # The same at each attempt: should one succeed unnoticed, mailboxes can tell that the next is no other mail.
        host = parseaddr(self._sender)[1].rpartition("@")[2]
        message["Message-ID"] = f"<{self._keyring.derive_token('mail', mail.id, mail.created_at)}@{host}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        return message

    async def _settle(self, mail: MailRow, error: str | None) -> None:
        now = self._clock()

        async def settle(transaction: Transaction) -> int:
            return await transaction.execute(rows.SETTLE, id=mail.id, attempts=mail.attempts, error=error, now=now)

        await self._storage.write(settle)

    async def _postpone(self, mail: MailRow, error: str) -> None:
        now = self._clock()
        if now >= _later(mail.created_at, GIVEN_UP_AFTER):
            log.error("mail %d is given up after %d attempts: %s", mail.id, mail.attempts, error)
            await self._settle(mail, error)
            return
        wait = min(FIRST_WAIT * 2 ** min(mail.attempts - 1, 20), LONGEST_WAIT)
        log.warning("mail %d could not be delivered, next attempt in %s: %s", mail.id, wait, error)

        async def postpone(transaction: Transaction) -> int:
            return await transaction.execute(
                rows.POSTPONE, id=mail.id, attempts=mail.attempts, error=error, next_attempt_at=_later(now, wait)
            )

        await self._storage.write(postpone)


def _later(moment: int, span: timedelta) -> int:
    return moment + span // timedelta(microseconds=1)
