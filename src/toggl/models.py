"""The objects of the API under the names that the generated clients give them."""

from __future__ import annotations

import importlib
import pkgutil

from rollcall.contract import models
from rollcall.contract.wire import Model


def _models() -> dict[str, type[Model]]:
    modules = (
        importlib.import_module(f"{models.__name__}.{found.name}") for found in pkgutil.iter_modules(models.__path__)
    )
    return {
        name: value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, type) and issubclass(value, Model) and value is not Model
    }


globals().update(_models())

__all__ = sorted(_models())
