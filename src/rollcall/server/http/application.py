"""The API as an ASGI application: what happens to a request, from its first byte to its last."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING, Any

from rollcall.contract.operation import Access
from rollcall.contract.operations import OPERATIONS
from rollcall.contract.operations.account import GET_ME
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.server.domain import RULES, Rule
from rollcall.server.domain.logins import prove, recall
from rollcall.server.domain.paging import Page
from rollcall.server.domain.work import Service, Viewer, Work
from rollcall.server.http.admission import Claim, Unrecognized
from rollcall.server.http.credentials import Password, Session, check_origin, read_credentials
from rollcall.server.http.documents import document
from rollcall.server.http.replicas import find_in_replica
from rollcall.server.http.replies import Replies, question_of
from rollcall.server.http.reply import Reply, refusal, success
from rollcall.server.http.request import Request, parse_body, parse_query, read_body
from rollcall.server.http.routes import Route, Routes
from rollcall.server.storage import Unavailable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, MutableMapping

    from rollcall.contract.operation import Operation
    from rollcall.server.http.credentials import Credentials
    from rollcall.server.storage import Replica, Storage, Transaction

log = logging.getLogger("rollcall.server")

_ANY_ACCOUNT = Route(GET_ME, {})


class Application:
    """Rollcall's HTTP API.

    Args:
        storage: Where everything is kept.
        service: The server's rules and secrets.
        replica: What is asked first for what it may know.
    """

    def __init__(self, storage: Storage, service: Service, replica: Replica | None = None) -> None:
        self._storage = storage
        self._replica = replica
        self._service = service
        self._secure = service.settings.secure
        self._routes = Routes(OPERATIONS)
        self._replies = Replies(service.settings)

    async def __call__(
        self,
        scope: MutableMapping[str, Any],
        receive: Callable[[], Awaitable[MutableMapping[str, Any]]],
        send: Callable[[MutableMapping[str, Any]], Awaitable[None]],
    ) -> None:
        """Answer one request (ASGI)."""
        if scope["type"] != "http":
            raise RuntimeError(f"only HTTP is served here, not {scope['type']}")
        request = Request(scope)
        try:
            maximum = self._service.settings.maximum_body
            body = await read_body(receive, request, maximum) if request.announces_body else b""
        except ConnectionError:
            return
        except Refused as refused:
            reply = refusal(None, refused, secure=self._is_secure(request))
        else:
            reply = await self.answer(request, body)
        await reply.send(scope, send)

    async def answer(self, request: Request, body: bytes) -> Reply:
        """What goes back for a request: the operation's reply, or the documented refusal. Never raises."""
        secure = self._is_secure(request)
        operation: Operation | None = None
        try:
            if (reply := document(request.method, request.path)) is not None:
                return reply
            route = self._routes.match(request.method, request.path)
            operation = route.operation
            return await self._perform(route, request, body, secure=secure)
        except Refused as refused:
            return refusal(operation, refused, secure=secure)
        except Unavailable as unavailable:
            log.warning("%s: %s", _name(operation), unavailable)
            return refusal(operation, Refused(Reason.UNAVAILABLE), secure=secure)
        except Exception:
            log.exception("%s failed", _name(operation))
            return refusal(operation, Refused(Reason.SERVER_ERROR), secure=secure)

    def _is_secure(self, request: Request) -> bool:
        """Whether who asks reaches the server by https; a proxy may speak http to it all the same."""
        return request.secure or self._secure

    async def _perform(self, route: Route, request: Request, body: bytes, *, secure: bool) -> Reply:
        operation = route.operation
        credentials = self._read_credentials(operation, request)
        now = time.time_ns() // 1000
        try:
            path = route.path
        except Refused:
            # Who may not ask at all does not learn what would be right.
            await self._identify(_ANY_ACCOUNT, credentials, request.address, now)
            raise
        # Strangers are turned away by one statement, which also tells whether there is a reply to be served again.
        claim, viewer = await self._identify(route, credentials, request.address, now)
        rule = _rule(operation)
        question = question_of(request, viewer, rule.reuse, secure=secure)
        if question is not None:
            kept = self._replies.find(question, request.header(b"if-none-match"))
            if kept is not None:
                return kept
        arguments = _arguments(operation, path, request, body)
        if operation.writes:
            return success(await self._write(rule, claim, viewer, arguments), self._storage, secure=secure)
        replica = None if question is None else self._replica
        result, viewer_since = await self._read(rule, claim, viewer, arguments, replica)
        reply = success(result, self._storage, secure=secure)
        # What was read while something changed is the answer to no question.
        return reply if question is None or viewer_since != viewer else self._replies.keep(question, reply)

    async def _read(
        self, rule: Rule, claim: Claim, viewer: Viewer | None, arguments: dict[str, Any], replica: Replica | None
    ) -> tuple[object, Viewer | None]:
        """What a rule reads, and who asks as they are in the same snapshot."""

        async def do(transaction: Transaction) -> object:
            return await rule.do(Work(transaction, self._service, viewer, claim.now), **arguments)

        async def read(transaction: Transaction) -> tuple[object, Viewer | None]:
            result = await do(transaction)
            if viewer is not None and _is_of(viewer.revision, result):
                return result, viewer
            # Asked again, because this is the transaction that counts.
            return result, await claim.admit(transaction)

        found = None
        if replica is not None and viewer is not None:
            found = await find_in_replica(replica, viewer, claim.admit, do)
        result, viewer_since = (found.result, viewer) if found else await self._storage.read(read)
        if rule.finish is not None:
            result = await asyncio.to_thread(rule.finish, self._service, result)
        return result, viewer_since

    async def _write(self, rule: Rule, claim: Claim, viewer: Viewer | None, arguments: dict[str, Any]) -> object:
        # Not before who asks has been admitted: strangers never take time that is dear, nor the writer's turn.
        if rule.prepare is not None:
            arguments["prepared"] = await rule.prepare(self._service, self._storage, viewer, arguments["body"])

        async def write(transaction: Transaction) -> object:
            # Asked again, because this is the transaction that counts.
            viewer = await claim.admit(transaction)
            return await rule.do(Work(transaction, self._service, viewer, claim.now), **arguments)

        return await self._storage.write(write)

    def _read_credentials(self, operation: Operation, request: Request) -> Credentials | None:
        """What the request says of who asks; None where the operation asks for nothing."""
        if operation.access is Access.PUBLIC:
            return None
        credentials = read_credentials(request)
        if credentials is None and operation.access is not Access.OPTIONAL:
            raise Refused(Reason.NO_CREDENTIALS)
        if isinstance(credentials, Session) and operation.writes:
            check_origin(request, self._service.settings.public_url)
        return credentials

    async def _identify(
        self, route: Route, credentials: Credentials | None, address: str | None, now: int
    ) -> tuple[Claim, Viewer | None]:
        """Who asks, and what they are admitted by again; None where the operation asks for nothing."""
        if not isinstance(credentials, Password):
            claim = Claim(route, credentials, address, now)
            return claim, await claim.admit(self._storage)
        storage, passwords = self._storage, self._service.passwords
        email_key, password = credentials.email_key, credentials.password
        proof = recall(passwords, email_key, password)
        if proof is not None:
            claim = Claim(route, proof, address, now)
            try:
                return claim, await claim.admit(storage)
            except Unrecognized:
                # The password has changed since, or the address is somebody else's: it has to be proved anew.
                pass
        claim = Claim(route, await prove(storage, passwords, email_key, password, address, now), address, now)
        return claim, await claim.admit(storage)


def _is_of(revision: int | None, result: object) -> bool:
    """Whether a result was read as the organization was at a revision: nobody's rights in it have changed since."""
    return revision is not None and isinstance(result, Page) and result.revision == revision


def _name(operation: Operation | None) -> str:
    """What a log calls a request: never by its path, which may hold a code."""
    return f"{operation.method} {operation.path}" if operation else "a request"


def _rule(operation: Operation) -> Rule:
    rule = RULES.get(operation.id)
    if rule is None:
        raise Refused(Reason.NOT_BUILT)
    return rule


def _arguments(operation: Operation, path: Mapping[str, Any], request: Request, body: bytes) -> dict[str, Any]:
    """What the rule is called with, by name."""
    arguments = dict(path)
    if operation.query is not None:
        arguments["query"] = parse_query(operation, request.query)
    if operation.body is not None:
        arguments["body"] = parse_body(operation, body)
    return arguments
