"""The arguments of an operation's method: as the generated clients have them, and what these lack by keyword."""

from __future__ import annotations

import keyword
from typing import Any, NamedTuple

import msgspec

from rollcall.contract.operation import Operation, path_type


class Argument(NamedTuple):
    """One argument.

    Attributes:
        name: What it is called in Python.
        parameter: What the operation table calls it.
        type: What it takes.
        place: Where it goes: `path`, `query` or `body`.
        by_name: Whether it can be given by name only.
        may_be_left_out: Whether Python lets it be left out. The operation may need it all the same.
    """

    name: str
    parameter: str
    type: Any
    place: str
    by_name: bool = False
    may_be_left_out: bool = False


def arguments_of(operation: Operation) -> list[Argument]:
    """The arguments of an operation's method, in order."""
    positional = [*_path(operation), *_query(operation, required=True), *_body(operation, required=True)]
    spellings = {parameter: name for name, parameter in operation.aliases.items()}
    ours = [argument for argument in positional if argument.parameter in operation.keyword_only]
    theirs = [
        argument._replace(name=spellings[argument.parameter], may_be_left_out=True)
        if argument.parameter in spellings
        else argument
        for argument in positional
        if argument not in ours
    ]
    rightly_spelt = [argument for argument in positional if argument.parameter in spellings]
    by_name = [*ours, *rightly_spelt, *_query(operation, required=False), *_body(operation, required=False)]
    return [*theirs, *(argument._replace(by_name=True, may_be_left_out=True) for argument in by_name)]


def _path(operation: Operation) -> list[Argument]:
    return [_argument(name, path_type(name), "path") for name in operation.path_parameters]


def _query(operation: Operation, *, required: bool) -> list[Argument]:
    fields = {field.name: field.type for field in msgspec.structs.fields(operation.query)} if operation.query else {}
    if required:
        return [_argument(name, fields[name], "query") for name in operation.required_query]
    return [_argument(name, kind, "query") for name, kind in fields.items() if name not in operation.required_query]


def _body(operation: Operation, *, required: bool) -> list[Argument]:
    if operation.body is None or operation.body_required != required:
        return []
    return [_argument(operation.body_argument, operation.body, "body")]


def _argument(parameter: str, kind: Any, place: str) -> Argument:
    name = f"{parameter}_" if keyword.iskeyword(parameter) else parameter
    return Argument(name, parameter, kind, place)
