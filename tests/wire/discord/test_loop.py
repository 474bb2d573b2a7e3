"""The main job on Discord: a question, an answer by form, mention or reply, its feedback; nothing private in public."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.answers.actions import MyFeedback
from tests.scenario.answers_scene import ACTION, RESULT, SITUATION
from tests.wire.discord.loop import QUIET, whole
from tests.wire.discord.reading import controls, label
from tests.wire.discord.state import BOT, OWNER

ANSWER = {"situation": SITUATION, "action": ACTION, "result": RESULT}


async def test_an_answer_by_form_is_scored_and_seen_by_its_author_alone(tmp_path: Path) -> None:
    async with whole(tmp_path) as loop:
        ana = loop.server.people.join(loop.guild, "Ana")
        question = await loop.post_question()
        opened = await loop.press(ana, question, "Answer privately")
        await loop.submit(ana, opened, ANSWER)
        shown = loop.read(loop.private(ana))
        assert "Your answer is stored and scored." in shown
        assert "Feedback on your answer" in shown
        assert RESULT not in loop.read(loop.messages(loop.channel))
        assert len(loop.messages(loop.channel)) == 1


async def test_a_form_opened_before_a_restart_is_taken_after_it(tmp_path: Path) -> None:
    async with whole(tmp_path) as loop:
        ana = loop.server.people.join(loop.guild, "Ana")
        question = await loop.post_question()
        opened = await loop.press(ana, question, "Answer privately")
        await loop.restart()
        await loop.submit(ana, opened, ANSWER)
        assert "Your answer is stored and scored." in loop.read(loop.private(ana))


@pytest.mark.parametrize("reads_replies", [False, True], ids=["by mention", "by reply"])
async def test_an_answer_in_the_thread_is_scored_after_the_quiet_time(tmp_path: Path, reads_replies: bool) -> None:
    async with whole(tmp_path, reads_replies=reads_replies) as loop:
        ana = loop.server.people.join(loop.guild, "Ana")
        question = await loop.post_question()
        address = "" if reads_replies else f"<@{BOT}> "
        said = await loop.reply(ana, question, f"{address}{SITUATION} {ACTION} {RESULT}")
        assert loop.server.world.reactions[said.message]
        await loop.wait(QUIET * 2)
        assert "Feedback on your answer" in loop.read(loop.private(ana))
        assert "Scored by rules" not in loop.read(loop.messages(question["id"]))


async def test_a_reply_that_cannot_be_read_gets_a_note_with_the_way_to_answer(tmp_path: Path) -> None:
    async with whole(tmp_path) as loop:
        ana = loop.server.people.join(loop.guild, "Ana")
        question = await loop.post_question()
        await loop.reply(ana, question, f"{SITUATION} {ACTION} {RESULT}")
        everywhere = [*loop.private(ana), *loop.messages(question["id"])]
        assert "I cannot read replies in this thread." in loop.read(everywhere)
        assert any(label(control) == "Answer by form" for each in everywhere for control in controls(each))


async def test_help_and_home_answer_the_command_itself(tmp_path: Path) -> None:
    async with whole(tmp_path) as loop:
        ana = loop.server.people.join(loop.guild, "Ana")
        for command in ("help", "home"):
            await loop.server.people.invoke(ana, loop.channel, "starling", (command,), {})
            await loop.drain()
        world = loop.server.world
        assert [world.only_for.get(each["id"]) for each in loop.private(ana)] == [ana] * len(loop.private(ana))
        assert len(loop.private(ana)) >= 2


async def test_the_button_in_the_channel_shows_feedback_to_its_author_alone_after_a_restart(tmp_path: Path) -> None:
    async with whole(tmp_path) as loop:
        ana, ben = (loop.server.people.join(loop.guild, name) for name in ("Ana", "Ben"))
        question = await loop.post_question()
        await loop.submit(ana, await loop.press(ana, question, "Answer privately"), ANSWER)
        await loop.restart()
        before = len(loop.private(ana))
        answering = controls(question)[0]
        mine = {**answering, "custom_id": MyFeedback(slot=answering["custom_id"].split("~")[2]).encode()}
        for person in (ana, ben):
            await loop.server.people.press(person, question, mine)
        await loop.drain()
        assert "Scored by rules" in loop.read(loop.private(ana)[before:])
        assert "Scored by rules" not in loop.read(loop.private(ben))
        assert len(loop.messages(loop.channel)) == 1


@pytest.mark.parametrize("custom_id", ["a.form~0~old", "a.form", "nobody.knows~1", "x" * 100])
async def test_a_button_of_another_version_gets_a_sentence_for_its_person_alone(tmp_path: Path, custom_id: str) -> None:
    async with whole(tmp_path) as loop:
        ana = loop.server.people.join(loop.guild, "Ana")
        question = await loop.post_question()
        old = {**controls(question)[0], "custom_id": custom_id}
        await loop.server.people.press(ana, question, old)
        await loop.drain()
        assert "older" in loop.read(loop.private(ana))
        assert len(loop.messages(loop.channel)) == 1


async def test_a_form_sent_twice_counts_once(tmp_path: Path) -> None:
    async with whole(tmp_path) as loop:
        ana = loop.server.people.join(loop.guild, "Ana")
        question = await loop.post_question()
        opened = await loop.press(ana, question, "Answer privately")
        for _ in range(2):
            await loop.submit(ana, opened, ANSWER)
        assert loop.read(loop.private(ana)).count("Your answer is stored and scored.") == 1


async def test_an_admin_finds_the_right_names_of_commands_in_the_help(tmp_path: Path) -> None:
    async with whole(tmp_path) as loop:
        await loop.server.people.invoke(OWNER, loop.channel, "starling", ("help",), {})
        await loop.drain()
        shown = loop.read(loop.private(OWNER))
        assert "/starling-admin setup programme:" in shown
        assert "/starling-moderator moderate overview:" in shown
        assert "/starling question today:" in shown


async def test_a_message_s_menu_scores_one_s_own_words(tmp_path: Path) -> None:
    async with whole(tmp_path) as loop:
        ana = loop.server.people.join(loop.guild, "Ana")
        message = await loop.server.people.say(ana, loop.channel, f"{SITUATION} {ACTION} {RESULT}")
        await loop.server.people.use_menu(ana, message, "Score this")
        await loop.drain()
        assert len(loop.private(ana)) >= 1
        assert loop.messages(loop.channel) == []


NOTE = "Some replies may not have reached me"


async def test_a_thread_that_moved_while_no_process_ran_gets_one_note_with_the_way_to_answer(tmp_path: Path) -> None:
    async with whole(tmp_path) as loop:
        ana = loop.server.people.join(loop.guild, "Ana")
        question = await loop.post_question()
        await loop.reply(ana, question, f"<@{BOT}> {SITUATION}")
        await loop.end()
        await loop.server.people.say(ana, question["id"], f"<@{BOT}> {ACTION} {RESULT}")
        await loop.begin()
        notes = [each for each in loop.messages(question["id"]) if NOTE in loop.read([each])]
        assert len(notes) == 1
        await loop.restart()
        await loop.wait(timedelta(days=2))
        assert loop.read(loop.messages(question["id"])).count(NOTE) == 1
        opened = await loop.press(ana, notes[0], "Answer privately")
        await loop.submit(ana, opened, ANSWER)
        assert "Your answer is stored and scored." in loop.read(loop.private(ana))


async def test_a_thread_opened_while_no_process_ran_gets_the_note(tmp_path: Path) -> None:
    async with whole(tmp_path) as loop:
        ana = loop.server.people.join(loop.guild, "Ana")
        question = await loop.post_question()
        await loop.end()
        await loop.server.people.start_thread(ana, question)
        await loop.server.people.say(ana, question["id"], f"{SITUATION} {ACTION} {RESULT}")
        await loop.begin()
        assert loop.read(loop.messages(question["id"])).count(NOTE) == 1


async def test_a_restart_in_which_nothing_was_said_leaves_every_thread_alone(tmp_path: Path) -> None:
    async with whole(tmp_path, reads_replies=True) as loop:
        ana = loop.server.people.join(loop.guild, "Ana")
        question = await loop.post_question()
        await loop.reply(ana, question, f"{SITUATION} {ACTION} {RESULT}")
        for _ in range(2):
            await loop.restart()
        assert NOTE not in loop.read(loop.messages(question["id"]))
