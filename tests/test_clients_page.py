"""The programs of `docs/clients.md` do what the page says, run as they stand, one after another."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

import toggl_api.errors
from rollcall.testing import RollcallServer
from toggl import rest

PAGE = (Path(__file__).parents[1] / "docs" / "clients.md").read_text()
PROGRAMS = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def environment() -> Iterator[dict[str, str]]:
    """A server with an organization of three, and where a program finds it."""
    with RollcallServer(email="ann@example.com", password="secret") as server:
        with httpx.Client(base_url=server.url, auth=("ann@example.com", "secret")) as ann:
            ask(ann, "PUT", "/me", fullname="Ann Example")
            made = ask(ann, "POST", "/organizations", name="Acme", workspace_name="Main")
            organization, workspace = made["id"], made["workspace_id"]
            for name in ("bob", "cid"):
                invited = ask(
                    ann,
                    "POST",
                    f"/organizations/{organization}/invitations",
                    emails=[f"{name}@example.com"],
                    workspaces=[{"workspace_id": workspace}],
                )
                code = invited["data"][0]["invite_url"].rpartition("/")[2].rpartition("=")[2]
                ask(
                    ann,
                    "POST",
                    "/signup",
                    email=f"{name}@example.com",
                    password="correct horse",
                    invitation_code=code,
                    tos_accepted=True,
                )
                with httpx.Client(base_url=server.url, auth=(f"{name}@example.com", "correct horse")) as invited_one:
                    ask(invited_one, "PUT", "/me", fullname=f"{name.title()} Example")
        yield {
            **{name: value for name, value in os.environ.items() if not name.startswith("TOGGL_")},
            "TOGGL_API_URL": server.url,
            "TOGGL_EMAIL": "ann@example.com",
            "TOGGL_PASSWORD": "secret",
            "ORGANIZATION": str(organization),
        }


def ask(client: httpx.Client, method: str, path: str, **body: Any) -> Any:
    reply = client.request(method, path, json=body)
    assert reply.status_code == 200, reply.text
    return reply.json()


def test_every_program_prints_what_the_page_says(environment: dict[str, str], tmp_path: Path) -> None:
    for program, printed in PROGRAMS:
        command = [sys.executable, "-W", "error", "-c", program]
        run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
        assert (run.stdout, run.stderr) == (printed, "")


def test_each_program_is_followed_by_what_it_prints() -> None:
    assert len(PROGRAMS) == PAGE.count("```python")
    assert len(PROGRAMS) >= 6


def test_the_exceptions_that_it_names_are_there() -> None:
    table = PAGE.partition("## When it goes wrong")[2]
    errors, exceptions = re.findall(r"`(\w+Error)`", table), re.findall(r"`(\w+Exception)`", table)
    missing = [name for name in errors if not hasattr(toggl_api.errors, name) and not hasattr(httpx, name)]
    assert missing == []
    assert all(hasattr(rest, name) for name in exceptions)
    assert {*exceptions} == {kind.__name__ for kind in rest._CLASSES.values()}
