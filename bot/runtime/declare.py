"""What the runtime itself offers: help, the home as a command, and what becomes of uncertain posts."""

from __future__ import annotations

from collections.abc import Callable

from bot.base.text import t
from bot.chat.actions import Action
from bot.chat.cards import Element
from bot.chat.commands import Command, Option
from bot.chat.events import CommandInvoked
from bot.chat.grammar import Unknown, read_line
from bot.feature.context import Context
from bot.feature.declarations import (
    ActionDeclaration,
    CommandDeclaration,
    DeliveryDeclaration,
    Feature,
    HomeSection,
    Options,
    PersonalData,
)
from bot.feature.gather import Gathered
from bot.runtime import drafts, help, troubles, uncertain_home
from bot.runtime.actions import CommandOptions, FormStep, OpenDraft, RunCommand, Settle, ShowAgain
from bot.runtime.home import home_card

RESERVED: tuple[type[Action], ...] = (FormStep, OpenDraft, CommandOptions, RunCommand)
"""Payloads the runtime handles before any room: no room may declare one of these names."""


def feature(gathered: Callable[[], Gathered], root: str) -> Feature:
    """The runtime's own declarations; `gathered` gives those of all rooms once they are gathered."""

    async def show_help(context: Context, _event: CommandInvoked, options: Options) -> None:
        topic = str(options.get("command", ""))
        if not topic:
            context.reply(help.help_card(gathered(), root, context.actor))
            return
        commands = [declared.command for declared in help.commands_for(gathered(), context.actor)]
        read = read_line(topic, commands, context.language)
        if isinstance(read, Unknown):
            context.reply(help.unknown_card(gathered(), root, context.actor, topic, read.suggestions))
        else:
            context.reply(help.command_card(read.command, root))

    async def show_home(context: Context, _event: CommandInvoked, _options: Options) -> None:
        context.refresh_home(context.member)
        context.reply(await home_card(gathered(), context))

    async def help_in_home(context: Context) -> tuple[Element, ...]:
        commands = [declared.command for declared in help.commands_for(gathered(), context.actor)]
        return (help.command_select(commands),)

    return Feature(
        name="runtime",
        commands=(
            CommandDeclaration(
                Command(
                    ("help",),
                    t("See what you can do"),
                    (Option("command", t("A command to read more about")),),
                ),
                verb="help.read",
                handle=show_help,
            ),
            CommandDeclaration(Command(("home",), t("See your home")), verb="home.see", handle=show_home),
        ),
        actions=(
            ActionDeclaration(Settle, "delivery.settle", handle=troubles.settle),
            ActionDeclaration(ShowAgain, "home.see", handle=uncertain_home.show_again),
        ),
        deliveries=(
            DeliveryDeclaration(troubles.UNCERTAIN, troubles.prepare_uncertain),
            DeliveryDeclaration(troubles.TROUBLE, troubles.prepare_trouble),
        ),
        home=(HomeSection(0, uncertain_home.waiting_messages), HomeSection(100, help_in_home)),
        personal_data=(
            PersonalData("forms", t("Forms you opened and have not finished"), drafts.export, drafts.erase),
        ),
    )
