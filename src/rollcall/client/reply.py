"""Replies: JSON read into the models, with patience for what does not fit them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin

import httpx
import msgspec


class UnreadableReply(httpx.DecodingError):
    """A reply that is not what is due at all: a proxy's page, or half a body."""


def read(response: httpx.Response, kind: object, *, media_type: str = "application/json") -> object:
    """Read what a successful reply carries.

    Args:
        response: The reply, read whole.
        kind: The type its JSON is documented to have; None for an empty reply.
        media_type: What it is documented to be; anything but JSON is handed over as bytes.

    Returns:
        None for an empty reply, else the value. Fields that do not have the documented type keep the value they came
        with, those that are missing have their default, unknown ones are left out.

    Raises:
        UnreadableReply: It is not JSON.
    """
    content = response.content
    if kind is None or not content:
        return None
    if media_type != "application/json":
        return content
    try:
        return _string(response) if kind is str else decode(content, kind)
    except msgspec.DecodeError as error:
        raise UnreadableReply(
            f"The reply of {response.url.host} with status {response.status_code} is not JSON: {error}",
            request=response.request,
        ) from error


def said(body: str) -> str:
    """What a refusal says: Toggl's are JSON strings; anything else is told as it came."""
    try:
        return msgspec.json.decode(body, type=str)
    except msgspec.DecodeError:
        return body


def decode(content: bytes, kind: object) -> object:
    """Read JSON as `kind`, leniently.

    Raises:
        msgspec.DecodeError: It is not JSON.
    """
    try:
        return _decoder(kind)(content)
    except msgspec.ValidationError:
        return _fit(msgspec.json.decode(content), kind)


@cache
def _decoder(kind: Any) -> Callable[[bytes], object]:
    return msgspec.json.Decoder(kind).decode


def _string(response: httpx.Response) -> str | None:
    """A documented string, which comes as JSON or as plain text."""
    try:
        return msgspec.json.decode(response.content, type=str | None)
    except msgspec.DecodeError:
        if "html" in response.headers.get("Content-Type", ""):
            raise
        return response.text


def _fit(value: Any, kind: Any) -> object:
    """`value` as `kind` if it fits, else as much of it as does."""
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError:
        pass
    if get_origin(kind) in {Union, UnionType}:
        return next((_fit(value, arm) for arm in get_args(kind) if _alike(value, arm)), value)
    if not _alike(value, kind):
        return value
    if isinstance(value, list):
        return [_fit(item, get_args(kind)[0]) for item in value]
    if get_origin(kind) is dict:
        return {key: _fit(item, get_args(kind)[1]) for key, item in value.items()}
    return kind(
        **{
            field.name: _fit(value.get(field.encode_name), field.type)
            for field in msgspec.structs.fields(kind)
            if field.encode_name in value or field.required
        }
    )


def _alike(value: object, kind: object) -> bool:
    """Whether `value` has the shape of `kind`, whatever is in it."""
    origin = get_origin(kind)
    if origin is list:
        return isinstance(value, list)
    is_object = origin is dict or (isinstance(kind, type) and issubclass(kind, msgspec.Struct))
    return is_object and isinstance(value, dict)
