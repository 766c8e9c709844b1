"""People at one place: whoever is looked for is found by their address in one small request, else among all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Generic, TypeVar

from msgspec import UNSET
from msgspec.structs import replace

from rollcall.client.endpoints.collection import Collection
from rollcall.contract.operation import Operation
from rollcall.contract.wire import Model

P = TypeVar("P", bound=Model)


class Directory(Generic[P]):
    """The people of an organization or a workspace.

    No operation answers with one of them.

    Args:
        people: The collection of them.
        collect: Asks the server for all of them.
        search: Asks it for those whose address has a text in it: an operation, and its arguments for the text.
    """

    def __init__(
        self,
        people: Collection[P],
        collect: Callable[[], Awaitable[list[P]]],
        search: Callable[[str], tuple[Operation, dict[str, Any]]],
    ) -> None:
        self._people = people
        self._collect = collect
        self._search = search

    async def get(self, person: P | int, *, refresh: bool) -> P | None:
        """Somebody, from the cache if they are fresh there; None if they are not there, as the server has it now."""
        number = self._people.number_of(person)
        if not refresh and (kept := await self._people.cache.find(number)) is not None:
            return kept
        return await self.find(_has_number(number), _email(person))

    async def find(self, is_it: Callable[[P], bool], email: str | None) -> P | None:
        """Somebody, as the server has them now.

        Args:
            is_it: Who is meant.
            email: Their address, as far as it is known.
        """
        if email:
            operation, arguments = self._search(email)
            if (found := await self._people.narrow(is_it, operation, **arguments)) is not None:
                return found
        return next(filter(is_it, await self._collect()), None)

    async def edit(self, person: P | int, body: Model, operation: Operation, **arguments: object) -> P:
        """Change somebody, and read them back, for the reply has nothing of them.

        Who is given by number is looked for first: their address makes the reading back a small request.

        Args:
            person: Who.
            body: What to change.
            operation: How.
            **arguments: Its arguments, by the names in the table.
        """
        number = self._people.number_of(person)
        before = await self.get(number, refresh=False) if isinstance(person, int) else person
        response = await self._people.write(number, operation, **arguments)
        given = {name: value for name in body.__struct_fields__ if (value := getattr(body, name)) is not UNSET}
        email = given.get("email") or _email(before)

        async def read() -> P | None:
            return await self.find(_has_number(number), email)

        if before is None:
            found = await read()
        else:
            same = {name: value for name, value in given.items() if name in _AS_WRITTEN}
            found = await self._people.read_back(replace(before, **same), read)
        if found is None:
            raise self._people.session.connection.unreadable(operation, response, "the server lists nobody like that")
        return found


# What stands in a person's object as it stands in the change of it.
_AS_WRITTEN = frozenset({"name", "email", "inactive", "role_id", "rate", "labor_cost", "working_hours_in_minutes"})


def _has_number(number: int) -> Callable[[Any], bool]:
    return lambda person: getattr(person, "id", None) == number


def _email(person: object) -> str | None:
    return getattr(person, "email", None)
