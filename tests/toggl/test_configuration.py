"""Where the server is and who asks: from arguments, attributes, the default, or the environment."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
import trustme

import toggl
from toggl import Configuration


def test_the_server_is_the_seeds_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Configuration().host == "https://localhost:8080/api/v9"
    monkeypatch.setenv("TOGGL_API_URL", "http://127.0.0.1:9/api/v9")
    assert Configuration().host == "http://127.0.0.1:9/api/v9"
    assert Configuration(host="https://rollcall.invalid").host == "https://rollcall.invalid"


def test_credentials_are_an_account_or_its_token_which_goes_first() -> None:
    configuration = Configuration()
    assert configuration.auth is None
    configuration.username, configuration.password = "ann@example.com", "secret"
    assert authorization(configuration) == authorization_of("ann@example.com", "secret")
    configuration.api_token = "token"
    assert authorization(configuration) == authorization_of("token", "api_token")


def test_credentials_set_on_it_are_not_overruled_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOGGL_API_TOKEN", "another")
    configuration = Configuration(username="ann@example.com", password="secret")
    assert authorization(configuration) == authorization_of("ann@example.com", "secret")


def test_the_environment_has_a_token_or_an_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOGGL_EMAIL", "ann@example.com")
    monkeypatch.setenv("TOGGL_PASSWORD", "secret")
    assert authorization(Configuration.from_environment()) == authorization_of("ann@example.com", "secret")
    monkeypatch.setenv("TOGGL_API_TOKEN", "token")
    assert authorization(Configuration.from_environment()) == authorization_of("token", "api_token")


def test_an_api_without_a_client_takes_the_default_else_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOGGL_API_TOKEN", "token")
    assert toggl.OrganizationsApi().api_client.configuration.api_token == "token"
    Configuration.set_default(Configuration(host="https://rollcall.invalid", username="ann@example.com"))
    used = toggl.OrganizationsApi().api_client.configuration
    assert (used.host, used.username, used.api_token) == ("https://rollcall.invalid", "ann@example.com", None)


def test_the_default_is_a_copy_that_later_changes_do_not_reach() -> None:
    configuration = Configuration(username="ann@example.com")
    Configuration.set_default(configuration)
    configuration.username = "bob@example.com"
    Configuration.get_default().username = "eve@example.com"
    assert Configuration.get_default().username == "ann@example.com"


def test_it_shows_no_secrets() -> None:
    shown = repr(Configuration(username="ann@example.com", password="secret", api_token="0123456789"))
    assert "ann@example.com" in shown
    assert "secret" not in shown
    assert "0123456789" not in shown


def test_a_certificate_file_is_what_the_server_is_held_to(tmp_path: Path) -> None:
    authority = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(str(authority))
    verify = Configuration(ssl_ca_cert=str(authority)).verify
    assert verify
    assert len(verify.get_ca_certs()) == 1
    assert Configuration(verify_ssl=False).verify is False
    usual = Configuration().verify
    assert usual
    assert len(usual.get_ca_certs()) > 1
    assert Configuration().verify is usual
    with pytest.raises(FileNotFoundError, match=r"nothing\.pem"):
        toggl.ApiClient(Configuration(ssl_ca_cert=str(tmp_path / "nothing.pem")))


def authorization(configuration: Configuration) -> str:
    assert configuration.auth is not None
    request = next(configuration.auth.auth_flow(httpx.Request("GET", "https://rollcall.invalid")))
    header: str = request.headers["Authorization"]
    return header


def authorization_of(username: str, password: str) -> str:
    return authorization(Configuration(username=username, password=password))
