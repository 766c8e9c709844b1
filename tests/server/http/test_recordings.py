"""What was recorded of Toggl's own service is asked again here, and answered alike."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from rollcall.contract.plan import FREE
from tests.server.conftest import OpenWorld

pytestmark = pytest.mark.anyio

GOLDEN = Path(__file__).parents[2] / "golden"

# Of whom and when it was asked: only the form can be compared.
VARIES = {
    "id",
    "organization_id",
    "workspace_id",
    "default_workspace_id",
    "group_id",
    "user_id",
    "workspaces",
    "name",
    "email",
    "fullname",
    "timezone",
    "created_at",
    "updated_at",
    "at",
    "toggl_accounts_updated_at",
    "authorization_updated_at",
    "last_modified",
    # The recorded account logs in with Google; ours has its own password.
    "openid_enabled",
    "image_url",
}
OMITTED_WHEN_EMPTY = {"intercom_hash", "oauth_providers"}
FORMS = {
    "<32 hex>": "[0-9a-f]{32}",
    "<22 chars base62>": "[0-9A-Za-z]{22}",
    "<TOGGL_API_TOKEN>": "[0-9a-f]{32}",
    "<TOGGL_USER_EMAIL>": r"[^@\s]+@[^@\s]+",
}
MIDNIGHT = r"\d{4}-\d\d-\d\dT00:00:00Z"
SECONDS = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00"
PRECISE = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,5}[1-9])?Z"


@pytest.mark.parametrize("recording", sorted(GOLDEN.glob("*.json")), ids=lambda path: path.stem)
async def test_an_exchange_is_answered_as_it_was_recorded(new_world: OpenWorld, recording: Path) -> None:
    recorded = json.loads(recording.read_text())
    world = await new_world(default_plan=FREE)
    ann = await world.person("ann")
    path = recorded["path"].format(organization_id=ann.organization_id, workspace_id=ann.workspace_id)
    auth = None if recorded["status"] == 401 else ann.auth
    if isinstance(recorded["body"], list) and len(recorded["body"]) > 1:
        more = {"name": "Your Organization", "workspace_name": "Your Workspace"}
        await world.http.post("/organizations", auth=ann.auth, json=more)
    if recorded["path"].endswith("/groups"):
        group = {"name": "Cool Kids", "users": [ann.id], "workspaces": [ann.workspace_id]}
        await world.http.post(f"/organizations/{ann.organization_id}/groups", auth=ann.auth, json=group)

    reply = await world.http.request(recorded["method"], path, auth=auth, json=recorded["request_body"])

    assert reply.status_code == recorded["status"]
    assert reply.headers["content-length"] == str(len(reply.content))
    for name, value in recorded["headers"].items():
        if name != "content-length":
            assert reply.headers[name] == value
    assert reply.content[-1:] != b"\n"
    if recorded["body"] is None:
        assert reply.content == b""
        return
    compare(reply.json(), recorded["body"], given=recorded["request_body"] or {})


def compare(ours: Any, recorded: Any, given: dict[str, Any]) -> None:
    if isinstance(recorded, list):
        assert len(ours) == len(recorded)
        for one, other in zip(ours, recorded, strict=True):
            compare(one, other, given)
        return
    expected = [key for key in recorded if key not in OMITTED_WHEN_EMPTY]
    assert [key for key in ours if key in expected] == expected
    for key in expected:
        if isinstance(recorded[key], dict) or key == "users":
            compare(ours[key], recorded[key], given)
        elif key in given:
            assert ours[key] == given[key] == recorded[key]
        else:
            assert alike(key, ours[key], recorded[key]), f"{key}: {ours[key]!r} is not like {recorded[key]!r}"


def alike(key: str, ours: Any, recorded: Any) -> bool:
    if isinstance(recorded, str):
        if "<" in recorded:
            pattern = re.escape(recorded)
            for form, regex in FORMS.items():
                pattern = pattern.replace(re.escape(form), regex)
            return re.fullmatch(pattern, ours) is not None
        for form in (MIDNIGHT, SECONDS, PRECISE):
            if re.fullmatch(form, recorded):
                return re.fullmatch(form, ours) is not None
    if key in VARIES:
        return type(ours) is type(recorded)
    return bool(ours == recorded)
