"""Operations on what an organization has said of itself."""

from __future__ import annotations

from rollcall.contract.models.segmentation import ModelsOrganizationSegmentation
from rollcall.contract.operation import Access, Operation
from rollcall.contract.problem import COMMON, Problem
from rollcall.contract.reason import Reason

_ERRORS = {
    Reason.FORBIDDEN: COMMON[Reason.FORBIDDEN],
    Reason.NOT_A_MEMBER: Problem(404, "User not part of organization"),
}

GET_SEGMENTATION = Operation(
    id="get_organization_segmentation",
    method="GET",
    path="/organizations/{organization_id}/segmentation",
    summary="What an organization has said of itself; 204 where it has said nothing.",
    apis=("OrganizationsApi",),
    access=Access.ORGANIZATION_ADMIN,
    hidden=Reason.NOT_A_MEMBER,
    reply=ModelsOrganizationSegmentation,
    may_be_empty=True,
    errors=_ERRORS,
)

PUT_SEGMENTATION = Operation(
    id="put_organization_segmentation",
    method="PUT",
    path="/organizations/{organization_id}/segmentation",
    summary="Keep what an organization says of itself.",
    apis=("OrganizationsApi",),
    access=Access.ORGANIZATION_ADMIN,
    hidden=Reason.NOT_A_MEMBER,
    body=ModelsOrganizationSegmentation,
    body_required=False,
    reply=ModelsOrganizationSegmentation,
    may_be_empty=True,
    errors=_ERRORS,
)

OPERATIONS = (GET_SEGMENTATION, PUT_SEGMENTATION)
