"""The first account: somebody must be able to log in."""

from __future__ import annotations

import getpass
import secrets
import sys
from typing import TYPE_CHECKING, NamedTuple

from rollcall.cli.failure import Failure
from rollcall.contract.operations.account import SIGNUP
from rollcall.contract.problem import COMMON, Refused
from rollcall.contract.reason import Reason

if TYPE_CHECKING:
    from rollcall.server.startup import Server

_EMAIL = "admin@localhost"


class FirstAccount(NamedTuple):
    """What is said of the first account, once.

    Attributes:
        email: Its address.
        generated_password: Its password where nobody chose one.
        token: Its API token.
    """

    email: str
    generated_password: str | None
    token: str


async def add_first_account(server: Server, email: str, password: str) -> FirstAccount | None:
    """Make the first account.

    Args:
        server: A server without accounts.
        email: Its address; where it is empty it is asked for on a terminal, else it is `admin@localhost`.
        password: Its password; where it is empty it is asked for on a terminal, else generated.

    Returns:
        The account, or None where another process on the same database was quicker.

    Raises:
        Failure: The address or the password breaks the rules.
    """
    if not (email and password) and sys.stdin is not None and sys.stdin.isatty():
        email, password = _ask(email, password)
    email = email or _EMAIL
    generated = None if password else secrets.token_urlsafe(12)
    try:
        account = await server.add_account(email, password or generated or "")
    except Refused as refused:
        if refused.reason is Reason.EMAIL_TAKEN:
            return None
        problem = SIGNUP.problem(refused.reason) or COMMON[refused.reason]
        text = (problem.text or "").format(**refused.values)
        raise Failure(f"cannot make the first account {email!r}: {text}") from refused
    return FirstAccount(email, generated, account.api_token or "")


def _ask(email: str, password: str) -> tuple[str, str]:
    print("Nobody has an account here yet. The first one:")
    try:
        return email or input("  e-mail: ").strip(), password or getpass.getpass("  password: ")
    except EOFError:
        print()  # the cursor still stands behind the question
        raise Failure("no account has been made: nothing was entered") from None
