from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.serving import Serving

Serve = Callable[..., Serving]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Starts `rollcall serve` for a user with an empty home directory: arguments, and variables by keyword."""
    with starting(tmp_path) as start:
        yield start


@contextmanager
def starting(home: Path) -> Iterator[Serve]:
    """What starts servers for a user; at the end they are killed."""
    started: list[Serving] = []

    def start(*arguments: str, **environment: str) -> Serving:
        started.append(Serving(home, arguments, environment))
        return started[-1]

    try:
        yield start
    finally:
        for serving in started:
            serving.kill()
