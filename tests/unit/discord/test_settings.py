"""The settings that describe a connection to Discord."""

from __future__ import annotations

import pytest

from adapters.discord import adapter
from bot.base.clock import SystemClock
from bot.base.errors import ConfigurationError


def test_without_a_token_there_is_no_adapter() -> None:
    assert adapter({}, SystemClock()) is None
    assert adapter({"STARLING_DISCORD_TOKEN": " "}, SystemClock()) is None


def test_with_a_token_there_is_one() -> None:
    made = adapter({"STARLING_DISCORD_TOKEN": "x", "STARLING_DISCORD_READS_REPLIES": "Yes"}, SystemClock())
    assert made is not None
    assert made.name == "discord"
    assert not made.ready()


@pytest.mark.parametrize(
    ("setting", "value"), [("STARLING_DISCORD_READS_REPLIES", "maybe"), ("STARLING_DISCORD_API_URL", "discord.com")]
)
def test_a_setting_that_is_wrong_is_named(setting: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=setting):
        adapter({"STARLING_DISCORD_TOKEN": "x", setting: value}, SystemClock())
