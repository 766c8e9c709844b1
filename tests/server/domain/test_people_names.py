"""What is remembered of names: until they may be others, and no more than so much."""

import msgspec

from rollcall.server.domain.people_names import MOST, Known, Names
from rollcall.server.storage.organization_user_pages import NamesRow


def named(workspaces: list[int], groups: list[int]) -> NamesRow:
    """What a database says of some workspaces and groups; each group is in the first of these workspaces."""
    return NamesRow(
        revision=7,
        workspaces=msgspec.json.encode([[number, f"Workspace {number}", "USD"] for number in workspaces]).decode(),
        groups=msgspec.json.encode([[number, f"Group {number}"] for number in groups]).decode(),
        ways=msgspec.json.encode([[number, workspaces[0]] for number in groups]).decode(),
    )


def known(
    names: Names, organization_id: int = 1, epoch: str = "e", revision: int = 7, *, detailed: bool = False
) -> Known:
    return names.of(organization_id, epoch, revision, detailed=detailed)


def ids(known: Known) -> tuple[set[int], set[int]]:
    return set(known.description.workspace_ids), set(known.groups.ids)


def test_what_is_learned_adds_up_until_the_organization_changes() -> None:
    names = Names()
    known(names).learn(named([1, 2], [3]))
    known(names).learn(named([2, 4], [5]))

    assert ids(known(names)) == ({1, 2, 4}, {3, 5})
    assert ids(known(names, organization_id=2)) == ids(known(names, epoch="f")) == (set(), set())
    assert ids(known(names, detailed=True)) == (set(), set())
    assert ids(known(names, revision=8)) == (set(), set())


def test_groups_come_in_the_order_of_their_names_and_only_for_the_workspaces_that_they_are_in() -> None:
    names = Names()
    known(names).learn(named([1], [12]))
    known(names).learn(named([2], [3]))
    everything, of_first, of_second = (
        [{"group_id": number, "name": f"Group {number}"} for number in some] for some in ([12, 3], [12], [3])
    )

    written = known(names).groups.of("[3, 12]", (1, 2))

    assert [msgspec.json.decode(each) for each in written] == [of_first, of_second, everything]


def test_what_would_become_too_much_is_forgotten() -> None:
    names = Names()
    most = 0
    for number in range(MOST):
        known(names).learn(named([1], [number]))
        most = max(most, len(known(names).groups.ids))

    assert MOST / 4 < most <= MOST / 2
    assert len(known(names).groups.ids) < most


def test_only_so_many_organizations_are_remembered() -> None:
    names = Names()
    for organization_id in range(100):
        known(names, organization_id).learn(named([1], [2]))

    assert all(ids(known(names, number)) == ({1}, {2}) for number in range(84, 100))
    assert ids(known(names, 83)) == (set(), set())
