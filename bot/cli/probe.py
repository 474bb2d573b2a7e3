"""The probe of `starling doctor`: posts in a channel, looks for the post by its key, and removes it again."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress

from bot.base.clock import SystemClock
from bot.base.errors import ConfigurationError
from bot.base.ids import new_id
from bot.base.text import t
from bot.chat.cards import Card, Choice, resolved
from bot.chat.commands import Command, MessageAction
from bot.chat.errors import PlatformError, Unavailable
from bot.chat.events import Event, Installed
from bot.chat.platform import Accepted, Acknowledged, ChatPlatform, InConversation, Memory, Post
from bot.chat.refs import AccountRef, ConversationRef, InstallationRef, MessageRef
from bot.chat.setup import Finding, Offered, Settings
from bot.cli.features import all_features
from bot.cli.offered import offered
from bot.cli.run import connected
from bot.runtime.config import Config

LOOKS, PAUSE = 10, 0.5
"""How often the post is looked for, and the seconds between: word of a post comes a moment after it."""
PROBE = t("This is a probe of Starling. It is removed at once.")


async def probed(settings: Settings, config: Config, channel: str) -> Sequence[Finding]:
    """Probe `channel` on every platform that has such a channel; one is named as in `slack:C0123` where several do."""
    wanted, _, bare = channel.rpartition(":")
    try:
        platforms = [each for each in connected(settings, SystemClock()) if wanted in ("", each.name)]
    except ConfigurationError as problem:
        return [Finding(False, f"{problem}.", "Correct this setting.")]
    if len(platforms) != 1:
        names = " or ".join(f"{each.name}:{bare}" for each in platforms) or "a platform that has its settings"
        return [Finding(False, "It is not clear where to post the probe.", f"Name the platform, as in {names}.")]
    return [await _probed(platforms[0], _Aside(offered(all_features(), config.root_command)), bare)]


class _Nothing:
    """Remembers nothing: what the running Starling keeps is not to change."""

    async def recall(self, platform: str) -> Mapping[str, Mapping[str, str]]:
        return {}

    async def remember(self, installation: InstallationRef, notes: Mapping[str, str | None]) -> None:
        pass


class _Aside:
    """Takes nothing: what comes in while the probe runs is for the running Starling, and must not be acknowledged."""

    def __init__(self, declared: Offered) -> None:
        self._declared = declared

    @property
    def root_command(self) -> str:
        return self._declared.root_command

    @property
    def commands(self) -> Sequence[Command]:
        return self._declared.commands

    @property
    def message_actions(self) -> Sequence[MessageAction]:
        return self._declared.message_actions

    @property
    def memory(self) -> Memory:
        return _Nothing()

    async def accept(self, event: Event) -> Acknowledged:
        if isinstance(event, Installed):
            return Accepted()
        raise Unavailable("probe", "only a probe is connected", accepted=False)

    async def complete(self, actor: AccountRef, line: str, option: str, prefix: str) -> Sequence[Choice]:
        return ()


async def _probed(platform: ChatPlatform, aside: _Aside, channel: str) -> Finding:
    try:
        await platform.start(aside)
    except (PlatformError, ConfigurationError, OSError) as problem:
        return Finding(False, f"The probe found no connection: {problem}.", "Mend what is said above, then try again.")
    try:
        for installed in (await platform.installations())[:1]:
            return await _posted(platform, ConversationRef(platform.name, installed.installation, channel))
        return Finding(False, f"Starling is installed nowhere on {platform.name}.", "Invite it first.")
    except PlatformError as problem:
        step = "Invite Starling to the channel and allow it to write there."
        return Finding(False, f"The probe was not posted in {channel}: {problem}.", step)
    finally:
        await platform.stop()


async def _posted(platform: ChatPlatform, place: ConversationRef) -> Finding:
    post = Post(new_id(), InConversation(place), resolved(Card(PROBE), "en"))
    receipt = await platform.send(post)
    try:
        return await _looked_for(platform, post, receipt.message)
    finally:
        if receipt.message is not None:
            with suppress(PlatformError):
                await platform.delete(receipt.message)


def _how(platform: ChatPlatform, posted: MessageRef) -> str:
    if platform.capabilities(posted.conversation).finds_own_posts:
        return "among Starling's own posts, which works after a restart too"
    return "in the platform's word of it, which works only while Starling goes on running"


async def _looked_for(platform: ChatPlatform, post: Post, posted: MessageRef | None) -> Finding:
    try:
        for _ in range(LOOKS):
            found = await platform.find_own_post(post.audience, post.key)
            if posted is not None and found == posted:
                return Finding(True, f"The probe was posted and found by its key {_how(platform, posted)}.")
            await asyncio.sleep(PAUSE)
    except PlatformError as problem:
        step = "Grant what is missing; without it an interrupted post is told to an admin instead of being looked for."
        return Finding(False, f"The probe was posted, but posts cannot be looked for: {problem}.", step)
    return Finding(
        False,
        "The probe was posted, but not found by its key.",
        "Stop starling run for the moment of the probe, for it may have taken the word of it; then compare the app's "
        "events with starling manifest.",
    )
