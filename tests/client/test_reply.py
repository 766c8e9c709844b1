"""Replies are read as their documented type, and what does not fit keeps the value it came with."""

from __future__ import annotations

import json
from typing import Any

import httpx
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from rollcall.client.reply import UnreadableReply, read
from rollcall.contract.models.organization import ModelsMeOrganization, ModelsTrialInfo
from rollcall.contract.models.statistics import ModelsStatistics
from rollcall.contract.operations import OPERATIONS
from rollcall.contract.reference import replies_of
from tests.contract.documents import JSON, right

REPLIES: list[Any] = [kind for row in OPERATIONS if row.media_type == "application/json" for kind in replies_of(row)]


def reply(content: bytes, content_type: str = "application/json") -> httpx.Response:
    request = httpx.Request("GET", "https://toggl.invalid/api/v9")
    return httpx.Response(200, content=content, headers={"Content-Type": content_type}, request=request)


def test_a_reply_becomes_its_model() -> None:
    assert read(reply(b'{"id":1,"name":"Ours"}'), ModelsMeOrganization) == ModelsMeOrganization(id=1, name="Ours")


def test_unknown_fields_are_left_out_and_missing_ones_have_their_default() -> None:
    assert read(reply(b'{"id":1,"shoe_size":44}'), ModelsMeOrganization) == ModelsMeOrganization(id=1)


def test_a_field_of_the_wrong_type_keeps_its_value_and_the_others_their_types() -> None:
    content = b'[{"id":1,"user_count":"many","trial_info":{"trial":1,"trial_plan_id":3}},{"id":2}]'
    organizations = read(reply(content), list[ModelsMeOrganization])
    assert isinstance(organizations, list)
    assert organizations[0].user_count == "many"
    assert organizations[0].trial_info == ModelsTrialInfo(trial=1, trial_plan_id=3)  # type: ignore[arg-type]  # the odd one
    assert organizations[1] == ModelsMeOrganization(id=2)


def test_null_in_a_list_stays_null() -> None:
    assert read(reply(b'[null,{"id":2}]'), list[ModelsMeOrganization]) == [None, ModelsMeOrganization(id=2)]


def test_a_map_with_one_odd_value_keeps_the_others() -> None:
    read_back = read(reply(b'{"7":{"members_count":"x"},"8":{"members_count":3}}'), dict[str, ModelsStatistics])
    assert isinstance(read_back, dict)
    assert read_back["7"].members_count == "x"
    assert read_back["8"] == ModelsStatistics(members_count=3)


def test_another_shape_altogether_comes_as_it_is() -> None:
    assert read(reply(b'"OK"'), ModelsMeOrganization) == "OK"
    assert read(reply(b'{"id":1}'), list[ModelsMeOrganization]) == {"id": 1}


def test_a_required_field_that_is_missing_is_none_where_another_is_odd() -> None:
    class Named(Struct):
        id: int
        name: str

    assert read(reply(b'{"id":"one"}'), Named) == Named(id="one", name=None)  # type: ignore[arg-type]  # both are odd


@pytest.mark.parametrize(
    ("content", "kind"), [(b'"OK"', "application/json"), (b"OK", "text/plain"), (b'"OK"', "text/plain")]
)
def test_a_documented_string_may_be_json_or_plain_text(content: bytes, kind: str) -> None:
    assert read(reply(content, kind), str) == "OK"


def test_an_empty_reply_is_none() -> None:
    assert read(reply(b""), ModelsMeOrganization) is None
    assert read(reply(b"anything"), None) is None


def test_what_is_not_json_comes_as_bytes() -> None:
    assert read(reply(b"%PDF", "application/pdf"), bytes, media_type="application/pdf") == b"%PDF"


@pytest.mark.parametrize("kind", [ModelsMeOrganization, list[ModelsMeOrganization], str])
def test_a_page_of_a_proxy_is_no_reply(kind: object) -> None:
    with pytest.raises(UnreadableReply, match=r"toggl\.invalid with status 200 is not JSON"):
        read(reply(b"<html>Log in first</html>", "text/html"), kind)


def test_half_a_body_is_no_reply() -> None:
    with pytest.raises(UnreadableReply):
        read(reply(b'[{"id":1},{"id'), list[ModelsMeOrganization])


@settings(deadline=None)
@given(st.sampled_from(REPLIES), JSON)
def test_no_json_at_all_fails_to_be_read(kind: object, value: object) -> None:
    read(reply(json.dumps(value).encode()), kind)


@settings(deadline=None)
@given(st.data(), st.sampled_from(REPLIES))
def test_what_has_the_documented_type_is_of_it(data: st.DataObject, kind: Any) -> None:
    value = data.draw(right(kind))
    assert msgspec.to_builtins(read(reply(json.dumps(value).encode()), kind)) == msgspec.to_builtins(
        msgspec.convert(value, kind)
    )


@pytest.mark.parametrize("number", [b"1e400", b"-1e400", b"1" * 400])
def test_a_number_too_large_to_be_one_fails_nothing(number: bytes) -> None:
    organization = read(reply(b'{"id":' + number + b',"name":"Ours"}'), ModelsMeOrganization)
    assert isinstance(organization, ModelsMeOrganization)
    assert organization.name == "Ours"
    assert isinstance(organization.id, (int, float))


@pytest.mark.parametrize("content", [b'"\xff"', b"[" * 100_000, b'{"name":"\xff"}'])
def test_what_cannot_be_read_at_all_is_no_reply(content: bytes) -> None:
    with pytest.raises(UnreadableReply):
        read(reply(content), ModelsMeOrganization)


def test_a_documented_string_that_is_not_utf_8_is_read_as_far_as_it_is() -> None:
    assert read(reply(b'"\xff"', "text/plain"), str) == '"\ufffd"'
