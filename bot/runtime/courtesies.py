"""Courtesies: what is done after the commit and may be lost with a crash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.base.ids import MemberId
from bot.base.policy import Actor
from bot.chat.cards import Card
from bot.chat.errors import PlatformError, RateLimited
from bot.chat.events import Event, conversation_of
from bot.chat.platform import Audience, InConversation, Post, PrivateTo
from bot.chat.refs import AccountRef
from bot.feature.context import Context, Courtesy, OfferForm, React, RefreshHome, Reply
from bot.members.identity import reach
from bot.runtime import drafts
from bot.runtime.drawing import with_charts_drawn
from bot.runtime.hands import Hands
from bot.runtime.home import fitted_home, home_card
from bot.runtime.house import House
from bot.runtime.logs import faults
from bot.runtime.presenting import present

LONGEST_WAIT = timedelta(minutes=1)
"""A courtesy that would have to wait longer for a rate limit is dropped."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Answering:
    """How to answer an event: to whom, by which key and, while it is open, by which trigger."""

    key: str
    audience: Audience | None
    trigger: str | None = None
    language: str = "en"


def answering(event: Event, key: str, *, public: bool = False, trigger: str | None = None) -> Answering:
    """The actor of `event` alone is answered, near where they acted; everybody there where it is `public`."""
    conversation = conversation_of(event)
    if public and conversation is not None:
        return Answering(key, InConversation(conversation), trigger)
    return Answering(key, PrivateTo(event.actor, near=conversation) if event.actor else None, trigger)


def keep_offers(context: Context, event: Event) -> None:
    """Before the commit: store each offered form, and turn the offer into a reply with its button."""
    for number, courtesy in enumerate(context.courtesies):
        if isinstance(courtesy, OfferForm):
            draft = drafts.keep(context, courtesy.form, conversation_of(event))
            context.courtesies[number] = Reply(drafts.button_card(draft.id, courtesy.sentence))


class Courtesies:
    """Carries them out. A platform that refuses is logged; nothing that must happen is left to this."""

    def __init__(self, house: House, hands: Hands) -> None:
        self._house = house
        self._hands = hands

    async def reply_all(self, context: Context, how: Answering) -> None:
        """The replies of a handled event, in order; one that fails takes nothing else with it."""
        for number, courtesy in enumerate(context.courtesies):
            if isinstance(courtesy, Reply):
                await self._one(courtesy, number, context, how)

    async def carry_out_others(self, context: Context, how: Answering) -> None:
        """All courtesies that are no replies, which nothing that comes later has to wait for."""
        for number, courtesy in enumerate(context.courtesies):
            if not isinstance(courtesy, Reply):
                await self._one(courtesy, number, context, how)

    async def _one(self, courtesy: Courtesy, number: int, context: Context, how: Answering, again: bool = True) -> None:
        name = type(courtesy).__name__
        try:
            match courtesy:
                case Reply(card):
                    await self.reply(card, how, context.language, number)
                case React(message, reaction):
                    if self._house.platforms.capabilities(message.conversation).reactions:
                        await self._house.platforms.of(message.conversation).react(message, reaction)
                case RefreshHome(member):
                    await self._draw_home(context, member)
        except RateLimited as limit:
            log.warning("courtesy_waits", courtesy=name, seconds=limit.retry_after.total_seconds())
            if again and limit.retry_after <= LONGEST_WAIT:
                self._hands.take_later(limit.retry_after, self._one(courtesy, number, context, how, again=False))
        except PlatformError as problem:
            log.warning("courtesy_failed", courtesy=name, problem=type(problem).__name__)
        except Exception as problem:
            log.error("courtesy_broken", courtesy=name, **faults(problem))

    async def reply(self, card: Card, how: Answering, language: str, number: int = 0) -> None:
        """Send `card` as the answer to an event, in as many parts as it needs."""
        if how.audience is None:
            return
        audience = how.audience
        ref = audience.conversation if isinstance(audience, InConversation) else audience.account
        capabilities = self._house.platforms.capabilities_for(audience)
        for_one = isinstance(audience, PrivateTo)
        for part, fitting in enumerate(present(card, language, capabilities, self._house.gathered, for_one=for_one)):
            key = f"{how.key}#{number}.{part}"
            await self._house.platforms.of(ref).send(Post(key, audience, await with_charts_drawn(fitting), how.trigger))

    async def _draw_home(self, context: Context, member: MemberId) -> None:
        if not self._house.homes.is_open(member):
            return
        drawn = await self._drawn_home(context, member)
        if drawn is None:
            return
        account, card, language = drawn
        capabilities = self._house.platforms.capabilities_for(PrivateTo(account, fallback="home"))
        page = fitted_home(card, language, capabilities, self._house.gathered)
        await self._house.platforms.of(account).show_home(account, await with_charts_drawn(page))

    async def _drawn_home(self, context: Context, member: MemberId) -> tuple[AccountRef, Card, str] | None:
        """Whose home it is, what stands in it and in which language; None where there is none."""
        house = self._house
        async with house.database.read(context.workspace) as session:
            prefer = context.account.installation_ref if context.account else None
            reached = await reach(session, member, prefer)
            if reached is None:
                return None
            account, language = reached.account, reached.language
            if not house.platforms.capabilities_for(PrivateTo(account, fallback="home")).home:
                return None
            own = context.actor if context.actor and context.actor.member == member else None
            actor = own or Actor(context.workspace, member)
            fresh = house.context(session, context.workspace, actor=actor, account=account, language=language)
            return account, await home_card(house.gathered, fresh), language
