"""Pages of lists: how long they are, and what is said to those who ask for a page that there cannot be."""

from __future__ import annotations

from rollcall.contract.problem import Problem
from rollcall.contract.reason import Reason

DEFAULT_PER_PAGE = 50
"""Rows on a page of a list that Toggl documents as paged."""

MAXIMUM_PER_PAGE = 5000
"""Rows on a page at most; also on the first page of a list that Toggl answers whole."""

PAGING: dict[Reason, Problem] = {
    Reason.INVALID_PAGE: Problem(400, "Invalid value sent for 'page'."),
    Reason.PAGE_NOT_POSITIVE: Problem(400, "page parameter must contain values > 0."),
    Reason.INVALID_PER_PAGE: Problem(400, "Invalid value sent for 'per_page'."),
    Reason.PER_PAGE_NOT_POSITIVE: Problem(400, "per_page parameter must contain values > 0."),
}
"""Problems of `page` and `per_page`; more than the maximum is an invalid value."""
