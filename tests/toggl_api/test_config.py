"""Credentials and the default workspace, from the environment and from a `.togglrc`."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from toggl_api.config import (
    AuthenticationError,
    WorkspaceMissingError,
    generate_authentication,
    retrieve_togglrc_workspace_id,
    retrieve_workspace_id,
    use_togglrc,
)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TOGGL_API_TOKEN", "TOGGL_EMAIL", "TOGGL_PASSWORD", "TOGGL_WORKSPACE_ID"):
        monkeypatch.delenv(name, raising=False)


def credentials(auth: httpx.BasicAuth) -> str:
    header = next(auth.auth_flow(httpx.Request("GET", "https://toggl.invalid"))).headers["Authorization"]
    for known in ("token:api_token", "ann@example.com:secret"):
        username, _, password = known.partition(":")
        if header == httpx.BasicAuth(username, password)._auth_header:
            return known
    return header


def togglrc(folder: Path, text: str) -> Path:
    (folder / ".togglrc").write_text(text)
    return folder


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"TOGGL_API_TOKEN": "token"}, "token:api_token"),
        ({"TOGGL_API_TOKEN": "token", "TOGGL_PASSWORD": "api_token"}, "token:api_token"),
        ({"TOGGL_EMAIL": "ann@example.com", "TOGGL_PASSWORD": "secret"}, "ann@example.com:secret"),
        ({"TOGGL_API_TOKEN": "ann@example.com", "TOGGL_PASSWORD": "secret"}, "ann@example.com:secret"),
        ({"TOGGL_API_TOKEN": "token", "TOGGL_EMAIL": "x@example.com", "TOGGL_PASSWORD": "y"}, "token:api_token"),
    ],
)
def test_the_environments_credentials(
    environment: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert credentials(generate_authentication()) == expected


@pytest.mark.parametrize("environment", [{}, {"TOGGL_EMAIL": "ann@example.com"}, {"TOGGL_API_TOKEN": ""}])
def test_missing_or_half_credentials_are_an_error_that_says_what_to_set(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(AuthenticationError, match="Set TOGGL_API_TOKEN, or TOGGL_EMAIL and TOGGL_PASSWORD"):
        generate_authentication()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[auth]\napi_token = token\n", "token:api_token"),
        ("[auth]\nusername = ann@example.com\npassword = secret\n", "ann@example.com:secret"),
        ("[auth]\nemail = ann@example.com\npassword = secret\n", "ann@example.com:secret"),
        ("[auth]\napi_token = token\nusername = x\npassword = %y\n", "token:api_token"),
    ],
)
def test_the_files_credentials(text: str, expected: str, tmp_path: Path) -> None:
    folder = togglrc(tmp_path, text)
    assert credentials(use_togglrc(folder)) == credentials(use_togglrc(folder / ".togglrc")) == expected


def test_the_file_is_in_the_home_folder_unless_told_otherwise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(togglrc(tmp_path, "[auth]\napi_token = token\n")))
    assert credentials(use_togglrc()) == "token:api_token"


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        use_togglrc(tmp_path)


@pytest.mark.parametrize("text", ["", "[auth]\nusername = ann\n", "password secret\n", "[auth]\npassword secret\n"])
def test_a_file_without_credentials_is_an_error_that_does_not_quote_it(text: str, tmp_path: Path) -> None:
    with pytest.raises(AuthenticationError, match="togglrc") as caught:
        use_togglrc(togglrc(tmp_path, text))
    assert "secret" not in str(caught.value)


def test_the_environments_workspace(monkeypatch: pytest.MonkeyPatch) -> None:
    assert retrieve_workspace_id(7) == 7
    with pytest.raises(WorkspaceMissingError, match="Set TOGGL_WORKSPACE_ID"):
        retrieve_workspace_id()
    monkeypatch.setenv("TOGGL_WORKSPACE_ID", "12")
    assert retrieve_workspace_id(7) == 12
    monkeypatch.setenv("TOGGL_WORKSPACE_ID", "twelve")
    with pytest.raises(WorkspaceMissingError, match="not 'twelve'"):
        retrieve_workspace_id(7)


def test_the_files_workspace(tmp_path: Path) -> None:
    assert retrieve_togglrc_workspace_id(togglrc(tmp_path, "[options]\ndefault_wid = 12\n")) == 12
    with pytest.raises(WorkspaceMissingError, match="default_wid"):
        retrieve_togglrc_workspace_id(togglrc(tmp_path, "[options]\n"))
