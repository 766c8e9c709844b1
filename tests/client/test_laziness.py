"""The clients' packages load what they are made of when it is asked for, and look as if it were always there."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGES = ("toggl", "toggl_api", "toggl_api.asyncio")


def run(program: str) -> str:
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize("package", PACKAGES)
def test_importing_a_client_loads_no_library(package: str) -> None:
    loaded = run(f"import {package}, sys; print(*sys.modules)").split()
    assert package in loaded
    assert not {"httpx", "msgspec", "rollcall.contract"} & {*loaded}


@pytest.mark.parametrize("package", PACKAGES)
def test_what_a_type_checker_is_told_is_what_there_is(package: str) -> None:
    module = importlib.import_module(package)
    assert module.__file__ is not None
    (told,) = (node for node in ast.parse(Path(module.__file__).read_text()).body if isinstance(node, ast.If))
    names = [
        name
        for imported in told.body
        if isinstance(imported, ast.ImportFrom) and imported.module is not None
        for alias in imported.names
        for name in ([str(alias.asname)] if alias.name != "*" else importlib.import_module(imported.module).__all__)
    ]
    assert module.__all__ == sorted(names)


@pytest.mark.parametrize("package", PACKAGES)
def test_everything_can_be_imported_at_once(package: str) -> None:
    module = importlib.import_module(package)
    listed = run(f"from {package} import *; print(*(name for name in dir() if name[0] != '_'))").split()
    assert listed == module.__all__
    assert {*listed} <= {*dir(module)}


def test_a_name_is_the_same_wherever_it_is_asked_for() -> None:
    assert run("import toggl; print(toggl.Configuration is toggl.configuration.Configuration)") == "True\n"
    assert run("import toggl, toggl.models; print(toggl.UserPayload is toggl.models.UserPayload)") == "True\n"
    assert run("import toggl; print(toggl.rest.ApiException is toggl.ApiException)") == "True\n"


def test_a_name_that_there_is_not_is_told() -> None:
    program = "import toggl\ntry: toggl.OrganisationsApi\nexcept AttributeError as error: print(error)"
    assert run(program) == "module 'toggl' has no attribute 'OrganisationsApi'\n"


def test_a_private_name_loads_nothing() -> None:
    assert run("import toggl, sys; print(hasattr(toggl, '__wrapped__'), 'httpx' in sys.modules)") == "False False\n"
