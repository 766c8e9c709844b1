"""Docstrings in Google style, read: what they say of a type, and of each of its attributes."""

from __future__ import annotations

import inspect
import re
from functools import cache
from typing import NamedTuple

_ATTRIBUTE = re.compile(r"(\w+): (.*)")


class Docstring(NamedTuple):
    """What a docstring says.

    Attributes:
        text: Of the whole, as paragraphs of one line each.
        attributes: Of each attribute, by its name.
    """

    text: str
    attributes: dict[str, str]


@cache
def docstring_of(described: type) -> Docstring:
    """What a class says of itself; of attributes also what the classes say that it is made from.

    >>> docstring_of(Docstring).attributes["text"]
    'Of the whole, as paragraphs of one line each.'
    """
    attributes: dict[str, str] = {}
    for base in reversed(described.__mro__):
        attributes |= _attributes(inspect.cleandoc(base.__doc__ or "").partition("\nAttributes:\n")[2])
    text = inspect.cleandoc(described.__doc__ or "").partition("Attributes:\n")[0]
    return Docstring("\n\n".join(" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n")), attributes)


def _attributes(section: str) -> dict[str, str]:
    found: dict[str, str] = {}
    name = ""
    for line in section.splitlines():
        indented = line.removeprefix("    ")
        if starts := _ATTRIBUTE.fullmatch(indented):
            name = starts[1]
            found[name] = starts[2]
        elif indented.startswith("    "):
            found[name] += " " + indented.strip()
        else:
            break
    return found
