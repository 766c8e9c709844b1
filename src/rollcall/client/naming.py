"""Names that an organization and its first workspace cannot have: refused before a request is spent on them."""

from __future__ import annotations

from rollcall.contract.name import MAXIMUM_NAME


class NamingError(ValueError):
    """A name is empty, too long, or has characters that it cannot have."""


def check_organization_name(name: str) -> None:
    """Refuse what no organization can be called.

    Raises:
        NamingError: It is empty, only spaces, or longer than 140 characters.
        TypeError: It is no text.
    """
    _check("An organization", name)


def check_workspace_name(name: str) -> None:
    """Refuse what the first workspace of an organization cannot be called here.

    Raises:
        NamingError: It is empty, longer than 140 characters, or has a space.
        TypeError: It is no text.
    """
    _check("A workspace", name)
    if any(character.isspace() for character in name):
        raise NamingError(f"A workspace name cannot have spaces here: {name!r}; {'-'.join(name.split())!r} would do")


def _check(noun: str, name: str) -> None:
    if not isinstance(name, str):
        raise TypeError(f"{noun} name must be text, not {name!r}")
    if not name.strip():
        raise NamingError(f"{noun} name must have a character that is not a space, not {name!r}")
    if len(name) > MAXIMUM_NAME:
        raise NamingError(f"{noun} name can have at most {MAXIMUM_NAME} characters, not {len(name)}: {name[:20]!r}...")
