"""The index in which parts of names and addresses are found.

Each person is indexed under every three characters that stand side by side in their name or their address, and under
the one or two at the end of it. So a shorter part is the beginning of some entry. The organization stands first in
each entry: an organization's search never meets another's people, however many they are. Entries are the hex of UTF-16,
four digits for a character (an emoji counts for two), so that nothing in a name is syntax of SQLite's FTS5 or of
PostgreSQL's tsquery.
"""

from __future__ import annotations

from types import NoneType

from rollcall.server.storage.memberships import NamedRow
from rollcall.server.storage.row import columns
from rollcall.server.storage.statement import Statement

_CHARACTER = 4
_LENGTH = 3 * _CHARACTER
# More entries of a long part would find the same people: each costs a look-up, and what is found is compared anyway.
_ENOUGH = 8


def entries_of(organization_id: int, name_key: str, email_key: str) -> str:
    """What somebody is indexed under, separated by spaces.

    >>> entries_of(10, "abcd", "bcd")
    'ag006100620063 ag006200630064 ag00630064 ag0064'
    """
    pieces = {
        text[start : start + _LENGTH]
        for text in (_hex(name_key), _hex(email_key))
        for start in range(0, len(text), _CHARACTER)
    }
    scope = _scope(organization_id)
    return scope + f" {scope}".join(sorted(pieces))


def query_for(organization_id: int, part: str) -> str:
    """What finds everybody whose name or address has a part, and perhaps others: entries, all of which they must have.

    >>> query_for(10, "abcd"), query_for(10, "a")
    ('ag006100620063 ag006200630064', 'ag0061*')
    """
    text, scope = _hex(part), _scope(organization_id)
    if len(text) < _LENGTH:
        return f"{scope}{text}*"
    last = len(text) // _CHARACTER - _LENGTH // _CHARACTER
    starts = sorted({last * n // _ENOUGH * _CHARACTER for n in range(_ENOUGH + 1)})
    return " ".join(scope + text[start : start + _LENGTH] for start in starts)


def _scope(organization_id: int) -> str:
    return f"{organization_id:x}g"


def _hex(text: str) -> str:
    return text.encode("utf-16-be").hex()


ADD = Statement(
    "",
    NoneType,
    sqlite="INSERT INTO people_search (rowid, entries) VALUES (:organization_user_id, :entries)",
    postgresql="""
    INSERT INTO people_search (organization_id, organization_user_id, entries)
    VALUES (:organization_id, :organization_user_id, array_to_tsvector(string_to_array(:entries, ' ')))
    """,
)

REMOVE = Statement(
    "",
    NoneType,
    sqlite="""
    INSERT INTO people_search (people_search, rowid, entries) VALUES ('delete', :organization_user_id, :entries)
    """,
    postgresql="""
    DELETE FROM people_search
    WHERE organization_id = :organization_id AND organization_user_id = :organization_user_id
    """,
)
"""FTS5 keeps entries only, so it must be told which ones to remove: those under which the person was indexed."""

EVERYBODY = Statement(
    f"""
    SELECT {columns(NamedRow, "m")} FROM organization_users m
    WHERE m.organization_id = :organization_id AND m.id > :last
    ORDER BY m.id LIMIT 1000
    """,
    NamedRow,
)
"""The next people after one, by their ids."""
