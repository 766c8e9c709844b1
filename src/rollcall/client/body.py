"""Bodies: what is sent, held to the type of its operation, for the server would only say that something is wrong."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from enum import Enum
from typing import Any

import msgspec
from msgspec import UNSET

from rollcall.contract.shape import PLAIN, Shape
from rollcall.contract.wire import Model


def sent(value: object, due: Shape, name: str, *, secret: bool = False) -> object:
    """What is sent of a value: dicts, lists and what JSON has besides, each of the type that is due.

    Args:
        value: A model, plain dicts and lists with its fields, or what stands in them. A model of another class will do
            if the fields that are set are those of the one that is due.
        due: What it should be.
        name: What it is called where it is refused; fields and items are told by their path, as `emails[1]`.
        secret: Whether a refusal must not show it.

    Raises:
        TypeError: It is of another type.
        ValueError: It has a field that the type has not, or a value that JSON cannot have.
    """
    if type(value) in due.plain:
        check_writable(value, name, secret=secret)
        return value
    if due.anything:
        return value
    if due.item is not None and isinstance(value, (list, tuple)):
        return [sent(one, due.item, f"{name}[{index}]") for index, one in enumerate(value)]
    if due.model is not None and isinstance(value, (Model, Mapping)):
        return _object(value, due, name)
    if due.value is not None and isinstance(value, Mapping):
        return {key: sent(one, due.value, f"{name}.{key}") for key, one in value.items()}
    if isinstance(value, Enum):
        return sent(value.value, due, name, secret=secret)
    raise TypeError(f"{name} must be {due}, not {_shown(value, secret=secret)}")


def check_body(body: object, kind: type[Model], example: str) -> None:
    """Refuse what is no body, and one that has nothing in it.

    Args:
        body: What was given.
        kind: What it must be.
        example: One that would be right.

    Raises:
        TypeError: It is another thing.
        ValueError: Nothing is given in it.
    """
    if not isinstance(body, kind):
        raise TypeError(f"body must be like {example}, not {body!r}")
    if all(getattr(body, name) is UNSET for name in body.__struct_fields__):
        raise ValueError(f"There must be something to change, as in {example}")


def _object(value: Model | Mapping[Any, object], due: Shape, name: str) -> dict[str, object]:
    given = _given(value, due) if isinstance(value, Model) else value
    fields = due.fields
    secrets: Collection[str] = getattr(due.model, "secret_fields", ())
    for field in given:
        if field not in fields:
            alike = [] if isinstance(value, Model) else _alike(field, fields)
            right = f"did you mean {alike[0]!r}?" if alike else f"it takes {', '.join(fields)}"
            raise ValueError(f"{name} has no field {field!r}: {right}")
    return {
        field: sent(one, fields[field].shape, f"{name}.{field}", secret=field in secrets)
        for field, one in given.items()
    }


def _given(value: Model, due: Shape) -> dict[str, object]:
    """The fields that are set; of another model also not those that were left as they are."""
    names = zip(value.__struct_fields__, value.__struct_encode_fields__, strict=True)
    given = {wire: one for name, wire in names if (one := getattr(value, name)) is not UNSET}
    if due.model is not None and isinstance(value, due.model):
        return given
    return {
        field.encode_name: given[field.encode_name]
        for field in msgspec.structs.fields(value)
        if field.encode_name in given and given[field.encode_name] is not field.default
    }


def check_writable(value: object, name: str, *, secret: bool = False) -> None:
    """Refuse what neither JSON nor a URL can have.

    Raises:
        ValueError: It is a number that is none, or text with half of a surrogate pair.
    """
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{name} must be a finite number, not {value}")
    if isinstance(value, str) and not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise ValueError(f"{name} has half a character: {_shown(value, secret=secret)}") from None


def _alike(field: object, fields: Iterable[str]) -> list[str]:
    from difflib import get_close_matches  # only a refusal needs it

    return get_close_matches(str(field), fields, n=1)


def _shown(value: object, *, secret: bool) -> str:
    if isinstance(value, type):
        return f"the class {value.__name__}"
    if value is None or (type(value) in PLAIN and not secret):
        return repr(value)
    return f"a value of type {type(value).__name__}"
