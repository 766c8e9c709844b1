"""Methods made from rows of the operation table."""

from __future__ import annotations

from collections.abc import Callable
from inspect import Parameter, Signature
from types import GenericAlias
from typing import Any

from rollcall.client.connection import Reply
from rollcall.client.request import build
from rollcall.client.transport import as_timeout
from rollcall.contract.operation import Operation
from rollcall.contract.reference import parameters_of
from toggl.argument import Argument, arguments_of

_BODY = "What is sent: an object of that class, or plain dicts and lists with its fields."


def method_of(operation: Operation, *, with_http_info: bool = False) -> Callable[..., Any]:
    """The method for an operation, of a class that has an `api_client`.

    Args:
        operation: Its row in the table.
        with_http_info: Whether it answers the status and headers too.
    """
    name = f"{operation.id}_with_http_info" if with_http_info else operation.id
    arguments = arguments_of(operation)
    signature = _signature(arguments, GenericAlias(Reply, operation.reply) if with_http_info else operation.reply)

    def method(*args: Any, **kwargs: Any) -> Any:
        try:
            bound = signature.bind(*args, **kwargs).arguments
        except TypeError as error:
            raise TypeError(f"{name}() {error}") from None
        limit = bound.get("_request_timeout")
        request = build(
            operation, _by_parameter(name, arguments, bound), timeout=None if limit is None else as_timeout(limit)
        )
        api_client = bound["self"].api_client

        def fetch() -> Any:
            reply = api_client.call(operation, request)
            return reply if with_http_info else reply.data

        return api_client.submit(fetch) if bound.get("async_req") else fetch()

    method.__name__ = method.__qualname__ = name
    method.__doc__ = _documentation(operation, arguments, with_http_info=with_http_info)
    method.__signature__ = signature  # type: ignore[attr-defined]  # inspect and help() read it
    return method


def _signature(arguments: list[Argument], answer: Any) -> Signature:
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
            Parameter("async_req", Parameter.KEYWORD_ONLY, default=False, annotation=bool),
            Parameter("_request_timeout", Parameter.KEYWORD_ONLY, default=None),
        ],
        return_annotation=answer,
    )


def _by_parameter(name: str, arguments: list[Argument], bound: dict[str, Any]) -> dict[str, Any]:
    """What is given, by the names of the operation table."""
    given: dict[str, Any] = {}
    for argument in arguments:
        value = bound.get(argument.name)
        if value is None:
            continue
        if argument.parameter in given:
            raise TypeError(f"{name}() got {argument.parameter} under two names")
        given[argument.parameter] = value
    return given


def _documentation(operation: Operation, arguments: list[Argument], *, with_http_info: bool) -> str:
    names = (*operation.path_parameters, *(operation.query.__struct_fields__ if operation.query else ()))
    about = dict(zip(names, (parameter.about for parameter in parameters_of(operation)), strict=True))
    listed = [f"    {argument.name}: {about.get(argument.parameter, _BODY)}" for argument in arguments]
    refusals = {f"{problem.status} {problem.text}" for problem in operation.errors.values() if not problem.never}
    lines = [
        operation.summary,
        "",
        f"Source: `{operation.method} {operation.path}`.",
        "",
        "Args:",
        *listed,
        "    async_req: Run in a thread, and answer a `Pending` at once.",
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
        "    TypeError: An argument is missing, or there is none of that name.",
        "    ValueError: A required argument is None, the body is no object or list of that class, or has a field that",
        "        does not belong there, or the configuration's host or a timeout is none.",
    ]
    return "\n".join(lines)
