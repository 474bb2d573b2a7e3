"""Handling stored events: lock, then read, then one transaction, then the courtesies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from time import monotonic

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.errors import UserFacingError
from bot.base.ids import WorkspaceId, new_id
from bot.base.text import Text, t
from bot.chat.actions import OutdatedAction, UnknownAction
from bot.chat.cards import Card, Paragraph
from bot.chat.errors import PlatformError, RateLimited
from bot.chat.events import (
    ActionClicked,
    CommandInvoked,
    Event,
    FormSubmitted,
    HomeOpened,
    Installed,
    MemberLeft,
    MessagePosted,
    Uninstalled,
    conversation_of,
    event_from_json,
)
from bot.chat.platform import Profile
from bot.feature.context import Context
from bot.members.identity import install, member_left, uninstall
from bot.outbox.inbox import mark_failed, mark_handled, try_event_again
from bot.runtime import drafts, page_access, people, steps
from bot.runtime.actions import FormStep
from bot.runtime.courtesies import Answering, Courtesies, answering, keep_offers
from bot.runtime.hands import Hands
from bot.runtime.house import House
from bot.runtime.intake import Triggers
from bot.runtime.locks import KeyedLocks
from bot.runtime.logs import faults
from bot.runtime.routes import Routes
from storage.tables.inbox import InboxEvent

MOST_ATTEMPTS = 3
PAUSES: Sequence[timedelta] = (timedelta(), timedelta(seconds=5))
"""Before the second and the third attempt."""
MOST_WAITS = 20
"""Attempts while it is the platform that fails: they span more than an hour."""
PLATFORM_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=5)
NOWHERE = t("Starling is not set up here. An admin of the place can invite it.")
PLATFORM_FAILED = "the platform failed"

log = structlog.get_logger()


class AlreadyHandled(Exception):
    """Somebody else ended this event meanwhile: what was done for it now must not stay."""


class Dispatcher:
    """Works one event after the other of each conversation, and of each person's interactions."""

    def __init__(self, house: House, routes: Routes, triggers: Triggers, hands: Hands) -> None:
        self._house = house
        self._routes = routes
        self._triggers = triggers
        self._courtesies = Courtesies(house, hands)
        self.locks = KeyedLocks()
        """One thing at a time for each conversation and for each person's interactions."""

    async def work(self, row: InboxEvent, workspace: WorkspaceId | None = None) -> None:
        """Handle a claimed event to its end, or give it back to be tried again.

        `workspace` is whose it was when it was claimed, if anybody's.
        """
        if row.event is None:
            return
        event = event_from_json(row.event)
        began, outcome, done = monotonic(), "failed", None
        async with self.locks.holding(*_keys(event)):
            try:
                outcome, done = await self._work(row, event, workspace)
            except AlreadyHandled:
                outcome = "known"
            except Exception as problem:
                await self._failed(row, event, problem)
        if done is not None:
            await self._courtesies.carry_out_others(*done)
        self._house.meters.handled.labels(event.kind, outcome).observe(monotonic() - began)

    async def _work(
        self, row: InboxEvent, event: Event, workspace: WorkspaceId | None
    ) -> tuple[str, tuple[Context, Answering] | None]:
        """What came of it, and where it was handled, whose courtesies beside replies are still to be carried out."""
        if row.attempts > MOST_ATTEMPTS and row.reason != PLATFORM_FAILED:
            await self._give_up(row, event, "its handling ended the process each time")
            return "failed", None
        fresh = self._routes.is_for_a_role(self._routes.verb_of(event))
        profile = await people.visitor_of(self._house, event, fresh=fresh)
        if people.is_outside(profile):
            await self._turn_away(row, event, profile)
            return "outsider", None
        if workspace is None:
            workspace = await self._workspace(event)
        if workspace is None:
            log.warning("event_without_workspace", kind=event.kind, platform=event.installation.platform)
            await self._end(row)
            if _speaks_to_us(event):
                await self._say(Card(NOWHERE), answering(event, row.id, trigger=self._triggers.take(row.id)), "en")
            return "nowhere", None
        return await self._handle(row, event, workspace, profile)

    async def _handle(
        self, row: InboxEvent, event: Event, workspace: WorkspaceId, profile: Profile | None
    ) -> tuple[str, tuple[Context, Answering] | None]:
        how = answering(event, row.id, public=self._routes.is_public(event), trigger=self._triggers.take(row.id))
        language = "en"

        async def handled(session: AsyncSession) -> Context:
            nonlocal language
            context = await people.acting_context(self._house, session, workspace, event.actor, profile)
            language = context.language
            await self._in_transaction(context, event)
            if not await mark_handled(session, row.id, now=context.now):
                raise AlreadyHandled
            self._house.at(steps.HANDLED)
            return context

        try:
            context = await self._house.database.write_together(workspace, handled)
        except (UserFacingError, UnknownAction, OutdatedAction) as refusal:
            await self._end(row)
            await self._say(_refusal(event, refusal), how, language)
            return "refused", None
        self._house.at(steps.FINISHED)
        if isinstance(event, HomeOpened):
            self._house.homes.opened(context.member)
        await self._courtesies.reply_all(context, how)
        return "handled", (context, how)

    async def _in_transaction(self, context: Context, event: Event) -> None:
        if isinstance(event, MemberLeft) and event.actor is not None:
            left = await member_left(context.session, event.actor)
            if left is not None:
                await page_access.end_all(context.session, left)
        await self._routes.handle(context, event)
        keep_offers(context, event)
        if isinstance(event, Uninstalled):
            await uninstall(context.session, event.installation, context.now)

    async def _workspace(self, event: Event) -> WorkspaceId | None:
        if isinstance(event, Installed):
            async with self._house.database.write_everywhere() as session:
                return await install(session, event.installation, event.name, self._house.clock.now())
        return await people.find_workspace(self._house, event)

    async def _turn_away(self, row: InboxEvent, event: Event, profile: Profile | None) -> None:
        """Answer an outsider who spoke to us. A bot gets no answer: two bots would never stop."""
        await self._end(row)
        if profile is None or profile.is_bot or not _speaks_to_us(event):
            return
        card = Card(
            t("For members only"),
            (
                Paragraph(t("Starling is for the members of this workspace only. Nothing you wrote was kept.")),
                Paragraph(t("If you belong to it, ask an admin to make you a member.")),
            ),
        )
        await self._say(card, answering(event, row.id, trigger=self._triggers.take(row.id)), profile.language or "en")

    async def _failed(self, row: InboxEvent, event: Event, problem: Exception) -> None:
        if isinstance(problem, PlatformError) and row.attempts < MOST_WAITS:
            await self._wait_for_the_platform(row, event, problem)
            return
        error_id = new_id()[-8:]
        log.error("event_failed", error_id=error_id, kind=event.kind, attempt=row.attempts, **faults(problem))
        if row.attempts >= MOST_ATTEMPTS:
            await self._give_up(row, event, f"error {error_id}", error_id)
            return
        at = self._house.clock.now() + PAUSES[min(row.attempts, len(PAUSES)) - 1]
        async with self._house.database.write_everywhere() as session:
            await try_event_again(session, row.id, at, f"error {error_id}")

    async def _wait_for_the_platform(self, row: InboxEvent, event: Event, problem: PlatformError) -> None:
        pause = min(PLATFORM_PAUSE * 2 ** (row.attempts - 1), LONGEST_PAUSE)
        if isinstance(problem, RateLimited):
            pause = max(pause, problem.retry_after)
        log.warning("event_waits", kind=event.kind, attempt=row.attempts, problem=type(problem).__name__)
        async with self._house.database.write_everywhere() as session:
            await try_event_again(session, row.id, self._house.clock.now() + pause, PLATFORM_FAILED)

    async def _give_up(self, row: InboxEvent, event: Event, reason: str, error_id: str | None = None) -> None:
        error_id = error_id or new_id()[-8:]
        log.error("event_given_up", error_id=error_id, kind=event.kind, inbox=row.id)
        async with self._house.database.write_everywhere() as session:
            if not await mark_failed(session, row.id, reason, now=self._house.clock.now()):
                return
        sentence = t(
            "Something went wrong on our side, and what you did was not taken in. Please try again. "
            "If it happens again, tell an admin this number: {number}.",
            number=error_id,
        )
        await self._say(_with_form(event, sentence), answering(event, row.id), "en")

    async def _end(self, row: InboxEvent) -> None:
        async with self._house.database.write_everywhere() as session:
            await mark_handled(session, row.id, now=self._house.clock.now())

    async def _say(self, card: Card, how: Answering, language: str) -> None:
        try:
            await self._courtesies.reply(card, how, language)
        except (PlatformError, LookupError) as problem:
            log.warning("sentence_not_told", problem=type(problem).__name__)


def _keys(event: Event) -> list[str]:
    """The conversation, and for an interaction also whoever acts: a person's forms and cards are theirs alone."""
    conversation = conversation_of(event)
    keys = [f"in {conversation.root.encode()}"] if conversation else []
    if event.actor and isinstance(event, CommandInvoked | ActionClicked | FormSubmitted | HomeOpened):
        keys.append(f"by {event.actor.encode()}")
    return keys


def _speaks_to_us(event: Event) -> bool:
    if isinstance(event, MessagePosted):
        return event.direct or event.addressed
    return isinstance(event, CommandInvoked | ActionClicked | FormSubmitted | HomeOpened)


def _refusal(event: Event, refusal: UserFacingError | UnknownAction | OutdatedAction) -> Card:
    if isinstance(refusal, UserFacingError):
        return _with_form(event, refusal.text)
    return Card(t("This is from an older version of Starling. Please open it anew from its card or command."))


def _with_form(event: Event, sentence: Text) -> Card:
    """The sentence; beneath it a submitted form can be opened again as it was filled in."""
    if not isinstance(event, FormSubmitted):
        return Card(sentence)
    try:
        step = FormStep.decode(event.action)
    except (UnknownAction, OutdatedAction):
        return Card(sentence)
    return drafts.button_card(step.draft, sentence, step=step.step, label=t("Open the form again"))
