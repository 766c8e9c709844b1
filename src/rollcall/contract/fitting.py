"""JSON read into the models with patience: what does not fit keeps the value it came with."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin

import msgspec


def decode(content: bytes | str, kind: object) -> object:
    """Read JSON as `kind`.

    Returns:
        A value of that type. Fields that do not have the documented type keep the value they came with, those that are
        missing have their default, unknown ones are left out. Another shape altogether comes as it is.

    Raises:
        msgspec.DecodeError: It is not JSON.
    """
    try:
        return _decoder(kind)(content)
    except (msgspec.DecodeError, UnicodeDecodeError):
        pass
    # The standard library has the last word: it also reads what msgspec refuses to, as 1e400 and lone surrogates.
    try:
        value = json.loads(content)
    except RecursionError:
        raise msgspec.DecodeError("it is nested too deeply") from None
    except ValueError as error:
        raise msgspec.DecodeError(str(error)) from error
    return fit(value, kind)


def fit(value: Any, kind: Any) -> object:
    """`value` as `kind` if it fits, else as much of it as does."""
    try:
        return msgspec.convert(value, kind)
    except (msgspec.ValidationError, UnicodeEncodeError):
        pass
    if get_origin(kind) in {Union, UnionType}:
        return next((fit(value, arm) for arm in get_args(kind) if _alike(value, arm)), value)
    if not _alike(value, kind):
        return value
    if isinstance(value, list):
        return [fit(item, get_args(kind)[0]) for item in value]
    if get_origin(kind) is dict:
        return {key: fit(item, get_args(kind)[1]) for key, item in value.items()}
    return kind(
        **{
            field.name: fit(value.get(field.encode_name), field.type)
            for field in msgspec.structs.fields(kind)
            if field.encode_name in value or field.required
        }
    )


@cache
def _decoder(kind: Any) -> Callable[[bytes | str], object]:
    return msgspec.json.Decoder(kind).decode


def _alike(value: object, kind: object) -> bool:
    """Whether `value` has the shape of `kind`, whatever is in it."""
    origin = get_origin(kind)
    if origin is list:
        return isinstance(value, list)
    is_object = origin is dict or (isinstance(kind, type) and issubclass(kind, msgspec.Struct))
    return is_object and isinstance(value, dict)
