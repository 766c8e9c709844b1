"""The clients' types, as the users' own type checkers see them: mypy and pyright, both strict."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TYPED = sorted((ROOT / "tests").glob("toggl*/**/typed.py"))


def run(tool: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    tools = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run([tools / tool, *arguments], capture_output=True, text=True, check=False, env=environment)


def test_mypy_sees_the_types_of_the_clients() -> None:
    done = run("mypy", "--config-file", ROOT / "pyproject.toml", "--warn-unused-ignores", *TYPED)
    assert done.returncode == 0, done.stdout + done.stderr


def test_pyright_sees_the_types_of_the_clients(tmp_path: Path) -> None:
    settings = {
        "include": [str(path) for path in TYPED],
        "pythonVersion": "3.11",
        "typeCheckingMode": "strict",
        "reportUnnecessaryTypeIgnoreComment": "error",
    }
    project = tmp_path / "pyrightconfig.json"
    project.write_text(json.dumps(settings))
    done = run("basedpyright", "--project", project, "--pythonpath", sys.executable)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("package", ["toggl", "toggl.aio", "toggl_api", "toggl_api.asyncio"])
def test_everything_public_has_a_type(package: str) -> None:
    done = run("basedpyright", "--verifytypes", package, "--ignoreexternal", "--outputjson")
    report = json.loads(done.stdout)
    counts = report["typeCompleteness"]["exportedSymbolCounts"]
    assert counts["withKnownType"] > 10
    assert counts["withUnknownType"] == 0
