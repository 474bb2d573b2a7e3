"""From a payload to its acknowledgement: parsed, accepted, and only then acknowledged."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from adapters.slack.echoes import Echoes
from adapters.slack.forms import COMPLETED, form_view, problems_response, suggestions
from adapters.slack.parse import installation_of, parse
from adapters.slack.parse_events import Echo
from adapters.slack.payloads import Malformed, Payload, maybe
from adapters.slack.people import profile_of
from adapters.slack.render import body_of
from adapters.slack.teams import Team, Teams
from bot.base.clock import Clock
from bot.base.text import t
from bot.chat.cards import Card, resolved
from bot.chat.errors import PlatformError
from bot.chat.events import (
    ActionClicked,
    CommandInvoked,
    Event,
    FormSubmitted,
    MessageEdited,
    MessagePosted,
    Uninstalled,
)
from bot.chat.forms import Form
from bot.chat.platform import Accepted, FormProblems, Inbound, OpenForm
from bot.chat.refs import ConversationRef

OPENING_SECONDS = 1.8
"""A form opens within three seconds of the press, of which accepting may take one."""
SUGGESTING_SECONDS = 2.0
"""Slack waits three seconds for the choices of a select."""
CLOCKS_DIFFER = timedelta(seconds=10)
"""By how much Slack's clock may be behind ours; nobody removes and installs an app again within that time."""
NOT_OPENED = t("The form could not be opened in time. Please try again.")

logger = logging.getLogger(__name__)

Answer = Mapping[str, Any] | None
"""What to put in the acknowledgement; None for an empty one."""


class Receiver:
    """Takes payloads, whatever way they came."""

    def __init__(
        self,
        inbound: Inbound,
        teams: Teams,
        echoes: Echoes,
        clock: Clock,
        reads: Callable[[ConversationRef], bool],
        left: Callable[[Team], None],
    ) -> None:
        """`reads` says whether what people write in a conversation may be read; `left` is told of removals."""
        self._reads = reads
        self._left = left
        self._inbound = inbound
        self._teams = teams
        self._echoes = echoes
        self._clock = clock

    async def receive(self, payload: Payload) -> Answer:
        """Hand on what the payload says; returns how to acknowledge it.

        Raises whatever kept the event from being stored: then it must not be acknowledged, and comes again.
        """
        team = self._teams.find(installation_of(payload))
        if team is None:
            logger.warning("a payload of Slack is for an installation that is not served")
            return None
        if payload.get("type") == "block_suggestion":
            return await self._suggest(payload, team)
        try:
            found = parse(payload, team.me, self._clock.now())
        except Malformed as problem:
            logger.warning("a payload of Slack cannot be read: %s", problem)
            return None
        if isinstance(found, Echo):
            self._echoes.keep(team.me.installation.installation, found)
            return None
        if found is None or self._is_none_of_ours(found):
            return None
        if isinstance(found, Uninstalled):
            await self._remove(found, team)
            return None
        return await self._accept(payload, found, team)

    def _is_none_of_ours(self, event: Event) -> bool:
        """What is said where nobody chose to let us read, unless it is said to us; Slack may send it all the same."""
        if not isinstance(event, MessagePosted | MessageEdited) or self._reads(event.message.conversation):
            return False
        return not (isinstance(event, MessagePosted) and event.addressed)

    async def _suggest(self, payload: Payload, team: Team) -> Answer:
        """The choices for what is being typed into an input; none where they are not there in time."""
        action, typed = maybe(payload, "action_id") or "", (maybe(payload, "value") or "").strip()
        user, name = maybe(payload, "user", "id"), maybe(payload, "block_id")
        if user is None or name is None or not action.startswith(COMPLETED):
            return None
        line = action.removeprefix(COMPLETED)
        try:
            async with asyncio.timeout(SUGGESTING_SECONDS):
                choices = await self._inbound.complete(team.me.account(user), line, name, typed)
        except Exception as problem:
            # Whoever types can choose their own words all the same.
            logger.warning("nothing could be completed: %s", type(problem).__name__)
            choices = []
        return suggestions(choices, typed)

    async def _remove(self, event: Uninstalled, team: Team) -> None:
        """Slack tells of a removal by two events in either order; one of an earlier installation counts no more."""
        if team.since is None or event.occurred_at >= team.since - CLOCKS_DIFFER:
            await self._inbound.accept(event)
            self._left(team)

    async def _accept(self, payload: Payload, event: Event, team: Team) -> Answer:
        match await self._inbound.accept(event):
            case Accepted():
                return None
            case FormProblems(problems):
                return problems_response(problems, payload.get("view", {}))
            case OpenForm(form) if isinstance(event, FormSubmitted):
                return {"response_action": "update", "view": form_view(form, event.conversation)}
            case OpenForm(form) if isinstance(event, ActionClicked | CommandInvoked):
                await self._open(form, event, payload, team)
        return None

    async def _open(self, form: Form, event: ActionClicked | CommandInvoked, payload: Payload, team: Team) -> None:
        """Open the form; whoever waits for it is told where that fails."""
        try:
            async with asyncio.timeout(OPENING_SECONDS):
                view = form_view(form, event.conversation)
                await team.api.call("views.open", trigger_id=maybe(payload, "trigger_id"), view=view)
        except (PlatformError, TimeoutError) as problem:
            logger.warning("a form was not opened: %s", problem or "it took too long")
            await self._tell(event, team)

    async def _tell(self, event: ActionClicked | CommandInvoked, team: Team) -> None:
        if event.trigger is None or event.actor is None:
            return
        try:
            async with asyncio.timeout(OPENING_SECONDS):
                profile = await profile_of(team, event.actor)
                card = resolved(Card(NOT_OPENED), (profile and profile.language) or "en")
                body = body_of(card) | {"response_type": "ephemeral", "replace_original": False}
                await team.api.respond(event.trigger, body)
        except (PlatformError, TimeoutError) as problem:
            logger.warning("nobody could be told that a form was not opened: %s", problem)
