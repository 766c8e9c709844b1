"""Names that nothing can have: refused before a request is spent on them."""

from __future__ import annotations

from collections.abc import Iterable

from rollcall.contract.email import is_email
from rollcall.contract.name import MAXIMUM_GROUP_NAME, MAXIMUM_NAME


class NamingError(ValueError):
    """A name is empty, too long, or has characters that it cannot have; or an e-mail address is none."""


def check_organization_name(name: str) -> None:
    """Refuse what no organization can be called.

    Raises:
        NamingError: It is empty, only spaces, or longer than 140 characters.
        TypeError: It is no text.
    """
    _check("An organization", name, MAXIMUM_NAME)


def check_first_workspace_name(name: str) -> None:
    """Refuse what the first workspace of an organization cannot be called here.

    Raises:
        NamingError: It is empty, longer than 140 characters, or has a space.
        TypeError: It is no text.
    """
    check_workspace_name(name)
    if any(character.isspace() for character in name):
        raise NamingError(f"A workspace name cannot have spaces here: {name!r}; {'-'.join(name.split())!r} would do")


def check_workspace_name(name: object) -> None:
    """Refuse what no workspace can be called.

    Raises:
        NamingError: It is empty, only spaces, or longer than 140 characters.
        TypeError: It is no text.
    """
    _check("A workspace", name, MAXIMUM_NAME)


def check_group_name(name: object) -> None:
    """Refuse what no group can be called.

    Raises:
        NamingError: It is empty, only spaces, or longer than 200 characters.
        TypeError: It is no text.
    """
    _check("A group", name, MAXIMUM_GROUP_NAME)


def check_person_name(name: object) -> None:
    """Refuse what nobody can be called.

    Raises:
        NamingError: It is empty or only spaces.
        TypeError: It is no text.
    """
    _check("A person's", name, None)


def check_emails(emails: object) -> list[str]:
    """Refuse what mail cannot be sent to.

    Returns:
        The addresses, each once.

    Raises:
        NamingError: One is no e-mail address.
        TypeError: They are no list of text.
        ValueError: There are none.
    """
    if isinstance(emails, (str, bytes)) or not isinstance(emails, Iterable):
        raise TypeError(f"emails must be a list of addresses, not {emails!r}")
    addresses = list(dict.fromkeys(check_email(email) for email in emails))
    if not addresses:
        raise ValueError("There must be at least one address")
    return addresses


def check_email(email: object) -> str:
    """Refuse what mail cannot be sent to.

    Raises:
        NamingError: It is no e-mail address.
        TypeError: It is no text.
    """
    if not isinstance(email, str):
        raise TypeError(f"An e-mail address must be text, not {email!r}")
    if not is_email(email):
        raise NamingError(f"{email!r} is not an e-mail address, as 'ann@example.com' is")
    return email


def _check(noun: str, name: object, maximum: int | None) -> None:
    if not isinstance(name, str):
        raise TypeError(f"{noun} name must be text, not {name!r}")
    if not name.strip():
        raise NamingError(f"{noun} name must have a character that is not a space, not {name!r}")
    if maximum is not None and len(name) > maximum:
        raise NamingError(f"{noun} name can have at most {maximum} characters, not {len(name)}: {name[:20]!r}...")
