"""What the server says when it starts: where it is, by which rules, and how to try it."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from rollcall.server.storage.address import sqlite_path

if TYPE_CHECKING:
    from rollcall.cli.serve.first_account import FirstAccount
    from rollcall.server.certificate import Certificate
    from rollcall.server.mail.files import FileCarrier
    from rollcall.server.mail.smtp import SMTPCarrier
    from rollcall.server.settings import Settings


def welcome(
    settings: Settings,
    database_url: str,
    own_url: str,
    certificate: Certificate | None,
    first: FirstAccount | None,
    carrier: FileCarrier | SMTPCarrier,
) -> str:
    """The lines to print.

    Args:
        settings: The server's rules.
        database_url: Where everything is kept; what else it says (a password) is not shown.
        own_url: Where the server listens.
        certificate: What it serves https with.
        carrier: Where mail goes.
        first: The account just made, whose secrets are shown now and never again.
    """
    api = settings.api_url
    facts = {
        "listens on": own_url if own_url != settings.public_url else None,
        "kept in": str(sqlite_path(database_url) or "PostgreSQL"),
        "mail": str(carrier),
        "sign-up": settings.signup,
        "addresses": "proved by a mailed link" if settings.prove_addresses else "not proved",
        "certificate": str(certificate.file) if certificate else None,
    }
    curl = ["curl"]
    if certificate and certificate.self_made:
        curl += ["--cacert", str(certificate.file)]
    if first:
        facts["first account"] = first.email
        facts["password"] = f"{first.generated_password}   (shown only now)" if first.generated_password else None
        facts["API token"] = f"{first.token}   (shown only now)"
        curl += ["-u", f"{first.token}:api_token"]
    lines = [f"Rollcall serves {api}"]
    lines += [f"  {name:<14} {fact}" for name, fact in facts.items() if fact is not None]
    if first:
        lines += ["Try it:", f"  {shlex.join([*curl, f'{api}/me'])}"]
    return "\n".join(lines)
