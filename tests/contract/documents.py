"""What a server may send: JSON more or less of a documented type."""

from __future__ import annotations

from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin

from hypothesis import strategies as st
from msgspec import UnsetType
from msgspec.structs import fields

from rollcall.contract.wire import Model

JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    int: st.integers(-(2**63), 2**63),
    str: st.text(),
    bool: st.booleans(),
    float: st.floats(allow_nan=False, allow_infinity=False),
    type(None): st.none(),
    None: st.none(),
    Any: JSON,
}


@cache
def right(kind: Any) -> st.SearchStrategy[Any]:
    """JSON of exactly that type."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        return st.one_of([right(arm) for arm in arguments if arm is not UnsetType])
    if origin is list:
        return st.lists(right(arguments[0]), max_size=3)
    if origin is dict:
        return st.dictionaries(st.text(), right(arguments[1]), max_size=3)
    return st.fixed_dictionaries({}, optional={field.encode_name: right(field.type) for field in fields(kind)})


@cache
def odd(model: type[Model]) -> st.SearchStrategy[dict[str, Any]]:
    """An object of a model, some of its fields of any other type, and some fields that the model has not."""
    names = st.sampled_from(model.__struct_encode_fields__) | st.text()
    return st.builds(lambda usual, other: usual | other, right(model), st.dictionaries(names, JSON, max_size=3))
