"""Pages as HTML, and the headers they go out with."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import TYPE_CHECKING

from rollcall.server.http.reply import STRICT_TRANSPORT, Reply

if TYPE_CHECKING:
    from rollcall.server.http.reply import Headers

_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 32rem; margin: 3rem auto; padding: 0 1rem; color: #222; }
h1 { font-size: 1.5rem; }
label { display: block; margin: 1rem 0 .25rem; }
input:not([type=checkbox]) { box-sizing: border-box; width: 100%; padding: .5rem; font: inherit; }
button { margin: 1rem .5rem 0 0; padding: .5rem 1rem; font: inherit; }
[role=alert] { padding: .5rem 1rem; border-left: .25rem solid #b00; background: #fee; }
"""
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

_HEADERS: Headers = [
    (b"content-type", b"text/html; charset=utf-8"),
    (
        b"content-security-policy",
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'".encode(),
    ),
    (b"cache-control", b"no-store"),
    # The address holds a code: no other site gets to see it. (With "no-referrer" browsers hide the origin of a form
    # from its own server too.)
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"x-robots-tag", b"noindex"),
]


def page(title: str, *parts: str, status: int = 200, secure: bool) -> Reply:
    """A page.

    Args:
        title: Its heading, as text.
        *parts: What stands below, as HTML.
        status: The HTTP status.
        secure: Whether people reach the server by https.
    """
    heading = escape(title)
    body = (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{heading}</title>\n'
        f'<meta name="viewport" content="width=device-width">\n<style>{_STYLE}</style>\n</head>\n'
        f"<body>\n<main>\n<h1>{heading}</h1>\n{''.join(parts)}</main>\n</body>\n</html>\n"
    ).encode()
    headers = [*_HEADERS, (b"content-length", b"%d" % len(body))]
    return Reply(status, [*headers, STRICT_TRANSPORT] if secure else headers, body)


def paragraph(text: str) -> str:
    """A paragraph of text."""
    return f"<p>{escape(text)}</p>\n"


def alert(text: str) -> str:
    """What went wrong, where screen readers find it first."""
    return f'<p role="alert">{escape(text)}</p>\n'


def form(*fields: str) -> str:
    """A form that is sent to the page it stands on."""
    return f'<form method="post">\n{"".join(fields)}</form>\n'


def field(name: str, label: str, kind: str = "text", *, value: str = "", required: bool = True) -> str:
    """A field of a form, with its label."""
    wanted = " required" if required else ""
    complete = {"password": "current-password", "new-password": "new-password"}.get(kind, "on")
    kind = "password" if kind == "new-password" else kind
    return (
        f'<label for="{name}">{escape(label)}</label>\n'
        f'<input id="{name}" name="{name}" type="{kind}" value="{escape(value)}" autocomplete="{complete}"{wanted}>\n'
    )


def tick(name: str, label: str) -> str:
    """A box that has to be ticked."""
    return f'<label><input name="{name}" type="checkbox" value="yes" required> {escape(label)}</label>\n'


def button(value: str, label: str, *, skips_fields: bool = False) -> str:
    """A button that sends the form, as `action=value`."""
    skips = " formnovalidate" if skips_fields else ""
    return f'<button name="action" value="{value}"{skips}>{escape(label)}</button>\n'
