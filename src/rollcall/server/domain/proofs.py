"""Proved addresses: who has followed a mailed link has shown that the mailbox is theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.server.domain import audit, letters, mailed_codes, outbox
from rollcall.server.domain.revisions import raise_user_everywhere
from rollcall.server.keyring import digest, new_token
from rollcall.server.storage import accounts as account_rows
from rollcall.server.storage import mailed_codes as rows

if TYPE_CHECKING:
    from rollcall.server.domain.work import Work

LIFETIME = 24 * 60 * 60 * 1_000_000
"""Microseconds for which a link to prove an address works."""

MAXIMUM_MAILS = 5
"""For one account in that time: who gives it one address after the other fills nobody's mailbox."""


async def ask(work: Work, user_id: int, email: str) -> None:
    """Mail a link that proves an address, where the server wants addresses proved."""
    if not work.service.settings.prove_addresses:
        return
    made = await work.transaction.one(rows.MADE_SINCE, user_id=user_id, purpose="address", since=work.now - LIFETIME)
    if made is None or made.id < MAXIMUM_MAILS:
        code = await mailed_codes.mint(work, user_id, "address", LIFETIME)
        await outbox.send(work, email, letters.proof(work.service.settings, code))


async def prove(work: Work, code: str) -> str:
    """Prove an address by the code that was mailed to it.

    Returns:
        The address.

    Raises:
        Refused: The code is wrong, used or expired, or the account has another address by now.
    """
    found = await mailed_codes.find(work.transaction, code, "address", work.now)
    if found is None:
        raise Refused(Reason.INVALID_TOKEN_CODE)
    organization_ids = await raise_user_everywhere(work, found.user_id)
    if await mailed_codes.find(work.transaction, code, "address", work.now) is None:
        raise Refused(Reason.INVALID_TOKEN_CODE)
    await work.transaction.execute(rows.KILL, user_id=found.user_id, purpose="address")
    await work.transaction.execute(account_rows.PROVE, user_id=found.user_id, now=work.now)
    await audit.record_everywhere(
        work.by(found.user_id), organization_ids, "user", found.user_id, "update", after={"address_proved": True}
    )
    return found.email


async def replace_token(work: Work, user_id: int) -> None:
    """Give an account a new API token that nobody has seen, and end all of its sessions."""
    token = new_token()
    await work.transaction.execute(
        account_rows.CHANGE_TOKEN,
        user_id=user_id,
        token_hash=digest(token),
        token_sealed=work.service.keyring.seal(token),
        now=work.now,
    )
    await work.transaction.execute(account_rows.END_OTHER_SESSIONS, user_id=user_id, token_hash=b"")


async def take_over(work: Work, user_id: int, email: str) -> None:
    """Give an account to who has just proved its address, whoever made it.

    Somebody may have signed up with an address that is not theirs, to wait until its owner is invited: what they know
    of the account must not outlast the proof.
    """
    await work.transaction.execute(account_rows.PROVE, user_id=user_id, now=work.now)
    await work.transaction.execute(account_rows.FORGET_PASSWORD, user_id=user_id, now=work.now)
    await replace_token(work, user_id)
    code = await mailed_codes.mint(work, user_id, "password", LIFETIME)
    await outbox.send(work, email, letters.taken_over(work.service.settings, code))
