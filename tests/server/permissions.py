"""Who may call what: the permission table, derived from the `access` of each row of the operation table."""

from __future__ import annotations

import enum

from rollcall.contract.operation import Access, Operation
from rollcall.contract.problem import COMMON, Problem
from rollcall.contract.reason import Reason


class Actor(enum.StrEnum):
    """Somebody who asks, as seen from the organization and the workspace that are asked for."""

    ANONYMOUS = enum.auto()
    WRONG_CREDENTIALS = enum.auto()
    OUTSIDER = enum.auto()
    DEACTIVATED = enum.auto()
    INVITED = enum.auto()
    BYSTANDER = enum.auto()
    """A member of the organization who is not in the workspace."""
    MEMBER = enum.auto()
    WORKSPACE_ADMIN = enum.auto()
    ORGANIZATION_ADMIN = enum.auto()
    OWNER = enum.auto()


_ORGANIZATION_ADMINS = {Actor.ORGANIZATION_ADMIN, Actor.OWNER}
_WORKSPACE_ADMINS = {Actor.WORKSPACE_ADMIN, *_ORGANIZATION_ADMINS}
_WORKSPACE_MEMBERS = {Actor.MEMBER, *_WORKSPACE_ADMINS}
_MEMBERS = {Actor.BYSTANDER, *_WORKSPACE_MEMBERS}

ACTORS_OF: dict[Access, set[Actor]] = {
    Access.PUBLIC: {*Actor},
    Access.OPTIONAL: {*Actor} - {Actor.WRONG_CREDENTIALS},
    Access.ACCOUNT: {*Actor} - {Actor.ANONYMOUS, Actor.WRONG_CREDENTIALS},
    Access.MEMBER: _MEMBERS,
    Access.WORKSPACE_MEMBER: _WORKSPACE_MEMBERS,
    Access.WORKSPACE_ADMIN: _WORKSPACE_ADMINS,
    Access.SOME_WORKSPACE_ADMIN: _WORKSPACE_ADMINS,
    Access.ORGANIZATION_ADMIN: _ORGANIZATION_ADMINS,
}
"""Who gets past admission."""


def refusal_of(operation: Operation, actor: Actor) -> Problem | None:
    """What somebody is answered who may not call an operation; None for who may."""
    if actor in ACTORS_OF[operation.access]:
        return None
    if actor is Actor.ANONYMOUS:
        return COMMON[Reason.NO_CREDENTIALS]
    if actor is Actor.WRONG_CREDENTIALS:
        return COMMON[Reason.WRONG_CREDENTIALS]
    belongs = actor in _MEMBERS
    reason = operation.denied if belongs else operation.hidden or operation.denied
    return operation.errors[reason]
