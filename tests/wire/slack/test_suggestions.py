"""A select in a form completes as one types, and takes what was typed as it stands."""

from __future__ import annotations

import pytest

from bot.chat.cards import Choice
from bot.chat.events import FormSubmitted
from bot.chat.forms import ChoiceInput, Form
from bot.chat.platform import OpenForm
from tests.contract.samples import Pressed
from tests.contract.test_slack import SlackHarness

NEWEST = (Choice("story:1", "The label printer"), Choice("story:2", "The zeppelin"))
FORM = Form(
    Pressed(subject="find"),
    "A few details",
    (ChoiceInput("query", "Words you remember", NEWEST, completed_by="story find"),),
    "Continue",
)


async def opened(bot: SlackHarness) -> str:
    ana = await bot.person("Ana")
    bot.inbound.answer_next_with(OpenForm(FORM))
    await bot.invoke(ana, bot.channel, "story find")
    return ana.user


async def test_what_is_typed_is_asked_of_the_command_and_can_be_chosen_itself(either_bot: SlackHarness) -> None:
    user = await opened(either_bot)
    either_bot.inbound.completions = NEWEST
    assert await either_bot.slack.types(user, "query", "prin<t") == [
        ("story:1", "The label printer"),
        ("story:2", "The zeppelin"),
        ("prin<t", "prin<t"),
    ]
    ((actor, line, option, prefix),) = either_bot.inbound.asked
    assert (actor.user, line, option, prefix) == (user, "story find", "query", "prin<t")
    await either_bot.slack.submit(user, {"query": ("label printr",)})
    assert either_bot.inbound.only(FormSubmitted).values == {"query": ("label printr",)}


async def test_before_anything_is_typed_the_first_choices_are_offered(bot: SlackHarness) -> None:
    user = await opened(bot)
    bot.inbound.completions = NEWEST
    assert await bot.slack.types(user, "query", "") == [(choice.value, str(choice.label)) for choice in NEWEST]


async def test_where_nothing_completes_ones_own_words_are_offered(
    bot: SlackHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = await opened(bot)

    async def fails(*_: object) -> None:
        raise RuntimeError("the database is away")

    monkeypatch.setattr(type(bot.inbound), "complete", fails)
    assert await bot.slack.types(user, "query", "printer") == [("printer", "printer")]


async def test_long_titles_are_cut_and_values_that_do_not_fit_are_left_out(bot: SlackHarness) -> None:
    user = await opened(bot)
    bot.inbound.completions = (Choice("story:1", "<" * 90), Choice("x" * 151, "Too long a value"))
    ((value, label),) = await bot.slack.types(user, "query", "")
    assert value == "story:1"
    assert label.endswith("…")
    assert await bot.slack.types(user, "query", "y" * 300) == [(value, label)]
