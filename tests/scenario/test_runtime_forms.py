"""Forms: opened at once, in steps where needed, and nothing that was submitted is lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from adapters.local.options import Options
from adapters.local.platform import LocalPlatform
from adapters.local.workspace import Workspace
from bot.chat.capabilities import Capabilities
from bot.chat.forms import Form
from bot.chat.refs import ConversationRef
from bot.feature.context import Context
from bot.feature.declarations import Options as CommandOptions
from bot.runtime import opening
from storage.tables.drafts import FormDraft
from tests.scenario.dsl import Scene, scene
from tests.scenario.toy_room import OpenStory, ToyRoom


async def drafts(s: Scene) -> list[FormDraft]:
    async with s.database.read_everywhere() as session:
        return list(await session.scalars(select(FormDraft)))


async def test_a_form_opens_as_the_acknowledgement_and_its_values_come_back(s: Scene, toy: ToyRoom) -> None:
    await s.ana.runs("story")
    assert s.ana.form.title == "A story"
    await s.ana.submits(part1="one", part2="two")
    assert not s.ana.has_a_form
    await s.drain()
    assert toy.saved == [{"part1": ("one",), "part2": ("two",)}]
    assert s.private(s.ana) == "Starling: Saved."
    assert await drafts(s) == []


async def test_a_form_that_is_handled_already_is_not_opened_a_second_time(s: Scene) -> None:
    await s.ana.runs("story")
    await s.drain()
    assert s.private(s.ana) == ""
    await s.comes_again()
    await s.drain()
    assert s.private(s.ana) == ""


async def test_problems_are_shown_in_the_form(s: Scene, toy: ToyRoom) -> None:
    await s.ana.runs("story")
    await s.ana.submits(part1="one", part2="bad")
    assert s.ana.form.problems == {"part2": "Please leave the bad word out."}
    await s.ana.submits(part2="better")
    await s.drain()
    assert toy.saved == [{"part1": ("one",), "part2": ("better",)}]


@pytest.fixture
async def closing(toy: ToyRoom) -> AsyncIterator[Scene]:
    """A platform whose forms close when they are sent."""
    async with scene(features=[toy.feature()], options=Options(form_errors=False)) as made:
        yield made


async def test_where_a_form_closes_a_card_gives_the_sentence_and_opens_it_filled_in(
    closing: Scene, toy: ToyRoom
) -> None:
    s = closing
    await s.ana.runs("story")
    await s.ana.submits(part1="one", part2="bad")
    await s.drain()
    assert s.private(s.ana) == (
        "Starling: Something needs another look\n"
        "  Part 2: Please leave the bad word out.\n"
        "  Nothing you wrote is lost.\n"
        "  [Correct it]"
    )
    await s.ana.clicks("Correct it")
    assert s.ana.form.values == {"part1": ("one",), "part2": ("bad",)}
    await s.ana.submits(part2="better")
    await s.drain()
    assert toy.saved == [{"part1": ("one",), "part2": ("better",)}]


async def test_a_form_that_its_room_refuses_can_be_opened_again_filled_in(s: Scene, toy: ToyRoom) -> None:
    await s.ana.runs("story")
    await s.ana.submits(part1="refuse me", part2="two")
    await s.drain()
    assert s.private(s.ana) == "Starling: This story is not wanted.\n  [Open the form again]"
    await s.ana.clicks("Open the form again")
    assert s.ana.form.values == {"part1": ("refuse me",), "part2": ("two",)}
    await s.ana.submits(part1="take me")
    await s.drain()
    assert toy.saved == [{"part1": ("take me",), "part2": ("two",)}]


async def test_what_was_submitted_survives_a_lasting_fault_of_ours(s: Scene, toy: ToyRoom) -> None:
    await s.ana.runs("story")
    toy.fails = 3
    await s.ana.submits(part1="one", part2="two")
    await s.clock_moves(minutes=5)
    await s.clock_moves(minutes=5)
    assert "Something went wrong on our side" in s.private(s.ana)
    await s.ana.clicks("Open the form again")
    assert s.ana.form.values == {"part1": ("one",), "part2": ("two",)}
    await s.ana.submits()
    await s.drain()
    assert toy.saved == [{"part1": ("one",), "part2": ("two",)}]


async def test_a_form_that_cannot_be_built_in_time_is_given_by_a_button(
    s: Scene, toy: ToyRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    build, slow = toy.open, True

    async def open_slowly(context: Context, payload: OpenStory | CommandOptions) -> Form:
        if slow:
            await asyncio.Event().wait()
        return await build(context, payload)

    monkeypatch.setattr(opening, "LIMIT", 0.05)
    monkeypatch.setattr(toy, "open", open_slowly)
    async with scene(features=[toy.feature()]) as s:
        await s.ana.runs("story")
        assert not s.ana.has_a_form
        slow = False
        await s.drain()
        assert s.private(s.ana) == "Starling: Here is your form.\n  [Open the form]"
        await s.ana.clicks("Open the form")
        await s.ana.submits(part1="one")
        await s.drain()
        assert toy.saved == [{"part1": ("one",), "part2": ()}]


async def test_a_missing_option_is_asked_in_a_form(s: Scene) -> None:
    await s.ana.runs("echo")
    assert s.ana.form.title == "A few details"
    await s.ana.submits(words="good morning")
    await s.drain()
    assert s.private(s.ana) == "Starling: good morning"


async def test_an_unclear_option_is_asked_with_a_sentence(s: Scene) -> None:
    await s.ana.runs("level 9")
    assert s.ana.form.form["intro"] == "“9” is not one of these: L3, L4."
    await s.ana.submits(level="L4")
    await s.drain()
    assert s.private(s.ana) == "Starling: L4\n  [Press]"


async def test_nobody_can_send_the_form_of_somebody_else(s: Scene, toy: ToyRoom) -> None:
    await s.ana.runs("story")
    form = s.ana.form.form
    with s.workspace.store.transaction():
        s.workspace.forms.show("ben", form, s.workspace.conversation("general"))
    await s.ben.submits(part1="mine")
    await s.drain()
    assert toy.saved == []
    assert s.private(s.ben) == ("Starling: This form was sent already, or is older than a month. Please open it anew.")


class SmallForms(LocalPlatform):
    """A platform that takes two inputs in a form, of ten characters each."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, pause=0.001)

    def capabilities(self, conversation: ConversationRef) -> Capabilities:
        whole = super().capabilities(conversation)
        return replace(whole, limits=replace(whole.limits, form_inputs=2), form_errors=True)


@pytest.fixture
async def small() -> AsyncIterator[tuple[Scene, ToyRoom]]:
    room = ToyRoom(inputs=5)
    async with scene(features=[room.feature()], platform=SmallForms) as made:
        yield made, room


async def test_a_long_form_comes_in_steps_and_its_room_gets_the_whole(small: tuple[Scene, ToyRoom]) -> None:
    s, toy = small
    await s.ana.runs("story")
    assert s.ana.form.title == "A story (1/3)"
    await s.ana.submits(part1="1", part2="2")
    await s.drain()
    assert s.private(s.ana) == "Starling: This part is saved. Go on when you are ready.\n  [Continue]"
    await s.ana.clicks("Continue")
    assert s.ana.form.title == "A story (2/3)"
    await s.ana.submits(part3="3", part4="4")
    await s.drain()
    await s.ana.clicks("Continue")
    await s.ana.submits(part5="5")
    await s.drain()
    assert toy.saved == [{f"part{n}": (str(n),) for n in range(1, 6)}]
    assert await drafts(s) == []


async def test_the_steps_survive_a_restart_between_them(small: tuple[Scene, ToyRoom]) -> None:
    s, toy = small
    await s.ana.runs("story")
    await s.ana.submits(part1="1", part2="2")
    await s.drain()
    await s.restarts()
    await s.ana.clicks("Continue")
    await s.ana.submits(part3="3")
    await s.drain()
    await s.ana.clicks("Continue")
    await s.ana.submits(part5="bad")
    assert s.ana.form.problems == {"part5": "Please leave the bad word out."}
    await s.ana.submits(part5="good")
    await s.drain()
    assert toy.saved == [{"part1": ("1",), "part2": ("2",), "part3": ("3",), "part4": (), "part5": ("good",)}]


async def test_a_form_nobody_finishes_is_forgotten_after_a_month(s: Scene) -> None:
    await s.ana.runs("story")
    assert len(await drafts(s)) == 1
    await s.clock_moves(days=29)
    assert len(await drafts(s)) == 1
    await s.clock_moves(days=2)
    assert await drafts(s) == []
