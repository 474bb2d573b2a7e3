"""What this room offers. Its button is on feedback cards only where a key is set; the rest is always there, so that
whoever agreed can still stop and see what was sent."""

from __future__ import annotations

from bot.answers.withdrawing import WITHDRAWN
from bot.base.text import t
from bot.chat.commands import Command
from bot.coach import actions as a
from bot.coach import personal_data
from bot.coach.cards import ask_button
from bot.coach.config import CoachConfig
from bot.coach.handlers import Handlers
from bot.coach.messages_api import MessagesApi
from bot.coach.model import Model
from bot.coach.requests import ADVICE, FORGET
from bot.coach.trouble import TROUBLE, prepare_trouble
from bot.coach.working import Working, advice_sent, answer_withdrawn, prepare_forgetting
from bot.feature.declarations import (
    ActionDeclaration,
    CommandDeclaration,
    DeliveryDeclaration,
    Feature,
    FollowerDeclaration,
    FormDeclaration,
    HomeSection,
    PersonalData,
    PlaceDeclaration,
)

ANSWER_ACTIONS = "answer.actions"
"""The place on a feedback card; its subject is the answer's id."""
HOME_ORDER = 85


def feature(config: CoachConfig | None = None, model: Model | None = None) -> Feature:
    """The coach as it is configured: off without a key. `model` stands in for the endpoint of the configuration."""
    config = config or CoachConfig()
    working = Working(config, model or MessagesApi(config))
    handlers = Handlers(config)
    return Feature(
        name="coach",
        commands=_commands(handlers),
        actions=(
            ActionDeclaration(a.AskCoach, "coach.ask", handlers.ask),
            ActionDeclaration(a.ReadTerms, "coach.own", handlers.terms),
            ActionDeclaration(a.AgreeToCoach, "coach.ask", handlers.agree),
            ActionDeclaration(a.StopCoach, "coach.own", handlers.stop),
            ActionDeclaration(a.OpenCoachSettings, "coach.own", handlers.settings),
            ActionDeclaration(a.ShowLedger, "coach.own", handlers.ledger),
            ActionDeclaration(a.OpenCoachSetup, "settings.change", opens=handlers.open_setup),
        ),
        forms=(FormDeclaration(a.SaveCoachSetup, "settings.change", handlers.save_setup, handlers.check_setup),),
        deliveries=(
            DeliveryDeclaration(ADVICE, working.prepare, advice_sent, work=working.work),
            DeliveryDeclaration(FORGET, prepare_forgetting),
            DeliveryDeclaration(TROUBLE, prepare_trouble),
        ),
        places=(PlaceDeclaration(ANSWER_ACTIONS, ask_button),) if config.on else (),
        followers=(FollowerDeclaration(WITHDRAWN, answer_withdrawn),),
        home=(HomeSection(HOME_ORDER, handlers.home),),
        personal_data=(
            PersonalData(
                "coach",
                t("Whether you agreed to the coach, what it said, and what was sent to it"),
                export=personal_data.export,
                erase=personal_data.erase,
                in_steps=True,
            ),
        ),
    )


def _commands(handlers: Handlers) -> tuple[CommandDeclaration, ...]:
    return (
        CommandDeclaration(
            Command(("coach", "settings"), t("See and change whether the coach may read your answers")),
            "coach.own",
            handlers.settings,
        ),
        CommandDeclaration(
            Command(("coach", "ledger"), t("See what of yours was sent to the coach's service")),
            "coach.own",
            handlers.ledger,
        ),
        CommandDeclaration(
            Command(("setup", "coach"), t("Set the coach's budget and see what it costs"), acknowledgement="form"),
            "settings.change",
            opens=handlers.open_setup,
        ),
    )
