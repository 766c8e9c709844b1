"""What the server's mails say, and the links in them: always to the server's public URL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.server.domain.outbox import Letter

if TYPE_CHECKING:
    from rollcall.server.settings import Settings


def invitation_url(settings: Settings, code: str) -> str:
    """Where an invitation can be answered."""
    return f"{settings.public_url}/invitations/{code}"


def password_url(settings: Settings, code: str) -> str:
    """Where a new password can be set."""
    return f"{settings.public_url}/passwords/{code}"


def invitation(settings: Settings, code: str, sender_name: str, sender_email: str, organization: str) -> Letter:
    """To who is invited."""
    return Letter(
        f"{one_line(sender_name)} invites you to {one_line(organization)}",
        f"{one_line(sender_name)} ({sender_email}) invites you to join the organization {one_line(organization)}.\n\n"
        f"To accept or reject the invitation, open\n\n  {invitation_url(settings, code)}\n\n"
        "It is for you alone and lasts 30 days: do not pass this mail on. If you do not know who invites you, "
        "you need not do anything.\n",
    )


def accepted(email: str, organization: str) -> Letter:
    """To who has invited somebody."""
    return Letter(
        f"{email} has joined {one_line(organization)}",
        f"{email} has accepted your invitation and is now a member of the organization {one_line(organization)}.\n",
    )


def lost_password(settings: Settings, code: str) -> Letter:
    """To who has lost their password."""
    return Letter(
        "Set a new password",
        f"To set a new password for your account, open\n\n  {password_url(settings, code)}\n\n"
        "The link works once, within an hour. If you did not ask for it, you need not do anything: "
        "your password stays as it is.\n",
    )


def taken_over(settings: Settings, code: str) -> Letter:
    """To who has proved an address that somebody, maybe they, had made an account with before."""
    return Letter(
        "Your account needs a new password",
        "You have followed a mailed link, which shows that this address is yours. Somebody had made an account with it "
        "without showing that, so the password, sessions and API token of that account work no longer.\n\n"
        f"To set a new password, open within a day\n\n  {password_url(settings, code)}\n",
    )


def proof(settings: Settings, code: str) -> Letter:
    """To who has made an account, or given an account this address."""
    return Letter(
        "Is this your address?",
        f"Somebody has given this address for their account. If it was you, open\n\n  {settings.public_url}"
        f"/addresses/{code}\n\nThe link works for a day. If it was not you, do not open it: nothing more happens.\n",
    )


def one_line(text: str) -> str:
    """A name as one line: what people call themselves cannot pretend to be more of the mail."""
    return " ".join(text.split())
