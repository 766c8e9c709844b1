"""The documents of the API that the server itself gives to anyone: OpenAPI, and a page to read."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import msgspec

from rollcall.contract.docstring import docstring_of
from rollcall.contract.openapi import NO_CREDENTIALS, openapi
from rollcall.contract.operation import BASE_PATH
from rollcall.contract.operations import OPERATIONS
from rollcall.contract.problem import COMMON, Refused
from rollcall.contract.reason import Reason
from rollcall.contract.reference import (
    ANYWHERE,
    Refusal,
    objects_of,
    own_refusals_of,
    parameters_of,
    replies_of,
    sections,
    type_name,
)
from rollcall.contract.wire import encode
from rollcall.server.http.reply import Reply

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rollcall.contract.operation import Operation

OPENAPI_PATH = BASE_PATH + "/openapi.json"
PAGE_PATH = BASE_PATH + "/docs"
_STYLE_PATH = BASE_PATH + "/docs.css"

_MEDIA_TYPES = {
    OPENAPI_PATH: "application/json; charset=utf-8",
    PAGE_PATH: "text/html; charset=utf-8",
    _STYLE_PATH: "text/css; charset=utf-8",
}


def document(method: str, path: str) -> Reply | None:
    """The document at a path, or None where there is none.

    Raises:
        Refused: It is not asked for by GET.
    """
    if path not in _MEDIA_TYPES:
        return None
    if method != "GET":
        raise Refused(Reason.NO_SUCH_METHOD, allowed="GET")
    return _reply(path)


@cache
def _reply(path: str) -> Reply:
    body = {OPENAPI_PATH: _openapi, PAGE_PATH: _page, _STYLE_PATH: _style}[path]()
    headers = [
        (b"content-type", _MEDIA_TYPES[path].encode()),
        (b"cache-control", b"no-cache"),
        (b"content-security-policy", b"default-src 'none'; style-src 'self'"),
        (b"x-content-type-options", b"nosniff"),
        (b"x-frame-options", b"SAMEORIGIN"),
        (b"content-length", b"%d" % len(body)),
    ]
    return Reply(200, headers, body)


def _openapi() -> bytes:
    return encode(openapi(OPERATIONS, BASE_PATH, version("toggl-rollcall")))


def _style() -> bytes:
    return files(__package__).joinpath("documents.css").read_bytes()


def _page() -> bytes:
    by_section = sections(OPERATIONS)
    objects = objects_of(OPERATIONS)
    contents = "".join(
        f"<strong>{name}</strong><ul>{''.join(_entry(row.id, row.id) for row in rows)}</ul>"
        for name, rows in by_section.items()
    )
    names = "".join(_entry(kind.__name__, kind.__name__) for kind in objects)
    operations = "".join(
        f"<section><h2>{name}</h2>{''.join(map(_operation, rows))}</section>" for name, rows in by_section.items()
    )
    return f"""<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rollcall API</title>
<link rel="stylesheet" href="{_STYLE_PATH}">
<nav>{contents}<strong>Objects</strong><ul>{names}</ul></nav>
<main>
<h1>Rollcall API</h1>
<p>The Toggl Track API v9 for organizations and their people.
For programs: <a href="{OPENAPI_PATH}">OpenAPI 3.1</a>.</p>
<p>Log in by Basic authentication, with e-mail address and password or with API token and <code>api_token</code>, or by
the cookie that <code>POST /me/sessions</code> sets. Every refusal is a JSON string. Any request may be refused with one
of these, and an operation may have another text for it:</p>
{_refusals(Refusal(reason, COMMON[reason]) for reason in ANYWHERE)}
{operations}
<section><h2>Objects</h2>{"".join(map(_object, objects))}</section>
</main>
</html>
""".encode()


def _entry(anchor: str, text: str) -> str:
    return f'<li><a href="#{anchor}">{text}</a></li>'


def _operation(row: Operation) -> str:
    methods = ", ".join(f"<code>{api}.{row.id}</code>" for api in row.apis)
    parts = [
        f'<article id="{row.id}"><h3><span class="method">{row.method}</span> <code>{escape(row.path)}</code></h3>',
        f"<p>{_text(row.summary)}</p><p>Who may: {row.access.value}. In <code>toggl</code>: {methods}.</p>",
    ]
    parameters = parameters_of(row)
    if parameters:
        told = [
            (
                f"<code>{parameter.name}</code>",
                parameter.place,
                _type(parameter.type),
                _default(parameter.default) + _text(parameter.about),
            )
            for parameter in parameters
        ]
        parts.append(_table("Parameters", ("name", "in", "type", ""), told))
    if row.body is not None:
        parts.append(f"<h4>Body</h4><p>{_type(row.body)}{'' if row.body_required else ' (may be left out)'}</p>")
    replies = ", or ".join(_type(reply) for reply in replies_of(row)) if row.reply is not None else "an empty body"
    empty = "; 204 and an empty body where there is nothing to tell" if row.may_be_empty else ""
    parts.append(f"<h4>Reply</h4><p>{replies}{empty}</p>")
    if refused := own_refusals_of(row):
        parts.append(_refusals(refused))
    return "".join([*parts, "</article>"])


def _refusals(listed: Iterable[Refusal]) -> str:
    rows = [(str(problem.status), _text(problem.text or NO_CREDENTIALS)) for _, problem in listed]
    return _table("Refusals", ("status", "text"), rows)


def _object(kind: type[msgspec.Struct]) -> str:
    told = docstring_of(kind)
    fields = [
        (f"<code>{field.encode_name}</code>", _type(field.type), _text(told.attributes.get(field.name, "")))
        for field in msgspec.structs.fields(kind)
    ]
    table = _table("", ("field", "type", ""), fields)
    return f'<article id="{kind.__name__}"><h3>{kind.__name__}</h3><p>{_text(told.text)}</p>{table}</article>'


def _table(title: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    heading = f"<h4>{title}</h4>" if title else ""
    head = "".join(f"<th>{column}</th>" for column in columns)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f'{heading}<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _type(kind: Any) -> str:
    """A type in words, each object a link to what is in it."""
    words = [
        f'<a href="#{word}">{word}</a>' if word in _object_names() else _text(word) for word in type_name(kind).split()
    ]
    return " ".join(words)


@cache
def _object_names() -> frozenset[str]:
    return frozenset(kind.__name__ for kind in objects_of(OPERATIONS))


def _default(value: object) -> str:
    return "" if value is None else f"<code>{escape(str(value))}</code> unless given. "


def _text(text: str) -> str:
    """A sentence, with what stands between backquotes as code."""
    pieces = escape(text).split("`")
    return "".join(f"<code>{piece}</code>" if number % 2 else piece for number, piece in enumerate(pieces))
