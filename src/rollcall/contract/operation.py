"""What one operation of the API is: its route, its types, who may call it, and every error it documents."""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal

import msgspec

from rollcall.contract.problem import Problem
from rollcall.contract.reason import Reason

BASE_PATH = "/api/v9"
"""What stands before the path of every operation."""

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]

_PLACEHOLDER = re.compile(r"{(\w+)}")


def path_type(placeholder: str) -> type[int | str]:
    """What a placeholder of a path stands for: those that end in `_id` are numbers."""
    return int if placeholder.endswith("_id") else str


# Of text, because a plain member hashes in Python, and each request looks up what its access asks for.
class Access(enum.StrEnum):
    """Who may call an operation; each level of an organization includes those below it."""

    PUBLIC = "anyone"
    """No credentials are read."""
    OPTIONAL = "anyone, or an account"
    """Credentials are read when given; the operation itself decides what each may."""
    ACCOUNT = "any account"
    MEMBER = "member"
    """A joined, active member of the organization."""
    WORKSPACE_MEMBER = "member of the workspace"
    """Directly or through a group; admins of the organization belong to every workspace."""
    WORKSPACE_LEAD = "workspace admin, team lead or project lead"
    """Of the workspace in the path; the operation itself holds the leads to the groups they are in."""
    WORKSPACE_ADMIN = "workspace admin"
    """Of the workspace in the path."""
    SOME_WORKSPACE_LEAD = "admin of one of its workspaces, or a lead in one"
    """Where no workspace is in the path: the operation itself holds the leads to the groups they are in."""
    SOME_WORKSPACE_ADMIN = "admin of one of its workspaces"
    """Where no workspace is in the path: the operation itself holds them to the workspaces they administer."""
    ORGANIZATION_ADMIN = "organization admin"
    """Of the organization in the path, or of the one that the workspace in the path belongs to."""


class Operation(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One row of the operation table.

    Attributes:
        id: The name of its method in the generated clients (`get_organization`).
        method: The HTTP method.
        path: The route below the base URL, with `{placeholders}` (see `path_type`). What is no number where one is due
            is refused as `invalid_<placeholder>` where the row has that reason.
        summary: One line for the documents.
        apis: The classes of the `toggl` package that have it as a method.
        access: Who may call it.
        denied: Why a member without the needed role is refused.
        hidden: Why one is refused whose organization it is not (or no longer, or does not exist): one answer for
            all of these, so that nothing tells them apart. The same as `denied` unless given.
        query: A Struct whose fields are the query parameters, all optional. A tuple is a list separated by commas. What
            is no such value is refused as `invalid_<parameter>` where the row has that reason, else as INVALID_QUERY;
            the refusal carries `parameter` and `value`.
        body: What the request's JSON becomes; None where no body is read.
        body_required: False where a request without a body is a request that changes nothing.
        reply: What is sent back as JSON on success; None for an empty reply.
        reply_where: What is sent back instead where the named query parameter is true.
        may_be_empty: Whether it answers 204 and no body where there is nothing to tell.
        media_type: Of the reply, where it is not JSON.
        errors: Every documented error, by the reason the domain gives for it.
        body_argument: What the generated clients call the body.
        keyword_only: Path parameters that the generated clients' signature lacks; ours takes them by keyword.
        required_query: Query parameters that the generated clients take by position.
        aliases: Other names that the generated clients have for a parameter, and its name here.
    """

    id: str
    method: Method
    path: str
    summary: str
    apis: tuple[str, ...]
    access: Access
    denied: Reason = Reason.FORBIDDEN
    hidden: Reason | None = None
    query: type[msgspec.Struct] | None = None
    body: Any = None
    body_required: bool = True
    reply: Any = None
    reply_where: Mapping[str, Any] = {}
    may_be_empty: bool = False
    media_type: str = "application/json"
    errors: Mapping[Reason, Problem] = {}
    body_argument: str = "body"
    keyword_only: tuple[str, ...] = ()
    required_query: tuple[str, ...] = ()
    aliases: Mapping[str, str] = {}

    @cached_property
    def path_parameters(self) -> tuple[str, ...]:
        """The names of the placeholders of the path, in order."""
        return tuple(_PLACEHOLDER.findall(self.path))

    @cached_property
    def query_fields(self) -> tuple[msgspec.structs.FieldInfo, ...]:
        """The query parameters; found once, for finding their types takes longer than most requests."""
        return msgspec.structs.fields(self.query) if self.query is not None else ()

    @property
    def writes(self) -> bool:
        """Whether it may change what is stored."""
        return self.method != "GET"

    @property
    def is_paged(self) -> bool:
        """Whether it answers a list page by page."""
        return self.query is not None and {"page", "per_page"} <= {*self.query.__struct_fields__}

    def reply_to(self, query: Mapping[str, str]) -> Any:
        """The type of the reply to a query, which may change it."""
        return next((kind for name, kind in self.reply_where.items() if query.get(name) == "true"), self.reply)

    def problem(self, reason: Reason) -> Problem | None:
        """What this operation documents for `reason`, or None where its documents are silent."""
        return self.errors.get(reason)
