"""What a cache answers: only what is fresh, whole only what is whole, and with an ETag also what is old."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from rollcall.client.cache.model_cache import ModelCache, Tagged
from rollcall.client.cache.store import Entry
from rollcall.contract.wire import Model
from rollcall.coroutine import complete

from .stage import MINUTE, STORES, HandClock, Person, people

ANN, BOB = Person(id=1, name="Ann"), Person(id=2, name="Bob")


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    return request.param(tmp_path / "cache")


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def cache(store: Any, clock: HandClock) -> ModelCache[Any]:
    return people(store, clock)


def test_what_is_too_old_to_answer_is_known_by_its_etag_and_is_fresh_again_when_renewed(
    cache: ModelCache[Any], clock: HandClock
) -> None:
    complete(cache.keep(ANN, etag='"v1"'))
    clock.seconds += MINUTE
    assert complete(cache.find(1)) is None
    assert complete(cache.tagged(1)) == Tagged(ANN, '"v1"')
    complete(cache.renew(1, '"v1"'))
    assert complete(cache.find(1)) == ANN
    clock.seconds += MINUTE
    assert complete(cache.find(1)) is None


def test_so_it_is_with_all_of_them_and_with_each(cache: ModelCache[Any], clock: HandClock) -> None:
    complete(cache.keep_all([ANN, BOB], etag='"all"'))
    clock.seconds += MINUTE
    assert complete(cache.all()) is None
    assert complete(cache.tagged_all()) == Tagged([ANN, BOB], '"all"')
    complete(cache.renew_all('"all"'))
    assert complete(cache.all()) == [ANN, BOB]
    assert complete(cache.find(2)) == BOB


def test_without_an_etag_nothing_is_known_that_is_too_old(cache: ModelCache[Any], clock: HandClock) -> None:
    complete(cache.keep_all([ANN, BOB]))
    clock.seconds += MINUTE
    assert (complete(cache.tagged(1)), complete(cache.tagged_all())) == (None, None)


def test_an_etag_of_all_is_not_one_of_each(cache: ModelCache[Any]) -> None:
    complete(cache.keep_all([ANN, BOB], etag='"all"'))
    assert complete(cache.tagged(1)) is None


@pytest.mark.parametrize("write", ["keep", "remove", "distrust", "distrust none", "forget"])
def test_a_write_drops_the_etags_of_what_it_touches(cache: ModelCache[Any], write: str) -> None:
    complete(cache.keep_all([ANN, BOB], etag='"all"'))
    complete(cache.keep(ANN, etag='"v1"'))
    assert complete(cache.tagged_all()) is not None
    match write:
        case "keep":
            complete(cache.keep(Person(id=1, name="Anna")))
        case "remove":
            complete(cache.remove(1))
        case "distrust":
            complete(cache.distrust(1))
        case "distrust none":
            complete(cache.distrust(None))
        case _:
            complete(cache.forget())
    assert complete(cache.tagged_all()) is None
    assert (complete(cache.tagged(1)) is None) == (write != "distrust none")


def test_a_renewal_that_comes_too_late_renews_nothing(cache: ModelCache[Any], clock: HandClock) -> None:
    complete(cache.keep_all([ANN, BOB], etag='"all"'))
    complete(cache.keep(ANN, etag='"v1"'))
    clock.seconds += MINUTE
    known, known_all = complete(cache.tagged(1)), complete(cache.tagged_all())
    assert known is not None
    assert known_all is not None
    complete(cache.distrust(1))  # another call changed it meanwhile
    complete(cache.renew(1, known.etag))
    complete(cache.renew_all(known_all.etag))
    assert (complete(cache.find(1)), complete(cache.all())) == (None, None)


def test_a_partial_set_never_answers_for_a_whole(cache: ModelCache[Any]) -> None:
    complete(cache.keep(ANN))
    assert complete(cache.all()) is None
    complete(cache.keep_all([BOB, Person(name="nobody's number")], etag='"all"'))
    assert (complete(cache.all()), complete(cache.tagged_all())) == (None, None)
    complete(cache.keep_all([BOB, BOB], etag='"all"'))
    assert (complete(cache.all()), complete(cache.tagged_all())) == (None, None)


def test_one_that_cannot_be_read_is_not_answered_nor_the_whole(cache: ModelCache[Any], store: Any) -> None:
    complete(cache.keep_all([ANN, BOB], etag='"all"'))
    entries = store.load(cache.shelf).entries
    store.put(cache.shelf, {1: Entry(msgspec.Raw(b'"not a person"'), entries[1].fetched_at)})
    assert (complete(cache.find(1)), complete(cache.all()), complete(cache.find(2))) == (None, None, BOB)


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 10**30])
def test_a_number_beyond_what_a_file_can_have_is_not_cached(cache: ModelCache[Any], number: int) -> None:
    complete(cache.keep(Person(id=number)))
    complete(cache.keep_all([Person(id=number)]))
    complete(cache.remove(number))
    complete(cache.distrust(number))
    assert (complete(cache.find(number)), complete(cache.tagged(number)), complete(cache.all())) == (None, None, None)


def test_a_class_with_other_fields_does_not_take_what_was_kept_without_them(store: Any, clock: HandClock) -> None:
    before = msgspec.defstruct("Person", [("id", int | None, None)], bases=(Model,))
    complete(people(store, clock, kind=before).keep(before(id=1), etag='"v1"'))
    assert complete(people(store, clock).tagged(1)) is None
    assert complete(people(store, clock, kind=before).tagged(1)) is not None


def test_so_it_is_with_the_fields_of_what_is_in_it(store: Any, clock: HandClock) -> None:
    def version(*fields: str) -> Any:
        inner = msgspec.defstruct("Inner", [(name, int | None, None) for name in fields], bases=(Model,))
        named = [("id", int | None, None), ("inner", list[inner] | None, None)]  # type: ignore[valid-type]
        return msgspec.defstruct("Outer", named, bases=(Model,))

    one, two = version("a"), version("a", "b")
    complete(people(store, clock, kind=one).keep(one(id=1)))
    assert complete(people(store, clock, kind=two).find(1)) is None
    assert complete(people(store, clock, kind=version("a")).find(1)) is not None


def test_a_class_that_has_itself_in_it_can_be_kept(store: Any, clock: HandClock) -> None:
    complete(people(store, clock, kind=Tree).keep(Tree(id=1, branches=[Tree(id=2)])))
    assert complete(people(store, clock, kind=Tree).find(1)) == Tree(id=1, branches=[Tree(id=2)])


class Tree(Model):
    id: int | None = None
    branches: list[Tree] | None = None


def test_without_a_file_nothing_is_kept(clock: HandClock) -> None:
    cache = people(None, clock)
    complete(cache.keep_all([ANN], etag='"all"'))
    complete(cache.renew(1, '"v1"'))
    assert (complete(cache.all()), complete(cache.find(1)), complete(cache.tagged_all())) == (None, None, None)
    assert complete(cache.query()) == []


NUMBERS = st.sampled_from([1, 2, 3])
NAMES = st.sampled_from(["Ann", "Bob"])


class Caches(RuleBasedStateMachine):
    """Two caches on one file against the truth, which changes only as they are told, or behind an ETag."""

    open_store: Any

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = HandClock()
        path = Path(self.folder.name) / "cache"
        self.caches = [people(self.open_store(path), self.clock) for _ in range(2)]
        self.truth: dict[int, str] = {}
        self.told: dict[int, float] = {}
        self.told_all: float | None = None
        self.turn = 0

    def teardown(self) -> None:
        self.caches.clear()
        self.folder.cleanup()

    @property
    def cache(self) -> ModelCache[Any]:
        self.turn += 1
        return self.caches[self.turn % 2]

    def etag(self) -> str:
        return f'"{sorted(self.truth.items())}"'

    @rule(number=NUMBERS, name=NAMES)
    def write(self, number: int, name: str) -> None:
        self.truth[number] = name
        complete(self.cache.keep(Person(id=number, name=name), etag=f'"{name}"'))
        self.told[number] = self.clock.now()

    @rule(number=NUMBERS)
    def end(self, number: int) -> None:
        self.truth.pop(number, None)
        self.told.pop(number, None)
        complete(self.cache.remove(number))

    @rule(number=NUMBERS, name=NAMES)
    def write_without_an_answer(self, number: int, name: str) -> None:
        self.truth[number] = name
        self.told.pop(number, None)
        self.told_all = None
        complete(self.cache.distrust(number))

    @rule()
    def collect(self) -> None:
        cache = self.cache
        known = complete(cache.tagged_all())
        if known is not None and known.etag == self.etag():
            assert {person.id: person.name for person in known.value} == self.truth
            complete(cache.renew_all(known.etag))
        else:
            persons = [Person(id=number, name=name) for number, name in self.truth.items()]
            complete(cache.keep_all(persons, etag=self.etag()))
        self.told = dict.fromkeys(self.truth, self.clock.now())
        self.told_all = self.clock.now()

    @rule(number=NUMBERS)
    def get(self, number: int) -> None:
        cache = self.cache
        known = complete(cache.tagged(number))
        name = self.truth.get(number)
        if name is None:
            assert known is None
            return
        if known is not None and known.etag == f'"{name}"':
            assert known.value.name == name
            complete(cache.renew(number, known.etag))
        else:
            complete(cache.keep(Person(id=number, name=name), etag=f'"{name}"'))
        self.told[number] = self.clock.now()

    @rule(seconds=st.sampled_from([1, MINUTE / 2, MINUTE, -5]))
    def time_passes(self, seconds: float) -> None:
        self.clock.seconds += seconds

    @invariant()
    def what_is_told_is_true_and_fresh_and_what_is_fresh_is_told(self) -> None:
        for cache in self.caches:
            for number in (1, 2, 3):
                found = complete(cache.find(number))
                assert (found is not None) == self.is_fresh(self.told.get(number))
                assert found is None or found.name == self.truth[number]
            everybody = complete(cache.all())
            assert (everybody is not None) == self.is_fresh(self.told_all)
            assert everybody is None or {each.id: each.name for each in everybody} == self.truth
            fresh = {number for number, moment in self.told.items() if self.is_fresh(moment)}
            assert {person.id for person in complete(cache.query())} == fresh

    def is_fresh(self, moment: float | None) -> bool:
        return moment is not None and 0 <= self.clock.now() - moment < MINUTE


@pytest.mark.parametrize("open_store", STORES)
def test_in_any_order_what_is_told_is_true_and_fresh(open_store: Any) -> None:
    machine = type("Machine", (Caches,), {"open_store": staticmethod(open_store)})
    run_state_machine_as_test(machine, settings=settings(max_examples=40, stateful_step_count=25, deadline=None))
