"""Failures: what it means that a call has no success.

Each face of the client has a class of exception for each meaning; what they tell is gathered here.
"""

from __future__ import annotations

import enum
import textwrap
from collections.abc import Iterable
from typing import ClassVar, TypeVar

import httpx
import msgspec

from rollcall.client.quota import is_quota_exceeded
from rollcall.client.reply import said
from rollcall.contract.operation import Operation
from rollcall.contract.problem import COMMON
from rollcall.contract.reason import Reason

_LONGEST_TEXT = 300


class Meaning(enum.Enum):
    """What a caller may want to tell apart."""

    WRONG_CREDENTIALS = "the credentials are missing or wrong"
    FORBIDDEN = "the account may not do that"
    NOT_FOUND = "there is no such thing, or none that the account may see"
    INVALID = "the server does not take what was sent"
    PLAN_REQUIRED = "the organization's plan does not include that"
    QUOTA_EXCEEDED = "the requests of this hour are used up"
    TOO_MANY_REQUESTS = "the requests came too fast"
    SERVER_ERROR = "the server failed"
    UNREACHABLE = "there is no whole reply"
    TIMED_OUT = "there is no reply in time"
    UNREADABLE = "the reply is not what is due"
    UNEXPECTED = "the reply is neither a success nor a refusal"


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a call that had no success.

    Attributes:
        meaning: What it means.
        operation: The operation's id, as `get_organization`.
        message: All that a reader of a log needs, on one line. It has no credentials, and no codes of a path.
        request: What was sent.
        response: What came back; None where nothing did.
        text: What the server says; empty where it says nothing.
        seconds: After how many seconds it may be tried again, where the server tells.
    """

    meaning: Meaning
    operation: str
    message: str
    request: httpx.Request
    response: httpx.Response | None = None
    text: str = ""
    seconds: float | None = None


class CallFailed(Exception):  # noqa: N818 - the faces give it the names that are raised
    """A call had no success. The exceptions of both faces are of this class, too.

    Attributes:
        meanings: What a class stands for.
        failure: What is known; None where the exception was made by hand.
    """

    meanings: ClassVar[tuple[Meaning, ...]] = ()
    failure: Failure | None = None

    @property
    def meaning(self) -> Meaning | None:
        """What it means; None where the exception was made by hand."""
        return self.failure.meaning if self.failure else None

    @property
    def operation(self) -> str | None:
        """The operation's id, as `get_organization`."""
        return self.failure.operation if self.failure else None

    @property
    def text(self) -> str:
        """What the server says; empty where it says nothing."""
        return self.failure.text if self.failure else ""

    @property
    def seconds(self) -> float | None:
        """After how many seconds it may be tried again, where the server tells."""
        return self.failure.seconds if self.failure else None


E = TypeVar("E", bound=CallFailed)


def by_meaning(classes: Iterable[type[E]]) -> dict[Meaning, type[E]]:
    """A face's classes by what they stand for."""
    return {meaning: kind for kind in classes for meaning in kind.meanings}


def refused(operation: Operation, response: httpx.Response, *, seconds: float | None) -> Failure:
    """The failure that a reply other than a success is.

    Args:
        operation: What was asked for.
        response: The reply.
        seconds: After how many seconds it may be tried again, where the reply says so.
    """
    text = said(response.text)
    shortened = textwrap.shorten(text, _LONGEST_TEXT, placeholder="...")
    message = f"{response.status_code} {response.reason_phrase} for {asked(operation, response.request)}"
    return Failure(
        meaning=_meaning(response, text),
        operation=operation.id,
        message=f"{message}: {shortened}" if shortened else message,
        request=response.request,
        response=response,
        text=text,
        seconds=seconds,
    )


def unreadable(operation: Operation, response: httpx.Response, why: str) -> Failure:
    """The failure that a success is whose content is not what is due."""
    message = f"{response.status_code} {response.reason_phrase} for {asked(operation, response.request)}, but {why}"
    return Failure(
        meaning=Meaning.UNREADABLE, operation=operation.id, message=message, request=response.request, response=response
    )


def unanswered(operation: Operation, error: httpx.RequestError) -> Failure:
    """The failure that it is to have no whole reply."""
    return Failure(
        meaning=Meaning.TIMED_OUT if isinstance(error, httpx.TimeoutException) else Meaning.UNREACHABLE,
        operation=operation.id,
        message=f"No reply for {asked(operation, error.request)}: {type(error).__name__}: {error}",
        request=error.request,
    )


def asked(operation: Operation, request: httpx.Request) -> str:
    """What was asked for, as a log may show it: of what stands in the path only the ids, for a code opens something."""
    template = operation.path.removeprefix("/").split("/")
    segments = request.url.raw_path.partition(b"?")[0].decode().split("/")
    for place, due in enumerate(template, start=max(0, len(segments) - len(template))):
        if due.startswith("{") and not due.endswith("_id}"):
            segments[place] = due
    return f"{request.method} {request.url.scheme}://{request.url.netloc.decode()}{'/'.join(segments)}"


def _meaning(response: httpx.Response, text: str) -> Meaning:
    match response.status_code:
        case httpx.codes.UNAUTHORIZED:
            return Meaning.WRONG_CREDENTIALS
        case httpx.codes.FORBIDDEN:
            wrong = text == COMMON[Reason.WRONG_CREDENTIALS].text
            return Meaning.WRONG_CREDENTIALS if wrong else Meaning.FORBIDDEN
        case httpx.codes.PAYMENT_REQUIRED:
            return Meaning.QUOTA_EXCEEDED if is_quota_exceeded(response) else Meaning.PLAN_REQUIRED
        case httpx.codes.NOT_FOUND | httpx.codes.GONE:
            return Meaning.NOT_FOUND
        case httpx.codes.TOO_MANY_REQUESTS:
            return Meaning.TOO_MANY_REQUESTS
    if response.is_server_error:
        return Meaning.SERVER_ERROR
    return Meaning.INVALID if response.is_client_error else Meaning.UNEXPECTED
