"""Requests: an operation of the table and its arguments, ready to be sent."""

from __future__ import annotations

from collections.abc import Mapping
from types import UnionType
from typing import Any, get_args, get_origin
from urllib.parse import quote

import httpx
import msgspec
from msgspec import UNSET

from rollcall.client.quota import Scope, scope_of
from rollcall.contract.operation import Method, Operation
from rollcall.contract.wire import Model, encode


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
    """

    method: Method
    path: str
    query: Mapping[str, str] = {}
    content: bytes | None = None
    headers: Mapping[str, str] = {}
    timeout: httpx.Timeout | None = None
    scope: Scope = None


def build(operation: Operation, arguments: Mapping[str, Any], *, timeout: httpx.Timeout | None = None) -> Request:
    """Make the request for an operation.

    Args:
        operation: Its row in the table.
        arguments: By name: the path and query parameters, and the body as `operation.body_argument`. None is not given.
        timeout: How long it may take; None for what the transport has.

    Raises:
        ValueError: A required argument is missing, or the body has fields that the operation does not take.
    """
    for name in _required(operation):
        if arguments.get(name) is None:
            raise ValueError(f"{operation.id}: {name} is missing")
    body = arguments.get(operation.body_argument) if operation.body is not None else None
    return Request(
        method=operation.method,
        path=operation.path.format_map(
            {name: _segment(operation, name, arguments[name]) for name in operation.path_parameters}
        ),
        query=_query(operation, arguments),
        content=None if body is None else encode(_body(operation, body)),
        timeout=timeout,
        scope=scope_of(arguments),
    )


def _required(operation: Operation) -> tuple[str, ...]:
    body = (operation.body_argument,) if operation.body is not None and operation.body_required else ()
    return (*operation.path_parameters, *operation.required_query, *body)


def _segment(operation: Operation, name: str, value: object) -> str:
    text = str(value)
    if text in {"", ".", ".."}:  # each would be another route
        raise ValueError(f"{operation.id}: {name} cannot be {text!r}")
    return quote(text, safe="")


def _query(operation: Operation, arguments: Mapping[str, Any]) -> dict[str, str]:
    if operation.query is None:
        return {}
    names = zip(operation.query.__struct_fields__, operation.query.__struct_encode_fields__, strict=True)
    return {wire: _text(arguments[name]) for name, wire in names if arguments.get(name) is not None}


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple, set, frozenset)):
        return ",".join(_text(item) for item in value)
    return str(value)


def _body(operation: Operation, value: object) -> object:
    """What is sent of `value`: plain dicts and lists as they are, a model of another operation if its fields fit."""
    kinds = get_args(operation.body) if isinstance(operation.body, UnionType) else (operation.body,)
    models = [kind for kind in kinds if get_origin(kind) is not list]
    if not models and not isinstance(value, (list, tuple)):
        raise ValueError(f"{operation.id}: {operation.body_argument} must be a list, not {type(value).__name__}")
    shapes = (Model, Mapping, list, tuple) if len(models) < len(kinds) else (Model, Mapping)
    if models and not isinstance(value, shapes):
        wanted = " or ".join(model.__name__ for model in models)
        raise ValueError(f"{operation.id}: {operation.body_argument} must be a {wanted} or a dict, not {value!r}")
    if not isinstance(value, Model) or type(value) in models:
        return value
    given = {
        field.encode_name: getattr(value, field.name)
        for field in msgspec.structs.fields(value)
        if getattr(value, field.name) is not UNSET and getattr(value, field.name) is not field.default
    }
    taken = [name for model in models for name in model.__struct_encode_fields__]
    if refused := [name for name in given if name not in taken]:
        raise ValueError(
            f"{operation.id} does not take {', '.join(refused)} of {type(value).__name__}; it takes {', '.join(taken)}"
        )
    return given
