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

    @property
    def administers(self) -> bool:
        """Whether they are an admin in fact."""
        return self.role.administers and self.joined and not self.inactive


@dataclass
class Way:
    """How somebody is in a workspace: directly, or through groups only."""

    role: WorkspaceRole
    direct: bool


@dataclass
class Place:
    """A workspace, and who is in it."""

    id: int
    name: str
    people: dict[int, Way] = field(default_factory=dict)


@dataclass
class Group:
    """A group: its people, and its workspaces."""

    id: int
    name: str
    people: set[int]
    places: set[int]


@dataclass
class Transfer:
    """A transfer of ownership that is going on: who is to own, and which sides have accepted."""

    id: int
    requester: int
    new_owner: int
    accepted: set[int]


@dataclass
class Organization:
    """An organization and everything in it."""

    id: int
    name: str
    owner: int
    people: dict[int, Membership] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)
    groups: dict[int, Group] = field(default_factory=dict)
    transfer: Transfer | None = None
    codes: dict[int, str] = field(default_factory=dict)
    inviters: dict[int, int] = field(default_factory=dict)
    """Of the invitations that wait for an answer, by who is invited."""

    def is_active(self, person: Person) -> bool:
        membership = self.people.get(person.id)
        return membership is not None and membership.joined and not membership.inactive

    def is_admin(self, person: Person) -> bool:
        return person.id in self.people and self.people[person.id].administers

    def role_in(self, place: Place, person: Person) -> WorkspaceRole | None:
        """What somebody who is active is in a workspace."""
        return place.people[person.id].role if person.id in place.people and self.is_active(person) else None

    @property
    def admins(self) -> list[int]:
        return [user_id for user_id, membership in self.people.items() if membership.administers]

    # The organization and its workspaces

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
        return _check(name) or _taken(self.places, name, None)

    def add_place(self, workspace_id: int, name: str) -> None:
        ways = {user_id: Way(WorkspaceRole.ADMIN, direct=True) for user_id in self.admins}
        self.places[workspace_id] = Place(workspace_id, name.strip(), ways)

    def rename_place(self, who: Person, place: Place, name: str) -> Reason | None:
        if self.role_in(place, who) is not WorkspaceRole.ADMIN:
            return Reason.FORBIDDEN
        if refused := _check(name) or _taken(self.places, name, place):
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
        for user_id, way in place.people.items():
            if user_id in named or user_id in self.admins:
                way.role = WorkspaceRole.ADMIN
            elif way.role is WorkspaceRole.ADMIN:
                way.role = WorkspaceRole.USER
        return None

    # Its people

    def join(self, person: Person, role: OrganizationRole) -> None:
        self.people[person.id] = Membership(role)
        if role.administers:
            self._put_everywhere(person.id)

    def may_invite(self, who: Person, whom: Person) -> Reason | None:
        if not self.is_admin(who):
            return Reason.FORBIDDEN
        known = self.people.get(whom.id)
        return Reason.INACTIVE_MEMBER if known and known.inactive else None

    def invite(self, who: Person, whom: Person, place: Place, code: str | None) -> None:
        """Who has joined already gets no code."""
        self.people.setdefault(whom.id, Membership(OrganizationRole.MEMBER, joined=False))
        way = place.people.get(whom.id)
        if way is None or not way.direct:
            place.people[whom.id] = Way(WorkspaceRole.USER, direct=True)
        if code is not None:
            self.codes[whom.id] = code
            self.inviters[whom.id] = who.id

    def accept(self, who: Person, whom: int) -> Reason | None:
        membership = self.people[whom]
        if who.id != whom or membership.inactive or not self._may_still_give(self.inviters[whom], whom):
            return Reason.FORBIDDEN
        del self.codes[whom]
        membership.joined = True
        if membership.administers:
            self._put_everywhere(whom)
        return None

    def _may_still_give(self, inviter: int, whom: int) -> bool:
        """Whether who invited somebody could now give them all that waits. Nobody here has proved an address."""
        membership = self.people.get(inviter)
        if membership is None or not membership.joined or membership.inactive:
            return False
        if membership.administers:
            return True
        administered = {
            id(place)
            for place in self.places.values()
            if inviter in place.people and place.people[inviter].role is WorkspaceRole.ADMIN
        }
        waiting = {id(place) for place in self.places.values() if whom in place.people}
        return bool(administered) and not self.people[whom].role.administers and waiting <= administered

    def change_role(self, who: Person, whom: Person, role: OrganizationRole) -> Reason | None:
        if not self.is_admin(who):
            return Reason.FORBIDDEN
        membership = self.people[whom.id]
        if membership.role is role:
            return None
        if whom.id == self.owner:
            return Reason.OWNER_STAYS_ADMIN if role is OrganizationRole.MEMBER else Reason.INVALID_ORGANIZATION_ROLE
        membership.role = role
        if membership.administers:
            self._put_everywhere(whom.id)
        if role is OrganizationRole.MEMBER:
            self._release(whom.id)
            for place in self.places.values():
                if whom.id in place.people and place.people[whom.id].role is WorkspaceRole.ADMIN:
                    place.people[whom.id].role = WorkspaceRole.USER
        return None

    def set_inactive(self, who: Person, whom: Person, *, inactive: bool) -> Reason | None:
        if not self.is_admin(who):
            return Reason.FORBIDDEN
        if inactive and whom.id == self.owner:
            return Reason.OWNER_STAYS_ACTIVE
        membership = self.people[whom.id]
        did = membership.administers
        membership.inactive = inactive
        if membership.administers and not did:
            self._put_everywhere(whom.id)
        if inactive:
            self._release(whom.id)
        return None

    def expel(self, who: Person, whom: Person) -> Reason | None:
        if not self.is_admin(who):
            return Reason.FORBIDDEN
        if whom.id == self.owner:
            return Reason.OWNER_STAYS
        self._remove(whom.id)
        return None

    def leave(self, who: Person) -> Reason | None:
        """The organization is deleted where nobody is left."""
        if not self.is_active(who):
            return Reason.NOT_A_MEMBER
        others = [each for each, membership in self.people.items() if membership.joined and each != who.id]
        if others and who.id == self.owner:
            return Reason.OWNER_STAYS
        if others:
            self._remove(who.id)
        else:
            self.people.clear()
            self.codes.clear()
        return None

    # Its groups

    def may_make_group(self, who: Person, name: str, people: set[int]) -> Reason | None:
        if not self.is_admin(who):
            return Reason.FORBIDDEN
        return _check(name, 200) or _taken(self.groups, name, None) or self._strangers(people)

    def add_group(self, group_id: int, name: str, people: set[int], places: set[int]) -> None:
        self.groups[group_id] = Group(group_id, name.strip(), people, places)
        self._settle()

    def change_group(self, who: Person, group: Group, people: set[int], places: set[int]) -> Reason | None:
        if not self.is_admin(who):
            return Reason.FORBIDDEN
        if refused := self._strangers(people - group.people):
            return refused
        group.people, group.places = people, places
        self._settle()
        return None

    def delete_group(self, who: Person, group: Group) -> Reason | None:
        if not self.is_admin(who):
            return Reason.FORBIDDEN
        del self.groups[group.id]
        self._settle()
        return None

    # Assignments

    def assign(self, who: Person, place: Place, whom: Person) -> Reason | None:
        if self.role_in(place, who) is not WorkspaceRole.ADMIN:
            return Reason.FORBIDDEN
        if whom.id not in self.people:
            return Reason.USER_NOT_IN_ORGANIZATION
        place.people.setdefault(whom.id, Way(WorkspaceRole.USER, direct=True)).direct = True
        return None

    def take_out(self, who: Person, place: Place, whom: Person) -> Reason | None:
        if self.role_in(place, who) is not WorkspaceRole.ADMIN:
            return Reason.FORBIDDEN
        if whom.id not in self.people:
            return Reason.USER_NOT_IN_ORGANIZATION
        way = place.people.get(whom.id)
        if way is None:
            return None
        if not way.direct:
            return Reason.USER_NOT_IN_ORGANIZATION
        if whom.id == self.owner:
            return Reason.OWNER_STAYS
        if self.people[whom.id].administers:
            return Reason.ADMIN_STAYS
        way.direct = False
        way.role = WorkspaceRole.USER
        self._settle()
        return None

    # Its ownership

    def may_ask_for_transfer(self, who: Person, new_owner: Person) -> Reason | None:
        if not self.is_admin(who):
            return Reason.FORBIDDEN
        if new_owner.id == self.owner:
            return Reason.ALREADY_OWNER
        if not self.is_admin(new_owner):
            return Reason.NEW_OWNER_NOT_ADMIN
        return Reason.TRANSFER_ONGOING if self.transfer else None

    def answer(self, who: Person, action: str) -> Reason | None:
        if not self.is_admin(who):
            return Reason.OWNER_NOT_FOUND if not self.is_active(who) else Reason.FORBIDDEN
        transfer = self.transfer
        assert transfer is not None
        if who.id not in ({transfer.requester} if action == "withdraw" else {self.owner, transfer.new_owner}):
            return Reason.FORBIDDEN
        if action != "accept":
            self.transfer = None
            return None
        transfer.accepted.add(who.id)
        if transfer.accepted == {self.owner, transfer.new_owner}:
            self.people[self.owner].role = OrganizationRole.ADMIN
            self.people[transfer.new_owner].role = OrganizationRole.OWNER
            self.owner = transfer.new_owner
            self.transfer = None
        return None

    # What hangs on it

    def _put_everywhere(self, user_id: int) -> None:
        for place in self.places.values():
            place.people[user_id] = Way(WorkspaceRole.ADMIN, direct=True)

    def _remove(self, user_id: int) -> None:
        del self.people[user_id]
        self.codes.pop(user_id, None)
        self._release(user_id)
        for place in self.places.values():
            place.people.pop(user_id, None)
        for group in self.groups.values():
            group.people.discard(user_id)

    def _release(self, user_id: int) -> None:
        """A side that is none any more ends the transfer."""
        if self.transfer and user_id == self.transfer.new_owner:
            self.transfer = None

    def _settle(self) -> None:
        """Who has no way into a workspace any more is not in it; who has one now is."""
        for place in self.places.values():
            through = {
                user_id for group in self.groups.values() if place.id in group.places for user_id in group.people
            }
            for user_id in through - place.people.keys():
                place.people[user_id] = Way(WorkspaceRole.USER, direct=False)
            for user_id in [each for each, way in place.people.items() if not way.direct and each not in through]:
                del place.people[user_id]

    def _strangers(self, people: set[int]) -> Reason | None:
        return None if people <= self.people.keys() else Reason.USER_NOT_IN_ORGANIZATION


def _check(name: str, maximum: int = 140) -> Reason | None:
    if not name.strip():
        return Reason.NAME_EMPTY
    return Reason.NAME_TOO_LONG if len(name.strip()) > maximum else None


def _taken(named: dict[int, Place] | dict[int, Group], name: str, own: object) -> Reason | None:
    taken = any(key(each.name) == key(name) for each in named.values() if each is not own)
    return Reason.NAME_TAKEN if taken else None
