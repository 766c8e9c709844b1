"""One request's unit of work: who asks, when, in which transaction, and by which rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from rollcall.contract.role import OrganizationRole, WorkspaceRole

if TYPE_CHECKING:
    from rollcall.server.domain.passwords import Passwords
    from rollcall.server.domain.people_counts import Counts
    from rollcall.server.domain.people_names import Names
    from rollcall.server.keyring import Keyring
    from rollcall.server.settings import Settings
    from rollcall.server.storage import Transaction


class Viewer(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks, and what they are in the organization and the workspace that the request names.

    Attributes:
        revision: Of the organization, when they were seen to be that.
        epoch: Of the database then.
        source: How they came: through the console (`web`) or the API (`api`).
        address: The network address they came from, where it is known.
        session: The hash of their session's token, if they came by one.
    """

    user_id: int
    organization_id: int | None = None
    role: OrganizationRole | None = None
    workspace_id: int | None = None
    workspace_role: WorkspaceRole | None = None
    revision: int | None = None
    epoch: str | None = None
    source: str = "api"
    address: str | None = None
    session: bytes | None = None

    @property
    def administers_organization(self) -> bool:
        """Whether they are an admin of the organization; its owner is one."""
        return self.role is not None and self.role.administers

    @property
    def administers_workspace(self) -> bool:
        """Whether they have an admin's rights in the workspace."""
        return self.administers_organization or self.workspace_role is WorkspaceRole.ADMIN

    @property
    def leads(self) -> bool:
        """Whether they are shown the groups of the workspace that they are in."""
        return self.workspace_role in (WorkspaceRole.TEAM_LEAD, WorkspaceRole.PROJECT_LEAD)


class Service(msgspec.Struct, frozen=True):
    """What lasts as long as the server: its rules, its secrets, and what it has counted and remembers."""

    settings: Settings
    keyring: Keyring
    passwords: Passwords
    counts: Counts
    names: Names


class Work:
    """What a rule needs to do its part of one request.

    Attributes:
        transaction: Where everything is read and written.
        service: The server's rules and secrets.
        now: The moment of the request, in microseconds since 1970.
        source: How it came: through the console (`web`), the API (`api`), or the operator's command (`operator`).
    """

    __slots__ = ("_viewer", "now", "service", "source", "transaction")

    def __init__(
        self, transaction: Transaction, service: Service, viewer: Viewer | None, now: int, *, source: str = "api"
    ) -> None:
        self.transaction = transaction
        self.service = service
        self.now = now
        self.source = viewer.source if viewer else source
        self._viewer = viewer

    @property
    def viewer(self) -> Viewer:
        """Who asks.

        Raises:
            LookupError: Nobody was asked to say who they are.
        """
        if self._viewer is None:
            raise LookupError("nobody is known to have asked")
        return self._viewer

    def by(self, user_id: int) -> Work:
        """The same work as somebody's own doing: of who has shown by a code, not by logging in, who they are."""
        if self._viewer is not None and self._viewer.user_id == user_id:
            return self
        return Work(self.transaction, self.service, Viewer(user_id=user_id), self.now)

    @property
    def asked_by(self) -> Viewer | None:
        """Who asks, or None for the operator and for who has no account yet."""
        return self._viewer
