"""Starting: from a database and a key to a server that can answer, with somebody who can log in."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from rollcall.contract.models.account import MePostUser
from rollcall.server.domain import accounts
from rollcall.server.domain.passwords import Passwords, check_strength
from rollcall.server.domain.people_counts import Counts
from rollcall.server.domain.people_names import Names
from rollcall.server.domain.work import Service, Work
from rollcall.server.http.application import Application
from rollcall.server.keyring import BadKey, Keyring
from rollcall.server.mail.delivery import Delivery
from rollcall.server.pages.application import Pages
from rollcall.server.storage import StorageError, connect, meta, open_replica
from rollcall.server.storage import accounts as account_rows

if TYPE_CHECKING:
    from rollcall.contract.models.account import ModelsTogglUser
    from rollcall.server.mail.carrier import Carrier
    from rollcall.server.settings import Settings
    from rollcall.server.storage import Replica, Storage, Transaction

_NOT_SERVED = {
    meta.MOVED: "this database has been moved to PostgreSQL, or is being moved: serve from there (--database-url), or "
    "`rollcall migrate-to --give-up` lets it be served again",
    meta.COPYING: "this database is not whole yet: `rollcall migrate-to` goes on where it was interrupted",
}


class Server:
    """A database that is ready, and the application over it.

    Attributes:
        api: The API alone.
        application: The ASGI application: the API, and the pages that mailed links open.
        service: The server's rules and secrets.
        storage: The database.
    """

    def __init__(self, storage: Storage, service: Service, replica: Replica | None = None) -> None:
        self.storage = storage
        self.service = service
        self._replica = replica
        self.api = Application(storage, service, replica)
        self.application = Pages(self.api, storage, service)

    @classmethod
    async def open(
        cls,
        database_url: str,
        settings: Settings,
        keyring: Keyring,
        *,
        replica_url: str | None = None,
        connections: int = 10,
    ) -> Server:
        """Connect to a migrated database.

        Args:
            database_url: `sqlite:///absolute/path.db` or `postgresql://…`.
            settings: The server's rules.
            keyring: Of its secret key.
            replica_url: `postgresql://…` of a replica, which need not be there.
            connections: How many connections this process may have to PostgreSQL, and as many to the replica.

        Raises:
            StorageError: It cannot be reached.
            BadKey: It was made with another secret key.
        """
        storage = await connect(database_url, connections=connections)
        try:
            await storage.write(lambda transaction: _begin(transaction, keyring))
            replica = await open_replica(replica_url, connections=connections) if replica_url else None
        except BaseException:
            await storage.close()
            raise
        service = Service(settings, keyring, Passwords(settings.password_cost), Counts(), Names())
        return cls(storage, service, replica)

    def apply(self, settings: Settings) -> None:
        """Serve by other settings from now on; what a password hash costs stays as it was."""
        self.service = msgspec.structs.replace(self.service, settings=settings)
        self.api = Application(self.storage, self.service, self._replica)
        self.application = Pages(self.api, self.storage, self.service)

    def delivery(self, carrier: Carrier, sender: str | None = None) -> Delivery:
        """What delivers this server's mail; it does so while its `running()` lasts.

        Args:
            carrier: Takes the messages away.
            sender: Who they are from; by default `rollcall` at the host of the public URL.
        """
        host = urlsplit(self.service.settings.public_url).hostname
        return Delivery(self.storage, self.service.keyring, carrier, sender or f"Rollcall <rollcall@{host}>")

    async def close(self) -> None:
        """Finish what is under way and let go of the database."""
        self.service.passwords.close()
        if self._replica is not None:
            await self._replica.close()
        await self.storage.close()

    async def has_accounts(self) -> bool:
        """Whether anybody has an account yet."""

        async def find(transaction: Transaction) -> bool:
            return await transaction.one(account_rows.ANY) is not None

        return await self.storage.read(find)

    async def add_account(self, email: str, password: str) -> ModelsTogglUser:
        """Make an account with an organization of its own, whoever may sign up.

        Raises:
            Refused: The address or the password breaks the rules, or the address is taken.
        """
        check_strength(password)
        password_hash = await self.service.passwords.hash(password)

        async def register(transaction: Transaction) -> ModelsTogglUser:
            work = Work(transaction, self.service, None, time.time_ns() // 1000)
            return await accounts.register(work, MePostUser(email=email), password_hash, proved=True)

        return await self.storage.write(register)


async def _begin(transaction: Transaction, keyring: Keyring) -> None:
    """Hold a database to its key, and begin a new epoch of it: it may be an older copy than the one served before.

    Revisions that a copy reaches were reached before with other content, so nothing said of them counts any longer.
    """
    for mark, said in _NOT_SERVED.items():
        if await transaction.one(meta.GET, name=mark) is not None:
            raise StorageError(said)
    await transaction.execute(meta.RENEW, name="epoch", value=secrets.token_hex(8))
    await transaction.execute(meta.SET, name="key_fingerprint", value=keyring.fingerprint)
    stored = await transaction.one(meta.GET, name="key_fingerprint")
    if stored is None or stored.value != keyring.fingerprint:
        raise BadKey(f"the database was made with another secret key than the one in {keyring.source}: start with that")
