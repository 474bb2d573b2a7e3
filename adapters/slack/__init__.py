"""Slack: Starling as an app in a workspace, over Socket Mode or HTTP.

Nothing heavy is imported before a platform is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.base.clock import Clock

if TYPE_CHECKING:
    from bot.chat.platform import ChatPlatform


def adapter(settings: Mapping[str, str], clock: Clock) -> ChatPlatform | None:
    """Slack as the settings describe it (`adapters.slack.settings`); None where no bot token is given."""
    from adapters.slack.settings import read_settings

    read = read_settings(settings)
    if read is None:
        return None
    from adapters.slack.platform import SlackPlatform

    return SlackPlatform(read, clock)
