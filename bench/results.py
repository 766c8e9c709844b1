"""What a run measured, on what, and what the last committed run had measured."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec

ROOT = Path(__file__).resolve().parents[1]
DIRECTORY = ROOT / "bench" / "results"
_LIBRARIES = ("uvicorn", "uvloop", "httptools", "httpx", "msgspec", "asyncpg")


class Machine(msgspec.Struct):
    """What a run ran on.

    Attributes:
        memory: Bytes.
        load: Mean number of others that wanted a core in the minute before the run.
        fsync: Milliseconds in which the disk confirms a small write, where the databases are; 0 where there are none.
    """

    processor: str
    cores: int
    memory: int
    system: str
    load: float
    fsync: float


class Results(msgspec.Struct):
    """What a run measured, by name: `bench.goal` says what each is.

    Attributes:
        taken: When it began, UTC.
        seconds: How long it took.
        load: For how many seconds a worker was asked for everything, where that was the point.
        missing: What could not be measured, and why.
        ratios: Time, or memory, as a multiple of what it is held against.
        rates: Requests per second behind each share, and those that it is a share of.
        spread: The lower and the upper quartile of each share's rounds.
    """

    taken: str
    quick: bool
    machine: Machine
    versions: dict[str, str]
    seconds: float = 0
    load: float = 0
    shares: dict[str, float] = {}
    growth: dict[str, float] = {}
    memory: dict[str, float] = {}
    ratios: dict[str, float] = {}
    missing: dict[str, str] = {}
    rates: dict[str, tuple[float, float]] = {}
    spread: dict[str, tuple[float, float]] = {}

    def value(self, section: str, name: str) -> float | None:
        """A number; None where it was not measured."""
        numbers: dict[str, float] = getattr(self, section)
        return numbers.get(name)


def begin(fsync: float, *, quick: bool) -> Results:
    """Results without any number yet.

    Args:
        fsync: See `Machine`.
        quick: Whether the run is too short for its numbers to be kept.
    """
    machine = Machine(
        processor=_processor(),
        cores=os.cpu_count() or 1,
        memory=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        system=f"{platform.system()} {platform.release()}",
        load=round(os.getloadavg()[0], 2),
        fsync=fsync,
    )
    versions = {"python": platform.python_version(), **{name: version(name) for name in _LIBRARIES}}
    return Results(datetime.now(UTC).isoformat(timespec="seconds"), quick, machine, versions)


def read(text: bytes) -> Results:
    """Results as `write` wrote them."""
    return msgspec.json.decode(text, type=Results)


def write(results: Results, path: Path) -> None:
    """Write results as JSON, with numbers as exact as they are worth."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rounded = _rounded(msgspec.to_builtins(results))
    path.write_bytes(msgspec.json.format(msgspec.json.encode(rounded), indent=2) + b"\n")


def last_committed(name: str) -> Results | None:
    """The results that the newest commit holds; None where it holds none, or none that can be compared."""
    shown = subprocess.run(["git", "show", f"HEAD:bench/results/{name}.json"], cwd=ROOT, capture_output=True)
    try:
        return read(shown.stdout) if shown.returncode == 0 else None
    except msgspec.DecodeError:
        return None


def _rounded(value: Any) -> Any:
    match value:
        case dict():
            return {name: _rounded(each) for name, each in value.items()}
        case list() | tuple():
            return [_rounded(each) for each in value]
        case float():
            return float(f"{value:.4g}")
    return value


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
