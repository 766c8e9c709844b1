"""The certificate of the server's own making."""

from __future__ import annotations

import shutil
import socket
import ssl
from pathlib import Path
from threading import Thread

import pytest
from cryptography.hazmat.primitives import serialization

from rollcall.server import certificate as certificates
from rollcall.server.certificate import BadCertificate, Certificate, given_certificate, own_certificate


def made_at(certificate: Certificate) -> bytes:
    return certificate.file.read_bytes()


def shakes_hands(certificate: Certificate, host: str) -> bool:
    """Whether a client that trusts the certificate, as strictly as the newest Pythons do, takes it for a host's."""
    inside = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    inside.load_cert_chain(certificate.file, certificate.key_file)
    outside = ssl.create_default_context(cafile=certificate.file)
    outside.verify_flags |= ssl.VERIFY_X509_STRICT
    here, there = socket.socketpair()

    def answer() -> None:
        try:
            inside.wrap_socket(there, server_side=True).close()
        except ssl.SSLError:  # the client has gone
            there.close()

    server = Thread(target=answer)
    server.start()
    try:
        outside.wrap_socket(here, server_hostname=host).close()
    except ssl.SSLCertVerificationError:
        return False
    else:
        return True
    finally:
        here.close()
        server.join()


def test_is_trusted_for_this_machine_and_the_given_hosts_alone(tmp_path: Path) -> None:
    own = own_certificate(tmp_path, ["192.0.2.7", "bücher.example", ""])
    for host in ["localhost", "127.0.0.1", "::1", "192.0.2.7", "xn--bcher-kva.example"]:
        assert shakes_hands(own, host), host
    assert not shakes_hands(own, "elsewhere.example")


def test_is_kept_while_it_serves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = own_certificate(tmp_path, ["rollcall.example"])
    first = made_at(own)
    assert (own.file.stat().st_mode & 0o777, own.key_file.stat().st_mode & 0o777) == (0o644, 0o600)
    assert made_at(own_certificate(tmp_path, ["localhost", "rollcall.example"])) == first
    assert made_at(own_certificate(tmp_path, ["other.example"])) != first

    second = made_at(own)
    monkeypatch.setattr(certificates, "_RENEW_DAYS", 366)
    assert made_at(own_certificate(tmp_path, ["other.example"])) != second


@pytest.mark.parametrize("broken", ["certificate.pem", "certificate-key.pem"])
@pytest.mark.parametrize("how", ["missing", "empty", "of another pair"])
def test_is_made_anew_where_it_is_broken(tmp_path: Path, broken: str, how: str) -> None:
    own = own_certificate(tmp_path, [])
    match how:
        case "missing":
            (tmp_path / broken).unlink()
        case "empty":
            (tmp_path / broken).write_bytes(b"")
        case _:
            (tmp_path / "another").mkdir()
            own_certificate(tmp_path / "another", [])
            shutil.copy(tmp_path / "another" / broken, tmp_path / broken)
    assert shakes_hands(own_certificate(tmp_path, []), "localhost")
    assert own.key_file.stat().st_mode & 0o777 == 0o600


def test_that_cannot_be_kept_is_said(tmp_path: Path) -> None:
    (tmp_path / "a-file").touch()
    with pytest.raises(BadCertificate, match=f"cannot keep a certificate in {tmp_path}/a-file: Not a directory"):
        own_certificate(tmp_path / "a-file", [])


def test_a_key_that_is_encrypted_is_not_asked_a_password_for(tmp_path: Path) -> None:
    own = own_certificate(tmp_path, [])
    key = serialization.load_pem_private_key(own.key_file.read_bytes(), password=None)
    own.key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"secret"),
        )
    )
    with pytest.raises(BadCertificate, match="the key unencrypted"):
        given_certificate(own.file, own.key_file)
