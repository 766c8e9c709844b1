"""Routes: which operation a method and a path name. They are the operation table's, and nothing else."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from rollcall.contract.operation import BASE_PATH, Operation
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.server.http.request import parse_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_REMEMBERED = 1024
_LONGEST_REMEMBERED = 200
"""Characters of a path: what is remembered of those that anybody may send stays small."""


class Place(msgspec.Struct, frozen=True):
    """Where it is decided what somebody may.

    Attributes:
        kind: "workspace", "organization" or "account".
        ids: Which of them it is, as statements take it.
    """

    kind: str
    ids: Mapping[str, int]


class Route(msgspec.Struct, frozen=True, dict=True):
    """An operation, and the texts that stand in the placeholders of its path."""

    operation: Operation
    texts: dict[str, str]

    @cached_property
    def path(self) -> Mapping[str, Any]:
        """The ids and codes that stand in the path.

        Raises:
            Refused: A number is due and none stands there.
        """
        return parse_path(self.operation, self.texts)

    @cached_property
    def place(self) -> Place:
        """The narrowest place that the path names.

        Raises:
            Refused: As for `path`.
        """
        for kind in ("workspace", "organization"):
            if (name := f"{kind}_id") in self.path:
                return Place(kind, {name: self.path[name]})
        return Place("account", {})


class _Node:
    """One segment of the paths: what may follow it, and what may be done where it is the last."""

    __slots__ = ("children", "operations", "suffix", "variable")

    def __init__(self) -> None:
        self.children: dict[str, _Node] = {}
        self.variable: _Node | None = None
        self.suffix = ""
        self.operations: dict[str, Operation] = {}


class Routes:
    """The paths of a table as a tree, so that a match costs by the length of the path alone."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        self._root = _Node()
        for operation in operations:
            self._add(operation)
        self._remembered = lru_cache(_REMEMBERED)(self._find)

    def _add(self, operation: Operation) -> None:
        node = self._root
        for segment in operation.path.strip("/").split("/"):
            if segment.startswith("{"):
                if node.variable is None:
                    node.variable = _Node()
                    # `{invoice_uid}.pdf`: what follows the placeholder in its segment.
                    node.variable.suffix = segment.partition("}")[2]
                node = node.variable
            else:
                node = node.children.setdefault(segment, _Node())
        node.operations[operation.method] = operation

    def match(self, method: str, path: str) -> Route:
        """The operation for a request, and what stands in its path.

        Raises:
            Refused: There is no such path, or the method is not one of those it has.
        """
        return (self._remembered if len(path) <= _LONGEST_REMEMBERED else self._find)(method, path)

    def _find(self, method: str, path: str) -> Route:
        if not path.startswith(BASE_PATH + "/"):
            raise Refused(Reason.NO_SUCH_ROUTE)
        node: _Node | None = self._root
        values: list[str] = []
        for segment in path[len(BASE_PATH) + 1 :].split("/"):
            assert node is not None  # noqa: S101 - the loop ends when it becomes None
            child = node.children.get(segment)
            if child is None and node.variable is not None and len(segment) > len(node.variable.suffix):
                child = node.variable if segment.endswith(node.variable.suffix) else None
                values.append(segment.removesuffix(node.variable.suffix))
            node = child
            if node is None:
                raise Refused(Reason.NO_SUCH_ROUTE)
        if node is None or not node.operations:
            raise Refused(Reason.NO_SUCH_ROUTE)
        operation = node.operations.get(method)
        if operation is None:
            raise Refused(Reason.NO_SUCH_METHOD, allowed=", ".join(sorted(node.operations)))
        return Route(operation, dict(zip(operation.path_parameters, values, strict=True)))
