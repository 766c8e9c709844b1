"""What an organization has said of itself."""

from __future__ import annotations

from msgspec import UNSET

from rollcall.contract.wire import Given, Model


class ModelsOrganizationSegmentation(Model):
    """The answers to who uses an organization, and what for. It is read and written, as one object.

    Attributes:
        organization_id: Said in replies only; so is `user_id`, who answered last.
        heard: Where they heard of Toggl.
        skipped_step: The question at which they stopped.
    """

    organization_id: Given[int] = UNSET
    user_id: Given[int] = UNSET
    full_name: Given[str] = UNSET
    members_range: Given[str] = UNSET
    industries: Given[list[str]] = UNSET
    reasons: Given[list[str]] = UNSET
    heard: Given[list[str]] = UNSET
    user_segments: Given[list[str]] = UNSET
    demo_requested: Given[bool] = UNSET
    skipped_step: Given[str] = UNSET
