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
from rollcall.server.domain.work import Service, Work
from rollcall.server.http.application import Application
from rollcall.server.keyring import BadKey, Keyring
from rollcall.server.mail.delivery import Delivery
from rollcall.server.pages.application import Pages
from rollcall.server.storage import accounts as account_rows
from rollcall.server.storage import connect, meta

if TYPE_CHECKING:
    from rollcall.contract.models.account import ModelsTogglUser
    from rollcall.server.mail.carrier import Carrier
    from rollcall.server.settings import Settings
    from rollcall.server.storage import Storage, Transaction


class Server:
    """A database that is ready, and the application over it.

    Attributes:
        api: The API alone.
        application: The ASGI application: the API, and the pages that mailed links open.
        service: The server's rules and secrets.
        storage: The database.
    """

    def __init__(self, storage: Storage, service: Service) -> None:
        self.storage = storage
        self.service = service
        self.api = Application(storage, service)
        self.application = Pages(self.api, storage, service)

    @classmethod
    async def open(cls, database_url: str, settings: Settings, keyring: Keyring) -> Server:
        """Connect to a migrated database.

        Raises:
            StorageError: It cannot be reached.
            BadKey: It was made with another secret key.
        """
        storage = await connect(database_url)
        try:
            await storage.write(lambda transaction: _begin(transaction, keyring))
        except BaseException:
            await storage.close()
            raise
        return cls(storage, Service(settings, keyring, Passwords(settings.password_cost)))

    def apply(self, settings: Settings) -> None:
        """Serve by other settings from now on; what a password hash costs stays as it was."""
        self.service = msgspec.structs.replace(self.service, settings=settings)
        self.api = Application(self.storage, self.service)
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
    await transaction.execute(meta.RENEW, name="epoch", value=secrets.token_hex(8))
    await transaction.execute(meta.SET, name="key_fingerprint", value=keyring.fingerprint)
    stored = await transaction.one(meta.GET, name="key_fingerprint")
    if stored is None or stored.value != keyring.fingerprint:
        raise BadKey(f"the database was made with another secret key than the one in {keyring.source}: start with that")
