"""Whether the service works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.contract.models.account import Status
from rollcall.server.storage import meta

if TYPE_CHECKING:
    from rollcall.server.domain.work import Work


async def show(work: Work) -> Status:
    """That the service and its database answer (`GET /status`)."""
    await work.transaction.one(meta.GET, name="epoch")
    return Status(status="OK")
