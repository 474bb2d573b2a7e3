"""Taking events in: stored first, then acknowledged; the handling follows."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic

import structlog
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.text import render
from bot.chat.actions import OutdatedAction, UnknownAction
from bot.chat.events import Event, FormSubmitted
from bot.chat.platform import Accepted, Acknowledged, FormProblems, OpenForm
from bot.members.identity import language_of
from bot.outbox.inbox import Arrival, receive
from bot.runtime import drafts, steps
from bot.runtime.actions import FormStep
from bot.runtime.house import House
from bot.runtime.opening import LIMIT, Opening
from bot.runtime.routes import Routes
from bot.runtime.storable import with_storable_texts
from bot.runtime.storing import Storing
from bot.runtime.submissions import read_submission
from storage.tables.inbox import InboxEvent

log = structlog.get_logger()


class Triggers:
    """The platforms' credentials for answering interactions at once, kept in memory only and for a while."""

    LARGEST = 1000

    def __init__(self) -> None:
        self._kept: OrderedDict[str, str] = OrderedDict()

    def keep(self, inbox_id: str, trigger: str | None) -> None:
        """Remember a trigger; the oldest is forgotten when there are too many."""
        if trigger is not None:
            self._kept[inbox_id] = trigger
            while len(self._kept) > self.LARGEST:
                self._kept.popitem(last=False)

    def take(self, inbox_id: str) -> str | None:
        """The trigger of that event, once."""
        return self._kept.pop(inbox_id, None)


class Intake:
    """What stands behind `Inbound.accept`."""

    def __init__(self, house: House, routes: Routes, triggers: Triggers, wake: Callable[[], None]) -> None:
        self._house = house
        self._routes = routes
        self._opening = Opening(house, routes)
        self._storing = Storing(house)
        self._triggers = triggers
        self._wake = wake

    async def accept(self, event: Event) -> Acknowledged:
        """Store `event` unless it is known, and say how to acknowledge it."""
        began = monotonic()
        answer = await self._accept(with_storable_texts(event))
        kind = type(answer).__name__
        self._house.meters.acknowledged.labels(event.kind, kind).observe(monotonic() - began)
        return answer

    async def _accept(self, event: Event) -> Acknowledged:
        opens = self._routes.may_open(event)
        stored = await self._store(event, opens)
        if isinstance(stored, FormProblems):
            return stored
        if stored is None:
            log.info("event_known", kind=event.kind, delivery=event.delivery_id)
            return Accepted()
        self._house.at(steps.RECEIVED)
        if opens:
            form = await self._opening.open(event, stored)
            if form is not None:
                return OpenForm(form)
            await self._let_go(stored)
        self._triggers.keep(stored, getattr(event, "trigger", None))
        self._wake()
        return Accepted()

    async def _store(self, event: Event, opens: bool) -> str | FormProblems | None:
        """The id of the stored row, None where the event is known; or what is wrong with a form."""
        now = self._house.clock.now()
        if isinstance(event, FormSubmitted):
            async with self._house.database.write_everywhere(urgent=True) as session:
                problems = await self._keep_values(session, event, now)
                if problems is not None:
                    return problems
                (inbox_id,) = await receive(session, [Arrival(event)], now=now)
            return inbox_id
        # Nobody else takes up an event whose form is being built.
        held_until = now + timedelta(seconds=3 * LIMIT) if opens else None
        return await self._storing.store(Arrival(event, held_until))

    async def _let_go(self, inbox_id: str) -> None:
        async with self._house.database.write_everywhere() as session:
            await session.execute(update(InboxEvent).where(InboxEvent.id == inbox_id).values(lease_until=None))

    async def _keep_values(self, session: AsyncSession, event: FormSubmitted, now: datetime) -> FormProblems | None:
        """Keep what was entered; the problems, where the form itself can show them."""
        try:
            step = FormStep.decode(event.action)
        except (UnknownAction, OutdatedAction):
            return None
        draft = await drafts.find_shown(session, step.draft, event.actor)
        if draft is None:
            return None
        draft.values = drafts.with_values(draft, step.step, event.values)
        draft.updated_at = now
        if not self._house.platforms.capabilities(event.conversation).form_errors:
            return None
        try:
            submission = read_submission(event, step, draft, self._house.gathered)
        except (UnknownAction, OutdatedAction):
            return None
        problems = submission.beside_inputs()
        if not problems:
            return None
        language = await language_of(session, draft.member_id)
        return FormProblems({name: render(problem, language) for name, problem in problems.items()})
