"""Requests: an operation of the table and its arguments, ready to be sent."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin
from urllib.parse import quote

import httpx
import msgspec

from rollcall.client.body import check_writable, sent
from rollcall.client.quota import Scope, scope_of
from rollcall.contract.operation import Method, Operation, path_type
from rollcall.contract.shape import shape_of
from rollcall.contract.wire import encode


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One request, below a base URL that the transport knows.

    Attributes:
        method: The HTTP method.
        path: The route, its placeholders filled.
        query: The query parameters that are given.
        content: The body as JSON; None for no body.
        headers: What is sent beside the usual ones.
        timeout: How long it may take; None for what the transport has.
        scope: Whose quota it counts towards.
        shown: The path as logs may show it, where that is another: without a code, for that opens something.
    """

    method: Method
    path: str
    query: Mapping[str, str] = {}
    content: bytes | None = None
    headers: Mapping[str, str] = {}
    timeout: httpx.Timeout | None = None
    scope: Scope = None
    shown: str | None = None

    def __repr__(self) -> str:
        """What a traceback may show: never the body, which may have a password."""
        return f"Request({self.method} {self.shown or self.path})"


def build(operation: Operation, arguments: Mapping[str, Any], *, timeout: httpx.Timeout | None = None) -> Request:
    """Make the request for an operation.

    Args:
        operation: Its row in the table.
        arguments: By name: the path and query parameters, and the body as `operation.body_argument`. None is not given.
        timeout: How long it may take; None for what the transport has.

    Raises:
        TypeError: An argument, or something in the body, is of another type than is due.
        ValueError: A required argument is missing, or the body has fields that the operation does not take.
    """
    for name in _required(operation):
        if arguments.get(name) is None:
            raise ValueError(f"{operation.id}: {name} is missing")
    body = arguments.get(operation.body_argument) if operation.body is not None else None
    segments = {name: _segment(arguments[name], name, operation) for name in operation.path_parameters}
    return Request(
        method=operation.method,
        path=operation.path.format_map(segments),
        query=_query(operation, arguments),
        content=None
        if body is None
        else encode(sent(body, shape_of(operation.body), f"{operation.id}: {operation.body_argument}")),
        timeout=timeout,
        scope=scope_of(arguments),
        shown=_shown(operation, segments),
    )


def _shown(operation: Operation, segments: Mapping[str, str]) -> str | None:
    codes = {name: f"{{{name}}}" for name in segments if name.endswith("_code")}
    return operation.path.format_map({**segments, **codes}) if codes else None


def query_type(documented: Any) -> tuple[type, bool]:
    """What a query parameter takes of how the operation table has it: a type, and whether a list of these.

    >>> query_type(int | None), query_type(tuple[Literal["web", "api"], ...])
    ((<class 'int'>, False), (<class 'str'>, True))
    """
    arms = get_args(documented)
    kind = next(arm for arm in arms if arm is not NoneType) if NoneType in arms else documented
    if get_origin(kind) is tuple:
        return query_type(get_args(kind)[0])[0], True
    return (str if get_origin(kind) is Literal else kind), False


def _required(operation: Operation) -> tuple[str, ...]:
    body = (operation.body_argument,) if operation.body is not None and operation.body_required else ()
    return (*operation.path_parameters, *operation.required_query, *body)


def _segment(value: object, name: str, operation: Operation) -> str:
    due = path_type(name)
    if not isinstance(value, due) or isinstance(value, bool):
        raise _mistaken(operation, name, due, value)
    if not isinstance(value, str):
        return str(value)
    if value in {"", ".", ".."}:  # each would be another route
        raise ValueError(f"{operation.id}: {name} cannot be {value!r}")
    check_writable(value, f"{operation.id}: {name}")
    return quote(value, safe="")


def _query(operation: Operation, arguments: Mapping[str, Any]) -> dict[str, str]:
    if operation.query is None:
        return {}
    given: dict[str, str] = {}
    for name, wire, due, is_list in _parameters(operation.query):
        if (value := arguments.get(name)) is None:
            continue
        try:
            given[wire] = _listed(value, due) if is_list else _text(value, due)
        except msgspec.ValidationError:
            raise _mistaken(operation, name, due, value, is_list=is_list) from None
        check_writable(given[wire], f"{operation.id}: {name}")
    return given


@cache
def _parameters(query: type[msgspec.Struct]) -> list[tuple[str, str, type, bool]]:
    """Of each query parameter its name, its name on the wire, its type, and whether it is a list of these."""
    return [(field.name, field.encode_name, *query_type(field.type)) for field in msgspec.structs.fields(query)]


def _listed(value: object, due: type) -> str:
    """Many values, which stand in a query separated by commas, and may be given as they stand there."""
    items = value.split(",") if isinstance(value, str) else value
    if isinstance(items, bytes) or not isinstance(items, Collection):
        raise msgspec.ValidationError
    return ",".join(_text(item.strip() if isinstance(item, str) else item, due) for item in items if item != "")


def _text(value: object, due: type) -> str:
    """A value as it stands in a query; a number or a truth value may also be given as it stands there."""
    value = msgspec.convert(value, due, strict=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _mistaken(operation: Operation, name: str, due: type, value: object, *, is_list: bool = False) -> TypeError:
    wanted = f"a list of {due.__name__}s" if is_list else str(shape_of(due))
    return TypeError(f"{operation.id}: {name} must be {wanted}, not {value!r}")
