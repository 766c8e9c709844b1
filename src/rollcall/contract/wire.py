"""JSON as it stands on the wire: what Go's encoder writes, and what it accepts."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar, Union

import msgspec
from msgspec import UNSET, UnsetType

T = TypeVar("T")

# `X | Y` cannot be subscripted as a generic alias on Python 3.11.
Given = Union[T, None, UnsetType]  # noqa: UP007
"""A field of a request: a value, an explicit null, or not given at all."""

OMITTED: Any = UNSET
"""Leaves an optional field out of a reply, where None would say null."""

_encoder = msgspec.json.Encoder()


class Model(msgspec.Struct, kw_only=True, gc=False):
    """A JSON object of the API. Fields stand in the order in which they are written."""

    # Their values are never shown, for they open an account.
    secret_fields: ClassVar[frozenset[str]] = frozenset({"api_token", "current_password", "password"})

    def to_dict(self) -> dict[str, Any]:
        """The object as it stands in JSON: fields by their names there, those not given left out."""
        builtins: dict[str, Any] = msgspec.to_builtins(self)
        return builtins

    def __repr__(self) -> str:
        given = ((name, getattr(self, name)) for name in self.__struct_fields__)
        shown = (
            f"{name}={'...' if value and name in self.secret_fields else repr(value)}"
            for name, value in given
            if value is not UNSET
        )
        return f"{type(self).__name__}({', '.join(shown)})"


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
