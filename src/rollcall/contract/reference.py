"""What the documents of the API tell of an operation, drawn from its row: parameters, types, and every refusal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import NoneType, UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin

import msgspec
from msgspec import UnsetType

from rollcall.contract.docstring import docstring_of
from rollcall.contract.operation import Access, Operation, path_type
from rollcall.contract.problem import COMMON, Problem
from rollcall.contract.reason import Reason

_PLAIN = {int: "integer", str: "string", bool: "boolean", float: "number", bytes: "bytes", Any: "anything"}

_PATH_PARAMETERS = {
    "organization_id": "The number of the organization.",
    "organization_user_id": "The number of the membership: `id` in the list of organization users.",
    "workspace_id": "The number of the workspace.",
    "workspace_user_id": "The number of the membership: `id` in the list of workspace users.",
    "user_id": "The number of the account.",
    "group_id": "The number of the group.",
    "invitation_id": "The number of the invitation.",
    "invitation_code": "The code of the invitation, as it was mailed or handed on.",
    "transfer_id": "The number of the transfer: `owner_transfer_id`.",
    "action": "`accept`, `decline` or `withdraw`.",
    "plan_id": "The number of the plan.",
    "invoice_uid": "The `uid` of the payment record.",
    "from": "The first moment, such as `2026-01-31T00:00:00Z`.",
    "to": "The last moment, such as `2026-01-31T00:00:00Z`.",
}

_QUERY_PARAMETERS = {
    "page": "Which page; the first is 1.",
    "per_page": "Rows on a page.",
    "page_number": "Which page; the first is 1.",
    "page_size": "Rows on a page.",
    "since": "Only what changed since this moment, in seconds since 1970.",
    "sort_dir": "The direction of the order by name.",
    "only_admins": "Only the admins of the organization.",
    "with_related_data": "Answer what belongs to the account too.",
    "token_code": "The mailed code.",
    "entity_type": "What it was done to.",
    "entity_id": "The number of what it was done to.",
    "action": "What was done.",
    "source": "By which way it was done.",
    "workspace_id": "The number of the workspace it was done in.",
    "state": "Any of these; all where none is given.",
}

ANYWHERE = (
    Reason.NO_CREDENTIALS,
    Reason.WRONG_CREDENTIALS,
    Reason.CROSS_ORIGIN,
    Reason.INVALID_JSON,
    Reason.INVALID_QUERY,
    Reason.NO_SUCH_ROUTE,
    Reason.NO_SUCH_METHOD,
    Reason.BODY_TOO_LARGE,
    Reason.TOO_MANY_REQUESTS,
    Reason.SERVER_ERROR,
    Reason.UNAVAILABLE,
)
"""What any request may be refused for."""


class Parameter(NamedTuple):
    """A parameter of an operation.

    Attributes:
        name: Its name on the wire.
        place: Where it stands.
        type: What it is.
        about: What it means.
        default: What holds where it is not given; None for nothing.
    """

    name: str
    place: Literal["path", "query"]
    type: Any
    about: str
    default: Any = None

    @property
    def required(self) -> bool:
        """Whether a request makes no sense without it."""
        return self.place == "path"


class Refusal(NamedTuple):
    """One way in which an operation is refused."""

    reason: Reason
    problem: Problem


def section_of(operation: Operation) -> str:
    """The heading that an operation stands under: that of the first class of the clients that has it."""
    return operation.apis[0].removesuffix("Api")


def sections(operations: Iterable[Operation]) -> dict[str, list[Operation]]:
    """The operations by their headings, both in the order of the table."""
    found: dict[str, list[Operation]] = {}
    for operation in operations:
        found.setdefault(section_of(operation), []).append(operation)
    return found


def parameters_of(operation: Operation) -> list[Parameter]:
    """The parameters of an operation's path and query."""
    path = [Parameter(name, "path", path_type(name), _PATH_PARAMETERS[name]) for name in operation.path_parameters]
    if operation.query is None:
        return path
    told = docstring_of(operation.query).attributes
    query = [
        Parameter(
            field.encode_name,
            "query",
            field.type,
            told.get(field.name) or _QUERY_PARAMETERS.get(field.name, ""),  # `python -OO` has no docstrings
            field.default or None,
        )
        for field in msgspec.structs.fields(operation.query)
    ]
    return path + query


def replies_of(operation: Operation) -> list[Any]:
    """The types that an operation answers with, the usual one first."""
    return [operation.reply, *operation.reply_where.values()]


def refusals_of(operation: Operation) -> list[Refusal]:
    """Every way in which an operation can be refused, by status; those that cannot occur here are left out."""
    return _in_order({**{reason: COMMON[reason] for reason in _common(operation)}, **operation.errors})


def own_refusals_of(operation: Operation) -> list[Refusal]:
    """The refusals that an operation has a text of its own for, by status; those that cannot occur are left out."""
    return _in_order({reason: problem for reason, problem in operation.errors.items() if COMMON.get(reason) != problem})


def _in_order(errors: Mapping[Reason, Problem]) -> list[Refusal]:
    refusals = [Refusal(reason, problem) for reason, problem in errors.items() if not problem.never]
    return sorted(refusals, key=lambda refusal: refusal.problem.status)


def _common(operation: Operation) -> Iterator[Reason]:
    if operation.access is not Access.PUBLIC:
        if operation.access is not Access.OPTIONAL:
            yield Reason.NO_CREDENTIALS
        yield Reason.WRONG_CREDENTIALS
        yield Reason.TOO_MANY_REQUESTS
        if operation.writes:
            yield Reason.CROSS_ORIGIN
    if operation.query is not None:
        yield Reason.INVALID_QUERY
    if operation.body is not None:
        yield Reason.INVALID_JSON
    yield Reason.BODY_TOO_LARGE
    yield Reason.SERVER_ERROR
    yield Reason.UNAVAILABLE


def type_name(kind: Any) -> str:
    """A type in words.

    >>> type_name(list[int]), type_name(int | None), type_name(tuple[str, ...])
    ('list of integer', 'integer or null', 'list of string, separated by commas')
    """
    if kind is None or kind is NoneType:
        return "null"
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        return " or ".join(dict.fromkeys(type_name(arm) for arm in arguments if arm is not UnsetType))
    if origin is Literal:
        return " or ".join(f"`{value}`" for value in arguments)
    if origin is list:
        return f"list of {type_name(arguments[0])}"
    if origin is tuple:
        return f"list of {type_name(arguments[0])}, separated by commas"
    if origin is dict:
        return f"object of {type_name(arguments[1])}"
    return _PLAIN.get(kind) or str(kind.__name__)


def objects_of(operations: Iterable[Operation]) -> list[type[msgspec.Struct]]:
    """Every object that operations read and write, and those inside them, by name."""
    found: dict[str, type[msgspec.Struct]] = {}
    waiting = [kind for operation in operations for kind in (operation.body, *replies_of(operation))]
    while waiting:
        kind = waiting.pop()
        waiting.extend(get_args(kind))
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind.__name__ not in found:
            found[kind.__name__] = kind
            waiting.extend(field.type for field in msgspec.structs.fields(kind))
    return [found[name] for name in sorted(found)]
