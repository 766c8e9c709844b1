"""Methods made from rows of the operation table."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterator
from functools import partial
from inspect import Parameter, Signature
from types import GenericAlias
from typing import Any, get_args

from rollcall.client.connection import Reply
from rollcall.client.job import Prepared
from rollcall.client.request import Request, build
from rollcall.client.transport import Limit, as_timeout
from rollcall.contract.operation import Operation
from rollcall.contract.reference import parameters_of
from toggl.argument import Argument, arguments_of

_BODY = "What is sent: an object of that class, or plain dicts and lists with its fields."


class Method:
    """A method of a class of operations, which becomes a function when it is first asked for.

    There are some 140, of which a program calls a few.

    Args:
        make: Makes the function, given what it is called.
    """

    def __init__(self, make: Callable[[str], Any]) -> None:
        self._make = make

    def __set_name__(self, owner: type, name: str) -> None:
        self._owner = owner
        self._name = name

    def __get__(self, instance: object, owner: type) -> Callable[..., Any]:
        function = self._make(self._name)
        function.__name__ = self._name
        function.__qualname__ = f"{self._owner.__qualname__}.{self._name}"
        function.__module__ = self._owner.__module__
        setattr(self._owner, self._name, function)
        bound: Callable[..., Any] = function.__get__(instance, owner)
        return bound


def methods_of(operation: Operation, *, asynchronous: bool = False) -> dict[str, Method]:
    """The methods for an operation, of a class that has an `api_client`.

    They are that by its name, its twin, and where it answers page by page an iterator.

    Args:
        operation: Its row in the table.
        asynchronous: Whether they are to be awaited; they then have no `async_req`.
    """
    call = partial(_call, operation, asynchronous=asynchronous)
    methods = {
        operation.id: Method(partial(call, with_http_info=False)),
        f"{operation.id}_with_http_info": Method(partial(call, with_http_info=True)),
    }
    if operation.is_paged:
        methods[iterator_name(operation)] = Method(partial(_iteration, operation, asynchronous=asynchronous))
    return methods


def iterator_name(operation: Operation) -> str:
    """What the iterator over all pages of an operation's reply is called: `iterate_organization_users`."""
    return f"iterate_{operation.id.removeprefix('get_')}"


def iterator_arguments(operation: Operation) -> list[Argument]:
    """The arguments of that iterator, in order."""
    return [argument for argument in arguments_of(operation) if argument.parameter != "page"]


def _call(operation: Operation, name: str, *, with_http_info: bool, asynchronous: bool) -> Any:
    """The method that calls an operation once."""
    arguments = arguments_of(operation)
    answer = GenericAlias(Reply, operation.reply) if with_http_info else operation.reply
    signature = _signature(arguments, answer, in_thread=not asynchronous)
    read = _reader(name, arguments, signature)

    def request_of(self: object, args: tuple[Any, ...], keywords: dict[str, Any], limit: Limit) -> Request:
        return build(operation, read(self, args, keywords), timeout=None if limit is None else as_timeout(limit))

    def in_one_thread(self: Any, *args: Any, async_req: bool = False, _request_timeout: Limit = None, **kw: Any) -> Any:
        request = request_of(self, args, kw, _request_timeout)

        def fetch() -> Any:
            reply = self.api_client.call(operation, request)
            return reply if with_http_info else reply.data

        return self.api_client.submit(fetch) if async_req else fetch()

    async def awaited(self: Any, *args: Any, _request_timeout: Limit = None, **kw: Any) -> Any:
        reply = await self.api_client.call(operation, request_of(self, args, kw, _request_timeout))
        return reply if with_http_info else reply.data

    def prepare(self: Any, *args: Any, _request_timeout: Limit = None, **kw: Any) -> Prepared:
        return Prepared(operation, request_of(self, args, kw, _request_timeout))

    method: Any = awaited if asynchronous else in_one_thread
    method.prepare = prepare
    method.__signature__ = signature  # inspect and help() read it
    method.__doc__ = _documentation(
        operation,
        arguments,
        f"{operation.summary}\n\nSource: `{operation.method} {operation.path}`.",
        "The data, the HTTP status and the headers." if with_http_info else "The data; None for an empty reply.",
        in_thread=not asynchronous,
    )
    return method


def _iteration(operation: Operation, name: str, *, asynchronous: bool) -> Any:
    """The method that reads all pages of an operation's reply."""
    arguments = iterator_arguments(operation)
    rows = AsyncGenerator if asynchronous else Iterator
    signature = _signature(arguments, GenericAlias(rows, get_args(operation.reply)), in_thread=False)
    read = _reader(name, arguments, signature)

    def method(self: Any, *args: Any, _request_timeout: Limit = None, **kw: Any) -> Any:
        timeout = None if _request_timeout is None else as_timeout(_request_timeout)
        return self.api_client.iterate(operation, read(self, args, kw), timeout=timeout)

    method.__signature__ = signature  # type: ignore[attr-defined]  # inspect and help() read it
    together = ", of which those after the first are fetched together" if asynchronous else ""
    method.__doc__ = _documentation(
        operation,
        arguments,
        f"{operation.summary} Every row, page after page{together}.\n\nSource: `{operation.method} {operation.path}`.",
        "The rows, as they come. `ListChanged` is raised after them where the list changed while it was read.",
        in_thread=False,
    )
    return method


def _reader(
    name: str, arguments: list[Argument], signature: Signature
) -> Callable[[object, tuple[Any, ...], dict[str, Any]], dict[str, Any]]:
    """What finds out, by the names of the operation table, what a method is called with."""
    positional = [argument.name for argument in arguments if not argument.by_name]
    required = {argument.name for argument in arguments if not argument.may_be_left_out}
    known = {argument.name for argument in arguments}
    renamed = {argument.name: argument.parameter for argument in arguments if argument.name != argument.parameter}

    def read(self: object, args: tuple[Any, ...], keywords: dict[str, Any]) -> dict[str, Any]:
        given = dict(zip(positional, args, strict=False), **keywords)
        if len(given) < len(args) + len(keywords) or not required <= given.keys() <= known:
            try:  # it would take ten times as long to let this do it each time, but it says best what is wrong
                signature.bind(self, *args, **keywords)
            except TypeError as error:
                raise TypeError(f"{name}() {error}") from None
        for argument, parameter in renamed.items():
            if (value := given.pop(argument, None)) is not None:
                if given.get(parameter) is not None:
                    raise TypeError(f"{name}() got {parameter} under two names")
                given[parameter] = value
        return given

    return read


def _signature(arguments: list[Argument], answer: Any, *, in_thread: bool) -> Signature:
    async_req = Parameter("async_req", Parameter.KEYWORD_ONLY, default=False, annotation=bool)
    return Signature(
        [
            Parameter("self", Parameter.POSITIONAL_OR_KEYWORD),
            *(
                Parameter(
                    argument.name,
                    Parameter.KEYWORD_ONLY if argument.by_name else Parameter.POSITIONAL_OR_KEYWORD,
                    default=None if argument.may_be_left_out else Parameter.empty,
                    annotation=argument.type,
                )
                for argument in arguments
            ),
            *((async_req,) if in_thread else ()),
            Parameter("_request_timeout", Parameter.KEYWORD_ONLY, default=None),
        ],
        return_annotation=answer,
    )


def _documentation(
    operation: Operation, arguments: list[Argument], summary: str, returns: str, *, in_thread: bool
) -> str:
    names = (*operation.path_parameters, *(operation.query.__struct_fields__ if operation.query else ()))
    about = dict(zip(names, (parameter.about for parameter in parameters_of(operation)), strict=True))
    listed = [f"    {argument.name}: {about.get(argument.parameter, _BODY)}" for argument in arguments]
    async_req = "    async_req: Run in a thread, and answer a `Pending` at once."
    refusals = {f"{problem.status} {problem.text}" for problem in operation.errors.values() if not problem.never}
    lines = [
        summary,
        "",
        "Args:",
        *listed,
        *((async_req,) if in_thread else ()),
        "    _request_timeout: How long it may take, in place of what the configuration says.",
        "",
        "Returns:",
        f"    {returns}",
        "",
        "Raises:",
        "    ApiException: There is no success, for example:",
        *(f"        - {refusal}" for refusal in sorted(refusals)),
        "    TypeError: An argument is missing, there is none of that name, or it or a field of the body has another",
        "        type than the one that is due.",
        "    ValueError: A required argument is None, or the body has a field that does not belong there, or the",
        "        configuration's host or a timeout is none.",
    ]
    return "\n".join(lines)
