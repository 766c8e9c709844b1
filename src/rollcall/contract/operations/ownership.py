"""Operations on the owner of an organization, and on its passing to another."""

from __future__ import annotations

import msgspec

from rollcall.contract.models.ownership import ModelsOrganizationOwner, ModelsTransfer, TransferPayload
from rollcall.contract.operation import Access, Operation
from rollcall.contract.operations.groups import NO_ACCESS
from rollcall.contract.problem import Problem
from rollcall.contract.reason import Reason

_NOT_ADMIN = Problem(400, "User {user_id} is not an active admin of the organization.")
_NO_TRANSFER = Problem(404, "Transfer not found in the organization")


class TransfersQuery(msgspec.Struct, frozen=True):
    """Query of the transfers of an organization, newest first.

    Attributes:
        ongoing: Only the one that is not finished.
    """

    ongoing: bool = False


GET_OWNER = Operation(
    id="get_organization_owner",
    method="GET",
    path="/organizations/{organization_id}/owner",
    summary="The owner of an organization.",
    apis=("OrganizationsApi",),
    access=Access.MEMBER,
    reply=ModelsOrganizationOwner,
    errors={
        Reason.FORBIDDEN: NO_ACCESS,
        Reason.OWNER_NOT_FOUND: Problem(
            404, "Organization owner not found", never="an organization always has exactly one owner"
        ),
    },
)

GET_TRANSFERS = Operation(
    id="get_organization_owner_transfers",
    method="GET",
    path="/organizations/{organization_id}/owner/transfer",
    summary="The transfers of ownership of an organization.",
    apis=("OwnershipApi",),
    access=Access.ORGANIZATION_ADMIN,
    query=TransfersQuery,
    reply=list[ModelsTransfer],
    errors={
        Reason.INVALID_ONGOING: Problem(400, "'ongoing' parameter can be true or false only"),
        Reason.FORBIDDEN: NO_ACCESS,
    },
)

POST_TRANSFER = Operation(
    id="post_organization_owner_transfer",
    method="POST",
    path="/organizations/{organization_id}/owner/transfer",
    summary="Ask for the ownership of an organization, or offer it to one of its admins.",
    apis=("OwnershipApi",),
    access=Access.ORGANIZATION_ADMIN,
    body=TransferPayload,
    body_required=False,
    reply=ModelsTransfer,
    errors={
        Reason.ORGANIZATION_NOT_LOADED: Problem(
            400, "Cannot load organization.", never="who may ask is an admin of it, so it exists"
        ),
        Reason.ALREADY_OWNER: Problem(400, "User {user_id} is already the owner of the organization."),
        Reason.NEW_OWNER_NOT_ADMIN: _NOT_ADMIN,
        Reason.TRANSFER_ONGOING: Problem(400, "A transfer of the ownership is already going on."),
        Reason.FORBIDDEN: NO_ACCESS,
    },
)

GET_TRANSFER = Operation(
    id="get_organization_owner_transfer",
    method="GET",
    path="/organizations/{organization_id}/owner/transfer/{transfer_id}",
    summary="One transfer of ownership of an organization.",
    apis=("OwnershipApi",),
    access=Access.ORGANIZATION_ADMIN,
    reply=ModelsTransfer,
    errors={Reason.FORBIDDEN: NO_ACCESS, Reason.TRANSFER_NOT_FOUND: _NO_TRANSFER},
)

POST_TRANSFER_ACTION = Operation(
    id="post_organization_owner_transfer_action",
    method="POST",
    path="/organizations/{organization_id}/owner/transfer/{transfer_id}/{action}",
    summary="Accept, decline or withdraw a transfer of ownership; both sides are told by mail.",
    apis=("OwnershipApi",),
    access=Access.ORGANIZATION_ADMIN,
    hidden=Reason.OWNER_NOT_FOUND,
    reply=ModelsTransfer,
    errors={
        Reason.USER_NOT_LOADED: Problem(
            400, "Cannot load current user data.", never="credentials are only right while their account exists"
        ),
        Reason.INVALID_ACTION: Problem(400, "'{action}' is none of the actions: accept, decline, withdraw."),
        Reason.NEW_OWNER_NOT_ADMIN: _NOT_ADMIN,
        Reason.TRANSFER_SETTLED: Problem(400, "The transfer is {outcome} already."),
        Reason.FORBIDDEN: NO_ACCESS,
        Reason.OWNER_NOT_FOUND: Problem(404, "Owner not found."),
        Reason.TRANSFER_NOT_FOUND: _NO_TRANSFER,
    },
)

OPERATIONS = (GET_OWNER, GET_TRANSFERS, POST_TRANSFER, GET_TRANSFER, POST_TRANSFER_ACTION)
