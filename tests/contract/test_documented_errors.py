"""Toggl's documents of 2022 to 2026 list what each operation refuses, and with which words: the table has them all."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from rollcall.contract.operations import OPERATIONS

_KEPT = json.loads(Path(__file__).with_name("documented_errors.json").read_text())
ROWS = {f"{row.method} {row.path}": row for row in OPERATIONS}
DOCUMENTED = [
    (operation, int(status), text)
    for operation, statuses in _KEPT["documented"].items()
    for status, texts in statuses.items()
    for text in texts
]
SUPERSEDED = {(entry["operation"], entry["status"], entry["text"]): entry["reason"] for entry in _KEPT["superseded"]}
_PLACEHOLDER = re.compile(r"\\{\w+\\}")


def says(template: str | None, text: str) -> bool:
    """Whether a row's text, with something in its placeholders, is `text`."""
    return re.fullmatch(_PLACEHOLDER.sub(".+", re.escape(template or "")), text) is not None


@pytest.mark.parametrize(("operation", "status", "text"), DOCUMENTED)
def test_a_documented_error_is_in_its_row_unless_a_newer_text_took_its_place(
    operation: str, status: int, text: str
) -> None:
    problems = ROWS[operation].errors.values()
    in_row = any(problem.status == status and says(problem.text, text) for problem in problems)
    assert in_row != ((operation, status, text) in SUPERSEDED)


def test_only_documented_texts_are_superseded_and_each_for_a_reason() -> None:
    assert set(SUPERSEDED) <= set(DOCUMENTED)
    assert all(SUPERSEDED.values())
