"""What may happen to the answers of a round: edited, deleted, hidden, too short, given twice, too few, too late."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.review.freezing import changes, hash_of, later_text
from storage.tables.review import Entry, EntryState, ReleaseReason, ReviewState, Round, RoundState
from tests.scenario.answers_scene import ACTION, CHANNEL, RESULT, SITUATION
from tests.scenario.rounds_scene import DAY, RoundsScene, all_answered, handed_out, names, rounds

LONGER = f"{SITUATION} {ACTION} {RESULT} I told the whole story to the team, with every figure."


async def test_edge_1_the_newest_text_counts_until_the_lock() -> None:
    async with rounds(3) as r:
        await r.answered("ben", "cleo")
        (said,) = await r.answer("ana", f"{SITUATION} {ACTION} {RESULT}")
        await r.edit("ana", said, LONGER)
        await r.quiet()
        await r.hands_out()
        ana = await r.s.member(r.s.ana)
        (entry,) = [entry for entry in await r.entries() if entry.author_id == ana]
        assert entry.text == LONGER


async def test_edge_2_after_the_lock_reviewers_keep_the_frozen_text_and_are_offered_what_changed() -> None:
    async with rounds(3) as r:
        await r.answered("ben", "cleo")
        (said,) = await r.answer("ana", f"{SITUATION} {ACTION} {RESULT}")
        await r.hands_out()
        before = {entry.id: (entry.text, entry.text_hash) for entry in await r.entries()}
        reviews = [(review.id, review.state) for review in await r.reviews()]
        await r.edit("ana", said, LONGER)
        await r.quiet()
        assert {entry.id: (entry.text, entry.text_hash) for entry in await r.entries()} == before
        assert [(review.id, review.state) for review in await r.reviews()] == reviews
        ana = await r.s.member(r.s.ana)
        async with r.context() as context:
            for entry in await r.entries():
                text = await later_text(context.session, entry)
                assert text == (LONGER if entry.author_id == ana else None)
                assert text is None or any("every figure" in put_in for _, put_in in changes(entry.text, text))


async def test_edge_3_an_answer_deleted_before_the_lock_is_not_in_the_round() -> None:
    async with rounds(4) as r:
        await r.answered("ben", "cleo", "dan")
        (said,) = await r.answer("ana", LONGER)
        await r.delete("ana", said)
        await r.hands_out()
        ana = await r.s.member(r.s.ana)
        assert {entry.state for entry in await r.entries() if entry.author_id == ana} == {EntryState.WITHDRAWN}
        assert ana not in {review.reviewer_id for review in await r.reviews()}


async def test_edge_4_an_answer_deleted_after_the_lock_loses_its_text_and_nobody_owes_it() -> None:
    async with rounds(5) as r:
        await r.answered("ben", "cleo", "dan", "eva")
        (said,) = await r.answer("ana", LONGER)
        await r.hands_out()
        ana = await r.s.member(r.s.ana)
        (entry,) = [entry for entry in await r.entries() if entry.author_id == ana]
        first, second = [review for review in await r.reviews() if review.entry_id == entry.id]
        await r.gives(first)
        await r.delete("ana", said)
        (entry,) = [entry for entry in await r.entries() if entry.author_id == ana]
        assert (entry.state, entry.text) == (EntryState.WITHDRAWN, "")
        state = {review.id: (review.state, review.reason) for review in await r.reviews()}
        assert state[first.id] == (ReviewState.SUBMITTED, None)
        assert state[second.id] == (ReviewState.RELEASED, ReleaseReason.ANSWER_GONE)
        assert "1 answer was withdrawn." in r.hub()
        assert len(await r.reviews("ana")) >= 2


async def test_edge_4_an_author_who_takes_reviewers_out_of_sight_leaves_the_round() -> None:
    async with handed_out(4) as r:
        async with r.context() as context:
            from bot.answers.sharing import set_visibility
            from storage.tables.answers import Answer

            answer = (await r.answers("ana"))[0]
            await set_visibility(context, await context.session.get_one(Answer, answer.id), "me")
        ana = await r.s.member(r.s.ana)
        assert [entry.state for entry in await r.entries() if entry.author_id == ana] == [EntryState.WITHDRAWN]


async def test_edge_5_of_two_answers_to_one_question_the_newest_is_handed_out() -> None:
    async with all_answered(3) as r:
        await r.answer_privately("ana", situation=SITUATION, action=ACTION, result=RESULT)
        await _ticks_reviewers(r, "ana")
        await r.hands_out()
        ana = await r.s.member(r.s.ana)
        (entry,) = [entry for entry in await r.entries() if entry.author_id == ana]
        assert entry.private
        assert entry.text.startswith("Situation: ")


async def _ticks_reviewers(r: RoundsScene, who: str) -> None:
    from bot.answers.sharing import set_visibility
    from storage.tables.answers import Answer, GivenAs

    (private,) = [answer for answer in await r.answers(who) if answer.given_as is GivenAs.PRIVATE]
    async with r.context() as context:
        await set_visibility(context, await context.session.get_one(Answer, private.id), "reviewers")


async def test_a_private_answer_is_in_a_round_only_where_its_author_let_reviewers_see_it() -> None:
    async with rounds(4) as r:
        await r.answered(*names(3))
        await r.answer_privately("dan", situation=SITUATION, action=ACTION, result=RESULT)
        dan = await r.s.member(r.s.dan)
        assert dan not in {entry.author_id for entry in await r.entries()}
        await _ticks_reviewers(r, "dan")
        assert dan in {entry.author_id for entry in await r.entries()}


async def test_edge_6_an_answer_over_several_messages_is_one_answer() -> None:
    async with rounds(3) as r:
        await r.answered("ben", "cleo")
        await r.answer("ana", SITUATION, ACTION, RESULT)
        await r.hands_out()
        ana = await r.s.member(r.s.ana)
        (entry,) = [entry for entry in await r.entries() if entry.author_id == ana]
        assert all(part in entry.text for part in (SITUATION, ACTION, RESULT))


async def test_edge_7_an_answer_without_enough_words_is_not_handed_out() -> None:
    async with rounds(4) as r:
        await r.answered("ben", "cleo", "dan")
        await r.answer("ana", "I fixed the billing bug in 2023 and told support about it.")
        assert len(await r.entries()) == 4
        await r.hands_out()
        ana = await r.s.member(r.s.ana)
        assert ana not in {entry.author_id for entry in await r.entries()}
        assert all(review.reviewer_id != ana for review in await r.reviews())


async def test_edge_12_without_answers_the_round_is_left_out_and_the_channel_is_told_once() -> None:
    async with rounds(2) as r:
        for _ in range(3):
            await r.moves_to(r.s.clock.now() + 7 * DAY)
        skipped = await r.rows(Round, Round.state == RoundState.SKIPPED)
        assert len(skipped) == 3
        assert r.hub().count("left out") == 1
        assert "Nobody answered since the last round." in r.hub()


async def test_edge_13_a_single_answer_is_reviewed_by_a_mentor() -> None:
    async with rounds(1) as r:
        await r.mentor("mia", 2)
        await r.answered("ana")
        await r.hands_out()
        (review,) = await r.reviews()
        assert review.mentor
        assert (await r.round()).state is RoundState.REVIEWING


async def test_edge_13_without_a_mentor_its_author_gets_questions_and_an_example() -> None:
    async with rounds(1) as r:
        await r.answered("ana")
        await r.hands_out()
        assert (await r.round()).state is RoundState.SKIPPED
        shown = r.seen("ana")
        assert "Nobody else answered this time, so review your answer yourself" in shown
        assert "1. Could somebody who was not there" in shown or "Could somebody who was not there" in shown
        assert "For comparison, an answer that does all four" in shown
        assert [entry.owed for entry in await r.entries()] == [True]
        assert "Only one person answered" in r.hub()


async def test_edge_14_two_people_review_each_other_and_are_told_so() -> None:
    async with rounds(2) as r:
        await r.answered("ana", "ben")
        await r.hands_out()
        assert len(await r.reviews()) == 2
        assert "so the author knows that it is you." in r.seen("ana")
        assert "Two people take part, so they review each other" in r.hub()


async def test_edge_14_two_people_get_a_mentor_besides() -> None:
    async with rounds(2) as r:
        await r.mentor("mia", 2)
        await r.answered("ana", "ben")
        await r.hands_out()
        coverage = Counter(review.entry_id for review in await r.reviews())
        assert set(coverage.values()) == {2}
        assert len(await r.reviews("mia")) == 2


@pytest.mark.parametrize(("people", "each"), [(3, 1), (4, 1), (5, 2), (6, 2), (7, 3)])
async def test_edge_15_reviews_per_answer_fall_with_the_group_and_the_channel_is_told(people: int, each: int) -> None:
    async with handed_out(people) as r:
        assert set(Counter(review.entry_id for review in await r.reviews()).values()) == {each}
        told = f"{people} people take part, so each answer gets {each} review" in r.hub()
        assert told is (each < 3)


async def test_edge_16_where_too_few_may_review_the_plan_is_partial_and_says_why() -> None:
    async with all_answered(4) as r:
        await _wants_nothing(r, "ben", "cleo", "dan")
        for who in ("ada", "ana"):
            await getattr(r.s, who).runs("round status", CHANNEL)
        await r.hands_out()
        short = "If answers were handed out now, 2 reviews would have nobody to write them."
        assert short in r.seen("ada"), "known while there is time to do something about it"
        assert short not in r.seen("ana"), "told to nobody but whoever runs the rounds"
        assert '"Peer reviews": 2 reviews have nobody to write them' in r.seen("ada")
        assert "No mentor of rounds has time" in r.seen("ada")
        assert len(await r.reviews()) == 2
        (plan, *_) = await _plans(r)
        reasons = {each["reason"] for each in plan.unmet}
        assert sum(each["missing"] for each in plan.unmet) == 2
        assert reasons <= {"no_time_left", "too_few_people"}
        assert (await r.round()).state is RoundState.REVIEWING


async def test_edge_17_a_mentor_whose_slots_are_full_gets_no_more() -> None:
    async with rounds(4) as r:
        await r.mentor("mia", 1)
        await r.answered(*names(4))
        await _wants_nothing(r, *names(4))
        await r.hands_out()
        assert len(await r.reviews("mia")) == 1
        (plan, *_) = await _plans(r)
        assert sum(each["missing"] for each in plan.unmet) == 3
        assert "The mentors of rounds have as many reviews as they have time for." in r.seen("ada")


async def _plans(r: RoundsScene):  # type: ignore[no-untyped-def]
    from storage.tables.review import RoundPlan

    return await r.rows(RoundPlan)


async def _wants_nothing(r: RoundsScene, *who: str) -> None:
    from bot.base.ids import new_id
    from storage.tables.review import ReviewerWish

    for name in who:
        member = await r.s.member(getattr(r.s, name))
        async with r.context() as context:
            context.session.add(ReviewerWish(id=new_id(), member_id=member, out=True, one_more=False))


async def test_edge_18_whoever_joins_late_reviews_as_much_as_the_others_once_the_group_is_larger() -> None:
    async with rounds(5) as r:
        await r.answered(*names(4))
        again = await r.another_question()
        await again.answered("ana")
        await again.hands_out()
        assert len(await again.reviews()) == 5
        assert "4 people take part, so each answer gets 1 review" in again.hub()
        await again.answered("eva")
        reviews = await again.reviews()
        entries = await again.entries()
        assert {entry.wanted for entry in entries} == {2}
        assert Counter(review.entry_id for review in reviews) == {entry.id: 2 for entry in entries}
        assert "Reviews handed in: 0 of 12" in again.hub()
        assert "5 people take part, so each answer gets 2 reviews" in again.hub()
        eva, ana = await r.s.member(r.s.eva), await r.s.member(r.s.ana)
        load = Counter(review.reviewer_id for review in reviews)
        assert load.pop(ana) <= 4
        assert load[eva] == 2
        assert max(load.values()) <= 3


async def test_edge_18_a_late_answer_before_half_time_gets_as_many_reviewers_as_the_others() -> None:
    async with rounds(8) as r:
        await r.answered(*names(7))
        await r.hands_out()
        opened = (await r.reviews())[0]
        await r.opens(opened)
        before = {(review.id, review.reviewer_id) for review in await r.reviews()}
        await r.answered("hugo")
        hugo = await r.s.member(r.s.hugo)
        (late,) = [entry for entry in await r.entries() if entry.author_id == hugo]
        assert late.late
        assert late.state is EntryState.LOCKED
        assert late.label == "H"
        after = await r.reviews()
        assert before <= {(review.id, review.reviewer_id) for review in after}
        assert sum(review.entry_id == late.id for review in after) == 3
        load = Counter(review.reviewer_id for review in after)
        assert max(load.values()) <= 4


async def test_edge_19_an_answer_after_half_time_goes_into_the_next_round_and_its_author_is_told() -> None:
    async with rounds(5) as r:
        await r.answered(*names(4))
        await r.hands_out()
        await r.moves_to((await r.round()).half_at)
        await r.answered("eva")
        eva = await r.s.member(r.s.eva)
        assert eva not in {entry.author_id for entry in await r.entries()}
        assert [entry.author_id for entry in await r.entries(2)] == [eva]
        assert "Your answer came too late for this round of reviews" in r.seen("eva")


async def test_edge_20_a_volunteer_without_an_answer_adds_to_the_pool_where_rounds_are_open() -> None:
    async with rounds(7, open_reviewers=True) as r:
        await r.answered(*names(6))
        await _volunteers(r, "gina")
        await r.hands_out()
        assert set(Counter(review.entry_id for review in await r.reviews()).values()) == {3}
        assert len(await r.reviews("gina")) >= 2


async def test_edge_20_in_a_round_of_authors_a_volunteer_is_not_asked() -> None:
    async with rounds(7) as r:
        await r.answered(*names(6))
        await _volunteers(r, "gina")
        await r.hands_out()
        assert await r.reviews("gina") == []


async def _volunteers(r: RoundsScene, who: str) -> None:
    from bot.base.ids import new_id
    from storage.tables.review import ReviewerWish

    member = await r.known(who)
    async with r.context() as context:
        context.session.add(ReviewerWish(id=new_id(), member_id=member, out=False, one_more=True))


async def test_edge_21_the_answer_of_a_mentor_is_reviewed_and_its_author_reviews_as_a_mentor() -> None:
    async with rounds(4) as r:
        await r.mentor("mia", 2)
        await r.answered(*names(4), "mia")
        await r.hands_out()
        mia = await r.s.member(r.s.mia)
        (entry,) = [entry for entry in await r.entries() if entry.author_id == mia]
        reviewers = {review.reviewer_id for review in await r.reviews() if review.entry_id == entry.id}
        assert reviewers
        assert mia not in reviewers
        assert all(review.mentor for review in await r.reviews("mia"))


async def test_a_hidden_answer_is_not_owed_until_it_is_shown_again() -> None:
    async with handed_out(4) as r:
        (entry, *_) = await r.entries()
        await _moderates(r, entry, "hide")
        assert (await r.entries())[0].state is EntryState.HIDDEN
        assert "Reviews handed in: 0 of 3" in r.hub() or "Reviews handed in: 0 of 4" in r.hub()
        await _moderates(r, entry, "show_again")
        assert (await r.entries())[0].state is EntryState.LOCKED


async def _moderates(r: RoundsScene, entry: Entry, act: str) -> None:
    from bot.answers.moderation import HIDDEN, SHOWN_AGAIN

    async with r.context() as context:
        from storage.tables.answers import Answer

        answer = await context.session.get_one(Answer, entry.answer_id)
        answer.hidden_at = context.now if act == "hide" else None
        await context.tell(HIDDEN if act == "hide" else SHOWN_AGAIN, answer.id)
    await r.s.drain()


async def test_invariant_31_and_32_the_frozen_text_never_changes_and_a_withdrawn_one_is_nowhere() -> None:
    async with rounds(4) as r:
        await r.answered(*names(3))
        (said,) = await r.answer("dan", LONGER)
        await r.hands_out()
        for entry in await r.entries():
            assert entry.text_hash == hash_of(entry.text)
        await r.delete("dan", said)
        await r.s.ana.runs("round status", CHANNEL)
        await r.s.drain()
        rows = [str(vars(row)) for row in (*await r.entries(), *await r.reviews(), *await _plans(r))]
        assert not any("with every figure" in row for row in rows)
        assert not any("with every figure" in r.seen(name) for name in names(3))
