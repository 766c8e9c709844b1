"""Methods made from rows of the operation table."""

from __future__ import annotations

from collections.abc import Callable
from inspect import Parameter, Signature
from types import GenericAlias
from typing import Any

from rollcall.client.connection import Reply
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
        operation: Its row in the table.
        with_http_info: Whether it answers the status and headers too.
        asynchronous: Whether it is to be awaited; it then has no `async_req`.
    """

    def __init__(self, operation: Operation, *, with_http_info: bool, asynchronous: bool) -> None:
        self._operation = operation
        self._with_http_info = with_http_info
        self._asynchronous = asynchronous

    def __set_name__(self, owner: type, name: str) -> None:
        self._owner = owner
        self._name = name

    def __get__(self, instance: object, owner: type) -> Callable[..., Any]:
        function = _function(
            self._operation, self._name, with_http_info=self._with_http_info, asynchronous=self._asynchronous
        )
        function.__qualname__ = f"{self._owner.__qualname__}.{self._name}"
        function.__module__ = self._owner.__module__
        setattr(self._owner, self._name, function)
        bound: Callable[..., Any] = function.__get__(instance, owner)
        return bound


def methods_of(operation: Operation, *, asynchronous: bool = False) -> dict[str, Method]:
    """The methods for an operation, of a class that has an `api_client`: that by its name, and its twin.

    Args:
        operation: Its row in the table.
        asynchronous: Whether they are to be awaited.
    """
    return {
        operation.id: Method(operation, with_http_info=False, asynchronous=asynchronous),
        f"{operation.id}_with_http_info": Method(operation, with_http_info=True, asynchronous=asynchronous),
    }


def _function(operation: Operation, name: str, *, with_http_info: bool, asynchronous: bool) -> Any:
    arguments = arguments_of(operation)
    answer = GenericAlias(Reply, operation.reply) if with_http_info else operation.reply
    signature = _signature(arguments, answer, asynchronous=asynchronous)
    request_of = _reader(operation, name, arguments, signature)

    def in_one_thread(self: Any, *args: Any, async_req: bool = False, _request_timeout: Limit = None, **kw: Any) -> Any:
        request = request_of(self, args, kw, _request_timeout)

        def fetch() -> Any:
            reply = self.api_client.call(operation, request)
            return reply if with_http_info else reply.data

        return self.api_client.submit(fetch) if async_req else fetch()

    async def awaited(self: Any, *args: Any, _request_timeout: Limit = None, **kw: Any) -> Any:
        reply = await self.api_client.call(operation, request_of(self, args, kw, _request_timeout))
        return reply if with_http_info else reply.data

    method: Any = awaited if asynchronous else in_one_thread
    method.__name__ = name
    method.__doc__ = _documentation(operation, arguments, with_http_info=with_http_info, asynchronous=asynchronous)
    method.__signature__ = signature  # inspect and help() read it
    return method


def _reader(
    operation: Operation, name: str, arguments: list[Argument], signature: Signature
) -> Callable[[object, tuple[Any, ...], dict[str, Any], Limit], Request]:
    """What makes the request of what a method is called with."""
    positional = [argument.name for argument in arguments if not argument.by_name]
    required = {argument.name for argument in arguments if not argument.may_be_left_out}
    known = {argument.name for argument in arguments}
    renamed = {argument.name: argument.parameter for argument in arguments if argument.name != argument.parameter}

    def read(self: object, args: tuple[Any, ...], keywords: dict[str, Any], limit: Limit) -> Request:
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
        return build(operation, given, timeout=None if limit is None else as_timeout(limit))

    return read


def _signature(arguments: list[Argument], answer: Any, *, asynchronous: bool) -> Signature:
    in_thread = Parameter("async_req", Parameter.KEYWORD_ONLY, default=False, annotation=bool)
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
            *(() if asynchronous else (in_thread,)),
            Parameter("_request_timeout", Parameter.KEYWORD_ONLY, default=None),
        ],
        return_annotation=answer,
    )


def _documentation(operation: Operation, arguments: list[Argument], *, with_http_info: bool, asynchronous: bool) -> str:
    names = (*operation.path_parameters, *(operation.query.__struct_fields__ if operation.query else ()))
    about = dict(zip(names, (parameter.about for parameter in parameters_of(operation)), strict=True))
    listed = [f"    {argument.name}: {about.get(argument.parameter, _BODY)}" for argument in arguments]
    in_thread = "    async_req: Run in a thread, and answer a `Pending` at once."
    refusals = {f"{problem.status} {problem.text}" for problem in operation.errors.values() if not problem.never}
    lines = [
        operation.summary,
        "",
        f"Source: `{operation.method} {operation.path}`.",
        "",
        "Args:",
        *listed,
        *(() if asynchronous else (in_thread,)),
        "    _request_timeout: How long it may take, in place of what the configuration says.",
        "",
        "Returns:",
        "    The data, the HTTP status and the headers."
        if with_http_info
        else "    The data; None for an empty reply.",
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
