"""The OpenAPI 3.1 document of the API, made from the operation table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import msgspec

from rollcall.contract.docstring import docstring_of
from rollcall.contract.identifier import MAXIMUM_ID
from rollcall.contract.operation import Access, Operation
from rollcall.contract.problem import Problem
from rollcall.contract.reference import (
    Parameter,
    objects_of,
    parameters_of,
    refusals_of,
    replies_of,
    section_of,
    sections,
)

Json = dict[str, Any]

_JSON = "application/json"
_REFERENCES = "#/components/schemas/{name}"
_PLACEHOLDER = re.compile(r"{\w+}")
_SPECIAL = re.compile(r"[\\^$.*+?()[\]{}|/]")
_ANYTHING = r"[\s\S]*"
NO_CREDENTIALS = "No credentials were sent: the body is empty, and there is the header `X-Authorization-Missing: true`."

SECURITY_SCHEMES: Json = {
    "basic": {
        "type": "http",
        "scheme": "basic",
        "description": "The e-mail address and password, or the API token as the name and `api_token` as the password.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "toggl_api_session_new",
        "description": "The cookie that `POST /me/sessions` sets.",
    },
}


def openapi(operations: Iterable[Operation], base_url: str, version: str) -> Json:
    """The document.

    Args:
        operations: The rows of the table.
        base_url: Where the API is, in full or relative to where the document is.
        version: Of the server.
    """
    rows = list(operations)
    paths: dict[str, Json] = {}
    for row in rows:
        paths.setdefault(row.path, {})[row.method.lower()] = _operation(row)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Rollcall",
            "version": version,
            "description": "The Toggl Track API v9 for organizations and their people. Every refusal is a JSON string.",
        },
        "servers": [{"url": base_url}],
        "tags": [{"name": name} for name in sections(rows)],
        "paths": paths,
        "components": {"schemas": _schemas(rows), "securitySchemes": SECURITY_SCHEMES},
    }


def _operation(row: Operation) -> Json:
    described: Json = {
        "operationId": row.id,
        "summary": row.summary,
        "description": f"Who may: {row.access.value}.",
        "tags": [section_of(row)],
        "security": _security(row.access),
        "parameters": [_parameter(parameter) for parameter in parameters_of(row)],
        "responses": {**_successes(row), **_refusals(row)},
    }
    if row.body is not None:
        described["requestBody"] = {"required": row.body_required, "content": {_JSON: {"schema": _schema(row.body)}}}
    return described


def _security(access: Access) -> list[Json]:
    if access is Access.PUBLIC:
        return []
    ways: list[Json] = [{name: []} for name in SECURITY_SCHEMES]
    return [{}, *ways] if access is Access.OPTIONAL else ways


def _parameter(parameter: Parameter) -> Json:
    schema = _schema(parameter.type)
    if parameter.place == "path" and parameter.type is int:
        schema |= {"format": "int64", "minimum": 1, "maximum": MAXIMUM_ID}
    if parameter.place == "query":
        # A query has no null: what may be null need not be given.
        schema = next((arm for arm in schema.get("anyOf", []) if arm != {"type": "null"}), schema)
    if parameter.default is not None:
        schema["default"] = parameter.default
    described: Json = {
        "name": parameter.name,
        "in": parameter.place,
        "required": parameter.required,
        "description": parameter.about,
        "schema": schema,
    }
    if schema.get("type") == "array":
        described |= {"style": "form", "explode": False}
    return described


def _successes(row: Operation) -> Json:
    if row.reply is None:
        return {"200": {"description": "Done; the body is empty."}}
    if row.media_type != _JSON:
        return {"200": {"description": row.summary, "content": {row.media_type: {}}}}
    schemas = [_schema(reply) for reply in replies_of(row)]
    description = "Done."
    for parameter in row.reply_where:
        description += f" The last of the forms where `{parameter}` is true."
    found: Json = {
        "200": {
            "description": description,
            "content": {_JSON: {"schema": schemas[0] if len(schemas) == 1 else {"anyOf": schemas}}},
        }
    }
    if row.may_be_empty:
        found["204"] = {"description": "There is nothing to tell; the body is empty."}
    return found


def _refusals(row: Operation) -> Json:
    by_status: dict[int, list[Problem]] = {}
    for refusal in refusals_of(row):
        by_status.setdefault(refusal.problem.status, []).append(refusal.problem)
    return {str(status): _refusal(problems) for status, problems in by_status.items()}


def _refusal(problems: list[Problem]) -> Json:
    texts = list(dict.fromkeys(problem.text for problem in problems))
    described: Json = {"description": "\n".join(f"- {text or NO_CREDENTIALS}" for text in texts)}
    schemas = [_text_schema(text) for text in texts if text is not None]
    if schemas:
        described["content"] = {_JSON: {"schema": schemas[0] if len(schemas) == 1 else {"anyOf": schemas}}}
    return described


def _text_schema(text: str) -> Json:
    pieces = [_SPECIAL.sub(r"\\\g<0>", piece) for piece in _PLACEHOLDER.split(text)]
    if len(pieces) == 1:
        return {"const": text}
    return {"type": "string", "pattern": f"^{_ANYTHING.join(pieces)}$", "examples": [text]}


def _schemas(rows: list[Operation]) -> Json:
    objects = objects_of(rows)
    _, schemas = msgspec.json.schema_components(objects, ref_template=_REFERENCES)
    for kind in objects:
        schema = schemas[kind.__name__]
        told = docstring_of(kind)
        schema["description"] = told.text
        schema.pop("required", None)
        names = {field.encode_name: field.name for field in msgspec.structs.fields(kind)}
        for name, of_field in schema["properties"].items():
            of_field.pop("default", None)
            if about := told.attributes.get(names[name]):
                of_field["description"] = about
    return schemas


def _schema(kind: Any) -> Json:
    (schema,), _ = msgspec.json.schema_components([kind], ref_template=_REFERENCES)
    return schema
