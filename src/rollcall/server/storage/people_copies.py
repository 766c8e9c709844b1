"""What is copied into the row of each organization user, so that a page reads one row for each person.

`fullname` and `email` are those of the account; whoever changes an account tells its organizations. The others are kept
by triggers (revision 0004): `in_workspaces` and `in_groups` are JSON, `invitation_id` is that of the newest invitation
that is not answered. Names of workspaces and groups are not copied: everybody may have the same one.
"""

from __future__ import annotations

from types import NoneType
from typing import NamedTuple

import msgspec

from rollcall.server.storage.dialect import translated
from rollcall.server.storage.statement import Statement


class Place(NamedTuple):
    """What is copied of a row of `workspace_users`, in this order, under the id of the workspace.

    Attributes:
        id: Of the workspace user; it stays JSON, because it is only passed on.
    """

    id: msgspec.Raw
    role_id: int
    inactive: bool
    rate: float | None
    labor_cost: float | None
    working_hours_in_minutes: int | None
    view_edit_billable_rates: bool
    view_edit_labor_costs: bool


# The sum keeps PostgreSQL from reading all invitations of an organization backwards, to meet the newest of somebody.
_COPIES = {
    "in_workspaces": f"""
        (SELECT COALESCE(CAST({{object}}(CAST(w.workspace_id AS TEXT),
            {{tuple}}({", ".join(f"w.{column}" for column in Place._fields)})) AS TEXT), '{{{{}}}}')
         FROM (SELECT * FROM workspace_users u
               WHERE u.organization_id = [row].organization_id AND u.user_id = [row].user_id ORDER BY u.id) w)
    """,
    "in_groups": """
        (SELECT COALESCE(CAST({list}(g.group_id) AS TEXT), '[]')
         FROM (SELECT * FROM group_users u
               WHERE u.organization_id = [row].organization_id AND u.user_id = [row].user_id ORDER BY u.group_id) g)
    """,
    "invitation_id": """
        (SELECT MAX(i.id + 0) FROM invitations i
         WHERE i.organization_id = [row].organization_id AND i.user_id = [row].user_id AND i.settled_at IS NULL)
    """,
}


def copied(column: str, row: str) -> Statement[None]:
    """Copies anew what is kept of one person.

    Args:
        column: `in_workspaces`, `in_groups` or `invitation_id`.
        row: What names the person, in the body of a trigger: `NEW` or `OLD`.
    """
    return translated(
        f"""
        UPDATE organization_users SET {column} = {_COPIES[column].replace("[row]", row)}
        WHERE organization_id = {row}.organization_id AND user_id = {row}.user_id
        """,
        NoneType,
    )


def all_copied() -> Statement[None]:
    """Copies everything of everybody anew, for who has written in bulk."""
    kept = ", ".join(f"{column} = {copy.replace('[row]', 'organization_users')}" for column, copy in _COPIES.items())
    return translated(
        f"""
        UPDATE organization_users SET
          fullname = (SELECT u.fullname FROM users u WHERE u.id = organization_users.user_id),
          email = (SELECT u.email FROM users u WHERE u.id = organization_users.user_id),
          {kept}
        """,
        NoneType,
    )
