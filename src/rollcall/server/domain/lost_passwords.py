"""Lost passwords: a new one is set by a code, which works once and for an hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.contract.email import is_email
from rollcall.contract.models.password import MeLostPasswordPayload, ModelsLostPassword, UsersLostPasswordURL
from rollcall.contract.name import name_key
from rollcall.contract.operations.passwords import LostPasswordQuery
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.server.domain import audit, letters, mailed_codes, outbox, proofs
from rollcall.server.domain.given import value_of
from rollcall.server.domain.passwords import check_strength
from rollcall.server.domain.revisions import raise_organization, raise_user_everywhere
from rollcall.server.storage import accounts as account_rows
from rollcall.server.storage import mailed_codes as rows
from rollcall.server.storage import memberships as membership_rows

if TYPE_CHECKING:
    from rollcall.server.domain.work import Service, Work
    from rollcall.server.storage import Storage, Transaction
    from rollcall.server.storage.mailed_codes import CodeRow

LIFETIME = 60 * 60 * 1_000_000
"""Microseconds for which a code works."""

MAXIMUM_MAILS = 5
"""To one account in that time: who asks on and on fills nobody's mailbox."""


async def ask(work: Work, body: ModelsLostPassword) -> str:
    """Mail a code to who has an account (`POST /me/lost_passwords`). The reply does not tell whether anybody has."""
    email = (value_of(body.email) or "").strip()
    if not is_email(email):
        raise Refused(Reason.INVALID_EMAIL)
    holder = await work.transaction.one(account_rows.HOLDER, email_key=name_key(email))
    if holder is not None and holder.registered:
        made = await work.transaction.one(
            rows.MADE_SINCE, user_id=holder.id, purpose="password", since=work.now - LIFETIME
        )
        if made is None or made.id < MAXIMUM_MAILS:
            code = await mailed_codes.mint(work, holder.id, "password", LIFETIME)
            await outbox.send(work, holder.email, letters.lost_password(work.service.settings, code))
    return "OK"


async def check(work: Work, query: LostPasswordQuery) -> str:
    """Whether a code works (`GET /me/lost_passwords`)."""
    if await mailed_codes.find(work.transaction, query.token_code, "password", work.now) is None:
        raise Refused(Reason.INVALID_TOKEN_CODE)
    return "OK"


async def prepare_confirm(service: Service, storage: Storage, _viewer: None, body: MeLostPasswordPayload) -> str:
    """Hash the new password, which takes too long to be done inside a transaction.

    Raises:
        Refused: There is no such code, or the password breaks the rules: before any work is done for it.
    """
    password = value_of(body.password) or ""
    check_strength(password)

    async def read(transaction: Transaction) -> CodeRow | None:
        # Whether it has expired is asked in the transaction that counts.
        return await mailed_codes.find(transaction, value_of(body.code), "password", 0)

    if await storage.read(read) is None:
        raise Refused(Reason.INVALID_TOKEN_CODE)
    return await service.passwords.hash(password)


async def confirm(work: Work, body: MeLostPasswordPayload, prepared: str) -> str:
    """Set a new password by a code (`POST /me/lost_passwords/confirm`). It ends all sessions of the account."""
    code = value_of(body.code)
    found = await _find(work, code)
    if value_of(body.user_id) not in (None, found.user_id):
        raise Refused(Reason.INVALID_TOKEN_CODE)
    user_id = found.user_id
    organization_ids = await raise_user_everywhere(work, user_id)
    found = await _find(work, code)
    if found.organization_id is not None and found.issued_by is not None:
        try:
            await _check_standing(work, found.organization_id, found.issued_by, user_id)
        except Refused:
            # Somebody has gained or lost a role or a place since: what the admin was given then reaches too far now.
            raise Refused(Reason.INVALID_TOKEN_CODE) from None
    transaction = work.transaction
    await transaction.execute(account_rows.CHANGE_PASSWORD, user_id=user_id, password_hash=prepared, now=work.now)
    await transaction.execute(account_rows.END_OTHER_SESSIONS, user_id=user_id, token_hash=b"")
    await transaction.execute(rows.KILL, user_id=user_id, purpose="password")
    if found.issued_by is None and not found.proved:
        # The mailbox's owner is here for the first time: whoever made the account with this address is out.
        await transaction.execute(account_rows.PROVE, user_id=user_id, now=work.now)
        await proofs.replace_token(work, user_id)
    secret = {"password": "***"}
    await audit.record_everywhere(
        work.by(user_id), organization_ids, "user", user_id, "update", before=secret, after=secret
    )
    return "OK"


async def ask_for_user(work: Work, workspace_id: int, user_id: int) -> UsersLostPasswordURL:
    """Where somebody of a workspace can set a new password (`POST /workspaces/{id}/users/{user_id}/lost_password`).

    Only for who belongs to this organization alone, and below the role of who asks: nobody reaches through it what
    they do not administer anyhow.
    """
    viewer = work.viewer
    organization_id = viewer.organization_id
    if organization_id is None:
        raise Refused(Reason.FORBIDDEN)
    await raise_organization(work, organization_id)
    there = await work.transaction.one(
        membership_rows.WORKSPACE_USER, organization_id=organization_id, workspace_id=workspace_id, user_id=user_id
    )
    if there is None:
        raise Refused(Reason.USER_NOT_FOUND)
    await _check_standing(work, organization_id, viewer.user_id, user_id)
    code = await mailed_codes.mint(
        work, user_id, "password", LIFETIME, organization_id=organization_id, issued_by=viewer.user_id
    )
    await audit.record(
        work, organization_id, "user", user_id, "update", after={"password_url": "***"}, workspace_id=workspace_id
    )
    return UsersLostPasswordURL(url=letters.password_url(work.service.settings, code))


async def _find(work: Work, code: str | None) -> CodeRow:
    found = await mailed_codes.find(work.transaction, code, "password", work.now)
    if found is None:
        raise Refused(Reason.INVALID_TOKEN_CODE)
    return found


async def _check_standing(work: Work, organization_id: int, admin_id: int, user_id: int) -> None:
    """Hold an admin to people of whom the organization has the whole account.

    Raises:
        Refused: They have not joined, are not below the admin, or belong to another organization too.
    """
    transaction = work.transaction
    admin = await transaction.one(membership_rows.ORGANIZATION_USER, organization_id=organization_id, user_id=admin_id)
    person = await transaction.one(membership_rows.ORGANIZATION_USER, organization_id=organization_id, user_id=user_id)
    if person is None or not person.joined:
        raise Refused(Reason.USER_NOT_FOUND)
    if admin is None or admin.inactive or not admin.joined or person.role_id <= admin.role_id:
        raise Refused(Reason.FORBIDDEN)
    if await transaction.one(rows.ANOTHER_ORGANIZATION, user_id=user_id, organization_id=organization_id) is not None:
        raise Refused(Reason.SEVERAL_ORGANIZATIONS)
