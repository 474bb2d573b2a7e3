from __future__ import annotations

from pathlib import Path

import pytest

from bot.base.errors import ConfigurationError
from bot.runtime.config import read_config


def test_everything_has_a_default_that_binds_to_this_machine_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STARLING_DATABASE_URL", raising=False)
    config = read_config(data_folder=Path("here"))
    assert config.http_host == "127.0.0.1"
    assert config.database == "sqlite:///here/starling.sqlite3"


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STARLING_HTTP_PORT", "9000")
    monkeypatch.setenv("STARLING_DATABASE_URL", "postgresql://db/starling")
    config = read_config()
    assert (config.http_port, config.database) == (9000, "postgresql://db/starling")


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STARLING_ROOT_COMMAND", "Star Ling")
    with pytest.raises(ConfigurationError, match=r"^STARLING_ROOT_COMMAND: "):
        read_config()
