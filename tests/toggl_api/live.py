"""Endpoints of both kinds that talk to a real server, and are called alike."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx

import toggl_api
import toggl_api.asyncio
from rollcall.testing import Account, RollcallServer


class Live:
    """A server, an account with an organization on it, and endpoints of one kind.

    Attributes:
        organization_id: The account's organization.
        workspace_id: Its workspace.
        requests: What was sent, as method and path, since it was last emptied.
        replies: The statuses of the replies to it.
    """

    def __init__(self, kind: str, server: RollcallServer, account: Account) -> None:
        self.kind = kind
        self.server = server
        self.account = account
        self.requests: list[str] = []
        self.replies: list[int] = []
        self._runner = asyncio.Runner()
        self._close: list[Callable[[], object]] = []
        with httpx.Client(base_url=server.url, auth=(account.email, account.password)) as client:
            [workspace] = client.get("/me/workspaces").json()
        self.organization_id: int = workspace["organization_id"]
        self.workspace_id: int = workspace["id"]

    def __getattr__(self, name: str) -> Callable[..., Called]:
        """The maker of an endpoint of that name, for this account unless another one is given."""

        def make(*parents: Any, cache: Any = None, account: Account | None = None, **options: Any) -> Called:
            who = account or self.account
            auth = httpx.BasicAuth(who.email, who.password)
            return Called(self._made(name, (*parents, auth, cache), options), self.run)

        return make

    def mine(self, name: str, **options: Any) -> Called:
        """The endpoint of that name for the account's own organization, and workspace."""
        parents = {"OrganizationEndpoint": (), "WorkspaceUserEndpoint": (self.organization_id, self.workspace_id)}
        made: Called = getattr(self, name)(*parents.get(name, (self.organization_id,)), **options)
        return made

    def join(self, name: str) -> Account:
        """Somebody who has joined the organization and its workspace."""
        account = self.server.add_account(f"{name}@{self.organization_id}.example.com")
        [made] = self.mine("InvitationEndpoint").add([account.email], [self.workspace_id]).invitations
        code = made.invite_url.rpartition("/")[2]
        self.mine("InvitationEndpoint", account=account).accept(code)
        return account

    def run(self, result: Any) -> Any:
        """What comes of a call of either kind; of an iterator, a list."""
        if inspect.iscoroutine(result):
            return self._runner.run(result)
        if inspect.isasyncgen(result):
            return self._runner.run(listed(result))
        return list(result) if inspect.isgenerator(result) else result

    def close(self) -> None:
        for close in self._close:
            self.run(close())
        self._runner.close()

    def _made(self, name: str, arguments: tuple[Any, ...], options: dict[str, Any]) -> Any:
        if self.kind == "sync":
            client = httpx.Client(base_url=self.server.url, event_hooks={"response": [self._note]})
            self._close.append(client.close)
            return getattr(toggl_api, name)(*arguments, client=client, **options)

        async def note(response: httpx.Response) -> None:
            self._note(response)

        awaited = httpx.AsyncClient(base_url=self.server.url, event_hooks={"response": [note]})
        self._close.append(awaited.aclose)
        return getattr(toggl_api.asyncio, f"Async{name}")(*arguments, client=awaited, **options)

    def _note(self, response: httpx.Response) -> None:
        self.requests.append(f"{response.request.method} {response.request.url.path.removeprefix('/api/v9')}")
        self.replies.append(response.status_code)


class Called:
    """An endpoint whose methods answer at once, whichever kind it is."""

    def __init__(self, endpoint: Any, run: Callable[[Any], Any]) -> None:
        self.endpoint = endpoint
        self._run = run

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return lambda *arguments, **options: self._run(getattr(self.endpoint, name)(*arguments, **options))


async def listed(generator: AsyncIterator[Any]) -> list[Any]:
    return [item async for item in generator]
