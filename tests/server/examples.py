"""One request of each operation that makes sense: who may call the operation is not refused for who they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import msgspec

from rollcall.contract.reason import Reason
from tests.server.stage import Ids
from tests.server.world import PASSWORD


class Example(msgspec.Struct, frozen=True):
    """What a request carries beside its path.

    Attributes:
        body: The JSON of it, made of what an organization holds; None for no body.
        query: Its query parameters.
        meets: The refusal that even who may call the operation gets on the stage; None where it succeeds.
    """

    body: Callable[[Ids], Any] | None = None
    query: dict[str, str] = {}
    meets: Reason | None = None

    @property
    def names_things(self) -> bool:
        """Whether the body names anything of the organization."""
        return self.body is not None and self.body(defaultdict(lambda: 1)) != self.body(defaultdict(lambda: 2))


PLAIN = Example()
"""A request that needs nothing but its path."""

_NEW = {"email": "new@example.com", "password": PASSWORD, "tos_accepted": True}

EXAMPLES: dict[str, Example] = {
    "post_signup": Example(lambda _: _NEW, meets=Reason.SIGNUP_CLOSED),
    "put_me": Example(lambda _: {"fullname": "Somebody"}),
    "post_organization": Example(lambda _: {"name": "New", "workspace_name": "New"}),
    "put_organization": Example(lambda _: {"name": "New"}),
    "post_organization_workspaces": Example(lambda ids: {"name": "New", "admins": [ids["user_id"]]}),
    "put_workspace": Example(lambda ids: {"name": "New", "admins": [ids["user_id"]]}),
    "put_organization_users": Example(
        lambda ids: {"groups": [ids["group_id"]], "workspaces": [{"workspace_id": ids["workspace_id"], "role_id": 5}]}
    ),
    "patch_organization_users": Example(lambda ids: {"delete": [ids["organization_user_id"]]}),
    "post_organization_group": Example(
        lambda ids: {"name": "New", "users": [ids["user_id"]], "workspaces": [ids["workspace_id"]]}
    ),
    "put_organization_group": Example(
        lambda ids: {"name": "New", "users": [ids["user_id"]], "workspaces": [ids["workspace_id"]]}
    ),
    "patch_organization_group": Example(
        lambda ids: [
            {"op": "remove", "path": "/users", "value": [ids["user_id"]]},
            {"op": "add", "path": "/workspaces", "value": [ids["workspace_id"]]},
        ]
    ),
    "post_workspace_groups": Example(lambda _: {"name": "New"}),
    "put_workspace_groups": Example(lambda _: {"name": "New"}),
    "get_organization_workspaces_workspaceusers": Example(query={"name": "m"}),
    "get_workspace_workspace_users": Example(query={"includeIndirect": "true"}),
    "patch_organization_workspace_users": Example(lambda ids: {"delete": [ids["workspace_user_id"]]}),
    "put_organization_workspaces_assignments": Example(
        lambda ids: [
            {"operation": "add", "user_id": ids["user_id"]},
            {"operation": "remove", "group_id": ids["group_id"]},
        ]
    ),
    "put_workspace_users": Example(lambda _: {"role_id": 6}),
    "put_workspace_workspace_users": Example(lambda _: {"rate": 40}),
    "post_organization_invitation": Example(
        lambda ids: {
            "emails": ["new@example.com"],
            "workspaces": [{"workspace_id": ids["workspace_id"], "role_id": 5}],
            "groups": [ids["group_id"]],
        }
    ),
    "post_organization_owner_transfer": Example(
        lambda ids: {"new_owner_id": ids["admin_id"]}, meets=Reason.TRANSFER_ONGOING
    ),
    "put_organization_segmentation": Example(lambda _: {"full_name": "Somebody", "members_range": "2-5"}),
    # Who has an organization of their own is not this organization's alone, and everybody on the stage has one.
    "post_workspace_users_lost_password": Example(meets=Reason.SEVERAL_ORGANIZATIONS),
    "post_me_lost_passwords": Example(lambda _: {"email": "member@example.com"}),
    "get_me_lost_passwords": Example(query={"token_code": "0" * 64}, meets=Reason.INVALID_TOKEN_CODE),
    "post_me_lost_passwords_confirm": Example(
        lambda _: {"code": "0" * 64, "password": PASSWORD}, meets=Reason.INVALID_TOKEN_CODE
    ),
}
"""By the id of the operation; what is not here is `PLAIN`."""
