"""One walk over the operation table and the whole suite: what is built, and which documented texts are met by a test.

`python -m tests.walk` prints it. As a pytest plugin (`-p tests.walk`) it writes down what was collected.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import msgspec

from rollcall.contract.operation import Operation
from rollcall.contract.operations import OPERATIONS
from rollcall.contract.reason import Reason
from rollcall.server.domain import RULES

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[1]
BUILT = tuple(row for row in OPERATIONS if row.id in RULES)
_TARGET = "ROLLCALL_WALK"


class Collected(msgspec.Struct, frozen=True):
    """A test of the suite, and the refusals that it says it meets, as operation and reasons."""

    id: str
    meets: list[list[str]]

    def is_about(self, operation: Operation) -> bool:
        """Whether it is generated for an operation, or meets one of its refusals."""
        parameters = self.id.partition("[")[2].rstrip("]").split("-")
        return operation.id in parameters or any(mark[0] == operation.id for mark in self.meets)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Writes down what was collected, where the environment says where to."""
    if target := os.environ.get(_TARGET):
        collected = [
            {"id": item.nodeid, "meets": [list(mark.args) for mark in item.iter_markers("meets")]}
            for item in session.items
        ]
        Path(target).write_text(json.dumps(collected))


@cache
def collected() -> list[Collected]:
    """Every test of the suite."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "--quiet", "-p", "tests.walk"]
    with TemporaryDirectory() as directory:
        target = Path(directory) / "collected.json"
        # What a worker of pytest-xdist finds in its environment is not for a run inside it.
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**inherited, _TARGET: str(target)},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"the suite cannot be collected:\n{done.stdout[-3000:]}")
        return msgspec.json.decode(target.read_bytes(), type=list[Collected])


def texts_of(operation: Operation) -> set[tuple[str, str]]:
    """The documented refusals of an operation that can occur here, as operation and reason."""
    return {(operation.id, reason.value) for reason, problem in operation.errors.items() if not problem.never}


def met() -> set[tuple[str, str]]:
    """The refusals that tests meet, as operation and reason."""
    return {(mark[0], reason) for test in collected() for mark in test.meets for reason in mark[1:]}


def missing() -> list[str]:
    """The documented refusals of built operations that no test meets."""
    due = set().union(*(texts_of(operation) for operation in BUILT))
    return [f"{operation}: {Reason(reason).name}" for operation, reason in sorted(due - met())]


def told() -> str:
    """How far the walk goes."""
    due = [text for operation in OPERATIONS for text in texts_of(operation)]
    done = met()
    never = sum(bool(problem.never) for operation in OPERATIONS for problem in operation.errors.values())
    return (
        f"operations {len(BUILT)}/{len(OPERATIONS)}, texts met {sum(text in done for text in due)}/{len(due)} "
        f"({never} more cannot occur here, each for a reason that its row says)"
    )


if __name__ == "__main__":
    print(told())  # noqa: T201 - that is what it is for
    for line in missing():
        print(f"  not met: {line}")  # noqa: T201 - that is what it is for
