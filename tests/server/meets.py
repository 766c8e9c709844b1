"""Which documented refusals a test meets: said by a mark, and held to what the server really answered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from rollcall.contract.operations import OPERATIONS
from rollcall.contract.problem import COMMON, Refused
from rollcall.server.http.routes import Routes

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx
    from _pytest.mark.structures import ParameterSet

    from rollcall.contract.operation import Operation
    from rollcall.contract.reason import Reason

Met = tuple[str, str]
"""An operation's id and a reason."""

_ROUTES = Routes(OPERATIONS)


def meets(operation: Operation, *reasons: Reason) -> pytest.MarkDecorator:
    """Marks a test (or one of its parameter sets) as the one that meets these refusals of an operation."""
    return pytest.mark.meets(operation.id, *(str(reason) for reason in reasons))


def meeting(operation: Operation, reason: Reason, *values: object) -> ParameterSet:
    """A parameter set that meets a refusal of an operation."""
    return pytest.param(*values, marks=meets(operation, reason))


def claimed(item: pytest.Item) -> set[Met]:
    """What a test says that it meets."""
    return {(mark.args[0], reason) for mark in item.iter_markers("meets") for reason in mark.args[1:]}


def met_by(response: httpx.Response) -> Iterator[Met]:
    """The refusals of the operation's row that a reply could be."""
    try:
        operation = _ROUTES.match(response.request.method, response.request.url.path).operation
    except Refused:
        return
    text = response.json() if response.content else None
    for reason, problem in {**COMMON, **operation.errors}.items():
        if response.status_code == problem.status and _says(problem.text, text):
            yield operation.id, str(reason)


def _says(documented: str | None, text: object) -> bool:
    if documented is None or not isinstance(text, str):
        return documented is None and text is None
    pattern = re.sub(r"\\{\w+\\}", ".*", re.escape(documented))
    return re.fullmatch(pattern, text, re.DOTALL) is not None
