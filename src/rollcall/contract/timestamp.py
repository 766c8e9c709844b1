"""The two forms in which times stand on the wire. Inside, a time is an integer: microseconds since 1970, UTC."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache

# Without a zone, and all UTC: what `isoformat` writes of it is the shared part of the forms, at a third of the time.
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


def parse(text: str) -> int | None:
    """The moment that is written as RFC 3339 wants it, or None if none is. What is finer than a microsecond is cut off.

    >>> parse("2020-07-01T07:42:35.365613Z") == parse("2020-07-01t09:42:35.3656139+02:00") == 1593589355365613
    True
    >>> parse("2020-07-01"), parse("2020-02-30T00:00:00Z")
    (None, None)
    """
    if _RFC_3339.fullmatch(text) is None:
        return None
    try:
        moment = datetime.fromisoformat(text.upper())
    except ValueError:
        return None
    offset = moment.utcoffset() or timedelta()
    return (moment.replace(tzinfo=None) - _EPOCH - offset) // timedelta(microseconds=1)


# The same things are told again and again.
@lru_cache(maxsize=1024)
def precise(microseconds: int) -> str:
    """RFC 3339 in UTC with up to six digits of a second, as organizations and users have it.

    >>> precise(1593589355365613)
    '2020-07-01T07:42:35.365613Z'
    >>> precise(1593589350622070)
    '2020-07-01T07:42:30.62207Z'
    >>> precise(1593589350000000)
    '2020-07-01T07:42:30Z'
    """
    text = (_EPOCH + timedelta(microseconds=microseconds)).isoformat()
    return (text.rstrip("0") if "." in text else text) + "Z"


@lru_cache(maxsize=1024)
def seconds(microseconds: int) -> str:
    """Whole seconds with a numeric offset, as workspaces have it.

    >>> seconds(1713114094900000)
    '2024-04-14T17:01:34+00:00'
    """
    return (_EPOCH + timedelta(microseconds=microseconds)).isoformat(timespec="seconds") + "+00:00"


def midnight(microseconds: int) -> str:
    """The start of the day, as `last_modified` of a workspace has it.

    >>> midnight(1713114094900000)
    '2024-04-14T00:00:00Z'
    """
    return (_EPOCH + timedelta(microseconds=microseconds)).date().isoformat() + "T00:00:00Z"
