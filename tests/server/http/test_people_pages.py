"""Pages and filters of people agree with a plain model, wherever the pages begin and whatever is in the names."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import httpx
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rollcall.contract.name import name_key
from rollcall.contract.operation import BASE_PATH
from rollcall.contract.role import OrganizationRole, WorkspaceRole
from rollcall.server.domain import groups, memberships, organization_user_lists, people_lists, workspace_user_lists
from rollcall.server.http.request import Request
from rollcall.server.storage import Statement, accounts
from rollcall.server.storage.organization_user_pages import FEW
from tests.server.people_lists import check_lists, shorten_blocks
from tests.server.world import open_world

if TYPE_CHECKING:
    from rollcall.server.domain.work import Work
    from tests.server.world import Person, World

LONGEST = 4
"""People in a block."""

# What is syntax somewhere: of LIKE, of FTS5, of tsquery, of JSON; and what is more than one byte or one character.
PIECES = st.sampled_from(
    [
        *("a", "an", "Ann", "B", "ß", "é", "e\u0301", "中", "文", "😀", "👩‍🚀", "<b>", "\u0001"),
        *("%", "_", "'", '"', "*", ":", "(", ")", "\\", "&", "|", "!", "^", "-", "+", " "),
        *(" AND ", " NOT ", "NEAR(", "NULL", "ag0061"),
    ]
)
# Many are called alike, so that blocks begin among them.
NAMES = st.sampled_from(["Ann", "ANN", "ann b", "B"]) | st.lists(PIECES, min_size=1, max_size=4).map("".join).filter(
    lambda name: name.strip() != ""
)
OFTEN_NOT = st.sampled_from([False, False, False, True])
ROLES = st.sampled_from([OrganizationRole.MEMBER, OrganizationRole.MEMBER, OrganizationRole.ADMIN])


class Somebody(msgspec.Struct):
    """One of the people, as the model knows them; the places are told by what somebody is in the first workspace."""

    name: str
    role: OrganizationRole
    joined: bool
    inactive: bool
    in_group: bool
    direct: bool
    paused: bool
    rate: float | None
    email: str = ""
    id: int = 0

    @property
    def key(self) -> tuple[bytes, int]:
        return name_key(self.name).encode(), self.id

    @property
    def status(self) -> str:
        return ("inactive" if self.inactive else "active") if self.joined else "invited"

    def has(self, part: str) -> bool:
        return name_key(part) in name_key(self.name) or name_key(part) in name_key(self.email)


SOMEBODY = st.builds(
    Somebody,
    name=NAMES,
    role=ROLES,
    joined=st.booleans() | st.just(True),
    inactive=st.booleans(),
    in_group=st.booleans(),
    direct=st.booleans(),
    paused=st.booleans(),
    rate=st.none() | st.just(1.5),
)


class Scene:
    """An organization whose people are known twice: to the server and to the model."""

    def __init__(self, world: World, owner: Person, group_id: int) -> None:
        self.world = world
        self.owner = owner
        self.group_id = group_id
        self.people = [
            Somebody("owner", OrganizationRole.OWNER, True, False, False, True, False, None, owner.email, owner.id)
        ]

    async def add(self, work: Work, somebody: Somebody, number: int) -> None:
        organization_id, workspace_id = self.owner.organization_id, self.owner.workspace_id
        somebody.email = f"{number}-é%{organization_id}@example.com"
        await work.transaction.execute(
            accounts.ADD_INVITED,
            email=somebody.email,
            email_key=name_key(somebody.email),
            fullname=somebody.name,
            name_key=name_key(somebody.name),
            token_hash=somebody.email.encode(),
            token_sealed=b"",
            accounts_id=str(number),
            now=work.now,
        )
        found = await work.transaction.one(accounts.EMAIL_OWNER, email_key=name_key(somebody.email))
        assert found is not None
        somebody.id = found.id
        await memberships.enter_organization(work, organization_id, somebody.id, somebody.role, joined=somebody.joined)
        if somebody.in_group:
            await memberships.enter_group(work, organization_id, self.group_id, somebody.id)
        if somebody.direct:
            await memberships.enter_workspace(work, organization_id, workspace_id, somebody.id, WorkspaceRole.USER)
        await self.store(work, somebody)
        self.people.append(somebody)

    async def store(self, work: Work, somebody: Somebody) -> None:
        where = {"o": self.owner.organization_id, "u": somebody.id}
        await work.transaction.execute(
            Statement(
                "UPDATE organization_users SET inactive = :i, joined = :j, role_id = :r"
                " WHERE organization_id = :o AND user_id = :u",
                type(None),
            ),
            **where,
            i=somebody.inactive,
            j=somebody.joined,
            r=int(somebody.role),
        )
        await work.transaction.execute(
            Statement(
                "UPDATE workspace_users SET inactive = :i, rate = :r WHERE organization_id = :o AND user_id = :u",
                type(None),
            ),
            **where,
            i=somebody.paused,
            r=somebody.rate,
        )

    async def rename(self, work: Work, somebody: Somebody, name: str) -> None:
        somebody.name, somebody.email = name, f"x{somebody.email}"
        await work.transaction.execute(
            accounts.CORRECT,
            user_id=somebody.id,
            email=somebody.email,
            email_key=name_key(somebody.email),
            fullname=name,
            name_key=name_key(name),
            moves=True,
            now=work.now,
        )
        await memberships.rename(work, self.owner.organization_id, somebody.id)

    async def remove(self, work: Work, somebody: Somebody) -> None:
        self.people.remove(somebody)
        await memberships.exit_organization(work, self.owner.organization_id, somebody.id)

    async def check(self, path: str, expected: list[Somebody], field: str, **query: Any) -> None:
        """That one page of a list is what the model says."""
        page, per_page = query["page"], query["per_page"]
        credentials = httpx.BasicAuth(*self.owner.auth)._auth_header.encode()
        scope = {
            "method": "GET",
            "path": BASE_PATH + path,
            "query_string": urlencode(query).encode(),
            "headers": [(b"authorization", credentials)],
        }
        reply = await self.world.server.api.answer(Request(scope), b"")
        assert reply.status == 200, reply.body
        assert [each[field] for each in json.loads(reply.body)] == [
            each.id for each in expected[(page - 1) * per_page : page * per_page]
        ]
        assert dict(reply.headers)[b"x-records"] == str(len(expected)).encode()


async def set_scene(world: World, number: int) -> Scene:
    owner = await world.person(f"owner{number}")
    made: list[int] = []

    async def make(work: Work) -> None:
        group = await groups.add(work, owner.organization_id, "team")
        await memberships.connect_group(work, owner.organization_id, group.id, owner.workspace_id)
        made.append(group.id)

    await world.act(make)
    scene = Scene(world, owner, made[-1])
    scene.people[0].name = f"owner{number}"
    return scene


async def play(world: World, data: st.DataObject, number: int) -> None:
    """Fill an organization, change it, and ask for pages in between."""
    scene = await set_scene(world, number)
    newcomers = data.draw(st.lists(SOMEBODY, min_size=5, max_size=25))

    async def fill(work: Work) -> None:
        for place, somebody in enumerate(newcomers):
            await scene.add(work, somebody, 1000 * number + place)

    await world.act(fill)
    for _ in range(data.draw(st.integers(1, 4))):
        for _ in range(data.draw(st.integers(0, 4))):
            await change(scene, data)
        for _ in range(3):
            await ask_organization(scene, data)
            await ask_workspace(scene, data)
    await check_lists(world, longest=LONGEST)


async def change(scene: Scene, data: st.DataObject) -> None:
    others = scene.people[1:]
    if not others:
        return
    somebody = data.draw(st.sampled_from(others))
    what = data.draw(st.sampled_from(["rename", "remove", "become"]))
    if what == "rename":
        name = data.draw(NAMES)
        await scene.world.act(lambda work: scene.rename(work, somebody, name))
    elif what == "remove":
        await scene.world.act(lambda work: scene.remove(work, somebody))
    else:
        somebody.inactive, somebody.joined = data.draw(st.booleans()), data.draw(st.booleans())
        somebody.paused, somebody.rate = data.draw(st.booleans()), data.draw(st.none() | st.just(2.0))
        somebody.role = data.draw(ROLES)
        await scene.world.act(lambda work: scene.store(work, somebody))


async def ask_organization(scene: Scene, data: st.DataObject) -> None:
    query: dict[str, Any] = {"page": data.draw(st.integers(1, 7)), "per_page": data.draw(st.integers(1, 5))}
    query["sort_dir"] = data.draw(st.sampled_from(["asc", "desc"]))
    people = sorted(scene.people, key=lambda each: each.key, reverse=query["sort_dir"] == "desc")
    if part := data.draw(parts(scene)):
        query["filter"] = part
        people = [each for each in people if each.has(part)]
    if statuses := data.draw(st.lists(st.sampled_from(["active", "inactive", "invited"]), unique=True)):
        query["active_status"] = ",".join(statuses)
        people = [each for each in people if each.status in statuses]
    if data.draw(OFTEN_NOT):
        query["only_admins"] = "true"
        people = [each for each in people if each.role.administers]
    if data.draw(OFTEN_NOT):
        query["groups"] = f"{scene.group_id},{scene.group_id + 10_000}"
        people = [each for each in people if each.in_group]
    if data.draw(OFTEN_NOT):
        query["workspaces"] = scene.owner.workspace_id
        people = [each for each in people if each.in_group or each.direct]
    await scene.check(f"/organizations/{scene.owner.organization_id}/users", people, "user_id", **query)


async def ask_workspace(scene: Scene, data: st.DataObject) -> None:
    query: dict[str, Any] = {"page": data.draw(st.integers(1, 7)), "per_page": data.draw(st.integers(1, 5))}
    everybody = [each for each in scene.people if each.in_group or each.direct]
    people = sorted(everybody, key=lambda each: each.key)
    if name := data.draw(parts(scene)):
        query["name"] = name
        people = [each for each in people if name_key(name) in name_key(each.name)]
    if part := data.draw(parts(scene)):
        query["search"] = part
        people = [each for each in people if each.has(part)]
    if data.draw(st.booleans()):
        query["active"] = "true"
        people = [each for each in people if not (each.inactive or each.paused)]
    if (custom := data.draw(st.none() | st.booleans())) is not None:
        query["custom_rates"] = json.dumps(custom)
        people = [each for each in people if (each.rate is not None) is custom]
    workspace = f"/workspaces/{scene.owner.workspace_id}"
    await scene.check(
        f"/organizations/{scene.owner.organization_id}{workspace}/workspace_users", people, "user_id", **query
    )
    direct = [each for each in sorted(everybody, key=lambda each: each.key) if each.direct]
    paging = {"page": query["page"], "per_page": query["per_page"]}
    await scene.check(f"{workspace}/workspace_users", direct, "user_id", **paging)


def parts(scene: Scene) -> st.SearchStrategy[str]:
    """Parts of names and addresses that there are, and others; often none."""
    texts = [text for each in scene.people for text in (each.name, each.email)]
    slices = st.tuples(st.sampled_from(texts), st.integers(0, 12), st.integers(1, 6)).map(
        lambda drawn: drawn[0][drawn[1] : drawn[1] + drawn[2]]
    )
    # A part of a name that is trimmed at its end can be in it all the same.
    return st.just("") | slices | NAMES


def test_pages_and_filters_agree_with_the_model(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (people_lists, organization_user_lists, workspace_user_lists):
        monkeypatch.setattr(module, "NEAR", 2)
    with asyncio.Runner() as runner:
        runner.run(shorten_blocks(database_url, LONGEST))
        world = runner.run(open_world(database_url))
        numbers = iter(range(1, 10_000))

        @settings(max_examples=30, deadline=None, suppress_health_check=[*HealthCheck])
        @given(st.data())
        def run(data: st.DataObject) -> None:
            runner.run(play(world, data, next(numbers)))

        run()
        runner.run(world.http.aclose())
        runner.run(world.server.close())


@pytest.mark.anyio
async def test_every_page_of_namesakes_is_right_wherever_its_block_begins(
    database_url: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (people_lists, organization_user_lists, workspace_user_lists):
        monkeypatch.setattr(module, "NEAR", 2)
    await shorten_blocks(database_url, LONGEST)
    scene = await set_scene(world, 1)

    async def fill(work: Work) -> None:
        for number in range(40):
            name = ["Ann", "ann", "Bo"][number % 3]
            role = OrganizationRole.ADMIN if number % 4 == 0 else OrganizationRole.MEMBER
            somebody = Somebody(name, role, number % 5 > 0, number % 7 == 0, False, number % 6 > 0, False, None)
            await scene.add(work, somebody, number)

    await world.act(fill)
    await check_lists(world, longest=LONGEST)
    people = sorted(scene.people, key=lambda each: each.key)
    path = f"/organizations/{scene.owner.organization_id}/users"
    for status in ("active", "inactive", "invited", "active,invited", "active,inactive,invited"):
        some = [each for each in people if each.status in status.split(",")]
        for page in range(1, len(some) // 3 + 3):
            query = {"page": page, "per_page": 3, "active_status": status}
            await scene.check(path, some, "user_id", **query)
            await scene.check(path, some[::-1], "user_id", **query, sort_dir="desc")
    direct = [each for each in people if each.direct]
    for page in range(1, len(direct) // 3 + 3):
        await scene.check(
            f"/workspaces/{scene.owner.workspace_id}/workspace_users", direct, "user_id", page=page, per_page=3
        )
    for part in ("a", "n", "nn", "ann", "b", "bo", "nno", "3-é%", "example", "%", "é"):
        some = [each for each in people if each.has(part)]
        await scene.check(path, some, "user_id", filter=part, page=1, per_page=5)


@pytest.mark.anyio
async def test_people_are_in_the_right_ones_of_many_workspaces_and_groups(world: World) -> None:
    # Most organizations have so few that a page comes with the names of all.
    scene = await set_scene(world, 1)
    owner = scene.owner
    made: dict[str, int] = {}

    async def fill(work: Work) -> None:
        for number in range(FEW + 1):
            for name in (f"group {number:03}", f"zz {number:03}"):
                group = await groups.add(work, owner.organization_id, name)
                made[name] = group.id
        last = made[f"zz {FEW:03}"]
        await memberships.connect_group(work, owner.organization_id, last, owner.workspace_id)
        for group_id in (last, made["group 000"]):
            await memberships.enter_group(work, owner.organization_id, group_id, owner.id)

    await world.act(fill)
    reply = await world.http.get(f"/organizations/{owner.organization_id}/users", auth=owner.auth)

    [person] = reply.json()
    first, last = ({"group_id": made[name], "name": name} for name in ("group 000", f"zz {FEW:03}"))
    assert person["groups"] == [first, last]
    [workspace] = person["workspaces"]
    assert workspace["groups"] == [last]
    await check_lists(world)


@pytest.mark.anyio
async def test_names_of_many_groups_that_pages_have_in_part_are_those_of_now(world: World) -> None:
    """What was asked for one page serves the next one, until somebody changes something."""
    owner = await world.person("owner")
    people = [await world.member(name, owner) for name in ("ann", "bob", "cid")]
    made: list[int] = []

    async def fill(work: Work) -> None:
        for number in range(FEW + 1):
            group = await groups.add(work, owner.organization_id, f"group {number:03}")
            made.append(group.id)
        for number, in_groups in enumerate(([3], [2, 3], [2, 1])):
            for place in in_groups:
                await memberships.enter_group(work, owner.organization_id, made[place], people[number].id)
        await memberships.connect_group(work, owner.organization_id, made[2], owner.workspace_id)

    async def listed(**query: int) -> list[tuple[list[str], list[str]]]:
        reply = await world.http.get(f"/organizations/{owner.organization_id}/users", auth=owner.auth, params=query)
        named = [(each["groups"], each["workspaces"][0]["groups"]) for each in reply.json()]
        return [tuple([group["name"] for group in some] for some in each) for each in named]  # type: ignore[misc]

    await world.act(fill)
    first, second, third = "group 001", "group 002", "group 003"
    everybody = [([third], []), ([second, third], [second]), ([first, second], [second]), ([], [])]
    for _ in range(2):
        assert [each for page in (1, 2, 3, 4) for each in await listed(page=page, per_page=1)] == everybody
    assert await listed(per_page=3) == everybody[:3]

    path = f"/organizations/{owner.organization_id}/groups/{made[3]}"
    assert (await world.http.put(path, auth=owner.auth, json={"name": "a group"})).is_success

    assert await listed(page=2, per_page=1) == [(["a group", second], [second])]
    assert await listed(per_page=3) == [(["a group"], []), (["a group", second], [second]), everybody[2]]


@pytest.mark.anyio
async def test_a_name_is_listed_as_it_is_written_now(world: World) -> None:
    owner = await world.person("owner")
    path = f"/organizations/{owner.organization_id}/users"
    before = await world.http.get(path, auth=owner.auth)

    # The same by its key: nobody's place in the list moves.
    reply = await world.http.put("/me", auth=owner.auth, json={"fullname": "OWNER", "email": "Owner@Example.com"})

    assert reply.status_code == 200, reply.text
    [was], [person] = before.json(), (await world.http.get(path, auth=owner.auth)).json()
    assert (was["name"], was["email"]) == ("owner", "owner@example.com")
    assert (person["name"], person["email"]) == ("OWNER", "Owner@Example.com")


@pytest.mark.anyio
async def test_a_name_is_written_in_a_list_as_everywhere(world: World) -> None:
    """Lists pass on the JSON that a database makes of a name; everything else makes it itself."""
    owner = await world.person("owner")
    name = "".join(map(chr, range(1, 64))) + "\\\x7f\x80\xff\u2028\ufeff中😀e\u0301"
    reply = await world.http.put("/me", auth=owner.auth, json={"fullname": name})
    written = reply.content.partition(b'"fullname":')[2].partition(b',"')[0]

    listed = await world.http.get(f"/organizations/{owner.organization_id}/users", auth=owner.auth)

    assert json.loads(written) == reply.json()["fullname"] != ""
    assert b'"name":' + written + b',"email":' in listed.content
