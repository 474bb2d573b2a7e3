"""What the runtime shows for all rooms: help, the home, merged messages, unfinished forms, troubles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from bot.answers.answer_cards import OwnAnswer, home_section
from bot.base.text import t
from bot.chat.cards import Button, Buttons, Card
from bot.chat.commands import Command
from bot.chat.forms import Form
from bot.chat.grammar import form_for
from bot.chat.refs import ConversationRef
from bot.feature.gather import Gathered
from bot.members.cards import home_section as preferences_section
from bot.questions.actions import ListProgrammes
from bot.questions.cards import today_elements
from bot.questions.curation_cards import decided_card, home_tail
from bot.questions.programme_cards import notice_card
from bot.runtime import drafts, help, home, merging, page_links, troubles
from bot.runtime.actions import CommandOptions
from storage.tables.questions import Suggestion, SuggestionState
from tests.gallery.members_samples import VALUES
from tests.gallery.questions_samples import NAMED, todays
from tests.gallery.reports import QUESTION
from tests.gallery.sample import Sample, identifier

ROOT = "starling"
AT = datetime(2030, 3, 4, 9, 30, tzinfo=UTC)


def samples(gathered: Gathered) -> Iterator[Sample]:
    """Every card and form of the runtime, each under its occasion."""
    shown: dict[str, Card | Form] = {**_help(gathered), **_others(), **_option_forms(gathered)}
    yield from (Sample("runtime", name, shows) for name, shows in shown.items())
    yield from _homes(gathered)


def _help(gathered: Gathered) -> dict[str, Card]:
    queue = gathered.commands["question", "queue"].command
    return {
        "help": help.help_card(gathered, ROOT, None),
        "an unknown command": help.unknown_card(gathered, ROOT, None, "preference", [_preferences(gathered)]),
        "a command with its options": help.command_card(queue, ROOT),
    }


def _preferences(gathered: Gathered) -> Command:
    return gathered.commands[("preferences",)].command


def _others() -> dict[str, Card]:
    decided = decided_card(Suggestion(text=QUESTION, state=SuggestionState.APPROVED))
    place, what = ConversationRef("slack", "T0ROWAN", "C0PRACTICE"), t("the daily question")
    return {
        "two messages in one": merging.merged([decided, notice_card("opened", NAMED, "practice")]),
        "a link to a page": page_links.link_card(t("Your stories"), "https://pages.example.org/open/Wq3x-Sample"),
        "a form to go on with": drafts.button_card(identifier("draft"), t("There is one more step.")),
        "a form to correct": drafts.problems_card(
            identifier("draft"), [("Time of day", t("Please fill this in.")), ("", t("Please choose from the list."))]
        ),
        "told: a post may be missing": troubles.uncertain_card(identifier("delivery"), what, place),
        "told: a post could not be made": troubles.trouble_card("permission", "chat:write", what, place),
        "told: a private message could not be made": troubles.trouble_card("failed", "d1f3", t("a message"), None),
    }


def _homes(gathered: Gathered) -> Iterator[Sample]:
    """The home of somebody new, and of somebody who curates questions and has answered twice."""
    own = [
        OwnAnswer(identifier("a1"), QUESTION, "closed", 2, 4.5, AT),
        OwnAnswer(identifier("a2"), "How would you tell your team?", "open", 0, None, AT),
    ]
    select = help.command_select([declared.command for declared in help.commands_for(gathered, None)])
    for name, answers, curates in (("the home of somebody new", [], False), ("the home", own, True)):
        programmes = Buttons((Button(t("All programmes"), ListProgrammes()),))
        asked = (*today_elements(todays()), programmes, *home_tail(waiting=2, curates=curates))
        parts = (asked, home_section(answers), preferences_section("Europe/Berlin", VALUES, {}), (select,))
        yield Sample("runtime", name, home.assembled(parts), home=True)


def _option_forms(gathered: Gathered) -> dict[str, Form]:
    """The form that asks for the options of a command, for every command that has some."""
    commands = [declared.command for declared in gathered.commands.values() if declared.command.options]
    return {
        f"options of {' '.join(one.path)}": form_for(one, {}, CommandOptions(path=" ".join(one.path)))
        for one in commands
    }
