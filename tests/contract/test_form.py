"""Forms: what is filled in stands as if the model had had it from the start."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.contract.form import Form, blank
from rollcall.contract.models.organization_user import ModelsOrgUser, ModelsOrgUserWorkspace


def json(value: object) -> str:
    return msgspec.json.encode(value).decode()


texts = st.text()
numbers = st.integers(0, 2**63 - 1)


@given(name=texts, email=texts, around=texts, number=numbers, rate=st.none() | st.floats(0, 1e6))
@pytest.mark.parametrize("order", [(0, 1, 2, 3), (1, 3, 0, 2)])
def test_a_filled_form_is_the_model_that_has_the_values(
    order: tuple[int, ...], name: str, email: str, around: str, number: int, rate: float | None
) -> None:
    """Whatever stands around the blanks, in the values, or in them twice; and in whichever order they are given."""

    def model(number: int, name: str, email: str, rate: float | None) -> ModelsOrgUser:
        return ModelsOrgUser(
            id=number,
            name=name,
            email=email,
            avatar_url=around,
            workspaces=[ModelsOrgUserWorkspace(workspace_name=around, rate=rate)],
        )

    values: list[object] = [number, name, email, rate]
    form = Form(model(*(blank(order.index(place)) for place in range(4))))

    assert form.fill([json(values[place]) for place in order]) == json(model(number, name, email, rate))


def test_a_form_can_be_filled_in_again_and_again_and_say_something_twice() -> None:
    form = Form(ModelsOrgUserWorkspace(workspace_id=blank(1), workspace_name=blank(0), name=blank(0)))
    filled = [form.fill([f'"{number}"', str(number)]) for number in range(3)]

    assert filled == [
        json(ModelsOrgUserWorkspace(workspace_id=number, workspace_name=str(number), name=str(number)))
        for number in range(3)
    ]
    assert form.size == len(filled[0]) + len("?0??0??1?") - len('"0""0"0')
