"""The README's code does what it says, run as it stands."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from rollcall.testing import RollcallServer

ROOT = Path(__file__).parents[1]
BLOCKS = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.splitlines()[0])
def test_a_block_of_code_runs(block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with RollcallServer(email="ann@example.com", password="secret") as server:
        monkeypatch.setenv("TOGGL_API_URL", server.url)
        program = block.replace("http://127.0.0.1:8080/api/v9", server.url)
        run = subprocess.run(
            [sys.executable, "-W", "error", "-c", program], cwd=tmp_path, capture_output=True, text=True
        )
    assert (run.returncode, run.stderr) == (0, "")


def test_the_files_and_scripts_it_names_are_there() -> None:
    for name in re.findall(r"\]\(([\w/]+\.md)\)", (ROOT / "README.md").read_text()):
        assert (ROOT / name).exists()
    for name in re.findall(r"scripts/\w+", (ROOT / "README.md").read_text() + (ROOT / "CONTRIBUTING.md").read_text()):
        assert (ROOT / name).stat().st_mode & 0o111
