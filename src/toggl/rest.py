"""What goes wrong between client and server, a class for each meaning.

ApiException
├── BadRequestException         400 and kin: the server does not take what was sent
├── UnauthorizedException       401, or 403 for wrong credentials
├── ForbiddenException          403
├── NotFoundException           404, 410
├── PlanRequiredException       402: the organization's plan does not include that
├── QuotaExceededException      402: the requests of this hour are used up
├── TooManyRequestsException    429
├── ServiceException            5xx
├── UnreachableException        no whole reply
│   └── TimeoutException        none in time
└── UnreadableException         a success whose content cannot be read
"""

from __future__ import annotations

from collections.abc import Mapping

from rollcall.client.failure import CallFailed, Failure, Meaning, by_meaning
from rollcall.client.reply import said


class ApiException(CallFailed):
    """The server refuses, fails, does not answer, or answers what cannot be read.

    Attributes:
        status: The HTTP status; 0 where there is no reply.
        reason: The status in words, or why there is no reply.
        body: The reply's body as it came; None where there is no reply.
        headers: The reply's headers; None where there is no reply.
    """

    meanings = (Meaning.UNEXPECTED,)

    def __init__(
        self,
        status: int = 0,
        reason: str | None = None,
        body: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, reason)
        self.status = status
        self.reason = reason
        self.body = body
        self.headers = headers

    def __str__(self) -> str:
        """Status, reason, and what the server says; never the headers, which may have a cookie."""
        text = said(self.body or "")
        return f"({self.status}) {self.reason}" + (f": {text}" if text else "")


class BadRequestException(ApiException):
    """The server does not take what was sent; `text` says why."""

    meanings = (Meaning.INVALID,)


class UnauthorizedException(ApiException):
    """The credentials are missing or wrong."""

    meanings = (Meaning.WRONG_CREDENTIALS,)


class ForbiddenException(ApiException):
    """The account may not do that."""

    meanings = (Meaning.FORBIDDEN,)


class NotFoundException(ApiException):
    """There is no such thing, or none that the account may see."""

    meanings = (Meaning.NOT_FOUND,)


class PlanRequiredException(ApiException):
    """The organization's plan does not include that."""

    meanings = (Meaning.PLAN_REQUIRED,)


class QuotaExceededException(ApiException):
    """The requests of this hour are used up; `seconds` says when there are more."""

    meanings = (Meaning.QUOTA_EXCEEDED,)


class TooManyRequestsException(ApiException):
    """The requests came too fast, and go on being refused."""

    meanings = (Meaning.TOO_MANY_REQUESTS,)


class ServiceException(ApiException):
    """The server failed, at every attempt."""

    meanings = (Meaning.SERVER_ERROR,)


class UnreachableException(ApiException):
    """There is no whole reply: the server was not reached, or the connection broke."""

    meanings = (Meaning.UNREACHABLE,)


class TimeoutException(UnreachableException):
    """There is no reply in time. What was asked for may have been done."""

    meanings = (Meaning.TIMED_OUT,)


class UnreadableException(ApiException):
    """It was done, but what the server answers cannot be read."""

    meanings = (Meaning.UNREADABLE,)


_CLASSES = by_meaning(
    (
        ApiException,
        BadRequestException,
        UnauthorizedException,
        ForbiddenException,
        NotFoundException,
        PlanRequiredException,
        QuotaExceededException,
        TooManyRequestsException,
        ServiceException,
        UnreachableException,
        TimeoutException,
        UnreadableException,
    )
)


def exception_of(failure: Failure) -> ApiException:
    """The exception for a failure."""
    response = failure.response
    kind = _CLASSES[failure.meaning]
    if response is None:
        error = kind(reason=failure.message)
    else:
        reason = failure.message if failure.meaning is Meaning.UNREADABLE else response.reason_phrase
        error = kind(response.status_code, reason, response.text, response.headers)
    error.failure = failure
    return error
