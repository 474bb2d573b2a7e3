"""Tokens at rest: encrypted, whole or not at all, and for nobody else to read."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from adapters.slack.vault import Grant, Vault
from bot.base.errors import ConfigurationError

KEY = Fernet.generate_key().decode()
FIRST = Grant("T0RED", "xoxb-first", "2026-11-21T09:00:00+00:00", "xoxe-first", 1.5, "Red")
SECOND = replace(FIRST, token="xoxb-second", refresh_token="xoxe-second")


def test_a_grant_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    vault = Vault(tmp_path, KEY)
    for grant in (FIRST, SECOND, replace(FIRST, installation="T0BLUE")):
        vault.keep(grant)
    assert list(Vault(tmp_path, KEY)) == [replace(FIRST, installation="T0BLUE"), SECOND]


def test_nothing_can_be_read_without_the_key(tmp_path: Path) -> None:
    Vault(tmp_path, KEY).keep(FIRST)
    (file,) = tmp_path.iterdir()
    assert not any(secret in file.read_bytes() for secret in (b"xox", b"T0RED", b"Red"))
    with pytest.raises(ConfigurationError, match=r"does not open T0RED\.grant"):
        list(Vault(tmp_path, Fernet.generate_key().decode()))


def test_an_interrupted_write_leaves_the_earlier_grant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = Vault(tmp_path, KEY)
    vault.keep(FIRST)
    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", _fails)
        with pytest.raises(OSError, match="no space"):
            vault.keep(SECOND)
    assert list(Vault(tmp_path, KEY)) == [FIRST]
    vault.keep(SECOND)
    assert list(Vault(tmp_path, KEY)) == [SECOND]


def _fails(_descriptor: int) -> None:
    raise OSError("no space left")


def test_whatever_lay_there_before_only_its_owner_can_read_a_grant(tmp_path: Path) -> None:
    half = tmp_path / "T0RED.half"
    half.write_text("left by an interrupted write")
    half.chmod(0o666)
    before = os.umask(0)
    try:
        Vault(tmp_path / "new", KEY).keep(FIRST)
        Vault(tmp_path, KEY).keep(FIRST)
    finally:
        os.umask(before)
    assert (tmp_path / "T0RED.grant").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("installation", ["../T0RED", "T0RED/..", "", "t0red", "T" * 41])
def test_no_id_leads_out_of_the_folder(tmp_path: Path, installation: str) -> None:
    with pytest.raises(ValueError, match="capitals and digits"):
        Vault(tmp_path, KEY).keep(replace(FIRST, installation=installation))
    assert list(tmp_path.iterdir()) == []


def test_no_token_is_shown_where_a_grant_is_printed() -> None:
    assert "xox" not in repr(FIRST)
