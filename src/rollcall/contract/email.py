"""What counts as an e-mail address."""

from __future__ import annotations

import re
import unicodedata

# The rule of HTML's <input type=email>, but with any letters, and nothing that does not print.
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\\\"]+@[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*")

MAXIMUM_EMAIL = 254
"""Characters in an address (RFC 5321's limit on a path)."""


def is_email(text: str) -> bool:
    """Whether mail could be sent to `text`: one address, nothing around it.

    >>> is_email("ann@example.invalid"), is_email("ann@example"), is_email("Ann <ann@example.com>"), is_email("ann")
    (True, True, False, False)
    """
    return (
        len(text) <= MAXIMUM_EMAIL
        and _ADDRESS.fullmatch(text) is not None
        # The start of an encoded word (RFC 2047): mail software would decode it to another address.
        and "=?" not in text
        and not any(unicodedata.category(character) in {"Cc", "Cf", "Cs"} for character in text)
    )
