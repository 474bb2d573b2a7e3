"""Commands, buttons, selects and forms."""

from __future__ import annotations

import asyncio

import pytest

from bot.chat.cards import Buttons, Card, Choice
from bot.chat.events import ActionClicked, CommandInvoked, FormSubmitted, MessagePosted
from bot.chat.fit import fit_form
from bot.chat.grammar import Understood, mentioned, read_line
from bot.chat.platform import FormProblems, OpenForm
from bot.chat.refs import AccountRef
from bot.chat.values import joined
from tests.contract.harness import COMMANDS, Harness, OpenedForm
from tests.contract.samples import (
    ANSWER,
    ARCHETYPE,
    FORM,
    Pressed,
    Sent,
    readable_place,
    seen,
    sent,
)


async def opened_form(harness: Harness, person: AccountRef) -> OpenedForm:
    """Open the suite's form by a command."""
    (form,) = fit_form(FORM, harness.platform.capabilities(harness.channel))
    harness.inbound.answer_next_with(OpenForm(form))
    opened = await harness.invoke(person, harness.channel, "answer")
    assert opened is not None
    return opened


def entered(person: AccountRef) -> dict[str, tuple[str, ...]]:
    return {
        "situation": ("We were late, & I <said> so.\nTwice.",),
        "level": ("L4",),
        "sure": ("3",),
        "mentor": (person.user,),
    }


@pytest.mark.parametrize(
    "line",
    ["help", "guide archetype conflict", 'guide archetype name:"conflict at work" level:L4 examples:2'],
)
async def test_a_command_arrives_in_the_one_grammar(harness: Harness, line: str) -> None:
    ana = await harness.person("Ana")
    await harness.invoke(ana, harness.channel, line)
    event = harness.inbound.only(CommandInvoked)
    read = read_line(event.line, COMMANDS)
    assert isinstance(read, Understood)
    assert read == read_line(line, COMMANDS)
    assert event.actor == ana
    assert event.conversation.root == harness.channel
    assert event.installation == harness.installation


async def test_a_command_about_a_person_stands_in_the_menu_on_them_and_says_the_same_as_when_typed(
    harness: Harness,
) -> None:
    ana, bob = await harness.person("Ana"), await harness.person("Bob")
    await harness.invoke(ana, harness.channel, f"progress of person:{bob.user}")
    typed = harness.inbound.only(CommandInvoked)
    assert whom(typed) == bob.user
    if not harness.platform.capabilities(harness.channel).menu_on_people:
        pytest.skip("there is no menu on people here")
    await harness.use_menu_on(ana, bob, "Show their progress")
    chosen = harness.inbound.of(CommandInvoked)[-1]
    assert (chosen.line, chosen.actor, chosen.conversation) == (typed.line, ana, typed.conversation)


def whom(event: CommandInvoked) -> str:
    """The person that the command is about."""
    read = read_line(event.line, COMMANDS)
    assert isinstance(read, Understood)
    assert read.command.path == ("progress", "of")
    return mentioned(str(read.options["person"]))


async def test_options_are_completed_as_one_types(harness: Harness) -> None:
    if not harness.platform.capabilities(harness.channel).completion:
        pytest.skip("nothing is completed here")
    ana = await harness.person("Ana")
    harness.inbound.completions = (Choice("conflict", "Conflict at work"), Choice("failure", "Failure"))
    assert list(await harness.type_option(ana, "guide archetype", "name", "co")) == list(harness.inbound.completions)
    ((actor, line, option, prefix),) = harness.inbound.asked
    assert (actor, option, prefix) == (ana, "name", "co")
    assert line.startswith("guide archetype")


async def test_a_button_sends_its_payload_back(harness: Harness) -> None:
    ana = await harness.person("Ana")
    message = await sent(harness, harness.channel, Card("Today's question", (Buttons((ANSWER,)),)))
    assert await harness.click(ana, await seen(harness, ana, message), "Answer privately") is None
    event = harness.inbound.only(ActionClicked)
    assert Pressed.decode(event.action) == ANSWER.action
    assert (event.actor, event.message, event.chosen) == (ana, message, ())
    assert event.conversation.root == harness.channel


async def test_a_button_works_after_a_restart(harness: Harness) -> None:
    ana = await harness.person("Ana")
    message = await sent(harness, harness.channel, Card("Today's question", (Buttons((ANSWER,)),)))
    await harness.restart()
    await harness.click(ana, await seen(harness, ana, message), "Answer privately")
    event = harness.inbound.only(ActionClicked)
    assert Pressed.decode(event.action) == ANSWER.action
    assert event.message == message


async def test_a_select_sends_its_payload_with_what_was_chosen(harness: Harness) -> None:
    ana = await harness.person("Ana")
    message = await sent(harness, harness.channel, Card("Archetypes", (ARCHETYPE,)))
    await harness.choose(ana, await seen(harness, ana, message), "Archetype", "failure")
    event = harness.inbound.only(ActionClicked)
    assert Pressed.decode(event.action) == ARCHETYPE.action
    assert event.chosen == ("failure",)


async def test_a_form_opens_at_a_command_as_it_is_filled_in(harness: Harness) -> None:
    opened = await opened_form(harness, await harness.person("Ana"))
    assert opened.title == "Your answer"
    assert dict(opened.labels) == {
        "situation": "Situation",
        "level": "Level",
        "sure": "How sure are you",
        "mentor": "Mentor",
    }
    assert opened.values["situation"] == ("We were late.",)
    assert opened.problems == {}


async def test_a_form_opens_at_a_button(harness: Harness) -> None:
    ana = await harness.person("Ana")
    message = await sent(harness, harness.channel, Card("Today's question", (Buttons((ANSWER,)),)))
    harness.inbound.answer_next_with(OpenForm(FORM))
    opened = await harness.click(ana, await seen(harness, ana, message), "Answer privately")
    assert opened is not None
    assert opened.title == "Your answer"


async def test_a_form_comes_back_with_what_was_entered(harness: Harness) -> None:
    ana, bob = await harness.person("Ana"), await harness.person("Bob")
    opened = await opened_form(harness, ana)
    assert await harness.submit(ana, opened, entered(bob)) is None
    event = harness.inbound.only(FormSubmitted)
    assert Sent.decode(event.action) == FORM.action
    assert joined(event.values) == entered(bob)
    assert event.actor == ana
    assert event.conversation.root == harness.channel


async def test_an_input_left_empty_comes_back_empty_or_not_at_all(harness: Harness) -> None:
    ana = await harness.person("Ana")
    opened = await opened_form(harness, ana)
    await harness.submit(ana, opened, {"situation": ("Late.",), "sure": ("1",)})
    values = harness.inbound.only(FormSubmitted).values
    assert not any(values.get("level", ()))
    assert not any(values.get("mentor", ()))


async def test_a_form_with_problems_stays_open_and_keeps_what_was_entered(harness: Harness) -> None:
    if not harness.platform.capabilities(harness.channel).form_errors:
        pytest.skip("forms cannot show problems here")
    ana, bob = await harness.person("Ana"), await harness.person("Bob")
    opened = await opened_form(harness, ana)
    harness.inbound.answer_next_with(FormProblems({"situation": "Say a little more."}))
    still_open = await harness.submit(ana, opened, entered(bob))
    assert still_open is not None
    assert still_open.problems == {"situation": "Say a little more."}
    assert still_open.values == entered(bob)
    assert await harness.submit(ana, still_open, entered(bob)) is None
    assert len(harness.inbound.of(FormSubmitted)) == 2


async def test_a_form_submitted_after_a_restart_arrives(harness: Harness) -> None:
    ana, bob = await harness.person("Ana"), await harness.person("Bob")
    opened = await opened_form(harness, ana)
    await harness.restart()
    assert await harness.submit(ana, opened, entered(bob)) is None
    assert joined(harness.inbound.only(FormSubmitted).values) == entered(bob)


async def test_interactions_have_ids_of_their_own(harness: Harness) -> None:
    ana = await harness.person("Ana")
    message = await sent(harness, harness.channel, Card("Today's question", (Buttons((ANSWER,)),)))
    shown = await seen(harness, ana, message)
    for _ in range(2):
        await harness.click(ana, shown, "Answer privately")
        await harness.invoke(ana, harness.channel, "help")
    ids = [event.delivery_id for event in harness.inbound.events]
    assert len(ids) == len(set(ids)) == 4


async def test_stopping_finishes_what_is_being_acknowledged(harness: Harness) -> None:
    ana = await harness.person("Ana")
    place = await readable_place(harness, ana)
    assert harness.platform.ready()
    harness.inbound.hold()
    speaking = asyncio.create_task(harness.say(ana, place, "In the last moment"))
    async with asyncio.timeout(10):
        await harness.inbound.entered()
    stopping = asyncio.create_task(harness.platform.stop())
    for _ in range(5):
        await asyncio.sleep(0)
    assert not stopping.done()
    harness.inbound.release()
    async with asyncio.timeout(10):
        await asyncio.gather(speaking, stopping)
    assert harness.inbound.only(MessagePosted).text == "In the last moment"
    assert not harness.platform.ready()
