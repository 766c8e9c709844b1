"""What a type checker sees of the methods and models that are made from the contract."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, assert_type

import toggl
from rollcall.client.connection import Reply
from toggl.pending import Pending

if TYPE_CHECKING:

    def checked(organizations: toggl.OrganizationsApi, users: toggl.UsersApi) -> None:
        assert_type(organizations.get_organization(1), toggl.ModelsMeOrganization)
        assert_type(organizations.get_organization(1, async_req=True), Pending[toggl.ModelsMeOrganization])
        assert_type(organizations.get_organization_with_http_info(1), Reply[toggl.ModelsMeOrganization])
        assert_type(organizations.put_organization(1, toggl.ModelsPutPayload(name="Ours")), str)
        assert_type(organizations.get_organization(1).trial_info, toggl.ModelsTrialInfo | None)
        assert_type(users.get_organization_users(1, page=2, only_admins="true"), list[toggl.ModelsOrgUser])
        organizations.get_organization("one")  # type: ignore[call-overload]  # an id is a number
        organizations.get_organization(1, page=2)  # type: ignore[call-overload]  # it has no pages


def test_the_stubs_are_what_the_contract_makes_them() -> None:
    script = Path(__file__).parents[2] / "scripts" / "stubs"
    done = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
