"""Lost passwords."""

from __future__ import annotations

from typing import ClassVar

from msgspec import UNSET

from rollcall.contract.wire import Given, Model


class ModelsLostPassword(Model):
    """Who has lost their password."""

    email: Given[str] = UNSET


class MeLostPasswordPayload(Model):
    """A new password, and the mailed code that allows to set it."""

    secret_fields: ClassVar[frozenset[str]] = Model.secret_fields | {"code"}

    code: Given[str] = UNSET
    password: Given[str] = UNSET
    user_id: Given[int] = UNSET


class UsersLostPasswordURL(Model):
    """Where a new password can be set, once."""

    secret_fields: ClassVar[frozenset[str]] = frozenset({"url"})

    url: str | None = None
