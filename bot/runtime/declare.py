"""What the runtime itself offers: help, the home as a command, and what becomes of uncertain posts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from bot.base.text import Text, t
from bot.chat.actions import Action
from bot.chat.cards import Choice, Element
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
from bot.feature.pages import OpenPage
from bot.runtime import drafts, memory, page_access, troubles, uncertain_home
from bot.runtime.actions import CommandOptions, FormStep, OpenDraft, RunCommand, Settle, ShowAgain
from bot.runtime.help import command_card, command_select, commands_for, help_card, unknown_card
from bot.runtime.home import home_card
from bot.runtime.page_links import PageLinks

RESERVED: tuple[type[Action], ...] = (FormStep, OpenDraft, CommandOptions, RunCommand)
"""Payloads the runtime handles before any room: no room may declare one of these names."""


def feature(gathered: Callable[[], Gathered], root: str, pages_at: str = "") -> Feature:
    """The runtime's own declarations; `gathered` gives those of all rooms once they are gathered.

    `pages_at` is the address under which pages are served, empty where they are not.
    """
    room, links = _Room(gathered, root), PageLinks(gathered, pages_at)
    topic = Option("command", t("A command to read more about"), completes=True)
    return Feature(
        name="runtime",
        commands=(
            CommandDeclaration(
                Command(("help",), t("See what you can do"), (topic,)),
                verb="help.read",
                handle=room.show_help,
                completions={"command": room.complete_command},
            ),
            CommandDeclaration(Command(("home",), t("See your home")), verb="home.see", handle=room.show_home),
        ),
        actions=(
            ActionDeclaration(Settle, "delivery.settle", handle=troubles.settle),
            ActionDeclaration(OpenPage, "page.open", handle=links.open_page),
            ActionDeclaration(ShowAgain, "home.see", handle=uncertain_home.show_again),
        ),
        deliveries=(
            DeliveryDeclaration(troubles.UNCERTAIN, partial(troubles.prepare_uncertain, called=room.called)),
            DeliveryDeclaration(troubles.TROUBLE, partial(troubles.prepare_trouble, called=room.called)),
        ),
        home=(HomeSection(0, uncertain_home.waiting_messages), HomeSection(100, room.help_in_home)),
        personal_data=(
            PersonalData("forms", t("Forms you opened and have not finished"), drafts.export, drafts.erase),
            PersonalData(
                "pages",
                t("When you signed in to pages in the browser, until you sign out"),
                page_access.export,
                page_access.erase,
            ),
            PersonalData("notes", t("Which server you write to in direct messages"), memory.export, memory.erase),
        ),
    )


class _Room:
    """Handlers that look at what all rooms declare."""

    def __init__(self, gathered: Callable[[], Gathered], root: str) -> None:
        self._gathered = gathered
        self._root = root

    async def show_help(self, context: Context, event: CommandInvoked, options: Options) -> None:
        """All commands, or the one that was named."""
        gathered, topic = self._gathered(), str(options.get("command", ""))
        apart = context.capabilities(event.conversation).roots_by_audience
        if not topic:
            context.reply(help_card(gathered, self._root, context.actor, by_audience=apart))
            return
        read = read_line(topic, self._commands(context), context.language)
        if isinstance(read, Unknown):
            card = unknown_card(gathered, self._root, context.actor, topic, read.suggestions, by_audience=apart)
            context.reply(card)
        else:
            context.reply(command_card(read.command, self._root, by_audience=apart))

    async def complete_command(self, context: Context, prefix: str) -> Sequence[Choice]:
        """The commands that whoever types may use: first those that begin so, else those that have it anywhere."""
        typed = " ".join(prefix.lower().split())
        names = [" ".join(command.path) for command in self._commands(context)]
        fitting = [name for name in names if name.startswith(typed)] or [name for name in names if typed in name]
        return [Choice(name, name) for name in fitting]

    def called(self, kind: str) -> Text:
        """What people call a kind of delivery."""
        return self._gathered().deliveries[kind].called

    async def show_home(self, context: Context, _event: CommandInvoked, _options: Options) -> None:
        """The home as a reply, for platforms and people without one."""
        context.refresh_home(context.member)
        context.reply(await home_card(self._gathered(), context))

    async def help_in_home(self, context: Context) -> tuple[Element, ...]:
        """The select that stands for all commands."""
        return (command_select(self._commands(context)),)

    def _commands(self, context: Context) -> list[Command]:
        return [declared.command for declared in commands_for(self._gathered(), context.actor)]
