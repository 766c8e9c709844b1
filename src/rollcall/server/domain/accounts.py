"""Accounts: made, seen, changed."""

from __future__ import annotations

import secrets
import string
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

import msgspec
from msgspec import UnsetType

from rollcall.contract import timestamp
from rollcall.contract.email import is_email
from rollcall.contract.identifier import is_id
from rollcall.contract.models.account import (
    MePayload,
    MePostUser,
    ModelsTogglUser,
    ModelsUser,
    RelatedUserWithRelated,
)
from rollcall.contract.name import MAXIMUM_NAME, name_key
from rollcall.contract.operations.account import MeQuery, SinceQuery
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.contract.wire import OMITTED
from rollcall.server.domain import audit, organizations, proofs, workspaces
from rollcall.server.domain.given import keep, value_of
from rollcall.server.domain.memberships import rename
from rollcall.server.domain.passwords import check_strength
from rollcall.server.domain.revisions import raise_user_everywhere
from rollcall.server.keyring import digest, new_token
from rollcall.server.storage import accounts as rows

if TYPE_CHECKING:
    from rollcall.server.domain.work import Service, Viewer, Work
    from rollcall.server.storage import Storage, Transaction
    from rollcall.server.storage.accounts import AccountRow

PICTURE_URL = "https://assets.track.toggl.com/images/profile.png"
"""What Toggl answers for an account without a picture of its own."""

MAXIMUM_COUNTRY_ID = 300
_ALPHABET = string.ascii_letters + string.digits
_ACCOUNTS_ID_LENGTH = 22


async def show(work: Work, query: MeQuery) -> RelatedUserWithRelated:
    """One's own account (`GET /me`)."""
    account = await _load(work, work.viewer.user_id)
    common = _fields(work, account)
    related = query.with_related_data
    return RelatedUserWithRelated(
        **common,
        intercom_hash=OMITTED,
        oauth_providers=OMITTED,
        tags=None if related else OMITTED,
        clients=None if related else OMITTED,
        time_entries=None if related else OMITTED,
        projects=None if related else OMITTED,
        workspaces=(await workspaces.list_mine(work, SinceQuery())) or None if related else OMITTED,
        tasks=OMITTED,
        authorization_updated_at=timestamp.precise(account.authorized_at),
    )


async def show_id(work: Work) -> int:
    """The number of one's own account (`GET /me/id`)."""
    return work.viewer.user_id


async def show_logged(_: Work) -> str:
    """That one's credentials work: they did, or this would not be reached (`GET /me/logged`)."""
    return "OK"


async def register(work: Work, body: MePostUser, password_hash: str, *, proved: bool) -> ModelsTogglUser:
    """Make an account with an organization and a workspace of its own, whoever may sign up.

    Args:
        work: The request.
        body: Who it is for.
        password_hash: What is stored of the password.
        proved: Whether the address needs no proof: the operator answers for the accounts they make.
    """
    workspace = value_of(body.workspace)
    given_name = value_of(workspace.name) if workspace else None
    fullname = _fullname_of(body)
    workspace_name = _checked_workspace_name(given_name, fullname)
    user_id = await add(work, body, password_hash, proved=proved)
    if work.service.settings.organizations == "anyone":
        organization_id, _ = await organizations.found(work, user_id, _of(fullname, "organization"), workspace_name)
        new = {"email": checked_email(value_of(body.email)), "fullname": fullname}
        await audit.record(work, organization_id, "user", user_id, "create", after=new)
    return await describe(work, user_id)


async def add(work: Work, body: MePostUser, password_hash: str, *, proved: bool) -> int:
    """Make an account that somebody can log in to, and take its turn. Who was only invited before keeps their number.

    Raises:
        Refused: Something about it cannot be, or the address is taken.
    """
    email = checked_email(value_of(body.email))
    fullname = _fullname_of(body)
    token = new_token()
    made = await work.transaction.one(
        rows.ADD,
        email=email,
        email_key=name_key(email),
        fullname=fullname,
        name_key=name_key(fullname),
        password_hash=password_hash,
        token_hash=digest(token),
        token_sealed=work.service.keyring.seal(token),
        timezone=_checked_timezone(value_of(body.timezone) or "UTC"),
        country_id=_checked_country(value_of(body.country_id)),
        accounts_id=new_accounts_id(),
        proved_at=work.now if proved else None,
        now=work.now,
    )
    if made is None:
        raise Refused(Reason.EMAIL_TAKEN)
    for organization_id in await raise_user_everywhere(work, made.id):
        await rename(work, organization_id, made.id)
    return made.id


async def describe(work: Work, user_id: int) -> ModelsTogglUser:
    """An account, as sign-up and a change of it answer."""
    return _describe(work, await _load(work, user_id))


class PasswordChange(msgspec.Struct, frozen=True):
    """A change of password whose slow part is done.

    Attributes:
        checked_against: The stored hash that the current password was right for; it must still be the stored one.
        password_hash: What is stored from now on.
    """

    checked_against: str
    password_hash: str


async def prepare_change(service: Service, storage: Storage, viewer: Viewer, body: MePayload) -> PasswordChange | None:
    """Check the current password and hash the new one, which takes too long to be done inside a transaction.

    Returns:
        None where the password is not to change.

    Raises:
        Refused: The current password is missing or wrong, or the new one breaks the rules.
    """
    password = value_of(body.password)
    if password is None:
        return None
    current = value_of(body.current_password)
    if current is None:
        raise Refused(Reason.CURRENT_PASSWORD_MISSING)
    check_strength(password)

    async def read_hash(transaction: Transaction) -> str | None:
        account = await transaction.one(rows.BY_ID, user_id=viewer.user_id)
        return account.password_hash if account else None

    stored = await storage.read(read_hash)
    if stored is None or not await service.passwords.check(current, stored):
        raise Refused(Reason.CURRENT_PASSWORD_WRONG)
    return PasswordChange(stored, await service.passwords.hash(password))


async def change(work: Work, body: MePayload, prepared: PasswordChange | None) -> ModelsTogglUser:
    """Change one's own account (`PUT /me`). A new password ends one's other sessions."""
    user_id = work.viewer.user_id
    organization_ids = await raise_user_everywhere(work, user_id)
    stored = await _load(work, user_id)
    after = await _changed(work, stored, body)
    await work.transaction.execute(
        rows.CHANGE,
        user_id=user_id,
        email=after.email,
        email_key=name_key(after.email),
        fullname=after.fullname,
        name_key=name_key(after.fullname),
        timezone=after.timezone,
        beginning_of_week=after.beginning_of_week,
        country_id=after.country_id,
        default_workspace_id=after.default_workspace_id,
        proved_at=after.proved_at,
        now=work.now,
    )
    for organization_id in organization_ids:
        await rename(work, organization_id, user_id)
    if prepared is not None:
        await _change_password(work, stored, prepared)
    before, now = _difference(stored, after)
    if prepared is not None:
        before["password"] = now["password"] = "***"
    if now:
        await audit.record_everywhere(work, organization_ids, "user", user_id, "update", before=before, after=now)
    if after.proved_at is None and name_key(after.email) != name_key(stored.email):
        await proofs.ask(work, user_id, after.email)
    return _describe(work, await _load(work, user_id))


async def reset_token(work: Work) -> str:
    """Replace one's API token (`POST /me/reset_token`).

    Returns:
        The new token. The old one stops working with the commit.
    """
    user_id = work.viewer.user_id
    organization_ids = await raise_user_everywhere(work, user_id)
    token = new_token()
    await work.transaction.execute(
        rows.CHANGE_TOKEN,
        user_id=user_id,
        token_hash=digest(token),
        token_sealed=work.service.keyring.seal(token),
        now=work.now,
    )
    hidden = {"api_token": "***"}
    await audit.record_everywhere(work, organization_ids, "token", user_id, "update", before=hidden, after=hidden)
    return token


async def describe_briefly(work: Work) -> ModelsUser:
    """The short form of one's own account."""
    account = await _load(work, work.viewer.user_id)
    return ModelsUser(
        id=account.id,
        api_token=work.service.keyring.unseal(account.token_sealed),
        email=account.email,
        fullname=account.fullname,
        timezone=account.timezone,
    )


async def _load(work: Work, user_id: int) -> AccountRow:
    account = await work.transaction.one(rows.BY_ID, user_id=user_id)
    if account is None:
        raise Refused(Reason.NOT_FOUND)
    return account


async def _changed(work: Work, stored: AccountRow, body: MePayload) -> AccountRow:
    email = checked_email(keep(body.email, stored.email))
    if name_key(email) != name_key(stored.email):
        holder = await work.transaction.one(rows.EMAIL_OWNER, email_key=name_key(email))
        if holder is not None:
            raise Refused(Reason.EMAIL_TAKEN)
    beginning_of_week = keep(body.beginning_of_week, stored.beginning_of_week)
    if not 0 <= beginning_of_week <= 6:
        raise Refused(Reason.INVALID_BEGINNING_OF_WEEK)
    default_workspace_id = value_of(body.default_workspace_id)
    if default_workspace_id is not None:
        mine = is_id(default_workspace_id) and await workspaces.belongs(work, stored.id, default_workspace_id)
        if not mine:
            raise Refused(Reason.INVALID_DEFAULT_WORKSPACE_ID)
    return msgspec.structs.replace(
        stored,
        email=email,
        fullname=_checked_fullname(keep(body.fullname, stored.fullname)),
        timezone=_checked_timezone(keep(body.timezone, stored.timezone)),
        beginning_of_week=beginning_of_week,
        country_id=_checked_country(stored.country_id if isinstance(body.country_id, UnsetType) else body.country_id),
        default_workspace_id=default_workspace_id or stored.default_workspace_id,
        # Another address is another mailbox: nobody has proved it yet.
        proved_at=stored.proved_at if name_key(email) == name_key(stored.email) else None,
    )


async def _change_password(work: Work, stored: AccountRow, password: PasswordChange) -> None:
    if stored.password_hash != password.checked_against:
        raise Refused(Reason.CURRENT_PASSWORD_WRONG)
    await work.transaction.execute(
        rows.CHANGE_PASSWORD, user_id=stored.id, password_hash=password.password_hash, now=work.now
    )
    await work.transaction.execute(rows.END_OTHER_SESSIONS, user_id=stored.id, token_hash=work.viewer.session or b"")


def _difference(before: AccountRow, after: AccountRow) -> tuple[dict[str, object], dict[str, object]]:
    fields = ("email", "fullname", "timezone", "beginning_of_week", "country_id", "default_workspace_id")
    changed = [field for field in fields if getattr(before, field) != getattr(after, field)]
    return ({name: getattr(before, name) for name in changed}, {name: getattr(after, name) for name in changed})


def checked_email(given: str | None) -> str:
    """An address without the space around it.

    Raises:
        Refused: It is none.
    """
    email = (given or "").strip()
    if not is_email(email):
        raise Refused(Reason.INVALID_EMAIL)
    return email


def new_accounts_id() -> str:
    """A new `toggl_accounts_id`."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_ACCOUNTS_ID_LENGTH))


def _fullname_of(body: MePostUser) -> str:
    return _checked_fullname(value_of(body.full_name) or (value_of(body.email) or "").strip().partition("@")[0])


def _checked_fullname(given: str) -> str:
    fullname = given.strip()
    if not 0 < len(fullname) <= MAXIMUM_NAME:
        raise Refused(Reason.INVALID_FULLNAME)
    return fullname


def _checked_timezone(given: str) -> str:
    if given not in _timezones():
        raise Refused(Reason.INVALID_TIMEZONE)
    return given


def _checked_country(given: int | None) -> int | None:
    if given is not None and not 0 < given <= MAXIMUM_COUNTRY_ID:
        raise Refused(Reason.INVALID_COUNTRY_ID)
    return given


def _checked_workspace_name(given: str | None, fullname: str) -> str:
    if given is None:
        return _of(fullname, "workspace")
    name = given.strip()
    if not name:
        raise Refused(Reason.WORKSPACE_NAME_EMPTY)
    if len(name) > MAXIMUM_NAME:
        raise Refused(Reason.WORKSPACE_NAME_TOO_LONG)
    return name


def _of(fullname: str, thing: str) -> str:
    ending = f"'s {thing}"
    return fullname[: MAXIMUM_NAME - len(ending)] + ending


@cache
def _timezones() -> frozenset[str]:
    return frozenset(available_timezones())


def _describe(work: Work, account: AccountRow) -> ModelsTogglUser:
    return ModelsTogglUser(
        **_fields(work, account),
        toggl_accounts_updated_at=timestamp.precise(account.authorized_at),
    )


def _fields(work: Work, account: AccountRow) -> dict[str, Any]:
    """What an account's replies have in common."""
    return {
        "id": account.id,
        "api_token": work.service.keyring.unseal(account.token_sealed),
        "email": account.email,
        "fullname": account.fullname,
        "timezone": account.timezone,
        "toggl_accounts_id": account.accounts_id,
        "default_workspace_id": account.default_workspace_id,
        "beginning_of_week": account.beginning_of_week,
        "image_url": PICTURE_URL,
        "created_at": timestamp.precise(account.created_at),
        "updated_at": timestamp.precise(account.updated_at),
        "openid_email": None,
        "openid_enabled": False,
        "country_id": account.country_id,
        "has_password": account.password_hash is not None,
        "at": timestamp.precise(work.now),
        "options": OMITTED,
        "two_factor_enabled": False,
    }
