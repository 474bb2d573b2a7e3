"""Talk beside answers, replies nobody is sure about, and input that is no answer at all."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from adapters.local.options import Options
from bot.answers.actions import ScoreMessage
from bot.chat.events import ActionClicked
from bot.chat.refs import MessageRef
from storage.tables.answers import AnswerPart, AsideReason, Revision, SetAside
from tests.scenario.answers_scene import ACTION, RESULT, SITUATION, AnswersScene, question_posted

SHORT = "I once deleted the wrong index in production."


@pytest.fixture
async def q() -> AsyncIterator[AnswersScene]:
    async with question_posted() as made:
        yield made


@pytest.mark.parametrize(
    "text", ["nice one!", "thanks Ana", "how did you notice?", "https://example.org", "😂😂", "+1"]
)
async def test_talk_is_not_scored_and_its_words_are_not_kept(q: AnswersScene, text: str) -> None:
    await q.answer("ben", text)
    assert await q.rows(AnswerPart) == []
    assert [(a.reason, a.text) for a in await q.rows(SetAside)] == [(AsideReason.CHATTER, None)]
    assert q.seen("ben") == "", "talk is not commented on"


async def test_when_unsure_the_author_is_asked_once_in_private_and_yes_scores_it(q: AnswersScene) -> None:
    await q.reply("ben", SHORT)
    assert "Is this part of your answer?" not in q.seen("ben"), "they may still go on"
    await q.quiet()
    await q.s.clock_moves(hours=1)
    assert q.seen("ben").count("Is this part of your answer?") == 1
    assert "Is this part of your answer?" not in q.thread()
    await q.click("ben", "Yes, score it")
    (revision,) = await q.rows(Revision)
    assert revision.text == SHORT
    assert await q.rows(SetAside) == []


async def test_no_forgets_the_words(q: AnswersScene) -> None:
    await q.answer("ben", SHORT)
    await q.click("ben", "No")
    assert [(a.reason, a.text) for a in await q.rows(SetAside)] == [(AsideReason.CHATTER, None)]
    assert await q.rows(Revision) == []


async def test_whoever_goes_on_is_not_asked(q: AnswersScene) -> None:
    await q.answer("ben", SHORT, "I restored it within an hour and told the team what I had done that day.", ACTION)
    (revision,) = await q.rows(Revision)
    assert revision.text.startswith(SHORT)
    assert "Is this part of your answer?" not in q.seen("ben")


async def test_without_a_reply_the_words_are_forgotten_after_a_week(q: AnswersScene) -> None:
    await q.answer("ben", SHORT)
    await q.s.clock_moves(days=7, seconds=1)
    assert [a.text for a in await q.rows(SetAside)] == [None]
    await q.click("ben", "Yes, score it")
    assert "This is settled: you answered before, or a week has passed." in q.seen("ben")


async def test_a_second_yes_says_that_it_is_settled(q: AnswersScene) -> None:
    await q.answer("ben", SHORT)
    await q.click("ben", "Yes, score it")
    await q.click("ben", "Yes, score it")
    assert "This is settled" in q.seen("ben")
    assert len(await q.rows(Revision)) == 1


async def test_talk_that_is_edited_into_an_answer_is_one(q: AnswersScene) -> None:
    said = await q.reply("ana", "let me think about it")
    await q.edit("ana", said, f"{SITUATION} {ACTION}")
    await q.quiet()
    (revision,) = await q.rows(Revision)
    assert revision.text == f"{SITUATION} {ACTION}"


async def test_a_file_without_words_is_asked_for_words(q: AnswersScene) -> None:
    await q.reply("ana", "", files=["answer.m4a"])
    assert "I read words only, no files or recordings." in q.seen("ana")
    assert await q.rows(AnswerPart) == []


async def test_a_reply_after_the_closing_time_is_not_lost(q: AnswersScene) -> None:
    async with question_posted(closes_after=timedelta(hours=4)) as closing:
        await closing.s.clock_moves(hours=5)
        await closing.answer("ana", f"{SITUATION} {ACTION}")
        assert await closing.rows(AnswerPart) == []
        assert "This question takes no more answers in its thread" in closing.seen("ana")
        await closing.click("ana", "Score it privately")
        (revision,) = await closing.rows(Revision)
        assert revision.text == f"{SITUATION} {ACTION}"
        assert "Ana" not in closing.s.channel("@starling", seen_by=closing.s.ben)


async def score_message(q: AnswersScene, message: MessageRef, who: str, author: str, text: str) -> None:
    """The platform delivers the message action "Score this"."""
    event = ActionClicked(
        delivery_id=f"{who} scores {message.message}",
        installation=q.s.workspace.installation,
        occurred_at=q.s.clock.now(),
        actor=q.s.workspace.account(who),
        conversation=message.conversation,
        action=ScoreMessage().encode(),
        chosen=(author, text),
        message=message,
    )
    await q.s.runtime.accept(event)
    await q.s.drain()


async def test_score_this_scores_what_was_taken_for_talk(q: AnswersScene) -> None:
    said = await q.reply("ben", "same here, lost an index")
    await score_message(q, said, "ben", "ben", "same here, lost an index")
    (revision,) = await q.rows(Revision)
    assert revision.text == "same here, lost an index"


async def test_who_has_no_answer_finds_every_way_to_one(q: AnswersScene) -> None:
    await q.answer("ben", "same here, lost an index")
    await q.s.ben.clicks("More", q.question)
    await q.s.drain()
    await q.s.ben.clicks("My feedback")
    await q.s.drain()
    assert "You have no answer to this question yet." in q.seen("ben")
    await q.click("ben", "Score a text")
    await q.s.ben.submits(text=f"{SITUATION} {ACTION}")
    await q.s.drain()
    assert len(await q.rows(Revision)) == 1


async def test_my_feedback_shows_the_feedback_on_ones_own_answer(q: AnswersScene) -> None:
    await q.answer("ana", f"{SITUATION} {ACTION}")
    before = q.seen("ana").count("Starling: Feedback on your answer")
    await q.s.ana.clicks("More", q.question)
    await q.s.drain()
    await q.s.ana.clicks("My feedback")
    await q.s.drain()
    assert q.seen("ana").count("Starling: Feedback on your answer") == before + 1


async def test_score_this_works_outside_a_questions_thread(q: AnswersScene) -> None:
    said = await q.s.ana.says("#general", f"{SITUATION} {ACTION}")
    await score_message(q, said, "ana", "ana", f"{SITUATION} {ACTION}")
    (answer,) = await q.answers("ana")
    assert (answer.slot_id, answer.visibility) == (None, "me")
    assert "Feedback on your answer" in q.seen("ana")


async def test_score_this_is_for_ones_own_messages_only(q: AnswersScene) -> None:
    said = await q.s.ana.says("#general", f"{SITUATION} {ACTION}")
    await score_message(q, said, "ben", "ana", f"{SITUATION} {ACTION}")
    assert await q.rows(Revision) == []
    assert "Only whoever wrote a text can have it scored." in q.seen("ben")


async def test_any_text_of_ones_own_is_scored_by_command_against_the_question_it_names(q: AnswersScene) -> None:
    await q.s.ana.runs("answer score")
    await q.s.drain()
    await q.s.ana.submits(text=f"{SITUATION} {ACTION}", question="A change of yours that did harm in production")
    await q.s.drain()
    (revision,) = await q.rows(Revision)
    assert revision.kind == "behavioral"
    assert "Feedback on your answer" in q.seen("ana")
    assert q.thread().count("Ana") == 0


async def test_a_direct_text_that_reads_like_an_answer_is_asked_for_its_question(q: AnswersScene) -> None:
    await q.s.ana.says("@starling", f"{SITUATION} {ACTION}")
    await q.s.drain()
    assert "Is this an answer, and to which question?" in q.seen("ana")
    await q.choose("ana", "It answers this question", q.slot)
    (answer,) = await q.answers("ana")
    assert (answer.slot_id, answer.visibility) == (q.slot, "me")


async def test_other_free_text_to_the_bot_gets_help(q: AnswersScene) -> None:
    await q.s.ana.says("@starling", "what can you do?")
    await q.s.drain()
    assert "I did not understand that" in q.seen("ana")


async def test_where_replies_cannot_be_read_the_first_one_gets_a_note_with_the_button() -> None:
    async with question_posted(options=Options(reads_replies=False)) as q:
        await q.answer("ana", SITUATION, ACTION)
        assert q.seen("ana").count("I cannot read replies in this thread.") == 1
        assert await q.rows(AnswerPart) == []
        await q.click("ana", "Answer by form")
        assert q.s.ana.has_a_form


async def test_where_replies_cannot_be_read_a_mention_still_answers() -> None:
    async with question_posted(options=Options(reads_replies=False)) as q:
        await q.answer("ana", f"@Starling {SITUATION} {ACTION}")
        assert len(await q.rows(Revision)) == 1


STRANGE = {
    "an emoji alone": ("🙂🙂🙂", None),
    "a code block": ("```\nfor x in range(10):\n    print(x)\n```", "Is this part of your answer?"),
    "right to left": ("في عام 2023 كنت مسؤولا عن خدمة الفواتير " * 8, "I can only read English so far"),
    "another language": (
        "Im letzten Jahr habe ich die Rechnungen umgestellt und dabei einen Fehler gemacht, den ich am selben Tag "
        "bemerkt habe. Ich habe die Kunden angerufen, das Geld zurückgegeben und danach einen Test geschrieben, der "
        "den Fehler heute finden würde. Seitdem prüfen wir jede Änderung zu zweit.",
        "I can only read English so far",
    ),
    "no story": (
        "Production changes are always a risk and a good engineer is careful, because systems are complex and teams "
        "are busy, so the best thing is a culture of quality in which everybody is responsible for everything, and "
        "nobody has to be afraid.",
        "I cannot find something that you did, so I give no number.",
    ),
}


@pytest.mark.parametrize("name", STRANGE)
async def test_strange_input_has_an_outcome_with_a_sentence(q: AnswersScene, name: str) -> None:
    text, sentence = STRANGE[name]
    await q.answer("ana", text)
    if sentence is None:
        assert q.seen("ana") == "", "a reaction in words is talk"
    else:
        assert sentence in q.seen("ana")
        assert "Rating: " not in q.seen("ana")


async def test_a_hundred_thousand_characters_are_scored_up_to_the_cap_and_it_says_so(q: AnswersScene) -> None:
    text = f"{SITUATION} {ACTION} {RESULT} " * 300
    await q.answer("ana", text[:100_000].strip())
    (revision,) = await q.rows(Revision)
    assert len(revision.text) > 99_000, "nothing of it is lost"
    assert "Your answer is longer than I read: I scored its first" in q.seen("ana")


async def test_a_form_without_words_says_so_and_gives_the_words_back(q: AnswersScene) -> None:
    await q.s.ana.clicks("Answer privately", q.question)
    await q.s.drain()
    await q.s.ana.submits(action="🙂")
    await q.s.drain()
    assert await q.rows(Revision) == []
    assert q.s.ana.form.values["action"] == ("🙂",)
    assert "There are no words here that I can read." in str(q.s.ana.form)


async def test_an_outsider_and_a_bot_leave_nothing_behind(q: AnswersScene) -> None:
    await q.answer("gus", f"{SITUATION} {ACTION}")
    await q.answer("robo", f"{SITUATION} {ACTION}")
    assert await q.rows(AnswerPart) == []


async def test_a_second_channel_is_none_of_our_business(q: AnswersScene) -> None:
    said = await q.s.ana.says("#general", "Lunch?")
    await q.s.ben.says("#general", f"{SITUATION} {ACTION}", said)
    await q.quiet()
    assert await q.rows(AnswerPart) == []
