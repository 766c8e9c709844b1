"""The objects of the API under the names that the generated clients give them."""

from __future__ import annotations

from types import ModuleType

import rollcall.contract.operations  # noqa: F401 - it loads every module of models, without looking for them
from rollcall.contract import models
from rollcall.contract.wire import Model

_MODELS = {
    name: value
    for module in vars(models).values()
    if isinstance(module, ModuleType)
    for name, value in vars(module).items()
    if isinstance(value, type) and issubclass(value, Model) and value is not Model
}

globals().update(_MODELS)

__all__ = sorted(_MODELS)
