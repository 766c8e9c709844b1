"""What should become of organizations and their people, in plain Python: what the lifecycle test compares with.

Each change answers why it is refused, or None where it is done.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from rollcall.contract.reason import Reason
from rollcall.contract.role import OrganizationRole, WorkspaceRole


def key(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip()).casefold()


@dataclass
class Person:
    """Somebody with an account."""

    id: int
    email: str
    name: str
    token: str

    @property
    def auth(self) -> tuple[str, str]:
        return self.token, "api_token"


@dataclass
class Membership:
    """What somebody is in an organization."""

    role: OrganizationRole
    joined: bool = True
    inactive: bool = False


@dataclass
class Place:
    """A workspace, and who is in it directly."""

    id: int
    name: str
    people: dict[int, WorkspaceRole] = field(default_factory=dict)


@dataclass
class Organization:
    """An organization and everything in it."""

    id: int
    name: str
    owner: int
    people: dict[int, Membership] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)

    def is_active(self, person: Person) -> bool:
        membership = self.people.get(person.id)
        return membership is not None and membership.joined and not membership.inactive

    def is_admin(self, person: Person) -> bool:
        return self.is_active(person) and self.people[person.id].role.administers

    def role_in(self, place: Place, person: Person) -> WorkspaceRole | None:
        """What somebody who is active is in a workspace."""
        return place.people.get(person.id) if self.is_active(person) else None

    @property
    def admins(self) -> list[int]:
        return [
            user_id
            for user_id, membership in self.people.items()
            if membership.role.administers and membership.joined and not membership.inactive
        ]

    def rename(self, who: Person, name: str) -> Reason | None:
        if not self.is_admin(who):
            return Reason.FORBIDDEN
        if refused := _check(name):
            return refused
        self.name = name.strip()
        return None

    def may_make_place(self, who: Person, name: str) -> Reason | None:
        if not self.is_admin(who):
            return Reason.FORBIDDEN
        return _check(name) or self._taken(name, None)

    def add_place(self, workspace_id: int, name: str) -> None:
        self.places[workspace_id] = Place(workspace_id, name.strip(), dict.fromkeys(self.admins, WorkspaceRole.ADMIN))

    def rename_place(self, who: Person, place: Place, name: str) -> Reason | None:
        if self.role_in(place, who) is not WorkspaceRole.ADMIN:
            return Reason.FORBIDDEN
        if refused := _check(name) or self._taken(name, place):
            return refused
        place.name = name.strip()
        return None

    def name_admins(self, who: Person, place: Place, named: list[int]) -> Reason | None:
        if self.role_in(place, who) is not WorkspaceRole.ADMIN:
            return Reason.FORBIDDEN
        for user_id in named:
            if user_id not in self.people:
                return Reason.ADMIN_UNKNOWN
            if self.people[user_id].inactive or not self.people[user_id].joined:
                return Reason.ADMIN_INACTIVE
        if not {*named} <= place.people.keys():
            return Reason.ADMIN_INACTIVE
        for user_id, role in place.people.items():
            if user_id in named or user_id in self.admins:
                place.people[user_id] = WorkspaceRole.ADMIN
            elif role is WorkspaceRole.ADMIN:
                place.people[user_id] = WorkspaceRole.USER
        return None

    def leave(self, who: Person) -> Reason | None:
        """The organization is deleted where nobody is left."""
        if not self.is_active(who):
            return Reason.NOT_A_MEMBER
        others = [each for each, membership in self.people.items() if membership.joined and each != who.id]
        if others and who.id == self.owner:
            return Reason.OWNER_STAYS
        if others:
            self.remove(who.id)
        else:
            self.people.clear()
        return None

    def join(self, person: Person, role: OrganizationRole) -> None:
        self.people[person.id] = Membership(role)
        if role.administers:
            for place in self.places.values():
                place.people[person.id] = WorkspaceRole.ADMIN

    def remove(self, user_id: int) -> None:
        del self.people[user_id]
        for place in self.places.values():
            place.people.pop(user_id, None)

    def _taken(self, name: str, own: Place | None) -> Reason | None:
        taken = any(key(place.name) == key(name) for place in self.places.values() if place is not own)
        return Reason.NAME_TAKEN if taken else None


def _check(name: str) -> Reason | None:
    if not name.strip():
        return Reason.NAME_EMPTY
    return Reason.NAME_TOO_LONG if len(name.strip()) > 140 else None
