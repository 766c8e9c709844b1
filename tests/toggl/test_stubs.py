"""The type stubs, which are made from the operation table."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_the_stubs_are_what_the_contract_makes_them() -> None:
    script = Path(__file__).parents[2] / "scripts" / "stubs"
    done = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
