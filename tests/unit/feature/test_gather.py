"""Declarations are checked once, at start."""

from __future__ import annotations

from typing import ClassVar

import pytest

from bot.base.errors import ConfigurationError
from bot.base.text import t
from bot.chat.actions import Action
from bot.chat.cards import Button
from bot.chat.commands import Command
from bot.chat.events import ActionClicked, CommandInvoked
from bot.feature.context import Context
from bot.feature.declarations import (
    ActionDeclaration,
    CommandDeclaration,
    Feature,
    FollowerDeclaration,
    Options,
    PlaceDeclaration,
)
from bot.feature.gather import gather


class Press(Action):
    name: ClassVar[str] = "tests.press"
    subject: str


async def on_press(_context: Context, _payload: Press, _event: ActionClicked) -> None: ...


async def on_help(_context: Context, _event: CommandInvoked, _options: Options) -> None: ...


HELP = CommandDeclaration(Command(("help",), t("Help")), "help.read", handle=on_help)


def test_a_verb_without_a_policy_fails_at_start() -> None:
    declared = CommandDeclaration(Command(("help",), t("Help")), "help.shout", handle=on_help)
    with pytest.raises(ConfigurationError, match=r"help\.shout"):
        gather([Feature("tests", commands=(declared,))])


def test_a_command_declared_by_two_rooms_fails_at_start() -> None:
    with pytest.raises(ConfigurationError, match="declared twice"):
        gather([Feature("one", commands=(HELP,)), Feature("two", commands=(HELP,))])


def test_a_command_in_the_menu_on_people_that_is_not_about_one_person_fails_at_start() -> None:
    declared = CommandDeclaration(Command(("help",), t("Help"), on_people=t("Help them")), "help.read", handle=on_help)
    with pytest.raises(ConfigurationError, match="not about one person"):
        gather([Feature("tests", commands=(declared,))])


def test_a_button_that_does_nothing_fails_at_start() -> None:
    with pytest.raises(ConfigurationError, match="neither handles nor opens"):
        gather([Feature("tests", actions=(ActionDeclaration(Press, "help.read"),))])


def test_buttons_of_other_rooms_stand_in_a_named_place_in_the_order_of_the_rooms() -> None:
    def button(label: str) -> PlaceDeclaration:
        return PlaceDeclaration("answer.actions", lambda subject: Button(label, Press(subject=subject)))

    gathered = gather(
        [
            Feature("one", actions=(ActionDeclaration(Press, "help.read", on_press),), places=(button("Save"),)),
            Feature("two", places=(button("Share"),)),
        ]
    )
    assert [b.label for b in gathered.buttons_for("answer.actions", "a1")] == ["Save", "Share"]
    assert gathered.buttons_for("answer.actions", "a1")[0].action == Press(subject="a1")
    assert gathered.buttons_for("elsewhere", "a1") == []
    assert gathered.payloads == {"tests.press": Press}


async def test_what_rooms_follow_is_found_by_what_happens_in_the_order_of_the_rooms() -> None:
    async def first(_context: Context, _subject: str) -> None: ...

    async def second(_context: Context, _subject: str) -> None: ...

    gathered = gather(
        [
            Feature("one", followers=(FollowerDeclaration("answer.withdrawn", first),)),
            Feature("two", followers=(FollowerDeclaration("answer.withdrawn", second),)),
        ]
    )
    assert gathered.followers_of("answer.withdrawn") == [first, second]
    assert gathered.followers_of("answer.shared") == []


@pytest.mark.parametrize(
    ("verb", "audience"),
    [("help.read", "everybody"), ("member.block", "moderators"), ("programme.change", "admins")],
)
def test_for_whom_a_command_is_follows_from_the_policy_of_its_verb(verb: str, audience: str) -> None:
    declared = CommandDeclaration(Command(("setup", "this"), t("Set up")), verb, handle=on_help)
    (found,) = gather([Feature("tests", commands=(declared,))]).commands.values()
    assert found.command.audience == audience
