"""What a list says of each organization user, kept in their row: a page reads that and puts nothing together.

The column `description` is JSON: a `Person`. Triggers keep it (revision 0005), whatever writes. Names of workspaces and
groups are not in it, for everybody may have the same one. `fullname` and `email`, from which it has those of the
account, are copies too; whoever changes an account tells its organizations.
"""

from __future__ import annotations

from types import NoneType
from typing import NamedTuple

import msgspec

from rollcall.server.storage.dialect import translated
from rollcall.server.storage.statement import Statement


class Person(NamedTuple):
    """What a list says of somebody but for names that many share. What is only passed on stays JSON.

    Attributes:
        shape: The JSON of their `Shape`, by which those are told who are alike.
        group_ids: The JSON of the ids of their groups, in their order.
        user_id: Of the account.
        own: In the order of `Own`, what nobody else has.
        workspace_users: Their ids, in the order of `Shape.places`.
        amounts: For each of those places that has some, rate, labor cost and working hours in minutes.
    """

    shape: str
    group_ids: str
    user_id: int
    own: list[msgspec.Raw]
    workspace_users: list[msgspec.Raw]
    amounts: list[tuple[float | None, float | None, int | None]]


class Own(NamedTuple):
    """What is somebody's own.

    Attributes:
        id: Of the organization user.
        invitation_id: Of the newest invitation that they have not answered, or null.
        created_at: In RFC 3339, as is `updated_at`.
    """

    id: msgspec.Raw
    user_id: msgspec.Raw
    fullname: msgspec.Raw
    email: msgspec.Raw
    invitation_id: msgspec.Raw
    created_at: msgspec.Raw
    updated_at: msgspec.Raw


class Place(NamedTuple):
    """What somebody is in a workspace.

    Attributes:
        has_amounts: Whether one of their rate, labor cost and working hours is set.
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
_HAS_AMOUNTS = "(w.rate IS NOT NULL OR w.labor_cost IS NOT NULL OR w.working_hours_in_minutes IS NOT NULL)"


def _listed(values: str, table: str, order: str, condition: str = "TRUE") -> str:
    """SQL for a list of what a table has of a person in rows, called `w`."""
    return f"""
        {{json}}((SELECT COALESCE({{list}}({values}), '[]') FROM (
          SELECT * FROM {table} t
          WHERE t.organization_id = organization_users.organization_id AND t.user_id = organization_users.user_id
          ORDER BY t.{order}) w WHERE {condition}))
    """


def _columns(row: str, fields: tuple[str, ...], **others: str) -> str:
    """SQL for the columns of a row that fields are called after, or what others are instead."""
    return ", ".join(others.get(name, f"{row}.{name}") for name in fields)


def _text(json: str) -> str:
    """SQL for JSON as a text. Joined to something, it is one like any other to SQLite too."""
    return f"CAST({json} AS TEXT) || ''"


_PLACE = _columns("w", Place._fields, has_amounts=_HAS_AMOUNTS)
_SHAPE = _columns(
    "organization_users",
    Shape._fields,
    elsewhere=_ELSEWHERE,
    places=_listed(f"{{tuple}}({_PLACE})", "workspace_users", "id"),
)
_OWN = _columns(
    "organization_users",
    Own._fields,
    invitation_id=_INVITATION,
    created_at="{moment:organization_users.created_at}",
    updated_at="{moment:organization_users.updated_at}",
)
_PERSON = _columns(
    "organization_users",
    Person._fields,
    shape=_text(f"{{tuple}}({_SHAPE})"),
    group_ids=_text(_listed("w.group_id", "group_users", "group_id")),
    own=f"{{tuple}}({_OWN})",
    workspace_users=_listed("w.id", "workspace_users", "id"),
    amounts=_listed("{tuple}(w.rate, w.labor_cost, w.working_hours_in_minutes)", "workspace_users", "id", _HAS_AMOUNTS),
)


def described(condition: str) -> Statement[None]:
    """Describes organization users anew.

    Args:
        condition: SQL that tells which of `organization_users`.
    """
    return translated(
        f"UPDATE organization_users SET description = CAST({{tuple}}({_PERSON}) AS TEXT) WHERE {condition}", NoneType
    )
