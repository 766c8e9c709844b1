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
from rollcall.server.domain.logins import prove
from rollcall.server.domain.work import Service, Viewer, Work
from rollcall.server.http.admission import admit
from rollcall.server.http.credentials import Password, Session, check_origin, read_credentials
from rollcall.server.http.documents import document
from rollcall.server.http.replies import Replies, question_of
from rollcall.server.http.reply import Reply, refusal, success
from rollcall.server.http.request import Request, parse_body, parse_path, parse_query, read_body
from rollcall.server.http.routes import Routes
from rollcall.server.storage import Unavailable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, MutableMapping

    from rollcall.contract.operation import Operation
    from rollcall.server.http.admission import Known
    from rollcall.server.http.replies import Question
    from rollcall.server.storage import Storage, Transaction

log = logging.getLogger("rollcall.server")


class Application:
    """Rollcall's HTTP API.

    Args:
        storage: Where everything is kept.
        service: The server's rules and secrets.
    """

    def __init__(self, storage: Storage, service: Service) -> None:
        self._storage = storage
        self._service = service
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
            body = await read_body(receive, request, self._service.settings.maximum_body)
        except ConnectionError:
            return
        except Refused as refused:
            reply = refusal(None, refused, secure=self._is_secure(request))
        else:
            reply = await self.answer(request, body)
        await send({"type": "http.response.start", "status": reply.status, "headers": reply.headers})
        if reply.rest is None:
            await send({"type": "http.response.body", "body": reply.body})
            return
        await send({"type": "http.response.body", "body": reply.body, "more_body": True})
        async for chunk in reply.rest:
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    async def answer(self, request: Request, body: bytes) -> Reply:
        """What goes back for a request: the operation's reply, or the documented refusal. Never raises."""
        secure = self._is_secure(request)
        operation: Operation | None = None
        try:
            if (reply := document(request.method, request.path)) is not None:
                return reply
            operation, texts = self._routes.match(request.method, request.path)
            return await self._perform(operation, texts, request, body)
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
        return request.secure or self._service.settings.secure

    async def _perform(self, operation: Operation, texts: Mapping[str, str], request: Request, body: bytes) -> Reply:
        now = time.time_ns() // 1000
        known = await self._identify(operation, request, now)
        try:
            path = parse_path(operation, texts)
        except Refused:
            # Who may not ask at all does not learn what would be right.
            await self._storage.read(lambda transaction: _enter(transaction, GET_ME, known, {}, request, now))
            raise

        async def enter(transaction: Transaction) -> Viewer | None:
            return await _enter(transaction, operation, known, path, request, now)

        if not operation.writes:
            return await self._read(operation, path, request, enter, now)

        # Strangers, and requests that make no sense, are turned away by a read: they never take the writer's time.
        viewer = await self._storage.read(enter)
        rule = _rule(operation)
        arguments = _arguments(operation, path, request, body)
        if rule.prepare is not None:
            arguments["prepared"] = await rule.prepare(self._service, self._storage, viewer, arguments["body"])

        async def write(transaction: Transaction) -> object:
            # Asked again, because this is the transaction that counts.
            viewer = await enter(transaction)
            return await rule.do(Work(transaction, self._service, viewer, now), **arguments)

        return success(await self._storage.write(write), self._storage, secure=self._is_secure(request))

    async def _read(
        self,
        operation: Operation,
        path: Mapping[str, Any],
        request: Request,
        enter: Callable[[Transaction], Awaitable[Viewer | None]],
        now: int,
    ) -> Reply:
        """The reply to a read: one that is kept, where admission tells that nothing has changed since, or a new one."""
        secure = self._is_secure(request)

        async def read(transaction: Transaction) -> Reply | tuple[Question | None, object]:
            viewer = await enter(transaction)
            rule = _rule(operation)
            question = question_of(request, viewer, rule.reuse, secure=secure)
            if question is not None:
                reply = self._replies.find(question, request.header(b"if-none-match"))
                if reply is not None:
                    return reply
            arguments = _arguments(operation, path, request, b"")
            return question, await rule.do(Work(transaction, self._service, viewer, now), **arguments)

        found = await self._storage.read(read)
        if isinstance(found, Reply):
            return found
        question, result = found
        finish = _rule(operation).finish
        if finish is not None:
            result = await asyncio.to_thread(finish, self._service, result)
        reply = success(result, self._storage, secure=secure)
        return reply if question is None else self._replies.keep(question, reply)

    async def _identify(self, operation: Operation, request: Request, now: int) -> Known | None:
        """What the request is to be recognized by; None where the operation asks for nothing."""
        if operation.access is Access.PUBLIC:
            return None
        credentials = read_credentials(request)
        if credentials is None:
            if operation.access is Access.OPTIONAL:
                return None
            raise Refused(Reason.NO_CREDENTIALS)
        if isinstance(credentials, Session) and operation.writes:
            check_origin(request, self._service.settings.public_url)
        if isinstance(credentials, Password):
            return await prove(
                self._storage,
                self._service.passwords,
                credentials.email,
                credentials.password,
                request.address,
                now,
            )
        return credentials


async def _enter(
    transaction: Transaction,
    operation: Operation,
    known: Known | None,
    path: Mapping[str, Any],
    request: Request,
    now: int,
) -> Viewer | None:
    if known is None:
        return None
    return await admit(transaction, operation, known, path, request.address, now)


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
