from __future__ import annotations

import pytest

from bot.base.errors import UserFacingError
from bot.base.text import render
from bot.questions import bank, curating, suggestions
from bot.questions.bank import Draft, find_questions
from bot.questions.choosing import Wishes
from bot.questions.programmes import programme_by_id
from storage.tables.questions import Suggestion, SuggestionState
from tests.unit.questions.desk import STORIES, Desk, bank_of, berlin, words
from tests.unit.questions.test_choosing import question

SITUATIONAL = Wishes(kind_mix={"situational": 100})
OUTAGE = Draft(
    text="The deploy failed and you are alone. What do you do?",
    kind="situational",
    points=("Roll back first.", "Tell the team."),
    must_not=("Hide it.",),
)


async def test_queued_questions_come_next_in_their_order_and_then_the_rules_choose(any_desk: Desk) -> None:
    desk = any_desk
    programme = await desk.programme()
    async with desk.session() as session:
        found = await programme_by_id(session, programme.id)
        for id_ in ("q-four", "q-two", "q-four"):
            await curating.queue_question(session, found, id_, desk.moderator, desk.now)
    for day in (2, 3, 4):
        await desk.tick(berlin(day, 9))
    asked = [slot.question_id for slot in await desk.slots()]
    assert asked[:2] == ["q-four", "q-two"]
    assert asked[2] not in asked[:2]
    async with desk.session() as session:
        assert await curating.queue_of(session, programme) == []


async def test_a_vetoed_question_is_not_asked_and_leaves_the_queue(any_desk: Desk) -> None:
    desk = any_desk
    desk.content = bank_of(question("q-good"), question("q-bad"))
    programme = await desk.programme()
    async with desk.session() as session:
        found = await programme_by_id(session, programme.id)
        await curating.queue_question(session, found, "q-bad", desk.moderator, desk.now)
        await curating.veto_question(session, "q-bad", desk.moderator, desk.now, reason="Too personal.")
        assert await curating.queue_of(session, found) == []
        with pytest.raises(UserFacingError):
            await curating.queue_question(session, found, "q-bad", desk.moderator, desk.now)
    for day in (2, 3):
        await desk.tick(berlin(day, 9))
    assert [slot.question_id for slot in await desk.slots()] == ["q-good", "q-good"]


async def test_a_veto_for_one_programme_leaves_the_others_alone_and_can_be_taken_back(any_desk: Desk) -> None:
    desk = any_desk
    desk.content = bank_of(question("q-only"))
    first = await desk.programme(name="First")
    second = await desk.programme(name="Second")
    async with desk.session() as session:
        found = await programme_by_id(session, first.id)
        made = await curating.veto_question(session, "q-only", desk.moderator, desk.now, programme=found)
    await desk.tick(berlin(2, 9))
    assert [slot.programme_id for slot in await desk.slots()] == [second.id]
    async with desk.session() as session:
        assert await curating.take_back_veto(session, made.id) is not None
        assert await curating.take_back_veto(session, made.id) is None
    await desk.tick(berlin(3, 9))
    assert {slot.programme_id for slot in await desk.slots()} == {first.id, second.id}


async def test_an_approved_suggestion_is_asked_and_its_author_is_told(any_desk: Desk) -> None:
    desk = any_desk
    desk.content = bank_of()
    await desk.programme()
    async with desk.session() as session:
        made = await suggestions.suggest(session, desk.member, " What did you learn last? ", desk.now)
        draft = Draft(text="What have you learned last?")
        row = await suggestions.approve(session, made.id, draft, desk.moderator, desk.now)
    (told,) = await desk.tick()
    assert "Your suggestion was taken" in words(told)
    assert desk.posts[0][0].member_id == desk.member
    await desk.tick(berlin(2, 9))
    (slot,) = await desk.slots()
    assert (slot.question_id, slot.text) == (f"own-{row.id}", "What have you learned last?")


async def test_a_declined_suggestion_is_told_with_its_reason(any_desk: Desk) -> None:
    desk = any_desk
    async with desk.session() as session:
        made = await suggestions.suggest(session, desk.member, "What is your salary?", desk.now)
        with pytest.raises(UserFacingError):
            await suggestions.decline(session, made.id, "  ", desk.moderator, desk.now)
        await suggestions.decline(session, made.id, "Too personal.", desk.moderator, desk.now)
    (told,) = await desk.tick()
    assert "The reason: Too personal." in words(told)
    async with desk.session() as session:
        with pytest.raises(UserFacingError) as decided:
            await suggestions.decline(session, made.id, "Again.", desk.admin, desk.now)
        assert "decided about this suggestion already" in render(decided.value.text)
        assert (await session.get_one(Suggestion, made.id)).state is SuggestionState.DECLINED


@pytest.mark.parametrize("text", ["", "   ", "🙂🙂", "?!", "x" * 601])
async def test_a_suggestion_without_words_or_too_long_is_refused(desk: Desk, text: str) -> None:
    async with desk.session() as session:
        with pytest.raises(UserFacingError):
            await suggestions.suggest(session, desk.member, text, desk.now)


async def test_one_member_cannot_fill_the_moderators_list(desk: Desk) -> None:
    async with desk.session() as session:
        for number in range(suggestions.MOST_WAITING):
            await suggestions.suggest(session, desk.member, f"Question {number}?", desk.now)
        with pytest.raises(UserFacingError):
            await suggestions.suggest(session, desk.member, "One more?", desk.now)
        await suggestions.suggest(session, desk.moderator, "Another person's?", desk.now)


async def test_a_question_of_the_teams_own_is_asked_with_its_points_as_they_were(any_desk: Desk) -> None:
    desk = any_desk
    await desk.programme(wishes=SITUATIONAL)
    desk.content = bank_of(*STORIES)
    async with desk.session() as session:
        row = await bank.add_own_question(session, OUTAGE, desk.admin, desk.now)
    await desk.tick(berlin(2, 9))
    async with desk.session() as session:
        shorter = Draft(text=OUTAGE.text, kind="situational", points=("Roll back.",))
        changed = await bank.change_own_question(session, row.id, shorter)
        assert changed.version == 2
    await desk.tick(berlin(3, 9))
    first, second = await desk.slots()
    assert [point["text"] for point in first.points] == ["Roll back first.", "Tell the team."]
    assert (first.must_not, first.question_version) == (["Hide it."], 1)
    assert ([point["text"] for point in second.points], second.question_version) == (["Roll back."], 2)


async def test_a_retired_question_is_not_asked_any_more(desk: Desk) -> None:
    desk.content = bank_of()
    await desk.programme(wishes=SITUATIONAL)
    async with desk.session() as session:
        row = await bank.add_own_question(session, OUTAGE, desk.admin, desk.now)
        await bank.retire_own_question(session, row.id, desk.now)
    await desk.tick(berlin(2, 9))
    assert await desk.slots() == []


@pytest.mark.parametrize(
    ("draft", "sentence"),
    [
        (Draft(text="What would you do?", kind="situational"), "at least one key point"),
        (Draft(text="Tell me a story.", points=("One.",)), "belong to situational questions"),
        (Draft(text="Tell me a story.", levels=("L5", "L3")), "Swap them"),
        (Draft(text="!!!"), "in words"),
        (Draft(text="Why?", kind="situational", points=("Because.",) * 13), "at most 12"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_with_a_sentence(draft: Draft, sentence: str) -> None:
    with pytest.raises(UserFacingError) as problem:
        draft.check()
    assert sentence in render(problem.value.text)


def test_a_question_is_found_by_its_id_or_by_words_and_not_by_others() -> None:
    asked = {
        "q-a": question("q-a", text="Tell me about a conflict with your manager."),
        "q-b": question("q-b", text="Describe a failure you caused in production."),
    }
    assert [one.id for one in find_questions(asked, "q-b")] == ["q-b"]
    assert next(one.id for one in find_questions(asked, "failure production")) == "q-b"
    assert find_questions(asked, "zebra xylophone") == []
    assert [one.id for one in find_questions(asked, "")] == ["q-a", "q-b"]
