"""What the clients read from the environment.

- `TOGGL_API_URL`: the base URL, as `https://localhost:8080/api/v9`.
- `TOGGL_API_TOKEN`: an API token. It goes before an e-mail address and a password.
- `TOGGL_EMAIL` and `TOGGL_PASSWORD`: an account's own credentials. An address in `TOGGL_API_TOKEN` beside
  `TOGGL_PASSWORD`, as toggl-api-wrapper has it, means the same.
"""

from __future__ import annotations

import os

TOKEN_PASSWORD = "api_token"
"""What stands for the password where the user name is an API token."""


def base_url(default: str) -> str:
    """The base URL that the environment names, else `default`."""
    return os.environ.get("TOGGL_API_URL") or default


def credentials() -> tuple[str, str] | None:
    """The user name and password for Basic authentication, or None where the environment has none."""
    token = os.environ.get("TOGGL_API_TOKEN")
    password = os.environ.get("TOGGL_PASSWORD")
    if token and not (password and "@" in token):
        return token, TOKEN_PASSWORD
    email = token or os.environ.get("TOGGL_EMAIL")
    return (email, password) if email and password else None
