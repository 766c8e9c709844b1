"""What organizations have said of themselves."""

from __future__ import annotations

from types import NoneType

from rollcall.server.storage.row import Row
from rollcall.server.storage.statement import Statement


class SegmentationRow(Row):
    """The answers of one organization.

    Attributes:
        user_id: Who answered last.
        answers: JSON of them by their names.
    """

    user_id: int
    answers: str


OF_ORGANIZATION = Statement(
    "SELECT s.user_id, s.answers FROM segmentations s WHERE s.organization_id = :organization_id", SegmentationRow
)

STORE = Statement(
    """
    INSERT INTO segmentations (organization_id, user_id, answers, updated_at)
    VALUES (:organization_id, :user_id, :answers, :now)
    ON CONFLICT (organization_id) DO UPDATE SET user_id = :user_id, answers = :answers, updated_at = :now
    """,
    NoneType,
)
