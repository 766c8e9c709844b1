"""Rules for the names that people give: to organizations, workspaces, groups and themselves."""

from __future__ import annotations

import unicodedata

MAXIMUM_NAME = 140
"""Characters in the name of an organization or a workspace."""

MAXIMUM_GROUP_NAME = 200
"""Characters in the name of a group."""


def name_key(name: str) -> str:
    r"""What decides order, uniqueness and filters: two names with one key are one name.

    It is made here and compared bytewise, so that SQLite and PostgreSQL agree whatever their collations.

    >>> name_key("  E\u0301cole  ") == name_key("\u00e9COLE")
    True
    """
    return unicodedata.normalize("NFC", name.strip()).casefold()


def is_storable(text: str) -> bool:
    """Whether a text can be kept by both databases: no NUL, no lone surrogate."""
    return "\x00" not in text and (text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text))
