"""Both modes of `toggl` have the same names, methods, arguments and results, for a program and for a type checker."""

from __future__ import annotations

import ast
import inspect
from collections.abc import AsyncGenerator, Iterator
from difflib import ndiff
from inspect import Parameter, Signature
from pathlib import Path
from types import ModuleType
from typing import get_args, get_origin

import pytest

import toggl
from rollcall.contract.operations import OPERATIONS
from toggl import aio

API_NAMES = sorted({name for row in OPERATIONS for name in row.apis})
PACKAGE = Path(toggl.__file__).parent

every_class = pytest.mark.parametrize("name", API_NAMES)


def methods_of(face: ModuleType, name: str) -> dict[str, Signature]:
    """The public methods of a class of operations, by their names."""
    kind = getattr(face, name)
    return {method: inspect.signature(getattr(kind, method)) for method in vars(kind) if not method.startswith("_")}


def is_iterator(method: str) -> bool:
    return method.startswith("iterate_")


def without(signature: Signature, *names: str) -> Signature:
    return signature.replace(parameters=[one for one in signature.parameters.values() if one.name not in names])


def exported(face: ModuleType) -> list[str]:
    return sorted(face.__all__)


def test_both_export_the_same_names() -> None:
    assert exported(toggl) == exported(aio)


@pytest.mark.parametrize("name", sorted({*exported(toggl)} - {"ApiClient", "Job", *API_NAMES}))
def test_whatever_is_not_awaited_is_one_object_in_both(name: str) -> None:
    assert getattr(toggl, name) is getattr(aio, name)


@every_class
def test_every_operation_of_the_table_and_nothing_else_is_a_method_in_both(name: str) -> None:
    rows = [row for row in OPERATIONS if name in row.apis]
    due = {method for row in rows for method in (row.id, f"{row.id}_with_http_info")}
    due |= {row.id.replace("get_", "iterate_", 1) for row in rows if row.is_paged}
    assert {*methods_of(toggl, name)} == {*methods_of(aio, name)} == due


@every_class
def test_a_method_takes_and_answers_the_same_in_both(name: str) -> None:
    awaited = methods_of(aio, name)
    for method, signature in methods_of(toggl, name).items():
        if is_iterator(method):
            assert (get_origin(signature.return_annotation), get_origin(awaited[method].return_annotation)) == (
                Iterator,
                AsyncGenerator,
            )
            assert get_args(signature.return_annotation) == get_args(awaited[method].return_annotation)
            assert signature.parameters == awaited[method].parameters
        else:
            assert without(signature, "async_req") == awaited[method]
            assert "async_req" in signature.parameters


@every_class
def test_a_method_of_the_one_is_awaited_and_that_of_the_other_is_not(name: str) -> None:
    for method in methods_of(aio, name):
        assert inspect.iscoroutinefunction(getattr(getattr(aio, name), method)) is not is_iterator(method)
        assert not inspect.iscoroutinefunction(getattr(getattr(toggl, name), method))


@every_class
def test_a_method_says_the_same_in_both(name: str) -> None:
    for method in methods_of(aio, name):
        blocking, awaited = (inspect.getdoc(getattr(getattr(face, name), method)) or "" for face in (toggl, aio))
        differences = [line for line in ndiff(blocking.splitlines(), awaited.splitlines()) if line[0] in "+-"]
        told = "async_req" if not is_iterator(method) else "page after page"
        assert differences
        assert all(told in line for line in differences)


def test_the_clients_have_the_same_methods_and_arguments() -> None:
    def public(kind: type) -> dict[str, Signature]:
        methods = inspect.getmembers(kind, inspect.isfunction)
        return {name: inspect.signature(method) for name, method in methods if not name.startswith("_")}

    blocking, awaited = public(toggl.ApiClient), public(aio.ApiClient)
    assert awaited.pop("aclose") == awaited["close"]
    del blocking["submit"]  # for `async_req`
    rows, awaited_rows = (methods.pop("iterate") for methods in (blocking, awaited))
    assert rows.parameters == awaited_rows.parameters
    assert blocking == awaited
    arguments = [without(inspect.signature(kind), "pool_threads") for kind in (toggl.ApiClient, aio.ApiClient)]
    as_httpx_has_it = [
        {name: parameter.replace(annotation=Parameter.empty) for name, parameter in one.parameters.items()}
        for one in arguments
    ]
    assert as_httpx_has_it[0] == as_httpx_has_it[1]


def stub_of(path: str) -> dict[str, dict[str, list[ast.FunctionDef | ast.AsyncFunctionDef]]]:
    """The methods that a stub has, by class and name; an overloaded one has several."""
    classes: dict[str, dict[str, list[ast.FunctionDef | ast.AsyncFunctionDef]]] = {}
    for kind in ast.parse((PACKAGE / path).read_text()).body:
        if isinstance(kind, ast.ClassDef) and kind.name != "Api":
            methods = classes.setdefault(kind.name, {})
            for method in kind.body:
                assert isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef)
                methods.setdefault(method.name, []).append(method)
    return classes


def arguments_of(method: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    """The arguments of a method, as they are written, but for `async_req`."""
    return [part for part in ast.unparse(method.args).split(", ") if not part.startswith("async_req")]


def test_the_stubs_have_what_the_classes_have() -> None:
    for face, path in ((toggl, "apis.pyi"), (aio, "aio/apis.pyi")):
        stub = stub_of(path)
        assert sorted(stub) == API_NAMES
        for name, methods in stub.items():
            signatures = methods_of(face, name)
            assert {*methods} == {*signatures}
            for method, written in methods.items():
                arguments = {one.arg for one in (*written[0].args.args, *written[0].args.kwonlyargs)}
                assert arguments == {*signatures[method].parameters}


def test_the_stubs_of_both_take_and_answer_the_same() -> None:
    blocking, awaited = stub_of("apis.pyi"), stub_of("aio/apis.pyi")
    for name, methods in awaited.items():
        for method, [coroutine] in methods.items():
            if is_iterator(method):
                [iterator] = blocking[name][method]
                assert ast.unparse(coroutine).replace("AsyncGenerator[", "Iterator[") == ast.unparse(iterator)
                continue
            at_once, in_thread = blocking[name][method]
            assert isinstance(coroutine, ast.AsyncFunctionDef)
            assert arguments_of(coroutine) == arguments_of(at_once) == arguments_of(in_thread)
            assert coroutine.returns is not None
            assert at_once.returns is not None
            assert in_thread.returns is not None
            answer = ast.unparse(coroutine.returns)
            assert (ast.unparse(at_once.returns), ast.unparse(in_thread.returns)) == (answer, f"Pending[{answer}]")
