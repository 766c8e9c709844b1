"""Operations on how many requests are left."""

from __future__ import annotations

from rollcall.contract.models.quota import MeGetQuotaResult
from rollcall.contract.operation import Access, Operation
from rollcall.contract.operations.account import SERVER_ERROR
from rollcall.contract.reason import Reason

GET_QUOTA = Operation(
    id="get_me_quota",
    method="GET",
    path="/me/quota",
    summary="How many requests one has left in each of one's organizations.",
    apis=("MeApi",),
    access=Access.ACCOUNT,
    reply=list[MeGetQuotaResult],
    errors={Reason.SERVER_ERROR: SERVER_ERROR},
)

OPERATIONS = (GET_QUOTA,)
