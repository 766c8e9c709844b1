"""The server's one secret key, and what is made with it: sealed tokens, derived tokens, its fingerprint."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

if TYPE_CHECKING:
    from collections.abc import Mapping

_NONCE = 12
_MINIMUM_KEY = 32


class BadKey(Exception):  # noqa: N818 - it says what is wrong with the key
    """A secret key that cannot be used, with what would be right."""


class Keyring:
    """Seals what must be shown again later, and derives what must be the same each time.

    Args:
        key: The secret, at least 32 bytes.
        source: Where it comes from, for who must be told that it is the wrong one.

    Attributes:
        source: Where the key comes from.

    Raises:
        BadKey: The key is too short.
    """

    def __init__(self, key: bytes, source: str = "the secret key") -> None:
        if len(key) < _MINIMUM_KEY:
            raise BadKey(f"the secret key in {source} has {len(key)} bytes; at least {_MINIMUM_KEY} are needed")
        self.source = source
        self._derive_from = key
        self._sealer = AESGCM(self._derive(b"seal"))

    def seal(self, text: str) -> bytes:
        """Encrypt a text for storage; each call gives other bytes."""
        nonce = os.urandom(_NONCE)
        return nonce + self._sealer.encrypt(nonce, text.encode(), None)

    def unseal(self, sealed: bytes) -> str:
        """The text that `seal` was given.

        Raises:
            BadKey: The bytes were sealed with another key, or changed since.
        """
        try:
            return self._sealer.decrypt(sealed[:_NONCE], sealed[_NONCE:], None).decode()
        except InvalidTag:
            raise BadKey("sealed data does not open with this secret key") from None

    def derive_token(self, *parts: object) -> str:
        """32 hexadecimal digits that are always the same for the same parts, and that nobody else can tell."""
        return self._derive(":".join(map(str, parts)).encode()).hex()[:32]

    @property
    def fingerprint(self) -> str:
        """What a database keeps to tell whether this is the key it was made with; tells nothing about the key."""
        return self._derive(b"fingerprint").hex()

    def _derive(self, purpose: bytes) -> bytes:
        return hmac.digest(self._derive_from, purpose, "sha256")


def new_token() -> str:
    """A new API token: 16 random bytes in hexadecimal, as Toggl's are."""
    return secrets.token_hex(16)


def digest(token: str) -> bytes:
    """What is stored of a token that only has to be recognized. Tokens are random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).digest()


def load_keyring(environment: Mapping[str, str], own_file: Path | None) -> Keyring:
    """Find the secret key: `ROLLCALL_SECRET_KEY`, else the file `ROLLCALL_SECRET_KEY_FILE`, else `own_file`.

    Args:
        environment: The process's environment.
        own_file: Where a key of one's own is kept, and made (mode 0600) if it is not there; None where the key must
            come from outside because several machines share the database.

    Raises:
        BadKey: There is none, or it is too short, or it cannot be read or written.
    """
    if key := environment.get("ROLLCALL_SECRET_KEY"):
        return Keyring(os.fsencode(key).strip(), "ROLLCALL_SECRET_KEY")
    if named := environment.get("ROLLCALL_SECRET_KEY_FILE"):
        try:
            return Keyring(Path(named).read_bytes().strip(), f"ROLLCALL_SECRET_KEY_FILE {named}")
        except OSError as error:
            raise BadKey(f"cannot read ROLLCALL_SECRET_KEY_FILE {named}: {error.strerror}") from error
    if own_file is None:
        raise BadKey("with PostgreSQL the secret key comes from outside: set ROLLCALL_SECRET_KEY or _FILE")
    try:
        if not own_file.exists():
            _write_new_key(own_file)
        return Keyring(own_file.read_bytes().strip(), str(own_file))
    except OSError as error:
        raise BadKey(f"cannot keep the secret key in {own_file}: {error.strerror}") from error


def _write_new_key(file: Path) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Written whole under another name first: two servers that start at once must end up with one key.
    with NamedTemporaryFile("w", dir=file.parent) as draft:
        draft.write(secrets.token_hex(32))
        draft.flush()
        # It must not be lost by a crash that the database survives.
        os.fsync(draft.fileno())
        with suppress(FileExistsError):
            os.link(draft.name, file)
