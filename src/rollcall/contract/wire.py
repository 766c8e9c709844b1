"""JSON as it stands on the wire: what Go's encoder writes, and what it accepts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Self, TypeVar, Union, cast

import msgspec
from msgspec import UNSET, UnsetType

from rollcall.contract.fitting import decode, fit
from rollcall.contract.shape import shape_of

T = TypeVar("T")

# `X | Y` cannot be subscripted as a generic alias on Python 3.11.
Given = Union[T, None, UnsetType]  # noqa: UP007
"""A field of a request: a value, an explicit null, or not given at all."""

OMITTED: Any = UNSET
"""Leaves an optional field out of a reply, where None would say null."""

_encoder = msgspec.json.Encoder()


class Model(msgspec.Struct, kw_only=True, gc=False):
    """A JSON object of the API. Fields stand in the order in which they are written.

    Types are not checked when one is made, for a reply may have what no document tells; a request is held to them when
    it is sent.
    """

    # Their values are never shown, for they open an account.
    secret_fields: ClassVar[frozenset[str]] = frozenset({"api_token", "current_password", "password"})

    def to_dict(self) -> dict[str, Any]:
        """The object as it stands in JSON: fields by their names there, those not given left out."""
        builtins: dict[str, Any] = msgspec.to_builtins(self)
        return builtins

    def to_json(self) -> str:
        """The object as JSON."""
        return _encoder.encode(self).decode()

    def to_str(self) -> str:
        """The object as it stands in JSON, for people: a field on each line, and what opens an account not shown."""
        from pprint import pformat  # it loads more than it does, and few need it

        return pformat(_shown(self), sort_dicts=False)

    @classmethod
    def from_dict(cls, obj: Mapping[str, Any]) -> Self:
        """Make one of a dict with the names of the JSON, as patiently as a reply is read.

        Unknown fields are left out, and those of another type keep their value.

        Raises:
            TypeError: It is no dict.
        """
        if not isinstance(obj, Mapping):
            raise TypeError(f"{cls.__name__}.from_dict takes a dict, not a value of type {type(obj).__name__}")
        return cast(Self, fit(obj, shape_of(cls)))

    @classmethod
    def from_json(cls, json_str: str | bytes) -> Self:
        """Make one of JSON, as patiently as a reply is read.

        Raises:
            TypeError: It is no JSON object.
            ValueError: It is not JSON.
        """
        try:
            made = decode(json_str, cls)
        except msgspec.DecodeError as error:
            raise ValueError(f"{cls.__name__}.from_json takes JSON: {error}") from error
        if not isinstance(made, cls):
            raise TypeError(f"{cls.__name__}.from_json takes a JSON object, not a value of type {type(made).__name__}")
        return made

    def __repr__(self) -> str:
        shown = (
            f"{name}={'...' if value and name in self.secret_fields else repr(value)}" for name, value in _given(self)
        )
        return f"{type(self).__name__}({', '.join(shown)})"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return [(name, "..." if value and name in self.secret_fields else value) for name, value in _given(self)]


def _given(model: Model) -> Iterator[tuple[str, Any]]:
    for name in model.__struct_fields__:
        value = getattr(model, name)
        if value is not UNSET:
            yield name, value


def _shown(value: object) -> object:
    if isinstance(value, list):
        return [_shown(item) for item in value]
    if not isinstance(value, Model):
        return value
    wire = dict(zip(value.__struct_fields__, value.__struct_encode_fields__, strict=True))
    return {wire[name]: "..." if item and name in value.secret_fields else _shown(item) for name, item in _given(value)}


def encode(value: object) -> bytes:
    """Write `value` as JSON the way Toggl's servers do: compact, and with `&`, `<` and `>` escaped.

    The three characters can only stand inside strings, so they are replaced in the finished text.
    """
    text = _encoder.encode(value)
    if b"&" in text:
        text = text.replace(b"&", b"\\u0026")
    if b"<" in text:
        text = text.replace(b"<", b"\\u003c")
    if b">" in text:
        text = text.replace(b">", b"\\u003e")
    return text


def number(value: float | None) -> float | None:
    """A number that is written without a fraction when it has none, as Go writes it."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
