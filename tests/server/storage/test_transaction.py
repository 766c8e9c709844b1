"""What both databases do alike behind the port."""

from types import NoneType

import msgspec
import pytest

from rollcall.server.storage import Statement, Storage, StorageError, Transaction, Unavailable, Value, connect

pytestmark = pytest.mark.anyio


class Entry(msgspec.Struct):
    name: str
    value: str


class Kinds(msgspec.Struct):
    yes: bool
    unknown: bool | None
    amount: float
    token: bytes
    nothing: str | None
    big: int


PUT = Statement("INSERT INTO meta (name, value) VALUES (:name, :value)", NoneType)
GET = Statement("SELECT name, value FROM meta WHERE name = :name", Entry)
ALL = Statement("SELECT name, value FROM meta ORDER BY name", Entry)
CHANGE = Statement("UPDATE meta SET value = :value WHERE name <> :name", NoneType)


async def put(storage: Storage, *names: str) -> None:
    async def work(transaction: Transaction) -> None:
        for name in names:
            await transaction.execute(PUT, name=name, value="first")

    await storage.write(work)


async def names(storage: Storage) -> list[str]:
    return [entry.name for entry in await storage.read(lambda transaction: transaction.all(ALL))]


async def test_one_is_the_row_or_none(storage: Storage) -> None:
    await put(storage, "a")

    assert await storage.read(lambda transaction: transaction.one(GET, name="a")) == Entry("a", "first")
    assert await storage.read(lambda transaction: transaction.one(GET, name="b")) is None


async def test_one_refuses_several_rows(storage: Storage) -> None:
    await put(storage, "a", "b")

    with pytest.raises(StorageError, match="more than one row"):
        await storage.read(lambda transaction: transaction.one(ALL))


async def test_all_are_structs_in_the_order_of_the_statement(storage: Storage) -> None:
    await put(storage, "b", "a")

    assert await storage.read(lambda transaction: transaction.all(ALL)) == [
        Entry("a", "first"),
        Entry("b", "first"),
    ]


async def test_execute_counts_the_rows_it_touched(storage: Storage) -> None:
    await put(storage, "a", "b", "c")

    assert await storage.write(lambda transaction: transaction.execute(CHANGE, name="a", value="x")) == 2


async def test_execute_counts_also_where_the_statement_begins_with_a_query(storage: Storage) -> None:
    await put(storage, "a", "b")
    change = Statement(
        "WITH chosen AS (SELECT 'a' AS name) UPDATE meta SET value = 'x' WHERE name IN (SELECT name FROM chosen)",
        NoneType,
    )

    assert await storage.write(lambda transaction: transaction.execute(change)) == 1


async def test_a_change_can_return_its_row(storage: Storage) -> None:
    await put(storage, "a")
    change = Statement("UPDATE meta SET value = :value WHERE name = 'a' RETURNING name, value", Entry)

    assert await storage.write(lambda transaction: transaction.one(change, value="x")) == Entry("a", "x")


async def test_values_keep_their_types(storage: Storage) -> None:
    kinds = Statement(
        "SELECT TRUE, NULL, CAST(:amount AS DOUBLE PRECISION), :token, NULL, CAST(:big AS BIGINT)",
        Kinds,
        postgresql="SELECT TRUE, CAST(NULL AS BOOLEAN), CAST(:amount AS DOUBLE PRECISION), "
        "CAST(:token AS BYTEA), NULL, CAST(:big AS BIGINT)",
    )

    row = await storage.read(lambda transaction: transaction.one(kinds, amount=1.5, token=b"\x00\xff", big=2**62))

    assert row == Kinds(yes=True, unknown=None, amount=1.5, token=b"\x00\xff", nothing=None, big=2**62)
    assert row is not None
    assert row.yes is True


async def test_a_list_goes_as_json_text(storage: Storage) -> None:
    await put(storage, "a", "b", "c")
    chosen = Statement(
        "SELECT name, value FROM meta WHERE name IN (SELECT value FROM json_each(:names)) ORDER BY name",
        Entry,
        postgresql="SELECT name, value FROM meta "
        "WHERE name IN (SELECT json_array_elements_text(CAST(:names AS json))) ORDER BY name",
    )

    rows = await storage.read(lambda transaction: transaction.all(chosen, names='["c", "a"]'))

    assert [row.name for row in rows] == ["a", "c"]


async def test_keys_are_ordered_bytewise(storage: Storage) -> None:
    class Failure(msgspec.Struct):
        key: str

    fail = Statement("INSERT INTO login_failures (key, failures, since) VALUES (:key, 1, 0)", NoneType)
    keys = Statement("SELECT key FROM login_failures ORDER BY key", Failure)

    async def work(transaction: Transaction) -> list[Failure]:
        for key in ("ä", "b", "_", "B", "a b", "ab"):
            await transaction.execute(fail, key=key)
        return await transaction.all(keys)

    assert [row.key for row in await storage.write(work)] == ["B", "_", "a b", "ab", "b", "ä"]


async def test_a_write_is_seen_as_soon_as_it_has_returned(storage: Storage) -> None:
    await put(storage, "a")

    assert await names(storage) == ["a"]


async def test_an_exception_undoes_its_work_alone_and_is_raised(storage: Storage) -> None:
    class NotAllowedError(Exception):
        pass

    async def work(transaction: Transaction) -> None:
        await transaction.execute(PUT, name="undone", value="")
        raise NotAllowedError

    await put(storage, "before")
    with pytest.raises(NotAllowedError):
        await storage.write(work)
    await put(storage, "after")

    assert await names(storage) == ["after", "before"]


async def test_an_exception_of_the_systems_is_the_works_own_too(storage: Storage) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.all(ALL)
        raise FileNotFoundError("a template")

    with pytest.raises(FileNotFoundError, match="a template"):
        await storage.write(work)
    with pytest.raises(FileNotFoundError, match="a template"):
        await storage.read(work)


async def test_what_the_database_refuses_is_undone_and_tells_no_values(storage: Storage) -> None:
    await put(storage, "secret")

    with pytest.raises(StorageError) as refused:
        await put(storage, "undone", "secret")

    assert not isinstance(refused.value, Unavailable)
    assert "secret" not in str(refused.value)
    assert await names(storage) == ["secret"]


@pytest.mark.parametrize("value", [2**63, "\ud800"])
async def test_a_value_that_no_column_holds_is_refused(storage: Storage, value: Value) -> None:
    fail = Statement(
        "INSERT INTO login_failures (key, failures, since) VALUES (:key, 1, :since)",
        NoneType,
    )
    key, since = ("a", value) if isinstance(value, int) else (value, 0)

    with pytest.raises(StorageError) as refused:
        await storage.write(lambda transaction: transaction.execute(fail, key=key, since=since))

    assert not isinstance(refused.value, Unavailable)
    assert str(value).encode("utf-8", "replace") not in str(refused.value).encode("utf-8", "replace")


async def test_parameters_that_do_not_fit_the_statement_are_a_mistake(storage: Storage) -> None:
    with pytest.raises(TypeError, match="name"):
        await storage.read(lambda transaction: transaction.one(GET))


async def test_references_hold(storage: Storage) -> None:
    orphan = Statement("INSERT INTO user_organizations (user_id, organization_id) VALUES (:user_id, 1)", NoneType)

    with pytest.raises(StorageError):
        await storage.write(lambda transaction: transaction.execute(orphan, user_id=404))


async def test_a_closed_storage_says_so_and_closes_twice(database_url: str) -> None:
    storage = await connect(database_url)
    await storage.close()
    await storage.close()

    with pytest.raises(StorageError, match="clos"):
        await put(storage, "a")
    with pytest.raises(StorageError, match="clos"):
        await names(storage)
