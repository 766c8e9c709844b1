"""Changes of who and what is in a group, each made or refused by itself, in as few requests as that takes."""

from __future__ import annotations

from itertools import chain
from typing import Any, Literal, TypeAlias

import msgspec

from rollcall.client.endpoints.bulk import BulkResult
from rollcall.client.endpoints.collection import Collection
from rollcall.client.failure import CallFailed, Meaning
from rollcall.contract.models.group import (
    MAXIMUM_PATCH_VALUES,
    MAXIMUM_PATCHES,
    GroupsPatchInput,
    GroupsPatchOutput,
)
from rollcall.contract.operations.groups import PATCH_GROUP

Change: TypeAlias = Literal["add", "remove"]
Path: TypeAlias = Literal["/users", "/workspaces"]
Part: TypeAlias = tuple[int, ...]
"""What is changed or refused together: the values of one patch."""


class Patching(msgspec.Struct, frozen=True):
    """A change of one group.

    The server makes each patch or refuses it as a whole. As many values as there may be patches get a patch each. More
    are sent many to a patch, and only what was refused together is then sent again, one by one.

    Attributes:
        groups: The groups.
        organization_id: Of which organization.
        group_id: Which of them.
        change: Whether to put in or take out.
        path: What.
    """

    groups: Collection[Any]
    organization_id: int
    group_id: int
    change: Change
    path: Path

    async def run(self, values: list[int]) -> BulkResult[int]:
        """Make the change for each value.

        Raises:
            CallFailed: It was made for none.
        """
        result: BulkResult[int] = BulkResult([], {})
        refusal: CallFailed | None = None
        due = _requests(values)
        while due:
            parts = due.pop(0)
            try:
                refused = await self._send(parts)
            except CallFailed as error:
                refusal = refusal or error
                refused = dict.fromkeys(parts, error.text or str(error))
                if error.meaning is not Meaning.INVALID:  # the others would fare no better
                    parts = [(value,) for part in chain(parts, *due) for value in part]
                    refused, due = dict.fromkeys(parts, error.text or str(error)), []
            for part in parts:
                if part not in refused:
                    result.done.extend(part)
                elif len(part) > 1:
                    due.append([(value,) for value in part])
                else:
                    result.failed[part[0]] = refused[part]
        if refusal is not None and not result.done:
            raise refusal
        return result

    async def _send(self, parts: list[Part]) -> dict[Part, str]:
        """Send a patch for each part.

        Returns:
            The parts that were refused, and why.
        """
        patches = [GroupsPatchInput(op=self.change, path=self.path, value=list(part)) for part in parts]
        response = await self.groups.write(
            self.group_id,
            PATCH_GROUP,
            organization_id=self.organization_id,
            group_id=self.group_id,
            patch_group_request=patches,
        )
        await self.groups.cache.distrust(self.group_id)
        output = self.groups.session.connection.read(PATCH_GROUP, response, GroupsPatchOutput)
        if not isinstance(output, GroupsPatchOutput):
            raise self.groups.session.connection.unreadable(PATCH_GROUP, response, "it does not say what was changed")
        return {
            tuple(failure.patch.value): failure.message or ""
            for failure in output.failure or []
            if failure.patch is not None and isinstance(failure.patch.value, list)
        }


def _requests(values: list[int]) -> list[list[Part]]:
    """What to send at first: a patch for each value, or for as many as may be, where there are too many of them."""
    size = 1 if len(values) <= MAXIMUM_PATCHES else MAXIMUM_PATCH_VALUES
    parts = [tuple(values[start : start + size]) for start in range(0, len(values), size)]
    return [parts[start : start + MAXIMUM_PATCHES] for start in range(0, len(parts), MAXIMUM_PATCHES)]
