"""A document: a reply that is not JSON."""

from __future__ import annotations

import msgspec


class Document(msgspec.Struct, frozen=True):
    """Something to look at or to keep.

    Attributes:
        media_type: What kind of thing it is, such as `application/pdf`.
        file_name: What to call it where it is kept: ASCII letters, digits, dots, dashes and underscores.
        content: Its bytes.
    """

    media_type: str
    file_name: str
    content: bytes
