"""Certificates for https: one that is given, or one of the server's own making, without an authority."""

from __future__ import annotations

import datetime
import ipaddress
import os
import ssl
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

if TYPE_CHECKING:
    from collections.abc import Iterable

_DAYS = 365
_RENEW_DAYS = 30


class BadCertificate(Exception):  # noqa: N818 - it says what is wrong with the certificate
    """A certificate that https cannot be served with, and why."""


class Certificate(NamedTuple):
    """The files of a certificate.

    Attributes:
        file: The certificate, and its chain if it has one.
        key_file: Its private key.
        self_made: Whether nobody but this server vouches for it.
    """

    file: Path
    key_file: Path
    self_made: bool


def given_certificate(file: Path, key_file: Path) -> Certificate:
    """The certificate that somebody else has made.

    Raises:
        BadCertificate: The files cannot be read, or are not a certificate and its key.
    """
    for each in (file, key_file):
        try:
            each.read_bytes()
        except OSError as error:
            raise BadCertificate(f"cannot read {each}: {error.strerror}") from error
    if not _are_pair(file, key_file):
        raise BadCertificate(f"{file} and {key_file} are not a certificate and its key, both PEM, the key unencrypted")
    return Certificate(file, key_file, self_made=False)


def own_certificate(directory: Path, hosts: Iterable[str]) -> Certificate:
    """The certificate kept in a directory; made anew when it is not there, not for all hosts, or runs out soon.

    Args:
        directory: Where it is kept, its key with mode 0600.
        hosts: The names and addresses that the server is reached by, beside those of this machine for itself.

    Raises:
        BadCertificate: It cannot be kept there.
    """
    certificate = Certificate(directory / "certificate.pem", directory / "certificate-key.pem", self_made=True)
    names = [_name(host) for host in dict.fromkeys(["localhost", "127.0.0.1", "::1", *hosts]) if host]
    try:
        if not _serves(certificate, names):
            _make(certificate, names)
    except OSError as error:
        raise BadCertificate(f"cannot keep a certificate in {directory}: {error.strerror}") from error
    return certificate


def _are_pair(file: Path, key_file: Path) -> bool:
    try:
        # Without a password OpenSSL would ask for one on the terminal.
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(file, key_file, password="")
    except ssl.SSLError:
        return False
    return True


def _name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host.encode("idna").decode())


def _serves(certificate: Certificate, names: list[x509.GeneralName]) -> bool:
    if not (certificate.file.exists() and certificate.key_file.exists()):
        return False
    if not _are_pair(certificate.file, certificate.key_file):
        return False
    made = x509.load_pem_x509_certificate(certificate.file.read_bytes())
    left = made.not_valid_after_utc - datetime.datetime.now(datetime.UTC)
    known = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return left > datetime.timedelta(days=_RENEW_DAYS) and all(name in known for name in names)


def _make(certificate: Certificate, names: list[x509.GeneralName]) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Rollcall")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=_DAYS))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        # No authority: who trusts this certificate trusts it for these names alone.
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    _replace(certificate.key_file, pem, 0o600)
    _replace(certificate.file, made.public_bytes(serialization.Encoding.PEM), 0o644)


def _replace(file: Path, content: bytes, mode: int) -> None:
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as opened:
        opened.write(content)
    draft.replace(file)
