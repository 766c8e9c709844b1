"""Bodies: what is sent, held to the type of its operation, for the server would only say that something is wrong."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import msgspec
from msgspec import UNSET, UnsetType

from rollcall.contract.wire import Model

_PLAIN = {str: "a str", int: "an int", float: "a number", bool: "a bool"}


def plain(value: object, kind: Any, name: str, *, secret: bool = False) -> object:
    """What is sent of a value: dicts, lists and what JSON has besides, and each of the type that is due.

    Args:
        value: A model, plain dicts and lists with its fields, or what stands in them. A model of another class will do
            if the fields that are set are those of the one that is due.
        kind: The type that is due.
        name: What it is called where it is refused; fields and items are told by their path, as `emails[1]`.
        secret: Whether a refusal must not show it.

    Raises:
        TypeError: It is of another type.
        ValueError: It has a field that the type has not, or a value that JSON cannot have.
    """
    if isinstance(value, Enum):
        value = value.value
    arms = _arms(kind)
    for arm in arms:
        if arm in _PLAIN:
            if type(value) is arm or (arm is float and type(value) is int):
                return _writable(value, name, secret=secret)
        elif arm is Any or (value is None and arm is NoneType):
            return value
        elif get_origin(arm) is list:
            if isinstance(value, (list, tuple)):
                (item,) = get_args(arm)
                return [plain(one, item, f"{name}[{index}]", secret=secret) for index, one in enumerate(value)]
        elif get_origin(arm) is dict:
            if isinstance(value, Mapping):
                return {key: plain(one, get_args(arm)[1], f"{name}.{key}") for key, one in value.items()}
        elif isinstance(value, (Model, Mapping)):
            return _object(value, arm, name)
    wanted = " or ".join(dict.fromkeys(_described(arm) for arm in arms if arm is not NoneType))
    raise TypeError(f"{name} must be {wanted}, not {_shown(value, secret=secret)}")


def _object(value: Model | Mapping[str, object], model: type[Model], name: str) -> dict[str, object]:
    given = _given(value, model) if isinstance(value, Model) else value
    types = _types(model)
    for field in given:
        if field not in types:
            alike = [] if isinstance(value, Model) else _alike(field, types)
            right = f"did you mean {alike[0]!r}?" if alike else f"it takes {', '.join(types)}"
            raise ValueError(f"{name} has no field {field!r}: {right}")
    return {
        field: plain(one, types[field], f"{name}.{field}", secret=field in model.secret_fields)
        for field, one in given.items()
    }


def _given(value: Model, model: type[Model]) -> dict[str, object]:
    """The fields that are set; of another model also not those that were left as they are."""
    names = zip(value.__struct_fields__, value.__struct_encode_fields__, strict=True)
    given = {wire: one for name, wire in names if (one := getattr(value, name)) is not UNSET}
    if isinstance(value, model):
        return given
    return {
        field.encode_name: given[field.encode_name]
        for field in msgspec.structs.fields(value)
        if field.encode_name in given and given[field.encode_name] is not field.default
    }


def _writable(value: object, name: str, *, secret: bool) -> object:
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{name} must be a finite number, not {value}")
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            raise ValueError(f"{name} has half a character: {_shown(value, secret=secret)}") from None
    return value


@cache
def _arms(kind: Any) -> tuple[Any, ...]:
    """The types that a value may have; that a field is not given is told before."""
    arms = get_args(kind) if get_origin(kind) in {Union, UnionType} else (kind,)
    return tuple(arm for arm in arms if arm is not UnsetType)


@cache
def _types(model: type[Model]) -> dict[str, Any]:
    return {field.encode_name: field.type for field in msgspec.structs.fields(model)}


def _alike(field: object, types: Iterable[str]) -> list[str]:
    from difflib import get_close_matches  # only a refusal needs it

    return get_close_matches(str(field), types, n=1)


def _described(kind: Any) -> str:
    if get_origin(kind) is list:
        return "a list"
    return _PLAIN.get(kind) or ("a dict" if get_origin(kind) is dict else f"a {kind.__name__} or a dict")


def _shown(value: object, *, secret: bool) -> str:
    if isinstance(value, type):
        return f"the class {value.__name__}"
    if value is None or (type(value) in _PLAIN and not secret):
        return repr(value)
    return f"a value of type {type(value).__name__}"
