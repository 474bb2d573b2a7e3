"""Opening a form as the acknowledgement of an interaction: one look at the database, at most a second."""

from __future__ import annotations

import asyncio

import structlog

from bot.base.errors import UserFacingError
from bot.chat.errors import PlatformError
from bot.chat.events import ActionClicked, CommandInvoked, Event
from bot.chat.forms import Form
from bot.outbox.inbox import mark_handled
from bot.runtime import drafts, people
from bot.runtime.house import House
from bot.runtime.logs import faults
from bot.runtime.routes import Routes

LIMIT = 1.0
"""Seconds. Slack takes a form for three seconds after the press, and the way back needs some of them."""

log = structlog.get_logger()


class Opening:
    """Builds the form that answers an event at once, where one does."""

    def __init__(self, house: House, routes: Routes) -> None:
        self._house = house
        self._routes = routes

    async def open(self, event: Event, inbox_id: str) -> Form | None:
        """The form to acknowledge `event` with; then the event is handled.

        None where there is none, or where building it took too long, was refused or failed: the ordinary
        handling then says what to say, or gives a button that opens the form.
        """
        try:
            async with asyncio.timeout(LIMIT):
                return await self._open(event, inbox_id)
        except UserFacingError:
            return None
        except (TimeoutError, PlatformError) as problem:
            log.warning("form_not_opened", kind=event.kind, problem=type(problem).__name__)
        except Exception as problem:
            log.error("form_failed", kind=event.kind, **faults(problem))
        return None

    async def _open(self, event: Event, inbox_id: str) -> Form | None:
        if not isinstance(event, ActionClicked | CommandInvoked):
            return None
        house = self._house
        verb = self._routes.verb_of(event)
        profile = await people.visitor_of(house, event, fresh=self._routes.is_for_a_role(verb))
        workspace = await people.find_workspace(house, event)
        if workspace is None or people.is_outside(profile):
            return None
        async with house.database.write(workspace) as session:
            context = await people.acting_context(house, session, workspace, event.actor, profile)
            opened = await self._routes.opened(context, event)
            if opened is None:
                return None
            draft, step = opened
            form = drafts.show(draft, step, house.platforms.capabilities(event.conversation))
            await mark_handled(session, inbox_id, now=context.now)
        return form
