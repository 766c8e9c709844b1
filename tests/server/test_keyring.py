"""The secret key: where it comes from, and that it is the right one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rollcall.server.keyring import BadKey, Keyring, load_keyring

KEY = "0123456789abcdef0123456789abcdef"
OTHER = KEY[::-1]


def test_the_environment_counts_before_the_file_it_names_and_that_before_ones_own(tmp_path: Path) -> None:
    named, own = tmp_path / "named", tmp_path / "configuration" / "own"
    named.write_text(f"{OTHER}\n")
    given = load_keyring({"ROLLCALL_SECRET_KEY": KEY, "ROLLCALL_SECRET_KEY_FILE": str(named)}, own)
    from_file = load_keyring({"ROLLCALL_SECRET_KEY": "", "ROLLCALL_SECRET_KEY_FILE": str(named)}, own)
    assert given.fingerprint == Keyring(KEY.encode()).fingerprint
    assert from_file.fingerprint == Keyring(OTHER.encode()).fingerprint
    assert not own.parent.exists()


def test_a_key_is_the_same_in_a_variable_and_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{KEY}\n")
    from_file = load_keyring({"ROLLCALL_SECRET_KEY_FILE": str(tmp_path / "key")}, None)
    assert from_file.fingerprint == load_keyring({"ROLLCALL_SECRET_KEY": f"{KEY}\n"}, None).fingerprint


def test_ones_own_key_is_made_once_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    own = tmp_path / "configuration" / "secret-key"
    with ThreadPoolExecutor(8) as threads:
        keyrings = list(threads.map(lambda _: load_keyring({}, own), range(8)))
    assert len({keyring.fingerprint for keyring in keyrings}) == 1
    assert own.stat().st_mode & 0o777 == 0o600
    assert own.parent.stat().st_mode & 0o777 == 0o700
    assert list(own.parent.iterdir()) == [own]
    another = load_keyring({}, tmp_path / "another")
    assert another.fingerprint != keyrings[0].fingerprint


@pytest.mark.parametrize("directory", [".", "a-file"])
def test_a_file_that_cannot_be_kept_is_named(tmp_path: Path, directory: str) -> None:
    (tmp_path / "a-file").touch()
    own = tmp_path / directory if directory == "." else tmp_path / directory / "secret-key"
    with pytest.raises(BadKey, match=f"cannot keep the secret key in {own}: "):
        load_keyring({}, own)


def test_what_is_sealed_opens_with_its_own_key_only() -> None:
    keyring = Keyring(KEY.encode())
    sealed = keyring.seal("an API token")
    assert keyring.seal("an API token") != sealed
    assert Keyring(KEY.encode()).unseal(sealed) == "an API token"
    for wrong, with_keyring in [(sealed, Keyring(OTHER.encode())), (sealed[:-1], keyring)]:
        with pytest.raises(BadKey, match="does not open with this secret key"):
            with_keyring.unseal(wrong)
