"""How many people a plan has room for: those who have joined and are not deactivated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.contract.plan import PLANS
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.server.storage import organization_users as rows

if TYPE_CHECKING:
    from rollcall.server.domain.work import Work
    from rollcall.server.storage.organizations import OrganizationRow


async def check_room_for_one(work: Work, organization: OrganizationRow) -> None:
    """Make sure that one more may be active. The caller has taken the organization's turn.

    Raises:
        Refused: The plan has no room.
    """
    maximum = PLANS[organization.plan_id].max_users
    if maximum is None:
        return
    active = await work.transaction.one(rows.ACTIVE_USERS, organization_id=organization.id, maximum=maximum)
    if active is not None and active.id >= maximum:
        raise Refused(Reason.ACTIVE_USER_LIMIT, maximum=maximum)
