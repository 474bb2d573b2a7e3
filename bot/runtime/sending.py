"""The platform's side of a delivery: its parts, each with its key, and the look for a post that may exist."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from bot.base.errors import StarlingError
from bot.chat.capabilities import Capabilities
from bot.chat.cards import Card
from bot.chat.errors import PermissionMissing, PlatformError, TargetGone
from bot.chat.platform import Audience, ChatPlatform, InConversation, Post, Receipt
from bot.feature.declarations import Delete, Done, Edit, Later, Send, Skip
from bot.runtime import steps
from bot.runtime.drawing import with_charts_drawn
from bot.runtime.house import House
from bot.runtime.planning import Plan, found


class CannotKnow(StarlingError):
    """Nobody can find out whether the post was made."""


class StillUnknown(StarlingError):
    """The platform did not say whether the post was made; it is asked again when the lease has run out."""


class Sender:
    """Carries out plans. Raises `PlatformError`s, `CannotKnow` and `StillUnknown`."""

    def __init__(self, house: House, longest: timedelta) -> None:
        """`longest` is how long a plan may take before it is given up as unknown (`TimeoutError`)."""
        self._house = house
        self._longest = longest.total_seconds()

    async def carry_out(self, plan: Plan) -> Sequence[Receipt]:
        """Do what the plan says; the receipts of a post's parts, in order.

        There are none where a post that is not wanted any more was never made, and where a message was deleted.
        """
        async with asyncio.timeout(self._longest):
            return await self._carry_out(plan)

    async def _carry_out(self, plan: Plan) -> Sequence[Receipt]:
        platform = self._house.platforms.of(plan.place)
        capabilities = self._house.platforms.capabilities(plan.place)
        match plan.outcome:
            case Send() if plan.audience is not None:
                await self._post(platform, plan, plan.audience, capabilities)
            case Edit(message):
                first, *more = plan.cards
                if not plan.receipts:
                    await platform.edit(message, await with_charts_drawn(first))
                    plan.receipts.append(Receipt("thread" if message.conversation.thread else "channel", message))
                if more:
                    await self._post(platform, plan, InConversation(message.conversation), capabilities)
            case Delete(message):
                await platform.delete(message)
            case Done() | Skip() | Later() if plan.audience is not None and not plan.receipts:
                receipt = await self._look_for(platform, plan.audience, plan.key(0), capabilities)
                plan.receipts.extend([receipt] if receipt is not None else [])
        return plan.receipts

    async def _post(self, platform: ChatPlatform, plan: Plan, audience: Audience, capabilities: Capabilities) -> None:
        """Post the parts that were not accepted yet."""
        for part in range(len(plan.receipts), len(plan.cards)):
            receipt = None
            if plan.left_over:
                receipt = await self._look_for(platform, audience, plan.key(part), capabilities)
            if receipt is None:
                receipt = await self._send(platform, plan, audience, part)
            plan.receipts.append(receipt)
            self._house.at(steps.PART_SENT)

    async def _send(self, platform: ChatPlatform, plan: Plan, audience: Audience, part: int) -> Receipt:
        card: Card = plan.cards[part]
        return await platform.send(Post(plan.key(part), audience, await with_charts_drawn(card)))

    async def _look_for(
        self, platform: ChatPlatform, audience: Audience, key: str, capabilities: Capabilities
    ) -> Receipt | None:
        """The receipt of our post with this key; None where it surely was never accepted."""
        try:
            message = await platform.find_own_post(audience, key)
        except (PermissionMissing, TargetGone) as problem:
            raise CannotKnow(str(problem)) from problem
        except PlatformError as problem:
            raise StillUnknown(str(problem)) from problem
        if message is not None:
            return found(audience, message)
        if capabilities.finds_own_posts:
            return None
        raise CannotKnow("this platform cannot look for a post of ours")
