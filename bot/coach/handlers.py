"""Thin handlers of this room's commands, buttons and forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from bot.answers.records import last_revision, own_answer
from bot.base.errors import UserFacingError
from bot.base.policy import Subject
from bot.base.text import Text, t
from bot.chat.cards import Card, Element
from bot.chat.events import ActionClicked, CommandInvoked, FormSubmitted
from bot.chat.forms import Form
from bot.coach import cards, consent, setup
from bot.coach.actions import (
    AgreeToCoach,
    AskCoach,
    OpenCoachSettings,
    OpenCoachSetup,
    ReadTerms,
    SaveCoachSetup,
    ShowLedger,
    StopCoach,
)
from bot.coach.config import CoachConfig
from bot.coach.ledger import ledger_card, own_lines
from bot.coach.material import is_suitable
from bot.coach.reasons import Reason
from bot.coach.requests import ask
from bot.feature.context import Context
from bot.feature.declarations import Options
from bot.members.identity import zone_of


class Handlers:
    """The handlers of one configuration."""

    def __init__(self, config: CoachConfig) -> None:
        self._config = config

    async def ask(self, ctx: Context, payload: AskCoach, _event: ActionClicked) -> None:
        """Ask about one's own answer; the first time, ask for consent instead."""
        ctx.reply(await self._asked(ctx, payload.answer))

    async def terms(self, ctx: Context, _payload: ReadTerms, _event: ActionClicked) -> None:
        """What one would agree to."""
        ctx.reply(self._consent(None))

    async def agree(self, ctx: Context, payload: AgreeToCoach, _event: ActionClicked) -> None:
        """Record the consent, and go on to where the person wanted to."""
        if not self._config.on:
            ctx.reply(cards.rules_only_card(Reason.OFF))
            return
        await consent.agree(ctx, ctx.member, self._config)
        ctx.refresh_home(ctx.member)
        ctx.reply(await self._asked(ctx, payload.answer) if payload.answer else cards.agreed_card())

    async def stop(self, ctx: Context, _payload: StopCoach, _event: ActionClicked) -> None:
        """End the consent."""
        was_agreed = await consent.stop(ctx, ctx.member)
        ctx.refresh_home(ctx.member)
        ctx.reply(cards.stopped_card(was_agreed=was_agreed))

    async def settings(self, ctx: Context, _cause: OpenCoachSettings | CommandInvoked, _more: object) -> None:
        """Whether one has agreed, and how to change it."""
        standing = await consent.standing_consent(ctx, ctx.member)
        agreed: Text | None = None
        if standing is not None:
            zone = ZoneInfo(await zone_of(ctx.session, ctx.member))
            agreed = t(
                "You agreed on {day} that answers you ask about are sent to {endpoint}.",
                day=f"{standing.agreed_at.astimezone(zone):%Y-%m-%d %H:%M}",
                endpoint=standing.endpoint,
            )
        holds = await consent.has_agreed(ctx, ctx.member, self._config)
        card = cards.settings_card(
            self._config.endpoint,
            self._config.model,
            agreed,
            on=self._config.on,
            outdated=agreed is not None and not holds,
        )
        ctx.reply(card)

    async def ledger(self, ctx: Context, _cause: ShowLedger | CommandInvoked, _more: object) -> None:
        """What was sent of one's own."""
        ctx.reply(ledger_card(*await own_lines(ctx, ctx.member)))

    async def home(self, ctx: Context) -> Sequence[Element]:
        """The part of the home; nothing where the coach is off and was never agreed to."""
        agreed = await consent.standing_consent(ctx, ctx.member) is not None
        return cards.home_elements(agreed=agreed) if self._config.on or agreed else ()

    async def open_setup(self, ctx: Context, _cause: OpenCoachSetup | Options) -> Form:
        """The form about the budget."""
        return await setup.form(ctx, self._config)

    async def save_setup(self, ctx: Context, _payload: SaveCoachSetup, event: FormSubmitted) -> None:
        """Keep the budget."""
        ctx.require("settings.change", Subject(ctx.workspace))
        await setup.save(ctx, event.values)
        ctx.reply(await setup.saved(ctx, self._config))

    def check_setup(self, _payload: SaveCoachSetup, event: FormSubmitted) -> Mapping[str, Text]:
        """What is wrong with the entered numbers."""
        return setup.problems(event.values)

    def _consent(self, answer: str | None) -> Card:
        if not self._config.on:
            return cards.rules_only_card(Reason.OFF)
        return cards.consent_card(self._config.endpoint, self._config.model, answer)

    async def _asked(self, ctx: Context, answer_id: str) -> Card:
        answer = await own_answer(ctx, answer_id, "coach.ask")
        revision = await last_revision(ctx.session, answer.id)
        if revision is None:
            raise UserFacingError(t("Your answer is still being collected. Ask the coach when its feedback is there."))
        if not self._config.on:
            return cards.rules_only_card(Reason.OFF)
        if not is_suitable(revision):
            return cards.rules_only_card(Reason.UNSUITABLE)
        if not await consent.has_agreed(ctx, ctx.member, self._config):
            return self._consent(answer.id)
        await ask(ctx, answer, revision)
        return cards.waiting_card()
