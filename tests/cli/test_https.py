"""https: with a certificate of the server's own making, and with one that is given."""

from __future__ import annotations

import shlex
import ssl
import subprocess
from pathlib import Path

import httpx
import pytest
import trustme

from tests.cli.conftest import Serve


def strictly(certificate: Path | str) -> ssl.SSLContext:
    """Trusts one certificate as the newest Pythons do."""
    context = ssl.create_default_context(cafile=certificate)
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    return context


def test_a_self_made_certificate_is_trusted_by_who_is_given_it(serve: Serve, tmp_path: Path) -> None:
    serving = serve("--tls", "--data-dir", str(tmp_path / "my data"))
    assert serving.url.startswith("https://127.0.0.1:")
    by_curl = subprocess.run(serving.curl, shell=True, capture_output=True, text=True, check=True)  # noqa: S602 - as pasted
    assert '"email":"admin@localhost"' in by_curl.stdout
    certificate = serving.fact("certificate")
    assert shlex.split(serving.curl)[2] == certificate
    reply = httpx.post(f"{serving.url}/me/sessions", auth=serving.auth, verify=strictly(certificate))
    assert reply.status_code == 200
    assert "; Secure" in reply.headers["set-cookie"]
    with pytest.raises(httpx.ConnectError, match="self-signed"):
        serving.http.get("/me")
    assert (tmp_path / "my data" / "certificate-key.pem").stat().st_mode & 0o777 == 0o600


def test_a_given_certificate_is_served(serve: Serve, tmp_path: Path) -> None:
    authority = trustme.CA()
    issued = authority.issue_cert("127.0.0.1")
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    for name, blobs in (("certificate.pem", issued.cert_chain_pems), ("key.pem", [issued.private_key_pem])):
        (tmp_path / name).write_bytes(b"".join(blob.bytes() for blob in blobs))
    serving = serve(
        ROLLCALL_TLS_CERTIFICATE=str(tmp_path / "certificate.pem"), ROLLCALL_TLS_KEY=str(tmp_path / "key.pem")
    )
    assert serving.url.startswith("https://127.0.0.1:")
    trusted = ssl.create_default_context(cafile=tmp_path / "authority.pem")
    assert httpx.get(f"{serving.url}/me", auth=serving.auth, verify=trusted).status_code == 200
    by_curl = subprocess.run(  # noqa: S602 - as pasted
        serving.curl,
        shell=True,
        env={"CURL_CA_BUNDLE": str(tmp_path / "authority.pem"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert '"email":"admin@localhost"' in by_curl.stdout
