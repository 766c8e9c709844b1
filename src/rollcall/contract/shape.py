"""Types of the contract, taken apart: what a value of one may be."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin

import msgspec
from msgspec import UnsetType

PLAIN = {str: "a str", int: "an int", float: "a number", bool: "a bool"}
"""The types that have nothing inside, and what a person calls them."""


class Field(NamedTuple):
    """A field of an object.

    Attributes:
        name: What it is called in Python.
        shape: What may stand in it.
        required: Whether an object cannot be made without it.
    """

    name: str
    shape: Shape
    required: bool


class Shape(NamedTuple):
    """What a value may be.

    Attributes:
        plain: Which plain types; NoneType among them for null.
        item: Of a list, what its items may be.
        value: Of a dict with any names, what its values may be.
        model: Of an object, its class.
        fields: And its fields, by their names on the wire.
        anything: Whether anything will do.
    """

    plain: frozenset[type]
    item: Shape | None = None
    value: Shape | None = None
    model: type[msgspec.Struct] | None = None
    fields: Mapping[str, Field] = {}
    anything: bool = False

    def __str__(self) -> str:
        names = [PLAIN[kind] for kind in PLAIN if kind in self.plain and (kind is not int or float not in self.plain)]
        if self.model is not None:
            article = "an" if self.model.__name__[0] in "AEIO" else "a"  # but "a User..."
            names.append(f"{article} {self.model.__name__} or a dict")
        if self.value is not None:
            names.append("a dict")
        if self.item is not None:
            names.append("a list")
        return " or ".join(names)


@cache
def shape_of(kind: Any) -> Shape:
    """What a value of a type may be.

    >>> str(shape_of(int | None)), str(shape_of(list[str] | str))
    ('an int', 'a str or a list')
    """
    shape = Shape(frozenset())
    for arm in get_args(kind) if get_origin(kind) in {Union, UnionType} else (kind,):
        if get_origin(arm) is list:
            shape = shape._replace(item=shape_of(get_args(arm)[0]))
        elif get_origin(arm) is dict:
            shape = shape._replace(value=shape_of(get_args(arm)[1]))
        elif arm is Any:
            shape = shape._replace(anything=True)
        elif arm in PLAIN or arm in {None, NoneType}:
            also = {int} if arm is float else set[type]()
            shape = shape._replace(plain=shape.plain | {arm or NoneType} | also)
        elif arm is not UnsetType:  # that a field is not given is told before
            fields = {
                field.encode_name: Field(field.name, shape_of(field.type), field.required)
                for field in msgspec.structs.fields(arm)
            }
            shape = shape._replace(model=arm, fields=fields)
    return shape
