"""What is said of people: the same as if each had been described alone, whoever else is on the page."""

import itertools
from collections.abc import Iterator
from itertools import count
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from rollcall.contract import timestamp
from rollcall.contract.models.organization_user import ModelsOrgUser, ModelsOrgUserDetailed
from rollcall.contract.role import OrganizationRole, WorkspaceRole
from rollcall.server.domain.organization_user_description import (
    LARGEST,
    Description,
    Groups,
    OnPage,
    description_of,
    groups_of,
)
from rollcall.server.domain.work import Viewer
from rollcall.server.storage.organization_user_pages import PageRow
from rollcall.server.storage.people_descriptions import UNIT, Person

WORKSPACES = {1: ("Zebra", "USD"), 2: ("Älg", "EUR"), 7: ("Ape %b", "USD")}
IN_ORDER = [7, 1, 2]
"""By name."""
GROUPS = {3: "First", 4: "Second"}
WAYS = [(3, 1), (3, 7), (4, 2)]
MOMENTS = st.integers(0, 2**51)
AMOUNTS = st.none() | st.floats(0, 10_000, width=32) | st.integers(0, 10_000).map(float)

AMOUNTS_OF = ("rate", "labor_cost", "working_hours_in_minutes")


def json(value: object) -> str:
    """JSON as databases write it."""
    return msgspec.json.encode(value).decode()


NAMES = (
    json([[number, *WORKSPACES[number]] for number in IN_ORDER]),
    json([[number, name] for number, name in GROUPS.items()]),
    json(WAYS),
)

places = st.fixed_dictionaries(
    {
        "role_id": st.sampled_from(list(WorkspaceRole)).map(int),
        "inactive": st.booleans(),
        "rate": AMOUNTS,
        "labor_cost": AMOUNTS,
        "working_hours_in_minutes": st.none() | st.integers(0, 1440),
        "view_edit_billable_rates": st.booleans(),
        "view_edit_labor_costs": st.booleans(),
    }
)
people = st.fixed_dictionaries(
    {
        "user_id": st.integers(1, 3),
        "fullname": st.text(),
        "email": st.text(),
        "role_id": st.sampled_from(list(OrganizationRole)).map(int),
        "joined": st.booleans(),
        "inactive": st.booleans(),
        "elsewhere": st.booleans(),
        "invitation_id": st.none() | st.integers(1, 2**63 - 1),
        "created_at": MOMENTS,
        "updated_at": MOMENTS,
        "places": st.dictionaries(st.sampled_from(list(WORKSPACES)), places),
        "groups": st.lists(st.sampled_from(list(GROUPS)), unique=True).map(sorted),
    }
)
viewers = st.builds(Viewer, user_id=st.integers(1, 3), role=st.sampled_from(list(OrganizationRole)))


def page_of(everybody: list[dict[str, Any]]) -> OnPage:
    """The people as a database tells them: an id for each, and for each of their places."""
    ids = count(100)
    described = [description(person, ids) for person in everybody]
    row = PageRow(
        revision=1,
        workspaces=NAMES[0],
        groups=NAMES[1],
        ways=NAMES[2],
        total=len(everybody),
        people=UNIT.join(described),
    )
    return OnPage(row)


def description(person: dict[str, Any], ids: Iterator[int]) -> str:
    places = [
        [
            *(number, place["role_id"], place["inactive"]),
            *(place["view_edit_billable_rates"], place["view_edit_labor_costs"]),
            any(place[name] is not None for name in AMOUNTS_OF),
        ]
        for number, place in person["places"].items()
    ]
    amounts = [[place[name] for name in AMOUNTS_OF] for place in person["places"].values()]
    return UNIT.join(
        Person(
            shape=json([person["role_id"], person["joined"], person["inactive"], person["elsewhere"], places]),
            group_ids=json(person["groups"]),
            amounts=json([each for each in amounts if each != [None, None, None]]),
            id=json(next(ids)),
            workspace_users=",".join(json(next(ids)) for _ in places),
            **{name: json(person[name]) for name in ("user_id", "fullname", "email", "invitation_id")},
            **{name: json(timestamp.precise(person[name])) for name in ("created_at", "updated_at")},
        )
    )


def expected(person: dict[str, Any], number: int, place_ids: dict[int, int], viewer: Viewer) -> dict[str, Any]:
    """What the documents say of one person, written out."""
    groups = [{"group_id": group_id, "name": GROUPS[group_id]} for group_id in person["groups"]]
    own = person["user_id"] == viewer.user_id
    less = viewer.role is not None and person["role_id"] > viewer.role
    return {
        "id": number,
        "user_id": person["user_id"],
        "organization_id": 9,
        "name": person["fullname"],
        "email": person["email"],
        "avatar_url": "",
        "role_id": person["role_id"],
        "admin": person["role_id"] in (OrganizationRole.OWNER, OrganizationRole.ADMIN),
        "owner": person["role_id"] == OrganizationRole.OWNER,
        "joined": person["joined"],
        "inactive": person["inactive"],
        "can_edit_email": person["joined"] and not person["elsewhere"] and (own or less),
        "invitation_id": person["invitation_id"],
        "invitation_code": None,
        "workspace_count": len(person["places"]),
        "workspaces": [
            expected_place(person, workspace_id, place_ids[workspace_id])
            for workspace_id in IN_ORDER
            if workspace_id in person["places"]
        ],
        "groups": groups,
        "created_at": timestamp.precise(person["created_at"]),
        "updated_at": timestamp.precise(person["updated_at"]),
        "2fa_enabled": False,
    }


def expected_place(person: dict[str, Any], workspace_id: int, number: int) -> dict[str, Any]:
    place = person["places"][workspace_id]
    name, currency = WORKSPACES[workspace_id]
    return {
        "workspace_id": workspace_id,
        "workspace_user_id": number,
        "workspace_name": name,
        "name": name,
        "active": person["joined"],
        "inactive": place["inactive"],
        "admin": place["role_id"] == WorkspaceRole.ADMIN,
        "role": {4: "admin", 5: "user", 6: "teamlead", 7: "projectlead"}[place["role_id"]],
        "role_id": place["role_id"],
        "rate": place["rate"],
        "cost": place["labor_cost"],
        "default_currency": currency,
        "working_hours": None if place["working_hours_in_minutes"] is None else place["working_hours_in_minutes"] / 60,
        "view_edit_billable_rates": place["view_edit_billable_rates"],
        "view_edit_labor_costs": place["view_edit_labor_costs"],
        "groups": [
            {"group_id": group_id, "name": GROUPS[group_id]}
            for group_id in person["groups"]
            if (group_id, workspace_id) in WAYS
        ],
    }


def told_apart(everybody: list[dict[str, Any]], viewer: Viewer) -> None:
    """See that each is described as the documents say."""
    described = description_of(9, NAMES[0], detailed=False).of(page_of(everybody), Groups(*NAMES[1:]), viewer)

    ids = count(100)
    numbers, place_ids = [], []
    for person in everybody:
        numbers.append(next(ids))
        place_ids.append({workspace_id: next(ids) for workspace_id in person["places"]})
    assert [msgspec.json.decode(bytes(each)) for each in described] == [
        expected(person, number, ids_of_places, viewer)
        for person, number, ids_of_places in zip(everybody, numbers, place_ids, strict=True)
    ]


@given(everybody=st.lists(people, max_size=6), viewer=viewers)
def test_each_is_described_as_if_alone(everybody: list[dict[str, Any]], viewer: Viewer) -> None:
    told_apart(everybody, viewer)


@given(person=people, other=people, viewer=viewers)
def test_who_differs_from_another_in_one_thing_is_described_as_if_alone(
    person: dict[str, Any], other: dict[str, Any], viewer: Viewer
) -> None:
    by_person = [{**person, name: other[name]} for name in person]
    by_place = [
        {**person, "places": {**person["places"], number: {**person["places"][number], name: place[name]}}}
        for number, place in other["places"].items()
        if number in person["places"]
        for name in place
    ]

    told_apart([person, *by_person, *by_place], viewer)


@given(person=people, viewer=viewers)
def test_older_names_stand_after_the_others(person: dict[str, Any], viewer: Viewer) -> None:
    page, groups = page_of([person]), groups_of(*NAMES[1:])
    [said], [in_detail] = (
        map(msgspec.json.decode, description_of(9, NAMES[0], detailed=detailed).of(page, groups, viewer))
        for detailed in (False, True)
    )

    assert tuple(said) == ModelsOrgUser.__struct_encode_fields__
    assert tuple(in_detail) == ModelsOrgUserDetailed.__struct_encode_fields__
    assert in_detail == {**said, "organization_user_id": said["id"], "fullname": said["name"]}


def test_however_different_people_are_few_forms_are_kept() -> None:
    description = Description(9, NAMES[0], detailed=False)
    rights = itertools.product([False, True], repeat=8)
    everybody: list[dict[str, Any]] = [
        {
            "user_id": 1,
            "fullname": "Someone",
            "email": "someone@example.com",
            "role_id": 3,
            "joined": True,
            "inactive": False,
            "elsewhere": False,
            "invitation_id": None,
            "created_at": 1,
            "updated_at": 1,
            "groups": [],
            "places": {
                workspace_id: {
                    "role_id": 5,
                    "inactive": one,
                    "rate": None,
                    "labor_cost": None,
                    "working_hours_in_minutes": None,
                    "view_edit_billable_rates": another,
                    "view_edit_labor_costs": False,
                }
                for workspace_id, one, another in zip(WORKSPACES, own[::2], own[1::2], strict=False)
            },
        }
        for own in rights
    ]
    most = 0
    for person in everybody:
        description.of(page_of([person]), Groups(*NAMES[1:]), Viewer(user_id=2))
        most = max(most, description.forms.size)

    assert LARGEST / 2 < most <= LARGEST


def test_however_different_their_groups_are_little_of_them_is_kept() -> None:
    groups = Groups(
        json([[number, f"Group {number:02}"] for number in range(30)]), json([[number, 1] for number in range(30)])
    )
    most = 0
    for some in itertools.combinations(range(30), 2):
        in_workspace, of_all = groups.of(json(some), (1,))
        most = max(most, groups.written.size)
        assert of_all == in_workspace == json([{"group_id": n, "name": f"Group {n:02}"} for n in some])

    assert LARGEST / 2 < most <= LARGEST
