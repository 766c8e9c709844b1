"""Admission: who asks, and whether they may."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from rollcall.contract.operation import Access
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.contract.role import OrganizationRole, WorkspaceRole
from rollcall.server.domain.logins import Proof
from rollcall.server.domain.work import Viewer
from rollcall.server.http.credentials import Session, Token
from rollcall.server.storage import Storage, Transaction
from rollcall.server.storage import admission as rows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rollcall.server.http.routes import Route

Known = Token | Session | Proof
"""What a request can be recognized by in one statement."""


class Unrecognized(Refused):
    """Nobody is known by these credentials, or nobody any more."""


Source = Storage | Transaction
"""Where one statement can be asked."""

_ORGANIZATION_ROLES = {int(role): role for role in OrganizationRole}
_WORKSPACE_ROLES = {int(role): role for role in WorkspaceRole}

_OF_NO_ORGANIZATION = {Access.PUBLIC, Access.OPTIONAL, Access.ACCOUNT}

_ALLOWED: Mapping[Access, Callable[[Viewer], bool]] = {
    Access.MEMBER: lambda _: True,
    Access.WORKSPACE_MEMBER: lambda viewer: viewer.workspace_role is not None or viewer.administers_organization,
    Access.WORKSPACE_LEAD: lambda viewer: viewer.administers_workspace or viewer.leads,
    Access.WORKSPACE_ADMIN: lambda viewer: viewer.administers_workspace,
    Access.SOME_WORKSPACE_LEAD: lambda _: True,
    Access.SOME_WORKSPACE_ADMIN: lambda _: True,
    Access.ORGANIZATION_ADMIN: lambda viewer: viewer.administers_organization,
}
"""Who of an organization may. Where that goes by workspaces the path does not name, the rule itself says the rest."""


class Claim(msgspec.Struct, frozen=True):
    """What somebody asks for, and what they can be recognized by: enough to admit them, and to admit them again.

    Attributes:
        known: None where nobody has to say who they are.
        address: The network address the request came from, where it is known.
        now: The moment of the request, in microseconds since 1970.
    """

    route: Route
    known: Known | None
    address: str | None
    now: int

    async def admit(self, source: Source) -> Viewer | None:
        """Recognize who asks, and hold them to what the operation asks for; None where they need not say who they are.

        Raises:
            Unrecognized: The credentials are not (or no longer) right.
            Refused: They do not reach so far.
        """
        known = self.known
        if known is None:
            return None
        where, ids = self.route.place.kind, self.route.place.ids
        match known:
            case Token():
                # Of bytes, unlike this, Python's SQLite driver looks up each time whether somebody adapts them.
                row = await source.one(rows.BY_TOKEN[where], token_hash=bytearray(known.hash), **ids)
            case Session():
                row = await source.one(rows.BY_SESSION[where], token_hash=known.hash, now=self.now, **ids)
            case Proof():
                row = await source.one(
                    rows.BY_PASSWORD[where], email_key=known.email_key, password_hash=known.password_hash, **ids
                )
        session = known.hash if isinstance(known, Session) else None
        if row is None:
            # A cookie that has run out is no credential at all: the browser is asked to log in anew.
            raise Unrecognized(Reason.WRONG_CREDENTIALS if session is None else Reason.NO_CREDENTIALS)
        viewer = Viewer(
            user_id=row.user_id,
            organization_id=row.organization_id,
            role=_ORGANIZATION_ROLES[row.role] if row.role else None,
            workspace_id=row.workspace_id,
            workspace_role=_WORKSPACE_ROLES[row.workspace_role] if row.workspace_role else None,
            revision=row.revision,
            epoch=row.epoch,
            source="api" if session is None else "web",
            address=self.address,
            session=session,
        )
        _authorize(self.route, viewer)
        return viewer


def _authorize(route: Route, viewer: Viewer) -> None:
    operation = route.operation
    if operation.access in _OF_NO_ORGANIZATION:
        return
    organization_id = route.path.get("organization_id", viewer.organization_id)
    if viewer.organization_id is None or viewer.organization_id != organization_id:
        raise Refused(operation.hidden or operation.denied)
    if not _ALLOWED[operation.access](viewer):
        raise Refused(operation.denied)
