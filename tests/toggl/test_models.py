"""The models: every one of the contract, by name; they compare, copy, show their fields, and become dicts."""

from __future__ import annotations

import copy
import pprint

import toggl
from rollcall.contract.models.workspace import WorkspacePayload


def test_every_model_of_the_contract_is_there_under_its_name() -> None:
    assert toggl.WorkspacePayload is WorkspacePayload
    assert {"GroupsPatchInput", "ModelsOrgUserDetailed", "UserPayload", "InvitationPost"} <= {*toggl.__all__}
    assert all(hasattr(toggl, name) for name in toggl.__all__)


def test_models_compare_and_copy() -> None:
    organization = toggl.ModelsMeOrganization(id=1, trial_info=toggl.ModelsTrialInfo(trial=True))
    assert copy.deepcopy(organization) == organization
    assert organization != toggl.ModelsMeOrganization(id=2)


def test_pprint_shows_the_fields_that_are_given() -> None:
    payload = toggl.ModelsPostPayload(name="Ours")
    assert pprint.pformat(payload) == "ModelsPostPayload(name='Ours')"
    assert "user_count=3" in pprint.pformat(toggl.ModelsMeOrganization(user_count=3))


def test_what_opens_an_account_is_not_shown() -> None:
    user = toggl.ModelsTogglUser(id=1, api_token="0123456789")
    assert "0123456789" not in repr(user)
    assert user.api_token == "0123456789"
    assert "secret" not in repr(toggl.MePayload(password="secret", current_password="secret"))
    assert "topsecret" not in repr(toggl.MeLostPasswordPayload(code="topsecret"))
    assert "topsecret" not in repr(toggl.UsersLostPasswordURL(url="https://rollcall.invalid/password?code=topsecret"))


def test_a_model_becomes_a_dict_with_the_names_on_the_wire() -> None:
    assert toggl.WorkspacePayload(name="W", rounding=None).to_dict() == {"name": "W", "rounding": None}
    user = toggl.RelatedUserWithRelated(id=1, workspaces=[toggl.WorkspaceWithActiveProjectCount(id=2)])
    assert user.to_dict()["workspaces"][0]["id"] == 2
    assert "2fa_enabled" in user.to_dict()
