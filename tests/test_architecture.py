"""The floors of the house: who may know whom, and how large a room may be."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src"
MAXIMUM_LINES = 400
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}

MAY_IMPORT = {
    "rollcall.contract": {"rollcall.contract"},
    "rollcall.coroutine": set[str](),
    "rollcall.client": {"rollcall.client", "rollcall.contract", "rollcall.coroutine"},
    "rollcall.server.storage": {"rollcall.server.storage", "rollcall.coroutine"},
    "rollcall.server.domain": {
        "rollcall.server.domain",
        "rollcall.server.documents",
        "rollcall.server.storage",
        "rollcall.server.settings",
        "rollcall.server.keyring",
        "rollcall.contract",
    },
    "rollcall.server.documents": {"rollcall.server.documents"},
    "rollcall.server.mail": {
        "rollcall.server.mail",
        "rollcall.server.domain",
        "rollcall.server.storage",
        "rollcall.server.keyring",
    },
    "rollcall.server.pages": {
        "rollcall.server.pages",
        "rollcall.server.http",
        "rollcall.server.domain",
        "rollcall.server.storage",
        "rollcall.contract",
    },
    "rollcall.server": {"rollcall.server", "rollcall.contract", "rollcall.coroutine"},
    "rollcall.testing": {"rollcall.testing", "rollcall.server", "rollcall.contract"},
    "rollcall.cli": {"rollcall.cli", "rollcall.server", "rollcall.client", "rollcall.contract"},
    "toggl": {"toggl", "rollcall.client", "rollcall.contract", "rollcall.coroutine"},
    "toggl_api": {"toggl_api", "rollcall.client", "rollcall.contract", "rollcall.coroutine"},
}
OURS = ("rollcall", "toggl", "toggl_api")
CLIENT_LIBRARIES = {"httpx", "msgspec"}
CLIENT_FLOORS = ("rollcall.contract", "rollcall.coroutine", "rollcall.client", "toggl", "toggl_api")


def modules() -> list[Path]:
    return sorted(path for path in SOURCE.rglob("*.py"))


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")


def floor_of(module: str) -> str | None:
    """The innermost floor that a module belongs to."""
    floors = [floor for floor in MAY_IMPORT if module == floor or module.startswith(floor + ".")]
    return max(floors, key=len, default=None)


def imports_of(path: Path) -> Iterator[str]:
    """What a module imports, inside functions too; `if TYPE_CHECKING` counts: to name is to know."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports name their module in full"
            assert node.module is not None
            yield node.module


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_imports_point_down(path: Path) -> None:
    floor = floor_of(name_of(path))
    if floor is None:
        assert name_of(path) == "rollcall"
        return
    for imported in imports_of(path):
        if imported.partition(".")[0] in OURS:
            known = any(f"{imported}.".startswith(f"{each}.") for each in MAY_IMPORT[floor])
            assert known, f"{name_of(path)} may not know {imported}"


@pytest.mark.parametrize("path", [path for path in modules() if floor_of(name_of(path)) in CLIENT_FLOORS], ids=name_of)
def test_clients_need_no_library_but_httpx_and_msgspec(path: Path) -> None:
    for imported in imports_of(path):
        top = imported.partition(".")[0]
        assert top in sys.stdlib_module_names or top in CLIENT_LIBRARIES or top in OURS, imported


@pytest.mark.parametrize("package", ["toggl", "toggl.aio", "toggl_api", "toggl_api.asyncio"])
def test_importing_a_client_loads_nothing_of_the_server(package: str) -> None:
    program = f"import sys, {package}; print(*sys.modules)"
    loaded = set(
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    )
    assert not {name for name in loaded if name.startswith("rollcall.server")}
    assert loaded.isdisjoint({"uvicorn", "asyncpg", "argon2", "cryptography", "alembic", "sqlalchemy", "fpdf"})


def test_a_client_that_blocks_loads_no_event_loop_by_itself() -> None:
    program = "import sys, toggl; [getattr(toggl, name) for name in toggl.__all__]; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert {"asyncio", "anyio", "toggl.aio"}.isdisjoint(done.stdout.split())


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_is_one_noun_of_a_readable_size(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= MAXIMUM_LINES
    assert VAGUE.isdisjoint(name_of(path).split("."))


def test_sql_is_written_in_storage_only() -> None:
    for path in modules():
        if floor_of(name_of(path)) != "rollcall.server.storage":
            assert "Statement(" not in path.read_text(), name_of(path)
