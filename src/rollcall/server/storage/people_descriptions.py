"""What a list says of each organization user, kept in their row: a page reads that and puts nothing together.

The column `description` has the fields of a `Person`. `UNIT` stands between them, and between one person and the next:
JSON has it only escaped, so that nothing need be parsed to take a page apart.

Triggers keep it (revision 0005), whatever writes. Names of workspaces and groups are not in it, for everybody may have
the same one. `fullname` and `email` are copies of what the account has; whoever changes that tells its organizations.
"""

from __future__ import annotations

from types import NoneType
from typing import NamedTuple

from rollcall.server.storage.dialect import translated
from rollcall.server.storage.statement import Statement

UNIT = "\x1f"
UNIT_IN_SQL = f"{{character}}({ord(UNIT)})"


class Place(NamedTuple):
    """What somebody is in a workspace.

    Attributes:
        has_amounts: Whether one of `Amounts` is set.
    """

    workspace_id: int
    role_id: int
    inactive: bool
    view_edit_billable_rates: bool
    view_edit_labor_costs: bool
    has_amounts: bool


class Shape(NamedTuple):
    """What somebody has in common with many.

    Attributes:
        elsewhere: Whether they belong to another organization too.
        places: In the order in which they came there.
    """

    role_id: int
    joined: bool
    inactive: bool
    elsewhere: bool
    places: tuple[Place, ...]


class Amounts(NamedTuple):
    """What is set of somebody in a workspace."""

    rate: float | None
    labor_cost: float | None
    working_hours_in_minutes: int | None


class Person(NamedTuple):
    """One of the people of an organization, for lists: the first four are taken apart, the others go into replies.

    Attributes:
        shape: A `Shape`: who has the same text is alike.
        group_ids: Of their groups.
        amounts: Their `Amounts` in each place that has some.
        workspace_users: Their ids, in the order of the places, with commas between them.
        id: Of the organization user.
        invitation_id: Of the newest invitation that they have not answered, or null.
        created_at: In RFC 3339, as is `updated_at`.
    """

    shape: str
    group_ids: str
    amounts: str
    workspace_users: str
    id: str
    user_id: str
    fullname: str
    email: str
    invitation_id: str
    created_at: str
    updated_at: str


# A person's organizations are found in the directory, whoever they belong to. For EXISTS, PostgreSQL would read all of
# the directory.
_ELSEWHERE = """
    ((SELECT 1 FROM user_organizations d JOIN organizations o ON o.id = d.organization_id
      WHERE d.user_id = organization_users.user_id AND d.organization_id <> organization_users.organization_id
        AND o.deleted_at IS NULL
      LIMIT 1) IS NOT NULL)
"""
# The sum keeps PostgreSQL from reading all invitations of an organization backwards, to meet the newest of somebody.
_INVITATION = """
    (SELECT MAX(i.id + 0) FROM invitations i
     WHERE i.organization_id = organization_users.organization_id AND i.user_id = organization_users.user_id
       AND i.settled_at IS NULL)
"""
_HAS_AMOUNTS = "(" + " OR ".join(f"w.{name} IS NOT NULL" for name in Amounts._fields) + ")"


def _gathered(values: str, table: str, order: str, condition: str = "TRUE") -> str:
    """SQL that gathers what a table has of a person in rows, called `w`."""
    return f"""
        (SELECT {values} FROM (
          SELECT * FROM {table} t
          WHERE t.organization_id = organization_users.organization_id AND t.user_id = organization_users.user_id
          ORDER BY t.{order}) w WHERE {condition})
    """


def _list(value: str, table: str, order: str, condition: str = "TRUE") -> str:
    return _gathered(f"COALESCE({{list}}({value}), '[]')", table, order, condition)


def _columns(row: str, fields: tuple[str, ...], **others: str) -> str:
    """SQL for the columns of a row that fields are called after, or for what others are instead."""
    return ", ".join(others.get(name, f"{row}.{name}") for name in fields)


_PLACE = _columns("w", Place._fields, has_amounts=_HAS_AMOUNTS)
_PLACES = _list(f"{{tuple}}({_PLACE})", "workspace_users", "id")
_SHAPE = _columns("organization_users", Shape._fields, elsewhere=_ELSEWHERE, places=f"{{json}}({_PLACES})")
_PERSON = Person(
    shape=f"{{tuple}}({_SHAPE})",
    group_ids=_list("w.group_id", "group_users", "group_id"),
    amounts=_list(f"{{tuple}}({_columns('w', Amounts._fields)})", "workspace_users", "id", _HAS_AMOUNTS),
    workspace_users=_gathered("COALESCE({joined}(CAST(w.id AS TEXT), ','), '')", "workspace_users", "id"),
    id="organization_users.id",
    user_id="organization_users.user_id",
    fullname="{quoted}(organization_users.fullname)",
    email="{quoted}(organization_users.email)",
    invitation_id=f"COALESCE(CAST({_INVITATION} AS TEXT), 'null')",
    created_at="{quoted}({moment:organization_users.created_at})",
    updated_at="{quoted}({moment:organization_users.updated_at})",
)
_DESCRIPTION = f" || {UNIT_IN_SQL} || ".join(f"CAST({each} AS TEXT)" for each in _PERSON)


def described(condition: str) -> Statement[None]:
    """Describes organization users anew.

    Args:
        condition: SQL that tells which of `organization_users`.
    """
    return translated(f"UPDATE organization_users SET description = {_DESCRIPTION} WHERE {condition}", NoneType)
