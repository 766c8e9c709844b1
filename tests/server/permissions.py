"""Who may call what: the permission table, derived from the `access` of each row of the operation table."""

from __future__ import annotations

import enum

from rollcall.contract.operation import Access, Operation
from rollcall.contract.problem import COMMON
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
    TEAM_LEAD = enum.auto()
    WORKSPACE_ADMIN = enum.auto()
    ORGANIZATION_ADMIN = enum.auto()
    OWNER = enum.auto()


_ORGANIZATION_ADMINS = {Actor.ORGANIZATION_ADMIN, Actor.OWNER}
_WORKSPACE_ADMINS = {Actor.WORKSPACE_ADMIN, *_ORGANIZATION_ADMINS}
_WORKSPACE_LEADS = {Actor.TEAM_LEAD, *_WORKSPACE_ADMINS}
_WORKSPACE_MEMBERS = {Actor.MEMBER, *_WORKSPACE_LEADS}
_MEMBERS = {Actor.BYSTANDER, *_WORKSPACE_MEMBERS}

ACTORS_OF: dict[Access, set[Actor]] = {
    Access.PUBLIC: {*Actor},
    Access.OPTIONAL: {*Actor} - {Actor.WRONG_CREDENTIALS},
    Access.ACCOUNT: {*Actor} - {Actor.ANONYMOUS, Actor.WRONG_CREDENTIALS},
    Access.MEMBER: _MEMBERS,
    Access.WORKSPACE_MEMBER: _WORKSPACE_MEMBERS,
    Access.WORKSPACE_LEAD: _WORKSPACE_LEADS,
    Access.WORKSPACE_ADMIN: _WORKSPACE_ADMINS,
    Access.SOME_WORKSPACE_LEAD: _WORKSPACE_LEADS,
    Access.SOME_WORKSPACE_ADMIN: _WORKSPACE_ADMINS,
    Access.ORGANIZATION_ADMIN: _ORGANIZATION_ADMINS,
}
"""Who gets past admission."""


def refusal_of(operation: Operation, actor: Actor) -> Reason | None:
    """Why somebody is refused who may not call an operation; None for who may."""
    if actor in ACTORS_OF[operation.access]:
        return None
    if actor is Actor.ANONYMOUS:
        return Reason.NO_CREDENTIALS
    if actor is Actor.WRONG_CREDENTIALS:
        return Reason.WRONG_CREDENTIALS
    return operation.denied if actor in _MEMBERS else operation.hidden or operation.denied


def answer_to(operation: Operation, reason: Reason) -> tuple[int, str | None]:
    """The status and text of a refusal."""
    problem = operation.problem(reason) or COMMON[reason]
    return problem.status, problem.text
