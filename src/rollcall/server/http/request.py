"""Requests: what a client sent, and what the operation makes of it."""

from __future__ import annotations

from functools import cached_property
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any, get_args, get_origin
from urllib.parse import parse_qsl

import msgspec

from rollcall.contract.identifier import MAXIMUM_ID, parse_id
from rollcall.contract.name import is_storable
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from rollcall.contract.operation import Operation

_MAXIMUM_PARAMETERS = 100
_FROM_ZERO = {"plan_id"}
"""Numbers of our own catalogue: the free plan's is 0, as on Toggl."""


class Request:
    """One HTTP request.

    Attributes:
        method: The method, in capitals.
        path: The path, percent-decoded.
        raw_query: The query as it was sent.
        address: The network address it came from, where it is known.
        secure: Whether it came by https, to the server or to a proxy that it trusts.
    """

    __slots__ = ("__dict__", "_headers", "address", "method", "path", "raw_query", "secure")

    def __init__(self, scope: Mapping[str, Any]) -> None:
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.raw_query: bytes = scope["query_string"]
        # Of several with one name the first counts.
        self._headers: dict[bytes, bytes] = dict(reversed(scope["headers"]))
        client = scope.get("client")
        self.address: str | None = client[0] if client else None
        self.secure: bool = scope.get("scheme") == "https"

    def header(self, name: bytes) -> str | None:
        """The value of a header, by its name in small letters; None where it is not sent."""
        value = self._headers.get(name)
        return None if value is None else value.decode("latin-1")

    def raw_header(self, name: bytes) -> bytes | None:
        """The value of a header as it was sent."""
        return self._headers.get(name)

    @property
    def announces_body(self) -> bool:
        """Whether a body follows the headers."""
        headers = self._headers
        return headers.get(b"content-length", b"0") != b"0" or b"transfer-encoding" in headers

    def cookie(self, name: str) -> str | None:
        """The value of a cookie, or None."""
        sent = self.header(b"cookie")
        if not sent:
            return None
        try:
            cookies = SimpleCookie(sent)
        except CookieError:
            return None
        return cookies[name].value if name in cookies else None

    @cached_property
    def query(self) -> dict[str, str]:
        """The query parameters; of several with one name the last."""
        try:
            pairs = parse_qsl(
                self.raw_query.decode("ascii"),
                keep_blank_values=True,
                max_num_fields=_MAXIMUM_PARAMETERS,
                errors="strict",
            )
        except (ValueError, UnicodeDecodeError):
            raise Refused(Reason.INVALID_QUERY, parameter="query") from None
        return dict(pairs)


async def read_body(receive: Callable[[], Awaitable[Mapping[str, Any]]], request: Request, maximum: int) -> bytes:
    """Read the body of a request.

    Raises:
        Refused: It is longer than `maximum` bytes. What comes beyond is not kept.
        ConnectionError: The client went away before it had sent everything.
    """
    declared = request.header(b"content-length")
    if declared is not None and declared.isdigit() and int(declared) > maximum:
        raise Refused(Reason.BODY_TOO_LARGE, maximum=maximum)
    body = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionError("the client went away")
        received: bytes = message.get("body", b"")
        body += received
        if len(body) > maximum:
            raise Refused(Reason.BODY_TOO_LARGE, maximum=maximum)
        if not message.get("more_body", False):
            return body


def parse_path(operation: Operation, values: Mapping[str, str]) -> dict[str, Any]:
    """The ids and codes that stand in a path.

    Raises:
        Refused: A number is due and none stands there.
    """
    parsed: dict[str, Any] = {}
    for name, text in values.items():
        if not name.endswith("_id"):
            parsed[name] = text
            continue
        number = 0 if text == "0" and name in _FROM_ZERO else parse_id(text)
        if number is None:
            raise Refused(_reason_of(operation, f"invalid_{name}") or operation.hidden or operation.denied)
        parsed[name] = number
    return parsed


def parse_query(operation: Operation, given: Mapping[str, str]) -> Any:
    """The query of an operation; parameters it does not know are ignored.

    A parameter goes by the name it has on the wire, and also by that of its field.

    Raises:
        Refused: A value is not of the parameter's type.
    """
    if operation.query is None:
        return None
    values: dict[str, Any] = {}
    for field in operation.query_fields:
        text = given.get(field.encode_name, given.get(field.name))
        if text is None:
            continue
        try:
            values[field.name] = _convert(text, field.type)
        except (msgspec.ValidationError, ValueError):
            reason = _reason_of(operation, f"invalid_{field.name}") or Reason.INVALID_QUERY
            raise Refused(reason, parameter=field.encode_name, value=text) from None
    return operation.query(**values)


def parse_body(operation: Operation, body: bytes) -> Any:
    """The JSON of a body as the operation's type, whatever its `Content-Type`.

    Raises:
        Refused: It is not JSON, or not of that type, or none is there and one is due.
    """
    if not body and not operation.body_required:
        return None
    try:
        parsed = msgspec.json.decode(body, type=operation.body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Refused(Reason.INVALID_JSON) from None
    if b"\\u0000" in body and not _all_storable(msgspec.to_builtins(parsed)):
        raise Refused(Reason.INVALID_JSON)
    return parsed


def _all_storable(value: object) -> bool:
    match value:
        case str():
            return is_storable(value)
        case dict():
            return all(map(_all_storable, value.values()))
        case list():
            return all(map(_all_storable, value))
        case _:
            return True


def _convert(text: str, wanted: Any) -> Any:
    if not is_storable(text):
        raise ValueError(text)
    if get_origin(wanted) is tuple:
        items = [item.strip() for item in text.split(",")] if text else []
        return tuple(_convert(item, get_args(wanted)[0]) for item in items)
    value = msgspec.convert(text, wanted, strict=False)
    if value is None or (isinstance(value, int) and abs(value) > MAXIMUM_ID):
        raise ValueError(text)
    return value


def _reason_of(operation: Operation, name: str) -> Reason | None:
    return next((reason for reason in operation.errors if reason == name), None)
