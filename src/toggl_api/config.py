"""Credentials and the default workspace, from the environment or from a `.togglrc` file.

The environment: `TOGGL_API_TOKEN`, or `TOGGL_EMAIL` and `TOGGL_PASSWORD`; `TOGGL_WORKSPACE_ID`.

The file is that of togglCli:

    [auth]
    api_token = ...
    # or: username (or email) and password

    [options]
    default_wid = 123
"""

from __future__ import annotations

import os
from configparser import ConfigParser
from configparser import Error as ConfigParserError
from pathlib import Path

from httpx import BasicAuth

from rollcall.client import environment

_FILE = ".togglrc"


class AuthenticationError(ValueError):
    """There are no credentials, or only half of them."""


class WorkspaceMissingError(ValueError):
    """No default workspace is named, or not by its number."""


def generate_authentication() -> BasicAuth:
    """The credentials of the environment: an API token, or an e-mail address and a password.

    Raises:
        AuthenticationError: `TOGGL_API_TOKEN` is not set, nor are both `TOGGL_EMAIL` and `TOGGL_PASSWORD`.
    """
    credentials = environment.credentials()
    if credentials is None:
        raise AuthenticationError("Set TOGGL_API_TOKEN, or TOGGL_EMAIL and TOGGL_PASSWORD")
    return BasicAuth(*credentials)


def use_togglrc(config_path: Path | None = None) -> BasicAuth:
    """The credentials of a `.togglrc` file: `api_token`, else `username` (or `email`) and `password`, in `[auth]`.

    Args:
        config_path: The file, or the folder it is in; None for the home folder.

    Raises:
        FileNotFoundError: There is no such file.
        AuthenticationError: It has no credentials, or cannot be read as one.
    """
    path, config = _read(config_path, AuthenticationError)
    token = config.get("auth", "api_token", fallback="")
    email = config.get("auth", "username", fallback="") or config.get("auth", "email", fallback="")
    password = config.get("auth", "password", fallback="")
    if token:
        return BasicAuth(token, environment.TOKEN_PASSWORD)
    if email and password:
        return BasicAuth(email, password)
    raise AuthenticationError(f"{path} needs api_token, or username and password, in its section [auth]")


def retrieve_workspace_id(default: int | None = None) -> int:
    """The default workspace's number: `TOGGL_WORKSPACE_ID` in the environment, else `default`.

    Raises:
        WorkspaceMissingError: There is neither, or the variable has no number.
    """
    text = os.environ.get("TOGGL_WORKSPACE_ID") or default
    if text is None:
        raise WorkspaceMissingError("Set TOGGL_WORKSPACE_ID to the number of a workspace")
    return _workspace_id(text, "TOGGL_WORKSPACE_ID")


def retrieve_togglrc_workspace_id(config_path: Path | None = None) -> int:
    """The default workspace's number of a `.togglrc` file: `default_wid` in `[options]`.

    Args:
        config_path: The file, or the folder it is in; None for the home folder.

    Raises:
        FileNotFoundError: There is no such file.
        WorkspaceMissingError: It has no number there, or cannot be read as one.
    """
    path, config = _read(config_path, WorkspaceMissingError)
    return _workspace_id(config.get("options", "default_wid", fallback=""), f"default_wid in [options] of {path}")


def _workspace_id(text: str | int, source: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise WorkspaceMissingError(f"{source} must be the number of a workspace, not {text!r}") from None


def _read(config_path: Path | None, error: type[ValueError]) -> tuple[Path, ConfigParser]:
    path = Path(config_path) if config_path is not None else Path.home()
    path = path / _FILE if path.is_dir() else path
    config = ConfigParser(interpolation=None)
    try:
        config.read_string(path.read_text("utf-8"), source=str(path))
    except (ConfigParserError, UnicodeDecodeError):
        # The parser's own message quotes the line, which may be the one with the password.
        raise error(f"{path} is not a .togglrc file: lines are [section], or name = value") from None
    return path, config
