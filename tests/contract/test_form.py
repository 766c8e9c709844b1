"""Forms: what is filled in stands as if the model had had it from the start."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from rollcall.contract.form import Form, blank
from rollcall.contract.models.organization_user import ModelsGroupDict, ModelsOrgUser, ModelsOrgUserWorkspace

texts = st.text()
numbers = st.integers(0, 2**63 - 1)


@given(name=texts, email=texts, around=texts, number=numbers, rate=st.none() | st.floats(0, 1e6))
def test_a_filled_form_is_the_model_that_has_the_values(
    name: str, email: str, around: str, number: int, rate: float | None
) -> None:
    """Whatever stands around the blanks, in the values, or in them twice; and in whichever order they are given."""

    def model(name: str, email: str, number: int, rate: float | None) -> ModelsOrgUser:
        return ModelsOrgUser(
            id=number,
            name=name,
            email=email,
            avatar_url=around,
            workspaces=[ModelsOrgUserWorkspace(workspace_name=around, name=name, rate=rate)],
            groups=[ModelsGroupDict(group_id=number, name=around)],
        )

    form = Form(model(blank(2), blank(0), blank(3), blank(1)))
    filled = form.fill([msgspec.json.encode(value) for value in (email, rate, name, number)])

    assert msgspec.json.encode([filled]) == msgspec.json.encode([model(name, email, number, rate)])


def test_a_form_can_be_filled_in_again_and_again() -> None:
    form = Form(ModelsGroupDict(group_id=blank(0), name=blank(1)))
    filled = [form.fill([b"%d" % number, b'"%d"' % number]) for number in range(3)]

    assert [bytes(each) for each in filled] == [
        b'{"group_id":%d,"name":"%d"}' % (number, number) for number in range(3)
    ]
    assert form.size >= len('{"group_id":,"name":}')
