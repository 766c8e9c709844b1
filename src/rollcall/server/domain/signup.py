"""Sign-up: an account with an organization of one's own, or a place in the one that invites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.contract.models.account import MePostUser, ModelsTogglUser
from rollcall.contract.name import name_key
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.server.domain import accounts, invitation_answers, invitations, proofs
from rollcall.server.domain.given import value_of
from rollcall.server.domain.passwords import check_strength
from rollcall.server.keyring import digest
from rollcall.server.storage import invitations as invitation_rows

if TYPE_CHECKING:
    from rollcall.server.domain.work import Service, Work
    from rollcall.server.storage import Storage, Transaction
    from rollcall.server.storage.invitations import OpenRow


async def prepare(service: Service, storage: Storage, _viewer: None, body: MePostUser) -> str:
    """Hash the password of a new account, which takes too long to be done inside a transaction.

    Raises:
        Refused: Nobody may sign up so, or the password breaks the rules: before any work is done for it.
    """
    code = value_of(body.invitation_code)
    if code is None and service.settings.signup == "invited":
        raise Refused(Reason.SIGNUP_CLOSED)
    accounts.checked_email(value_of(body.email))
    password = value_of(body.password) or ""
    check_strength(password)
    if code is not None:
        # Whether it has expired is asked in the transaction that counts.
        async def read(transaction: Transaction) -> OpenRow | None:
            return await transaction.one(invitation_rows.BY_CODE, code_hash=digest(code), now=0)

        if await storage.read(read) is None:
            raise Refused(Reason.INVALID_INVITATION_CODE)
    return await service.passwords.hash(password)


async def sign_up(work: Work, body: MePostUser, prepared: str) -> ModelsTogglUser:
    """Make an account (`POST /signup`).

    By the mailed code of an invitation the address is proved and the invitation accepted. By the code that who invites
    sees too, only where the server does not want addresses proved.
    """
    if value_of(body.tos_accepted) is not True:
        raise Refused(Reason.TERMS_NOT_ACCEPTED)
    code = value_of(body.invitation_code)
    if code is None:
        account = await accounts.register(work, body, prepared, proved=False)
        assert account.id is not None  # noqa: S101 - who has just been made has one
        await proofs.ask(work, account.id, accounts.checked_email(account.email))
        return account
    invitation = await invitations.find_open(work, code)
    email = accounts.checked_email(value_of(body.email))
    if name_key(email) != name_key(invitation.email):
        raise Refused(Reason.INVALID_INVITATION_CODE)
    user_id = await accounts.add(work, body, prepared, proved=invitation.mailed)
    # Asked again, now that nobody else can settle it.
    invitation = await invitations.find_open(work, code)
    if invitation.user_id != user_id:
        raise Refused(Reason.INVALID_INVITATION_CODE)
    if invitation.mailed or not work.service.settings.prove_addresses:
        await invitation_answers.join(work, invitation)
    else:
        await proofs.ask(work, user_id, email)
    return await accounts.describe(work, user_id)
