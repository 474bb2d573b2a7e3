"""The connected chat platforms, by the name that stands first in every reference."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from bot.base.clock import Clock
from bot.chat.capabilities import Capabilities
from bot.chat.errors import PlatformError
from bot.chat.platform import Audience, ChatPlatform, InConversation, Profile
from bot.chat.refs import AccountRef, ConversationRef, InstallationRef

PROFILE_KEPT = timedelta(seconds=60)
"""How long a profile is believed where no role is at stake."""

log = structlog.get_logger()


class UnknownPlatform(LookupError):
    """No adapter of that name is connected."""


class Platforms:
    """Finds the platform of a reference, and what it says of a conversation or an account."""

    def __init__(self, platforms: Sequence[ChatPlatform], clock: Clock) -> None:
        self._by_name = {platform.name: platform for platform in platforms}
        self._clock = clock
        self._profiles: dict[AccountRef, tuple[datetime, Profile | None]] = {}

    @property
    def all(self) -> Sequence[ChatPlatform]:
        """Every connected platform."""
        return list(self._by_name.values())

    def of(self, ref: AccountRef | ConversationRef | InstallationRef) -> ChatPlatform:
        """The platform `ref` belongs to; `UnknownPlatform` where its adapter is not connected."""
        try:
            return self._by_name[ref.platform]
        except KeyError:
            raise UnknownPlatform(ref.platform) from None

    def capabilities(self, conversation: ConversationRef) -> Capabilities:
        """What a conversation can do now."""
        return self.of(conversation).capabilities(conversation)

    def capabilities_for(self, audience: Audience) -> Capabilities:
        """What can be done where a post for `audience` lands."""
        return self.capabilities(place_of(audience))

    async def profile(self, account: AccountRef, *, fresh: bool = False) -> Profile | None:
        """What the platform says of `account`, at most a minute old; `fresh` asks it now.

        Where the platform does not answer, what it said last holds. `PlatformError` where it never said anything,
        and where it has to be asked now.
        """
        now = self._clock.now()
        known = self._profiles.get(account)
        if known is not None and not fresh and now - known[0] < PROFILE_KEPT:
            return known[1]
        try:
            profile = await self.of(account).profile(account)
        except PlatformError as problem:
            if known is None or fresh:
                raise
            log.warning("profile_unavailable", platform=account.platform, problem=type(problem).__name__)
            return known[1]
        self._forget_old(now)
        self._profiles[account] = (now, profile)
        return profile

    def _forget_old(self, now: datetime) -> None:
        if len(self._profiles) > 10_000:
            self._profiles = {a: kept for a, kept in self._profiles.items() if now - kept[0] < PROFILE_KEPT}


def place_of(audience: Audience) -> ConversationRef:
    """The conversation a post for `audience` belongs to: for a private one without a place near, the person's own."""
    if isinstance(audience, InConversation):
        return audience.conversation
    account = audience.account
    return audience.near or ConversationRef(account.platform, account.installation, account.user)
