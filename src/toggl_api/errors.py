"""What goes wrong between client and server, a class for each meaning, each one of httpx's own.

    httpx.HTTPStatusError
    └── StatusError
        ├── InvalidRequestError      400 and kin: the server does not take what was sent
        ├── WrongCredentialsError    401, or 403 for wrong credentials
        ├── ForbiddenError           403
        ├── NotFoundError            404, 410
        ├── PlanRequiredError        402: the organization's plan does not include that
        ├── QuotaExceededError       402: the requests of this hour are used up
        ├── TooManyRequestsError     429
        └── ServerError              5xx
    httpx.RequestError
    ├── UnreachableError             no whole reply (httpx.NetworkError)
    ├── TimedOutError                none in time (httpx.TimeoutException)
    └── UnreadableReplyError         a success whose content cannot be read (httpx.DecodingError)

All of them have `operation`, `text` and `seconds`; those with a status have `status` too.
"""

from __future__ import annotations

import httpx

from rollcall.client.failure import CallFailed, Failure, Meaning, by_meaning


class StatusError(CallFailed, httpx.HTTPStatusError):
    """The server refuses, or fails."""

    meanings = (Meaning.UNEXPECTED,)

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.response.status_code


class InvalidRequestError(StatusError):
    """The server does not take what was sent; `text` says why."""

    meanings = (Meaning.INVALID,)


class WrongCredentialsError(StatusError):
    """The credentials are missing or wrong."""

    meanings = (Meaning.WRONG_CREDENTIALS,)


class ForbiddenError(StatusError):
    """The account may not do that."""

    meanings = (Meaning.FORBIDDEN,)


class NotFoundError(StatusError):
    """There is no such thing, or none that the account may see."""

    meanings = (Meaning.NOT_FOUND,)


class PlanRequiredError(StatusError):
    """The organization's plan does not include that."""

    meanings = (Meaning.PLAN_REQUIRED,)


class QuotaExceededError(StatusError):
    """The requests of this hour are used up; `seconds` says when there are more."""

    meanings = (Meaning.QUOTA_EXCEEDED,)


class TooManyRequestsError(StatusError):
    """The requests came too fast, and go on being refused."""

    meanings = (Meaning.TOO_MANY_REQUESTS,)


class ServerError(StatusError):
    """The server failed, at every attempt."""

    meanings = (Meaning.SERVER_ERROR,)


class UnreachableError(CallFailed, httpx.NetworkError):
    """There is no whole reply: the server was not reached, or the connection broke."""

    meanings = (Meaning.UNREACHABLE,)


class TimedOutError(CallFailed, httpx.TimeoutException):
    """There is no reply in time. What was asked for may have been done."""

    meanings = (Meaning.TIMED_OUT,)


class UnreadableReplyError(CallFailed, httpx.DecodingError):
    """It was done, but what the server answers cannot be read."""

    meanings = (Meaning.UNREADABLE,)


_OF_STATUSES = by_meaning(
    (
        StatusError,
        InvalidRequestError,
        WrongCredentialsError,
        ForbiddenError,
        NotFoundError,
        PlanRequiredError,
        QuotaExceededError,
        TooManyRequestsError,
        ServerError,
    )
)
_WITHOUT_STATUS: dict[Meaning, type[UnreachableError | TimedOutError | UnreadableReplyError]] = {
    **by_meaning((UnreachableError,)),
    **by_meaning((TimedOutError,)),
    **by_meaning((UnreadableReplyError,)),
}


def error_of(failure: Failure) -> CallFailed:
    """The exception for a failure."""
    error: CallFailed
    if failure.meaning in _OF_STATUSES and failure.response is not None:
        kind = _OF_STATUSES[failure.meaning]
        error = kind(failure.message, request=failure.request, response=failure.response)
    else:
        error = _WITHOUT_STATUS[failure.meaning](failure.message, request=failure.request)
    error.failure = failure
    return error
