"""Mail: written down with what it tells of, delivered once, tried again, given up at last."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from rollcall.server.domain import outbox
from rollcall.server.domain.outbox import Letter
from rollcall.server.mail.delivery import FIRST_WAIT, GIVEN_UP_AFTER, TAKEN, Delivery
from rollcall.server.mail.files import FileCarrier
from rollcall.server.mail.smtp import BadAddress, SMTPCarrier
from rollcall.server.storage import Statement
from rollcall.server.storage.row import Row
from tests.server.mailbox import Mailbox
from tests.server.world import World

if TYPE_CHECKING:
    from email.message import EmailMessage

    from rollcall.server.domain.work import Work
    from rollcall.server.mail.carrier import Carrier
    from rollcall.server.storage import Transaction
    from tests.server.conftest import OpenWorld

pytestmark = pytest.mark.anyio

SENDER = "Rollcall <rollcall@example.com>"
LETTER = Letter("Grüße", "See https://example.com/invitations/secret-code\n.\nthe end\n")


class OutboxRow(Row):
    attempts: int
    message_sealed: bytes | None
    last_error: str | None
    settled_at: int | None


class Post:
    """A real SMTP server; what it is told to answer it answers."""

    def __init__(self) -> None:
        self.received: list[Envelope] = []
        self.encrypted: list[bool] = []
        self.logins: list[LoginPassword] = []
        self.to_recipient = "250 OK"
        self.to_message = "250 OK"
        self.asked = asyncio.Event()
        self.goes_on = asyncio.Event()
        self.goes_on.set()
        self.port = 0

    async def handle_RCPT(  # noqa: N802 - its name in aiosmtpd
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.asked.set()
        await self.goes_on.wait()
        if self.to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        if self.to_message.startswith("250"):
            self.received.append(envelope)
            assert server.transport is not None
            self.encrypted.append(server.transport.get_extra_info("sslcontext") is not None)
        return self.to_message

    def authenticate(self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, login: Any) -> AuthResult:
        self.logins.append(login)
        return AuthResult(success=login.password == b"p@ss/word")


@asynccontextmanager
async def listening(post: Post, *, connection: ssl.SSLContext | None = None, **options: Any) -> AsyncIterator[Post]:
    loop = asyncio.get_running_loop()

    def serve() -> SMTP:
        return SMTP(post, loop=loop, hostname="post.example.com", enable_SMTPUTF8=True, **options)

    server = await loop.create_server(serve, "127.0.0.1", 0, ssl=connection)
    post.port = server.sockets[0].getsockname()[1]
    try:
        yield post
    finally:
        server.close()


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    async with listening(Post()) as post:
        yield post


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000_000_000

    def __call__(self) -> int:
        return self.now

    def pass_by(self, span: timedelta) -> None:
        self.now += span // timedelta(microseconds=1)


async def write(world: World, *recipients: str, clock: Callable[[], int] | None = None) -> None:
    async def send(work: Work) -> None:
        work.now = clock() if clock else work.now
        for recipient in recipients:
            await outbox.send(work, recipient, LETTER)

    await world.act(send)


def delivery(world: World, carrier: Carrier, **options: Any) -> Delivery:
    return Delivery(world.server.storage, world.server.service.keyring, carrier, SENDER, **options)


async def stored(world: World) -> list[OutboxRow]:
    async def read(transaction: Transaction) -> list[OutboxRow]:
        sql = "SELECT attempts, message_sealed, last_error, settled_at FROM outbox ORDER BY id"
        return await transaction.all(Statement(sql, OutboxRow))

    return await world.server.storage.read(read)


class TestOutbox:
    async def test_holds_a_letter_sealed_until_it_is_delivered(self, world: World, post: Post) -> None:
        await write(world, "ann@example.com")
        [row] = await stored(world)
        assert row.message_sealed is not None
        assert b"secret-code" not in row.message_sealed
        assert await delivery(world, SMTPCarrier(f"smtp://127.0.0.1:{post.port}")).deliver_due() == 1
        [row] = await stored(world)
        assert (row.message_sealed, row.last_error, row.attempts) == (None, None, 1)
        assert row.settled_at is not None

    async def test_holds_nothing_of_what_is_not_committed(self, world: World) -> None:
        async def fail(work: Work) -> None:
            await outbox.send(work, "ann@example.com", LETTER)
            raise LookupError

        with pytest.raises(LookupError):
            await world.act(fail)
        assert await stored(world) == []

    async def test_is_emptied_once_however_many_servers_empty_it(self, new_world: OpenWorld) -> None:
        worlds = [await new_world() for _ in range(3)]
        recipients = [f"{n}@example.com" for n in range(25)]
        await write(worlds[0], *recipients)
        mailboxes = [Mailbox() for _ in worlds]
        found = await asyncio.gather(
            *(mailbox.read(world.server) for mailbox, world in zip(mailboxes * 2, worlds * 2, strict=True))
        )
        assert sorted(mail.to for mails in found for mail in mails) == sorted(recipients)

    async def test_is_emptied_while_the_server_runs(self, world: World, post: Post) -> None:
        post.goes_on.clear()
        await write(world, "ann@example.com")
        async with delivery(world, SMTPCarrier(f"smtp://127.0.0.1:{post.port}")).running():
            await post.asked.wait()
            post.goes_on.set()
        assert len(post.received) == 1, "what is under way when the server stops is finished"
        assert (await stored(world))[0].message_sealed is None


class TestFailures:
    async def test_are_tried_again_later_and_later_until_given_up(self, world: World, post: Post) -> None:
        clock = Clock()
        await write(world, "ann@example.com", clock=clock)
        deliver = delivery(world, SMTPCarrier(f"smtp://127.0.0.1:{post.port}"), clock=clock).deliver_due
        post.to_recipient = "450 Mailbox is busy"
        wait = FIRST_WAIT
        for attempts in range(1, 4):
            assert await deliver() == 1
            [row] = await stored(world)
            assert (row.attempts, row.settled_at) == (attempts, None)
            assert "Mailbox is busy" in (row.last_error or "")
            clock.pass_by(wait - timedelta(microseconds=1))
            assert await deliver() == 0
            clock.pass_by(timedelta(microseconds=1))
            wait *= 2
        post.to_recipient = "250 OK"
        await write(world, "bob@example.com", clock=clock)
        assert await deliver() == 2
        assert len(post.received) == 2
        post.to_recipient = "450 Mailbox is busy"
        await write(world, "carl@example.com", clock=clock)
        clock.pass_by(GIVEN_UP_AFTER)
        assert await deliver() == 1
        row = (await stored(world))[-1]
        assert (row.message_sealed, row.settled_at) == (None, clock.now)

    async def test_for_ever_are_not_tried_again(self, world: World, post: Post) -> None:
        carrier = SMTPCarrier(f"smtp://127.0.0.1:{post.port}")
        post.to_recipient = "550 No such mailbox"
        await write(world, "nobody@example.com")
        await delivery(world, carrier).deliver_due()
        post.to_recipient, post.to_message = "250 OK", "554 Not wanted"
        await write(world, "ann@example.com")
        await delivery(world, carrier).deliver_due()
        refused, unwanted = await stored(world)
        assert "No such mailbox" in (refused.last_error or "")
        assert "Not wanted" in (unwanted.last_error or "")
        assert [row.message_sealed for row in (refused, unwanted)] == [None, None]
        assert [row.settled_at is None for row in (refused, unwanted)] == [False, False]

    async def test_a_server_that_hangs_holds_up_nothing_else(self, world: World, post: Post) -> None:
        clock = Clock()
        await write(world, "ann@example.com", clock=clock)
        post.goes_on.clear()
        hanging = SMTPCarrier(f"smtp://127.0.0.1:{post.port}")
        await delivery(world, hanging, clock=clock, attempt=timedelta(milliseconds=50)).deliver_due()
        [row] = await stored(world)
        assert (row.last_error, row.settled_at) == ("TimeoutError", None)
        post.goes_on.set()
        clock.pass_by(FIRST_WAIT)
        await delivery(world, hanging, clock=clock).deliver_due()
        assert len(post.received) == 1

    async def test_a_server_that_is_not_there_is_a_failure_like_others(self, world: World) -> None:
        async with listening(Post()) as gone:
            port = gone.port
        await write(world, "ann@example.com")
        await delivery(world, SMTPCarrier(f"smtp://127.0.0.1:{port}")).deliver_due()
        [row] = await stored(world)
        assert row.settled_at is None
        assert row.last_error

    async def test_what_a_dead_process_took_on_is_tried_by_another(self, world: World, post: Post) -> None:
        clock = Clock()
        await write(world, "ann@example.com", clock=clock)
        post.goes_on.clear()
        carrier = SMTPCarrier(f"smtp://127.0.0.1:{post.port}")
        dying = asyncio.create_task(delivery(world, carrier, clock=clock).deliver_due())
        await post.asked.wait()
        assert await delivery(world, Mailbox(), clock=clock).deliver_due() == 0
        dying.cancel()
        await asyncio.gather(dying, return_exceptions=True)
        post.goes_on.set()
        clock.pass_by(TAKEN)
        assert await delivery(world, carrier, clock=clock).deliver_due() == 1
        assert len(post.received) == 1


class TestMessages:
    async def test_arrive_as_they_were_written(self, world: World, post: Post) -> None:
        await write(world, "änn@exämple.com")
        await delivery(world, SMTPCarrier(f"smtp://127.0.0.1:{post.port}")).deliver_due()
        [envelope] = post.received
        assert (envelope.mail_from, envelope.rcpt_tos) == ("rollcall@example.com", ["änn@exämple.com"])
        message = opened(envelope)
        assert (message["Subject"], message["From"]) == ("Grüße", SENDER)
        assert message.get_content().replace("\r\n", "\n") == LETTER.text
        assert message["Message-ID"].endswith("@example.com>")
        assert message["Auto-Submitted"] == "auto-generated"

    async def test_are_files_where_there_is_no_server(self, world: World, tmp_path: Path) -> None:
        directory = tmp_path / "data" / "mail"
        await write(world, "ann@example.com", "bob@example.com")
        await delivery(world, FileCarrier(directory)).deliver_due()
        files = sorted(directory.iterdir())
        assert [file.suffix for file in files] == [".eml", ".eml"]
        assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
        assert directory.stat().st_mode & 0o777 == 0o700
        assert [parsed(file.read_bytes())["To"] for file in files] == ["ann@example.com", "bob@example.com"]


def opened(envelope: Envelope) -> EmailMessage:
    assert isinstance(envelope.content, bytes)
    return parsed(envelope.content)


def parsed(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=policy.default)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
class TestEncryption:
    """It has nothing to do with the database."""

    LOGIN = "ann:p%40ss%2Fword@"

    @pytest.fixture
    def authority(self) -> trustme.CA:
        return trustme.CA()

    def certificate(self, authority: trustme.CA) -> ssl.SSLContext:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
        return context

    def trust(self, authority: trustme.CA) -> ssl.SSLContext:
        context = ssl.create_default_context()
        authority.configure_trust(context)
        return context

    async def test_is_used_where_it_is_offered_and_the_login_goes_through_it(
        self, world: World, authority: trustme.CA
    ) -> None:
        post = Post()
        certificate = self.certificate(authority)
        async with listening(post, tls_context=certificate, authenticator=post.authenticate, auth_required=True):
            carrier = SMTPCarrier(f"smtp://{self.LOGIN}127.0.0.1:{post.port}", trust=self.trust(authority))
            await write(world, "ann@example.com")
            await delivery(world, carrier).deliver_due()
        assert post.encrypted == [True]
        assert [login.login for login in post.logins] == [b"ann"]

    async def test_is_there_from_the_start_with_smtps(self, world: World, authority: trustme.CA) -> None:
        async with listening(Post(), connection=self.certificate(authority)) as post:
            await write(world, "ann@example.com")
            carrier = SMTPCarrier(f"smtps://127.0.0.1:{post.port}", trust=self.trust(authority))
            await delivery(world, carrier).deliver_due()
        assert post.encrypted == [True]

    async def test_by_a_certificate_that_nobody_vouches_for_is_none(self, world: World, authority: trustme.CA) -> None:
        async with listening(Post(), connection=self.certificate(authority)) as post:
            await write(world, "ann@example.com")
            await delivery(world, SMTPCarrier(f"smtps://127.0.0.1:{post.port}")).deliver_due()
        assert post.received == []
        assert "certificate" in ((await stored(world))[0].last_error or "").lower()

    async def test_a_password_goes_to_another_machine_only_encrypted(
        self, world: World, post: Post, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # What only this machine can be reached by here stands for a server elsewhere that offers no encryption.
        monkeypatch.setattr("rollcall.server.mail.smtp._THIS_MACHINE", ())
        await write(world, "ann@example.com")
        carrier = SMTPCarrier(f"smtp://{self.LOGIN}127.0.0.1:{post.port}")
        await delivery(world, carrier).deliver_due()
        assert (post.received, post.logins) == ([], [])
        assert "STARTTLS" in ((await stored(world))[0].last_error or "")


@pytest.mark.parametrize("url", ["", "localhost", "http://localhost", "smtp://", "smtp://localhost:x", "smtp://a/b"])
def test_an_address_that_is_none_is_refused_without_showing_a_password(url: str) -> None:
    with pytest.raises(BadAddress, match="smtp://user:password@host:port"):
        SMTPCarrier(url)


def test_a_user_without_a_password_is_half_a_login() -> None:
    with pytest.raises(BadAddress, match="a user and a password, or neither"):
        SMTPCarrier("smtp://ann@localhost")


def test_the_ports_are_those_of_submission() -> None:
    assert SMTPCarrier("smtp://mail.example.com").port == 587
    assert SMTPCarrier("smtps://mail.example.com").port == 465
    assert str(SMTPCarrier("smtp://ann:secret@mail.example.com:25")) == "sent by mail.example.com port 25"
