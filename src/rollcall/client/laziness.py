"""Packages whose names are loaded when they are first asked for, as PEP 562 has it.

Loading httpx and msgspec takes longer than all of ours together, and a program that imports a client need not use it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Mapping
from importlib import import_module


def lazily(
    package: str, homes: Mapping[str, Collection[str] | None]
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """The functions `__getattr__` and `__dir__` of a package; it has an `__all__` by the first.

    Args:
        package: Its name.
        homes: The names that it has from each module; None for those in the module's `__all__`.
    """

    def names_of(module: str) -> Collection[str]:
        names = homes[module]
        return names if names is not None else import_module(module).__all__

    def get(name: str) -> object:
        if name == "__all__":
            return sorted(name for module in homes for name in names_of(module))
        if f"{package}.{name}" in homes:
            return import_module(f"{package}.{name}")
        home = None if name.startswith("_") else next((module for module in homes if name in names_of(module)), None)
        if home is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(home), name)
        setattr(sys.modules[package], name, value)
        return value

    def directory() -> list[str]:
        return sorted({*vars(sys.modules[package]), *sys.modules[package].__all__})

    return get, directory
