"""Problems: the status and text that a refusal has on the wire."""

from __future__ import annotations

import msgspec

from rollcall.contract.reason import Reason


class Problem(msgspec.Struct, frozen=True):
    """One documented error.

    Attributes:
        status: The HTTP status.
        text: The body's text; `{placeholders}` are filled with the values the refusal carries. None for an empty body.
        never: Why this server cannot come to give it, for the few texts where that is so.
    """

    status: int
    text: str | None
    never: str = ""


COMMON: dict[Reason, Problem] = {
    Reason.NO_CREDENTIALS: Problem(401, None),
    Reason.WRONG_CREDENTIALS: Problem(403, "Incorrect username and/or password"),
    Reason.FORBIDDEN: Problem(403, "Forbidden"),
    Reason.INVALID_JSON: Problem(400, "Invalid JSON input"),
    Reason.INVALID_QUERY: Problem(400, "Invalid value sent for '{parameter}'."),
    Reason.CROSS_ORIGIN: Problem(403, "Cross-origin request refused"),
    Reason.PLAN_REQUIRED: Problem(402, "{feature} is not part of the plan"),
    Reason.NO_SUCH_ROUTE: Problem(404, "Not found"),
    Reason.NO_SUCH_METHOD: Problem(405, "Method not allowed"),
    Reason.BODY_TOO_LARGE: Problem(413, "Request body too large, maximum is {maximum} bytes"),
    Reason.TOO_MANY_REQUESTS: Problem(429, "Too Many Requests"),
    Reason.SERVER_ERROR: Problem(500, "Internal Server Error"),
    Reason.NOT_BUILT: Problem(501, "Not implemented"),
    Reason.UNAVAILABLE: Problem(503, "Service Unavailable"),
}
"""What any operation may answer where its own row says nothing else."""


class Refused(Exception):  # noqa: N818 - it is what happened to the request, not a fault of the program
    """A request that is not done, and why.

    Rules raise it with a reason; the operation's row gives the status and text.
    """

    def __init__(self, reason: Reason, /, **values: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values
