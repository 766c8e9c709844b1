"""A start that fails says why in one line, with what would be right, and ends with status 1."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import trustme

from rollcall.cli import main
from rollcall.server.storage import migrate
from tests.cli.serving import COMMAND, clean_environment

Fail = Callable[..., str]
KEY = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Fail:
    """What `rollcall serve` says when it cannot start; variables by keyword."""

    def run(*arguments: str, **environment: str | None) -> str:
        with monkeypatch.context() as patch:
            for name in [name for name in os.environ if name.startswith("ROLLCALL_")]:
                patch.delenv(name)
            for name, value in {"HOME": str(tmp_path), **environment}.items():
                patch.delenv(name) if value is None else patch.setenv(name, value)
            assert main(["serve", "--port", "0", *arguments]) == 1
        said = capsys.readouterr()
        assert said.out == ""
        return one_line(said.err)

    return run


def one_line(said: str) -> str:
    assert said.startswith("rollcall: ")
    assert said.count("\n") == 1
    return said.removeprefix("rollcall: ").removesuffix("\n")


class TestPlace:
    def test_a_busy_port(self, tmp_path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = str(taken.getsockname()[1])
            done = subprocess.run(
                [COMMAND, "serve", "--port", port],
                env=clean_environment(tmp_path),
                capture_output=True,
                text=True,
                check=False,
            )
        assert done.returncode == 1
        assert done.stdout == ""
        said = one_line(done.stderr)
        assert (
            said == f"cannot listen on 127.0.0.1 port {port}: Address already in use; --host and --port choose others"
        )
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("host", ["192.0.2.1", "nowhere.invalid", "::ffff"])
    def test_an_address_that_is_not_this_machines(self, fail: Fail, host: str) -> None:
        assert fail("--host", host).startswith(f"cannot listen on {host} port 0: ")

    def test_a_data_directory_that_is_a_file(self, fail: Fail, tmp_path: Path) -> None:
        (tmp_path / "data").touch()
        assert fail("--data-dir", str(tmp_path / "data")) == f"{tmp_path}/data is a file; --data-dir names a directory"
        said = fail("--data-dir", str(tmp_path / "data" / "below"))
        assert said == f"cannot make the data directory {tmp_path}/data/below: Not a directory"

    def test_a_directory_that_cannot_be_written(self, tmp_path: Path) -> None:
        (tmp_path / "data").mkdir(mode=0o500)
        done = subprocess.run(
            [*as_ordinary_user(), COMMAND, "serve", "--port", "0", "--data-dir", str(tmp_path / "data")],
            env=clean_environment(tmp_path),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        said = one_line(done.stderr)
        assert str(tmp_path / "data") in said
        assert said.endswith("Permission denied")

    def test_a_user_without_a_home(self, fail: Fail, monkeypatch: pytest.MonkeyPatch) -> None:
        def find_nobody(_: int) -> None:
            raise KeyError

        monkeypatch.setattr("pwd.getpwuid", find_nobody)
        said = fail(HOME=None)
        assert said == "~/.local/share/rollcall is in a home directory, and this user has none: set HOME"


class TestDatabase:
    def test_unreachable(self, fail: Fail) -> None:
        with socket.create_server(("127.0.0.1", 0)) as nobody:
            port = nobody.getsockname()[1]
        said = fail("--database-url", f"postgresql://me:secret@127.0.0.1:{port}/rollcall", ROLLCALL_SECRET_KEY=KEY)
        assert "127.0.0.1" in said
        assert "secret" not in said

    @pytest.mark.parametrize(
        "url", ["mysql://localhost/x", "rollcall.db", "sqlite://rollcall.db", "postgresql://[::1", "postgresql://a:b"]
    )
    def test_that_is_none(self, fail: Fail, url: str) -> None:
        assert "sqlite:///absolute/path.db or postgresql://" in fail("--database-url", url, ROLLCALL_SECRET_KEY=KEY)

    def test_a_file_that_is_no_database(self, fail: Fail, tmp_path: Path) -> None:
        (tmp_path / "rollcall.db").write_text("Dear diary" * 1000)
        assert "not a database" in fail("--data-dir", str(tmp_path))

    def test_one_from_a_newer_version(self, fail: Fail, tmp_path: Path) -> None:
        migrate(f"sqlite://{tmp_path / 'rollcall.db'}")
        database = sqlite3.connect(tmp_path / "rollcall.db")
        with database:
            database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.close()
        said = fail("--data-dir", str(tmp_path))
        assert "9999" in said
        assert "newer version" in said


class TestSecretKey:
    def test_another_than_the_databases(self, fail: Fail, tmp_path: Path) -> None:
        fail("--password", "short", ROLLCALL_SECRET_KEY=KEY)
        said = fail(ROLLCALL_SECRET_KEY=KEY[::-1])
        assert said == (
            "the database was made with another secret key than the one in ROLLCALL_SECRET_KEY: start with that"
        )
        assert str(tmp_path / ".config/rollcall/secret-key") in fail()

    def test_too_short(self, fail: Fail, tmp_path: Path) -> None:
        said = fail(ROLLCALL_SECRET_KEY="hunter2")
        assert said == "the secret key in ROLLCALL_SECRET_KEY has 7 bytes; at least 32 are needed"
        (tmp_path / "key").write_text("\n")
        said = fail(ROLLCALL_SECRET_KEY_FILE=str(tmp_path / "key"))
        assert said.startswith(f"the secret key in ROLLCALL_SECRET_KEY_FILE {tmp_path}/key has 0 bytes")

    def test_missing(self, fail: Fail, tmp_path: Path) -> None:
        said = fail(ROLLCALL_SECRET_KEY_FILE=str(tmp_path / "key"))
        assert said == f"cannot read ROLLCALL_SECRET_KEY_FILE {tmp_path}/key: No such file or directory"
        said = fail("--database-url", "postgresql://127.0.0.1/rollcall")
        assert said == "with PostgreSQL the secret key comes from outside: set ROLLCALL_SECRET_KEY or _FILE"

    def test_beside_the_database(self, fail: Fail, tmp_path: Path) -> None:
        assert "the database must be somewhere else" in fail("--data-dir", str(tmp_path / ".config" / "rollcall"))


class TestCertificate:
    def test_half_a_pair(self, fail: Fail) -> None:
        for option in ("--tls-certificate", "--tls-key"):
            assert fail(option, "file.pem") == "--tls-certificate and --tls-key go together"

    def test_that_is_missing(self, fail: Fail, tmp_path: Path) -> None:
        said = fail("--tls-certificate", f"{tmp_path}/certificate.pem", "--tls-key", f"{tmp_path}/key.pem")
        assert said == f"cannot read {tmp_path}/certificate.pem: No such file or directory"

    def test_that_cannot_be_read(self, tmp_path: Path) -> None:
        for name in ("certificate.pem", "key.pem"):
            (tmp_path / name).touch(mode=0o000)
        files = ["--tls-certificate", f"{tmp_path}/certificate.pem", "--tls-key", f"{tmp_path}/key.pem"]
        done = subprocess.run(
            [*as_ordinary_user(), COMMAND, "serve", "--port", "0", *files],
            env=clean_environment(tmp_path),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        assert one_line(done.stderr) == f"cannot read {tmp_path}/certificate.pem: Permission denied"

    def test_that_is_none(self, fail: Fail, tmp_path: Path) -> None:
        one, other = trustme.CA(), trustme.CA()
        one.cert_pem.write_to_path(tmp_path / "certificate.pem")
        other.private_key_pem.write_to_path(tmp_path / "key.pem")
        (tmp_path / "text.pem").write_text("Dear diary")
        for names in [("certificate.pem", "key.pem"), ("text.pem", "key.pem"), ("certificate.pem", "text.pem")]:
            certificate, key = (tmp_path / name for name in names)
            said = fail("--tls-certificate", str(certificate), "--tls-key", str(key))
            assert said.startswith(f"{certificate} and {key} are not a certificate and its key")


@pytest.mark.parametrize(
    ("option", "value", "right"),
    [
        *[("--host", host, "is an address of this machine, or a name for one") for host in ("a..b", "é" * 70, "a b")],
        ("--port", "http", "is a number from 0 (any that is free) to 65535"),
        ("--port", "65536", "is a number from 0 (any that is free) to 65535"),
        ("--port", "²", "is a number from 0 (any that is free) to 65535"),
        ("--workers", "0", "is a number from 1 to 256"),
        ("--default-plan", "gold", "is one of free, starter, premium, enterprise"),
        ("--signup", "Open", "is one of open, invited"),
        ("--organizations", "nobody", "is one of anyone, operator"),
        ("--prove-addresses", "maybe", "is yes or no"),
        ("--public-url", "rollcall.example", "starts with http:// or https://, names a host, and has no query"),
        ("--public-url", "https://", "starts with http:// or https://, names a host, and has no query"),
        ("--public-url", "https://a..b", "starts with http:// or https://, names a host, and has no query"),
        ("--public-url", "https://[::1", "starts with http:// or https://, names a host, and has no query"),
        ("--public-url", "https://a.example:port", "starts with http:// or https://, names a host, and has no query"),
        ("--public-url", "https://a.example/?q=1", "starts with http:// or https://, names a host, and has no query"),
        (
            "--trusted-proxy",
            "10.0.0.1/8",
            "is an address or a network, or several with commas, such as 10.0.0.1,192.168.0.0/24",
        ),
    ],
)
def test_an_option_that_cannot_have_that_value(fail: Fail, option: str, value: str, right: str) -> None:
    assert fail(option, value) == f"{option} is {value!r}; it {right}"
    variable = "ROLLCALL_" + option.removeprefix("--").replace("-", "_").upper()
    if option != "--port":  # which the fixture gives, and the command line counts first
        assert fail(**{variable: value}) == f"{variable} is {value!r}; it {right}"


@pytest.mark.parametrize(
    ("email", "password", "reason"),
    [
        ("ann@example.com", "short", "Password should be at least 6 characters"),
        ("ann@example.com", "x" * 1025, "Password should be at most 1024 characters"),
        ("ann", "correct horse", "Invalid email"),
    ],
)
def test_a_first_account_that_cannot_be_made(fail: Fail, email: str, password: str, reason: str) -> None:
    assert fail("--email", email, "--password", password) == f"cannot make the first account {email!r}: {reason}"


def as_ordinary_user() -> list[str]:
    """What to put before a command so that mode bits bind it; root is stripped of the right to ignore them."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("root may read and write everything, and there is no setpriv")
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
