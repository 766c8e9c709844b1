"""Bodies of changes, as the caller gives them."""

from __future__ import annotations

from msgspec import UNSET

from rollcall.contract.wire import Model


def check_body(body: object, kind: type[Model], example: str) -> None:
    """Refuse what is no body, and one that has nothing in it.

    Args:
        body: What was given.
        kind: What it must be.
        example: One that would be right.

    Raises:
        TypeError: It is another thing.
        ValueError: Nothing is given in it.
    """
    if not isinstance(body, kind):
        raise TypeError(f"body must be like {example}, not {body!r}")
    if all(getattr(body, name) is UNSET for name in body.__struct_fields__):
        raise ValueError(f"There must be something to change, as in {example}")
