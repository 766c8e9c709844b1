"""The models: every one of the contract, by name; they compare, copy, show their fields, and convert both ways."""

from __future__ import annotations

import copy
import importlib
import json
import pickle
import pkgutil
import pprint

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import toggl
import toggl.models
from rollcall.contract import models
from rollcall.contract.models.workspace import WorkspacePayload
from rollcall.contract.wire import Model
from tests.contract.documents import odd, right

MODELS: list[type[Model]] = [getattr(toggl.models, name) for name in toggl.models.__all__]
SECRET = "0123456789"


def test_every_model_of_the_contract_is_there_under_its_name() -> None:
    names = [f"{models.__name__}.{found.name}" for found in pkgutil.iter_modules(models.__path__)]
    members = [member for name in names for member in vars(importlib.import_module(name)).items()]
    own = {name for name, value in members if isinstance(value, type) and issubclass(value, Model)}
    assert {*toggl.models.__all__} == own - {"Model"}
    assert toggl.WorkspacePayload is WorkspacePayload
    assert {"GroupsPatchInput", "ModelsOrgUserDetailed", "UserPayload", "InvitationPost"} <= own


@settings(deadline=None)
@given(st.data(), st.sampled_from(MODELS))
def test_a_model_becomes_a_dict_and_json_and_is_made_of_them_again(data: st.DataObject, model: type[Model]) -> None:
    made = model.from_dict(data.draw(right(model)))
    assert model.from_dict(made.to_dict()) == made
    assert model.from_json(made.to_json()) == made
    assert json.loads(made.to_json()) == made.to_dict()


@settings(deadline=None)
@given(st.data(), st.sampled_from(MODELS))
def test_what_no_document_tells_is_read_too_and_kept_both_ways(data: st.DataObject, model: type[Model]) -> None:
    document = data.draw(odd(model))
    made = model.from_dict(document)
    assert made.to_dict().keys() >= document.keys() & {*model.__struct_encode_fields__}
    assert model.from_dict(made.to_dict()) == made
    assert isinstance(model.from_json(json.dumps(document)), model)


@settings(deadline=None)
@given(st.data(), st.sampled_from(MODELS))
def test_a_copy_is_equal_and_another(data: st.DataObject, model: type[Model]) -> None:
    made = model.from_dict(data.draw(odd(model)))
    for copied in (copy.copy(made), copy.deepcopy(made), pickle.loads(pickle.dumps(made)), replace(made)):  # noqa: S301 - our own
        assert copied == made
        assert copied is not made
        assert type(copied) is model


def test_models_compare_field_by_field() -> None:
    organization = toggl.ModelsMeOrganization(id=1, trial_info=toggl.ModelsTrialInfo(trial=True))
    assert organization == toggl.ModelsMeOrganization(id=1, trial_info=toggl.ModelsTrialInfo(trial=True))
    assert organization != toggl.ModelsMeOrganization(id=1, trial_info=toggl.ModelsTrialInfo(trial=False))
    assert toggl.ModelsPutPayload() != toggl.ModelsPutPayload(name=None)


def test_a_deep_copy_shares_nothing() -> None:
    group = toggl.GroupPayload(users=[1])
    copied = copy.deepcopy(group)
    assert isinstance(copied.users, list)
    copied.users.append(2)
    assert group.users == [1]
    assert copy.copy(group).users is group.users


def test_a_copy_can_have_other_fields() -> None:
    replaced = toggl.ModelsPostPayload(name="Ours").__replace__(workspace_name="First")  # what copy.replace calls
    assert replaced == toggl.ModelsPostPayload(name="Ours", workspace_name="First")


def test_a_name_that_there_is_not_is_refused() -> None:
    with pytest.raises(TypeError, match="Unexpected keyword argument 'nmae'"):
        toggl.ModelsPutPayload(nmae="Ours")  # type: ignore[call-arg]  # that is the point
    with pytest.raises(AttributeError, match="nmae"):
        toggl.ModelsPutPayload().nmae = "Ours"  # type: ignore[attr-defined]  # that is the point


def test_pprint_shows_the_fields_that_are_given() -> None:
    payload = toggl.ModelsPostPayload(name="Ours")
    assert pprint.pformat(payload) == "ModelsPostPayload(name='Ours')"
    assert "user_count=3" in pprint.pformat(toggl.ModelsMeOrganization(user_count=3))


def test_as_text_a_model_has_a_field_on_each_line() -> None:
    user = toggl.ModelsOrgUser(id=1, workspaces=[toggl.ModelsOrgUserWorkspace(workspace_id=2)], two_factor_enabled=True)
    text = user.to_str()
    assert text.startswith("{'id': 1,\n 'user_id': None,\n")
    assert " 'workspaces': [{'workspace_id': 2}],\n" in text
    assert text.endswith(" '2fa_enabled': True}")


@pytest.mark.parametrize(
    "model",
    [
        toggl.ModelsTogglUser(id=1, api_token=SECRET),
        toggl.MePayload(password=SECRET, current_password=SECRET),
        toggl.MeLostPasswordPayload(code=SECRET),
        toggl.UsersLostPasswordURL(url=f"https://rollcall.invalid/password?code={SECRET}"),
        toggl.RelatedUserWithRelated(workspaces=[toggl.WorkspaceWithActiveProjectCount(api_token=SECRET)]),
    ],
    ids=lambda model: type(model).__name__,
)
def test_what_opens_an_account_is_not_shown(model: Model) -> None:
    assert SECRET not in repr(model)
    assert SECRET not in model.to_str()
    assert SECRET not in repr(model.__rich_repr__())
    assert SECRET in model.to_json()


def test_a_model_becomes_a_dict_with_the_names_on_the_wire() -> None:
    assert toggl.WorkspacePayload(name="W", rounding=None).to_dict() == {"name": "W", "rounding": None}
    user = toggl.RelatedUserWithRelated(id=1, workspaces=[toggl.WorkspaceWithActiveProjectCount(id=2)])
    assert user.to_dict()["workspaces"][0]["id"] == 2
    assert "2fa_enabled" in user.to_dict()


@pytest.mark.parametrize("text", ["", "{", "<html>", b'{"name":"\xff"}', "[" * 100_000])
def test_what_is_no_json_is_refused(text: str | bytes) -> None:
    with pytest.raises(ValueError, match=r"ModelsPutPayload\.from_json takes JSON: "):
        toggl.ModelsPutPayload.from_json(text)


def test_what_is_no_object_is_refused() -> None:
    with pytest.raises(TypeError, match=r"from_json takes a JSON object, not a value of type list"):
        toggl.ModelsPutPayload.from_json("[]")
    with pytest.raises(TypeError, match=r"from_dict takes a dict, not a value of type str"):
        toggl.ModelsPutPayload.from_dict("name")  # type: ignore[arg-type]  # that is the point
