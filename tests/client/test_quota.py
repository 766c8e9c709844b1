"""What the replies tell of the hourly quota is kept by whose it is, and a used-up quota is told from a plan."""

from __future__ import annotations

import gc

import httpx
import pytest

from rollcall.client.quota import Ledger, Quota, is_quota_exceeded, ledger_of, scope_of, seconds_to_reset
from rollcall.contract.operations import OPERATIONS
from rollcall.contract.problem import COMMON

PLAN_TEXTS = sorted(
    {
        problem.text
        for problem in (*COMMON.values(), *(problem for row in OPERATIONS for problem in row.errors.values()))
        if problem.status == 402 and problem.text
    }
)
ORGANIZATION = ("organization_id", 5)


def headers(remaining: object, resets_in: object) -> httpx.Headers:
    return httpx.Headers({"x-toggl-quota-remaining": str(remaining), "x-toggl-quota-resets-in": str(resets_in)})


def test_the_last_reply_counts_until_the_hour_is_over() -> None:
    ledger = Ledger()
    ledger.note(ORGANIZATION, headers(20, 1855), now=1000.0)
    ledger.note(ORGANIZATION, headers(19, 1850), now=1005.0)
    assert ledger.known(ORGANIZATION, 1005.0) == Quota(19, 2855.0)
    assert ledger.known(ORGANIZATION, 2854.0) is not None
    assert ledger.known(ORGANIZATION, 2855.0) is None


def test_each_organization_has_its_own_and_so_have_requests_that_concern_none() -> None:
    ledger = Ledger()
    ledger.note(scope_of({"organization_id": 5, "group_id": 7}), headers(1, 60), now=0.0)
    ledger.note(scope_of({"workspace_id": 5}), headers(2, 60), now=0.0)
    ledger.note(scope_of({}), headers(3, 60), now=0.0)
    found = [ledger.known(scope, 0.0) for scope in (ORGANIZATION, ("workspace_id", 5), None, ("organization_id", 6))]
    assert [quota and quota.remaining for quota in found] == [1, 2, 3, None]


@pytest.mark.parametrize("sent", [httpx.Headers(), headers("", ""), headers("many", 5), headers(5, "soon")])
def test_a_reply_that_says_nothing_changes_nothing(sent: httpx.Headers) -> None:
    ledger = Ledger()
    ledger.note(None, headers(4, 60), now=0.0)
    ledger.note(None, sent, now=1.0)
    assert ledger.known(None, 1.0) == Quota(4, 60.0)


def test_all_that_use_an_account_share_what_is_known_of_it_as_long_as_any_does() -> None:
    ledger = ledger_of("ann at rollcall.invalid")
    ledger.note(None, headers(4, 60), now=0.0)
    assert ledger_of("ann at rollcall.invalid") is ledger
    assert ledger_of("bob at rollcall.invalid") is not ledger
    del ledger
    gc.collect()
    assert ledger_of("ann at rollcall.invalid").known(None, 1.0) is None


@pytest.mark.parametrize("whose", ["The", "Your"])
def test_a_used_up_quota_is_known_by_either_wording(whose: str) -> None:
    text = f"You have hit your hourly limit for API calls. {whose} quota will reset in 42 seconds."
    reply = httpx.Response(402, json=text)
    assert is_quota_exceeded(reply)
    assert seconds_to_reset(reply) == 42


def test_a_used_up_quota_is_known_by_the_headers_where_the_text_says_nothing() -> None:
    assert is_quota_exceeded(httpx.Response(402, headers=headers(0, 42)))
    assert not is_quota_exceeded(httpx.Response(402, headers=headers(1, 42)))
    assert not is_quota_exceeded(httpx.Response(402))
    assert not is_quota_exceeded(httpx.Response(403, headers=headers(0, 42)))


def test_there_are_refusals_for_the_plan() -> None:
    assert len(PLAN_TEXTS) >= 3


@pytest.mark.parametrize("text", [*PLAN_TEXTS, "Custom project colors available only for premium plans"])
def test_what_the_plan_does_not_include_is_not_taken_for_a_used_up_quota(text: str) -> None:
    """Even by the last request of the hour."""
    assert not is_quota_exceeded(httpx.Response(402, json=text, headers=headers(0, 42)))
