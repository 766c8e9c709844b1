"""The examples in the contract's docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

from rollcall import contract

MODULES = [module.name for module in pkgutil.walk_packages(contract.__path__, f"{contract.__name__}.")]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
