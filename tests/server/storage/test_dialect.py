"""The same words mean the same in both databases."""

import json

import msgspec
import pytest

from rollcall.contract import timestamp
from rollcall.server.storage import Storage
from rollcall.server.storage.dialect import translated

pytestmark = pytest.mark.anyio


class Text(msgspec.Struct):
    text: str


MOMENT = translated("SELECT {moment:CAST(:microseconds AS BIGINT)}", Text)
QUOTED = translated("SELECT CAST({quoted}(CAST(:text AS TEXT)) AS TEXT)", Text)


@pytest.mark.parametrize(
    "microseconds",
    [
        0,
        1,
        1_000_000,
        1593589355365613,
        1593589350622070,
        1593589350000000,
        1593589300000000,
        1582934400000000,
        253402300799999999,
    ],
)
async def test_a_moment_is_written_as_on_the_wire(storage: Storage, microseconds: int) -> None:
    found = await storage.read(lambda transaction: transaction.one(MOMENT, microseconds=microseconds))

    assert found is not None
    assert found.text == timestamp.precise(microseconds)


@pytest.mark.parametrize("text", ["", "Ann", 'Ann "Al" \\ Ä 🦊 / </b>', "\x01\t\n\x1f\x7f", "\u2028\ufeff\U0010fffd"])
async def test_quoted_text_is_json_with_every_control_character_escaped(storage: Storage, text: str) -> None:
    found = await storage.read(lambda transaction: transaction.one(QUOTED, text=text))

    assert found is not None
    assert json.loads(found.text) == text
    assert min(found.text) >= " "
