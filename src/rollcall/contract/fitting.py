"""JSON read into the models with patience: what does not fit keeps the value it came with."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import msgspec

from rollcall.contract.shape import Shape, shape_of


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
    return fit(value, shape_of(kind))


def fit(value: Any, shape: Shape) -> object:
    """As much of `value` as fits; the rest keeps the value it came with."""
    if type(value) in shape.plain or shape.anything:
        return value
    if shape.item is not None and isinstance(value, list):
        return [fit(one, shape.item) for one in value]
    if shape.model is not None and isinstance(value, Mapping):
        try:
            return msgspec.convert(value, shape.model)
        except (msgspec.ValidationError, UnicodeEncodeError):
            pass
        return shape.model(
            **{
                field.name: fit(value.get(name), field.shape)
                for name, field in shape.fields.items()
                if name in value or field.required
            }
        )
    if shape.value is not None and isinstance(value, Mapping):
        return {name: fit(one, shape.value) for name, one in value.items()}
    return value


@cache
def _decoder(kind: Any) -> Callable[[bytes | str], object]:
    return msgspec.json.Decoder(kind).decode
