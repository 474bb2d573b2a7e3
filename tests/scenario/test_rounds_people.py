"""What may happen to the people of a round: they leave, decline, cannot be reached, fall out, press twice."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import update

from adapters.local import administration
from bot.base.ids import new_id
from bot.outbox.zones import zone_named
from bot.review import personal_data
from bot.review.aggregation import disagree
from bot.review.replacing import part
from storage.tables.people import Member, MemberState
from storage.tables.review import (
    EntryState,
    Exclusion,
    ReleaseReason,
    Review,
    ReviewerWish,
    ReviewState,
    RoundPlan,
    RoundState,
)
from tests.scenario.rounds_scene import CHANNEL, RoundsScene, all_answered, handed_out, names, rounds

UNDONE = (ReviewState.ASSIGNED, ReviewState.OPENED)


async def under_review(r: RoundsScene, count: int) -> None:
    """So many people answered, and the answers are with their reviewers."""
    await r.answered(*names(count))
    await r.hands_out()


async def test_edge_8_a_reviewer_who_leaves_is_replaced_and_what_they_handed_in_stays() -> None:
    async with handed_out(8) as r:
        first, *rest = await r.open_reviews("ana")
        await r.gives(first)
        await administration.leave(r.s.workspace, "ana")
        await r.s.acknowledged()
        await r.s.drain()
        mine = {review.id: review for review in await r.reviews("ana")}
        assert mine[first.id].state is ReviewState.SUBMITTED
        assert all(mine[review.id].reason is ReleaseReason.LEFT for review in rest)
        standing = {entry.id for entry in await r.entries() if entry.state is EntryState.LOCKED}
        assert all(mine[review.id].replaced_by for review in rest if review.entry_id in standing)


async def test_edge_8_a_reviewer_whose_direct_messages_are_closed_is_replaced() -> None:
    async with all_answered(8) as r:
        await r.s.ada.runs("round now", CHANNEL)
        r.s.fails("target_gone", "send", times=2)
        await r.s.drain()
        released = [review for review in await r.reviews() if review.reason is ReleaseReason.LEFT]
        assert released
        assert len({review.reviewer_id for review in released}) == 1
        assert {entry.state for entry in await r.entries()} == {EntryState.LOCKED}


async def test_edge_9_an_author_who_leaves_takes_their_answer_along_and_their_given_reviews_stay() -> None:
    async with handed_out(8) as r:
        ana = await r.s.member(r.s.ana)
        (given, *_) = await r.open_reviews("ana")
        await r.gives(given)
        await administration.leave(r.s.workspace, "ana")
        await r.s.acknowledged()
        await r.s.drain()
        (entry,) = [entry for entry in await r.entries() if entry.author_id == ana]
        assert (entry.state, entry.text) == (EntryState.WITHDRAWN, "")
        about = [review for review in await r.reviews() if review.entry_id == entry.id]
        assert {review.reason for review in about} == {ReleaseReason.ANSWER_GONE}
        assert [review.state for review in await r.reviews("ana") if review.id == given.id] == [ReviewState.SUBMITTED]


async def test_edge_10_a_declined_review_goes_to_the_next_stand_in_at_once() -> None:
    async with handed_out(8) as r:
        (plan,) = await r.rows(RoundPlan)
        declined = await _declines(r, "ana")
        assert declined.reason is ReleaseReason.DECLINED
        by_id = {one.id: one for one in await r.reviews()}
        stand_in = by_id[declined.replaced_by or ""]
        assert stand_in.reviewer_id == plan.stand_ins[declined.entry_id][0]
        assert stand_in.state is ReviewState.ASSIGNED


async def _declines(r: RoundsScene, who: str) -> Review:
    """Somebody hands their first review on by the button of its card; the review."""
    before = {review.id for review in await r.open_reviews(who)}
    await r.click(who, "Start", "Somebody else, please")
    (declined,) = [one for one in await r.reviews(who) if one.id in before and one.state is ReviewState.RELEASED]
    return declined


async def test_edge_11_people_who_are_not_to_meet_are_never_paired() -> None:
    async with all_answered(7) as r:
        ana, ben = await r.s.member(r.s.ana), await r.s.member(r.s.ben)
        async with r.context() as context:
            context.session.add(Exclusion(id=new_id(), asked_by=ana, other_id=ben, at=context.now))
        await r.hands_out()
        author = {entry.id: entry.author_id for entry in await r.entries()}
        pairs = {(review.reviewer_id, author[review.entry_id]) for review in await r.reviews()}
        assert not pairs & {(ana, ben), (ben, ana)}


async def test_edge_11_a_conflict_found_in_a_round_takes_the_review_away() -> None:
    async with handed_out(7) as r:
        author = {entry.id: entry.author_id for entry in await r.entries()}
        review = (await r.open_reviews("ana"))[0]
        ana = await r.s.member(r.s.ana)
        async with r.context() as context:
            context.session.add(Exclusion(id=new_id(), asked_by=author[review.entry_id], other_id=ana, at=context.now))
            await context.session.flush()
            await part(context, author[review.entry_id], ana)
        await r.s.drain()
        (lost,) = [one for one in await r.reviews("ana") if one.id == review.id]
        assert (lost.state, lost.reason) == (ReviewState.RELEASED, ReleaseReason.CONFLICT)
        assert lost.replaced_by


async def test_edge_33_where_some_lists_cannot_be_sent_now_they_come_later() -> None:
    async with all_answered(4) as r:
        r.s.fails("rate_limited", "send", times=3, seconds=30)
        await r.hands_out()
        await r.s.clock_moves(minutes=5)
        assert all("answer to review by" in r.seen(name) for name in names(4))


async def test_edge_35_a_reminder_waits_for_the_morning_and_never_comes_after_the_end() -> None:
    async with all_answered(7) as r:
        await r.s.clock_moves(hours=13)
        await r.hands_out()
        round = await r.round()
        assert "answers to review" not in r.seen("ana")
        await r.s.clock_moves(hours=11)
        assert "3 answers to review by" in r.seen("ana")
        ana = await r.s.member(r.s.ana)
        async with r.context() as context:
            await context.session.execute(update(Member).where(Member.id == ana).values(time_zone="Asia/Seoul"))
        for review in await r.open_reviews("ana"):
            await r.opens(review)
        await r.moves_to(round.closes_at)
        reminders = [row for row in await r.deliveries("round.reminder") if row.member_id == ana]
        assert round.review_until
        sent = [row.finished_at for row in reminders if row.posted_ref]
        assert 1 <= len(sent) <= 2
        for moment in sent:
            assert moment is not None
            assert moment < round.review_until
            assert 8 <= moment.astimezone(zone_named("Asia/Seoul")).hour < 21


async def test_edge_39_whoever_comes_or_goes_while_answers_are_handed_out_changes_nothing_in_the_pool() -> None:
    async with rounds(8) as r:
        await r.answered(*names(7))
        ana = await r.s.member(r.s.ana)
        r.s.crash.step = None
        await r.s.ada.runs("round now", CHANNEL)
        async with r.context() as context:
            context.session.add(
                ReviewerWish(id=new_id(), member_id=await r.s.member(r.s.ben), out=False, one_more=True)
            )
        await r.s.drain()
        pool = {review.reviewer_id for review in await r.reviews()}
        await r.answered("hugo")
        assert pool == {review.reviewer_id for review in await r.reviews() if review.reviewer_id in pool}
        assert ana in pool


async def test_somebody_who_is_not_here_any_more_is_no_stand_in() -> None:
    async with handed_out(8) as r:
        (plan,) = await r.rows(RoundPlan)
        (review, *_) = await r.open_reviews("ana")
        first, second, *_ = plan.stand_ins[review.entry_id]
        async with r.context() as context:
            (await context.session.get_one(Member, first)).state = MemberState.LEFT
        declined = await _declines(r, "ana")
        assert declined.id == review.id
        by_id = {one.id: one for one in await r.reviews()}
        assert by_id[declined.replaced_by or ""].reviewer_id == second


async def test_a_disagreement_asks_one_more_reviewer_a_mentor_first_and_once() -> None:
    async with rounds(7) as r:
        await r.mentor("mia", 3)
        await under_review(r, 7)
        entry = (await r.entries())[0]
        high, low, _ = [review for review in await r.reviews() if review.entry_id == entry.id]
        assert disagree([(5, 5, 5, 5), (2, 2, 2, 2)])
        await r.gives(high, 5, 5, 5, 5)
        assert await r.reviews("mia") == []
        await r.gives(low, 2, 2, 2, 2)
        assert [review.entry_id for review in await r.reviews("mia")] == [entry.id]
        (third,) = [review for review in await r.reviews("mia") if review.mentor]
        await r.gives(third, 1, 1, 1, 1)
        assert len([review for review in await r.reviews() if review.entry_id == entry.id]) == 4


async def test_invariant_15_whatever_was_begun_is_never_taken_away_by_a_plan() -> None:
    async with handed_out(8) as r:
        round = await r.round()
        begun = []
        for name in names(8)[::2]:
            review = (await r.open_reviews(name))[0]
            await r.opens(review)
            begun.append(review.id)
        await r.moves_to(round.last_call_at)
        state = {review.id: review.state for review in await r.reviews()}
        assert {state[review] for review in begun} == {ReviewState.OPENED}


async def test_invariant_24_what_was_released_is_replaced_or_missing() -> None:
    async with handed_out(8) as r:
        await r.click("ana", "Not this time")
        for review in await r.reviews():
            if review.state is ReviewState.RELEASED:
                assert review.replaced_by
        coverage = Counter(review.entry_id for review in await r.reviews() if review.state in UNDONE)
        assert set(coverage.values()) == {3}


async def test_a_round_under_review_is_not_begun_again_by_a_second_command() -> None:
    async with all_answered(4) as r:
        await r.s.ada.runs("round now", CHANNEL)
        await r.s.ada.runs("round now", CHANNEL)
        await r.s.drain()
        await r.hands_out()
        assert (await r.round()).state is RoundState.REVIEWING
        assert (await r.round(2)).state is RoundState.COLLECTING
        assert len(await r.reviews()) == 4
        assert "Round 1 is still under way." in r.seen("ada")


async def test_an_admin_makes_somebody_a_mentor_of_rounds_and_ends_it() -> None:
    async with rounds(1) as r:
        await r.known("mia")
        await r.s.ada.runs("round mentor @mia 4", CHANNEL)
        await r.s.drain()
        assert "Mia is asked for up to 4 reviews a round, where they are needed." in r.seen("ada")
        await r.answered("ana")
        await r.s.ada.runs("round mentor @mia 0", CHANNEL)
        await r.s.drain()
        await r.hands_out()
        assert await r.reviews() == []


async def test_a_person_takes_out_and_erases_what_rounds_hold_about_them() -> None:
    async with handed_out(5) as r:
        ana, ben = await r.s.member(r.s.ana), await r.s.member(r.s.ben)
        async with r.context() as context:
            context.session.add(Exclusion(id=new_id(), asked_by=ana, other_id=ben, at=context.now))
            context.session.add(Exclusion(id=new_id(), asked_by=ben, other_id=ana, at=context.now))
        async with r.context() as context:
            taken_out = await personal_data.export(context, ana)
            assert [row.get("not_to_be_paired_with") for row in taken_out] == [None, ben]
            assert "That is how I, Ana, remember it." in taken_out[0]["text"]
            assert await personal_data.erase(context, ana) >= 3
        await r.s.drain()
        assert ana not in {entry.author_id for entry in await r.entries()}
        assert await r.rows(Exclusion) == []
        assert {review.state for review in await r.reviews("ana")} == {ReviewState.RELEASED}
