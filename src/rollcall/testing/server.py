"""A Rollcall server in this process."""

from __future__ import annotations

import asyncio
import secrets
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING, Any, Literal, Self, TypedDict, TypeVar, Unpack

import msgspec

from rollcall.contract.operation import BASE_PATH
from rollcall.contract.plan import PLANS_BY_HANDLE
from rollcall.server.http.listener import Listener
from rollcall.server.http.sockets import listen
from rollcall.server.keyring import Keyring
from rollcall.server.settings import PasswordCost, Settings
from rollcall.server.startup import Server
from rollcall.server.storage import migrate

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator
    from types import TracebackType

R = TypeVar("R")

_HOST = "127.0.0.1"
_PASSWORD = "correct horse"
_CHEAP = PasswordCost(passes=1, memory=8, lanes=1)


class Rules(TypedDict, total=False):
    """What can be different about a server; each means what the option of `rollcall serve` means.

    Attributes:
        default_plan: The plan a new organization is on; `free` has Toggl's documented limits.
        signup: Who may make an account: anyone (`open`), or only who was invited.
        organizations: Who may make an organization.
        prove_addresses: Whether an address must be proved by a mailed link.
        maximum_body: Bytes that a request body may have.
    """

    default_plan: Literal["free", "starter", "premium", "enterprise"]
    signup: Literal["open", "invited"]
    organizations: Literal["anyone", "operator"]
    prove_addresses: bool
    maximum_body: int


class Account(msgspec.Struct, frozen=True):
    """Somebody who can log in.

    Attributes:
        id: The user id.
        email: The address to log in with.
        password: The password to log in with.
        api_token: To log in with in place of both: the token as the name, `api_token` as the password.
    """

    id: int
    email: str
    password: str
    api_token: str


class RollcallServer:
    """A real server for tests, over HTTP on a port of its own, with an empty database of its own.

    It serves while the context lasts, on a thread beside the test's, and leaves nothing behind.

    Args:
        email: The address of the first account.
        password: The password of the first account.
        **rules: What is to be different from `rollcall serve` without options; see `Rules`.

    Attributes:
        url: Where the API is: `http://127.0.0.1:…/api/v9`.
        email: The address of the first account, which has an organization and a workspace.
        password: Its password.
        api_token: Its API token.

    Raises:
        TypeError: There is no such rule.
        ValueError: A rule cannot have that value.
    """

    url: str
    api_token: str

    def __init__(self, *, email: str = "admin@example.com", password: str = _PASSWORD, **rules: Unpack[Rules]) -> None:
        self.email = email
        self.password = password
        self._settings = _with_rules(Settings(password_cost=_CHEAP), rules)
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            directory = stack.enter_context(TemporaryDirectory(prefix="rollcall-"))
            [socket] = listen(_HOST, 0)
            stack.enter_context(socket)
            origin = f"http://{_HOST}:{socket.getsockname()[1]}"
            self._settings = msgspec.structs.replace(self._settings, public_url=origin)
            self._loop = stack.enter_context(_running_loop())
            database_url = f"sqlite://{Path(directory) / 'rollcall.db'}"
            migrate(database_url)
            self._server = self._run(Server.open(database_url, self._settings, Keyring(secrets.token_bytes(32))))
            stack.callback(lambda: self._run(self._server.close()))
            # When a test has ended, its clients have nothing left to ask.
            listener = Listener(self._answer, farewell=0)
            serving = asyncio.run_coroutine_threadsafe(listener.serve(sockets=[socket]), self._loop)
            stack.callback(serving.result)
            stack.callback(listener.stop)
            self.url = origin + BASE_PATH
            self.api_token = self.add_account(self.email, self.password).api_token
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stack.close()

    def add_account(self, email: str | None = None, password: str = _PASSWORD) -> Account:
        """Make an account with an organization and a workspace of its own, whoever may sign up.

        Args:
            email: Its address; by default one that nobody has.
            password: Its password.

        Raises:
            Refused: The address or the password breaks the rules, or the address is taken.
        """
        email = email or f"{secrets.token_hex(8)}@example.com"
        made = self._run(self._server.add_account(email, password))
        assert made.id is not None  # noqa: S101 - who has just been made has one
        assert made.api_token is not None  # noqa: S101 - who has just been made has one
        return Account(made.id, email, password, made.api_token)

    def set_rules(self, **rules: Unpack[Rules]) -> None:
        """Serve by other rules from now on; what is not named is as it was when the server was made.

        Raises:
            TypeError: There is no such rule.
            ValueError: A rule cannot have that value.
        """
        self._server.apply(_with_rules(self._settings, rules))

    async def _answer(self, scope: Any, receive: Any, send: Any) -> None:
        # By way of the server, because other rules are another application.
        await self._server.application(scope, receive, send)

    def _run(self, coroutine: Coroutine[Any, Any, R]) -> R:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()


def _with_rules(settings: Settings, rules: Rules) -> Settings:
    if unknown := rules.keys() - Rules.__annotations__.keys():
        raise TypeError(f"{', '.join(sorted(unknown))}: no such rule; there are {', '.join(Rules.__annotations__)}")
    changes: dict[str, Any] = {**msgspec.convert(rules, Rules)}
    if "default_plan" in changes:
        changes["default_plan"] = PLANS_BY_HANDLE[changes["default_plan"]]
    return msgspec.structs.replace(settings, **changes)


@contextmanager
def _running_loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, name="rollcall-server", daemon=True)
    thread.start()
    try:
        yield loop
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
