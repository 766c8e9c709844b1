"""Where the server is, who asks, and how carefully."""

from __future__ import annotations

import copy
import ssl
from dataclasses import dataclass, field, fields
from typing import ClassVar, Literal, Self

import httpx

from rollcall.client import environment
from rollcall.client.retry import Patience
from rollcall.client.tls import usual_context
from rollcall.client.transport import Limit

LOCALHOST = "https://localhost:8080/api/v9"
"""The base URL where nothing names another."""


def _host() -> str:
    return environment.base_url(LOCALHOST)


@dataclass
class Configuration:
    """Where the server is, who asks, and how carefully.

    The credentials are not read from the environment here, so that those set on the object are the ones that are sent.
    `from_environment` reads them, and so does a class `...Api` made without a client when there is no default.

    Attributes:
        host: The base URL; `TOGGL_API_URL` of the environment, else `https://localhost:8080/api/v9`.
        username: The account's e-mail address.
        password: The account's password.
        api_token: The account's API token; it goes before `username` and `password`.
        verify_ssl: Whether the server must prove who it is. It is read when an `ApiClient` is made.
        ssl_ca_cert: A file with the certificates to trust, in PEM; None for the usual ones. It is read then, too.
        timeout: How long a request may take: seconds, (seconds to connect, seconds to read), or None for ever.
        retries: How often a request is sent again where that cannot do anything twice; 0 for never.
        retry_seconds: After how many seconds, counted from the beginning of a call, it is not sent again.
        wait_for_quota: Whether a call waits when the requests of the hour are used up, until there are more: True, or
            for how many seconds at most. It raises `QuotaExceededException` at once unless told so.
    """

    host: str = field(default_factory=_host)
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    api_token: str | None = field(default=None, repr=False)
    verify_ssl: bool = True
    ssl_ca_cert: str | None = None
    timeout: Limit = 30.0
    retries: int = 3
    retry_seconds: float = 60.0
    wait_for_quota: bool | float = False

    _default: ClassVar[Configuration | None] = None

    def __repr__(self) -> str:
        """All but what opens the account: a user name, too, is shown only where it is no API token."""
        shown = {each.name: getattr(self, each.name) for each in fields(self) if each.repr}
        if self.password == environment.TOKEN_PASSWORD:
            shown["username"] = "..."
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in shown.items())})"

    @classmethod
    def from_environment(cls) -> Self:
        """A configuration with the environment's credentials.

        They are `TOGGL_API_TOKEN`, or `TOGGL_EMAIL` and `TOGGL_PASSWORD`; there may be none.
        """
        username, password = environment.credentials() or (None, None)
        if password == environment.TOKEN_PASSWORD:
            return cls(api_token=username)
        return cls(username=username, password=password)

    @classmethod
    def get_default(cls) -> Configuration:
        """A copy of the default configuration, else one made from the environment."""
        return copy.copy(Configuration._default) if Configuration._default is not None else cls.from_environment()

    @classmethod
    def set_default(cls, default: Configuration | None) -> None:
        """Make a copy of `default` the default configuration; None for none."""
        Configuration._default = copy.copy(default)

    @property
    def auth(self) -> httpx.BasicAuth | None:
        """The credentials, or None where there are none."""
        if self.api_token:
            return httpx.BasicAuth(self.api_token, environment.TOKEN_PASSWORD)
        if self.username:
            return httpx.BasicAuth(self.username, self.password or "")
        return None

    @property
    def patience(self) -> Patience:
        """How often and how long a call is tried again."""
        return Patience(retries=self.retries, seconds=self.retry_seconds, wait_for_quota=self.wait_for_quota)

    @property
    def verify(self) -> ssl.SSLContext | Literal[False]:
        """What the server's certificate is held to, as httpx takes it.

        Raises:
            OSError: `ssl_ca_cert` cannot be read, or is no file of certificates.
        """
        if not self.verify_ssl:
            return False
        if not self.ssl_ca_cert:
            return usual_context()
        try:
            return ssl.create_default_context(cafile=self.ssl_ca_cert)
        except OSError as error:
            error.filename = self.ssl_ca_cert  # which OpenSSL does not say
            raise
