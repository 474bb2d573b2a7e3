"""A round from the first answer to its close, as a team sees it."""

from __future__ import annotations

from collections import Counter

from storage.tables.review import Entry, ReleaseReason, ReviewState, RoundState
from tests.scenario.rounds_scene import CHANNEL, all_answered, handed_out, names, rounds


async def test_a_round_is_locked_reviewed_and_closed_by_the_calendar() -> None:
    async with all_answered(7) as r:
        assert (await r.round()).state is RoundState.COLLECTING
        await r.s.clock_moves(days=4, hours=6)
        round = await r.round()
        assert round.state is RoundState.REVIEWING
        reviews = await r.reviews()
        assert set(Counter(review.reviewer_id for review in reviews).values()) == {3}
        assert set(Counter(review.entry_id for review in reviews).values()) == {3}
        assert "open until Tue 12 Mar, 15:00 (UTC)" in r.hub()
        assert "Reviews handed in: 0 of 21" in r.hub()
        assert "3 answers to review by Tue 12 Mar, 15:00" in r.seen("ana")
        assert "[Start] [Not this time]" in r.seen("ana")
        await r.reviews_all(*names(7))
        assert "Reviews handed in: 21 of 21" in r.hub()
        await r.moves_to(round.closes_at)
        assert (await r.round()).state is RoundState.CLOSED
        assert {review.state for review in await r.reviews()} == {ReviewState.COUNTED}
        assert "round 1: closed" in r.hub()
        assert "21 reviews were written for 7 answers." in r.hub()
        assert r.hub().count("Peer reviews, round") == 1
        assert (await r.round(2)).state is RoundState.COLLECTING


async def test_nobody_reviews_themselves_and_nobody_reviews_each_other() -> None:
    async with handed_out(7) as r:
        author = {entry.id: entry.author_id for entry in await r.entries()}
        pairs = {(review.reviewer_id, author[review.entry_id]) for review in await r.reviews()}
        assert not any(one == other for one, other in pairs)
        assert not any((other, one) in pairs for one, other in pairs)


async def test_a_reviewer_who_vanishes_is_replaced_at_half_time_and_nobody_is_forgotten() -> None:
    async with handed_out(5) as r:
        round = await r.round()
        for name in names(5)[1:]:
            first, *_ = await r.open_reviews(name)
            await r.gives(first)
        await r.reviews_all(*names(5)[2:])
        vanished = {review.entry_id for review in await r.reviews("ana")}
        await r.moves_to(round.half_at)
        assert {review.state for review in await r.reviews("ana")} == {ReviewState.RELEASED}
        assert {review.reason for review in await r.reviews("ana")} == {ReleaseReason.NOT_STARTED}
        by_id = {review.id: review for review in await r.reviews()}
        stand_ins = [by_id[review.replaced_by or ""] for review in await r.reviews("ana")]
        assert {review.entry_id for review in stand_ins} == vanished
        load = Counter(review.reviewer_id for review in by_id.values() if review.state is not ReviewState.RELEASED)
        assert max(load.values()) <= 3
        ben = await r.s.member(r.s.ben)
        assert ben not in {review.reviewer_id for review in stand_ins}, "who is behind gets nothing on top"
        await r.reviews_all(*names(5)[1:])
        await r.moves_to(round.closes_at)
        counted = Counter(review.entry_id for review in await r.reviews() if review.state is ReviewState.COUNTED)
        assert set(counted.values()) == {2}


async def test_reminders_come_at_half_time_and_on_the_last_day_to_those_who_owe() -> None:
    async with handed_out(7) as r:
        round = await r.round()
        await r.reviews_all(*names(7)[2:])
        for name in ("ana", "ben"):
            for review in await r.open_reviews(name):
                await r.opens(review)
        await r.moves_to(round.half_at)
        assert "Half time: 3 reviews are still to come" in r.seen("ana")
        assert "Half time" not in r.seen("cleo")
        await r.reviews_all("ben")
        await r.moves_to(round.last_call_at)
        assert "3 reviews are still to come, by" in r.seen("ana")
        assert "still to come, by" not in r.seen("ben")
        await r.moves_to(round.closes_at)
        assert len(await r.deliveries("round.reminder")) == 3
        left = [review for review in await r.reviews("ana") if review.state is ReviewState.RELEASED]
        assert {review.reason for review in left} == {ReleaseReason.NOT_FINISHED}


async def test_a_mentor_takes_up_what_has_fewest_reviews_on_the_last_day() -> None:
    async with rounds(7) as r:
        await r.mentor("mia", 4)
        await r.answered(*names(7))
        await r.hands_out()
        round = await r.round()
        assert await r.reviews("mia") == []
        victim = (await r.entries())[0].id
        about = [review for review in await r.reviews() if review.entry_id == victim]
        for review in await r.reviews():
            if review.entry_id != victim:
                await r.gives(review)
        await r.moves_to(round.last_call_at)
        mine = await r.reviews("mia")
        assert [review.entry_id for review in mine] == [victim]
        assert mine[0].mentor
        after = {review.id: review.state for review in await r.reviews()}
        assert {after[review.id] for review in about} == {ReviewState.ASSIGNED}
        assert "You are asked as a mentor" in r.seen("mia")


async def test_the_list_can_be_left_with_one_click() -> None:
    async with handed_out(7) as r:
        await r.click("ana", "Not this time")
        assert "3 reviews go to others." in r.seen("ana")
        mine = await r.reviews("ana")
        assert {review.state for review in mine} == {ReviewState.RELEASED}
        assert {review.reason for review in mine} == {ReleaseReason.OPTED_OUT}
        assert all(review.replaced_by for review in mine)
        round = await r.round()
        await r.moves_to(round.closes_at)
        assert "still to come" not in r.seen("ana")


async def test_the_status_tells_counts_to_everybody_and_names_nobody() -> None:
    async with handed_out(4) as r:
        await r.s.mia.runs("round status", CHANNEL)
        await r.s.drain()
        shown = r.seen("mia")
        assert "Answers: 4" in shown
        assert "Reviews handed in: 0 of 4" in shown
        assert not any(name.title() in shown for name in names(4))
        await r.s.ana.runs("round status", CHANNEL)
        await r.s.drain()
        assert "You have 1 review left." in r.seen("ana")


async def test_owed_answers_come_first_in_the_next_round() -> None:
    async with handed_out(7) as r:
        await r.moves_to((await r.round()).closes_at)
        first = (await r.entries())[0]
        async with r.context() as context:
            for entry in await r.entries():
                (await context.session.get_one(Entry, entry.id)).owed = entry.id == first.id
        again = await r.another_question()
        await again.answered(*names(7))
        await r.hands_out()
        wanted = {entry.author_id: entry.wanted for entry in await r.entries(2)}
        assert wanted.pop(first.author_id) == 4
        assert set(wanted.values()) == {3}
        coverage = Counter(review.entry_id for review in await r.reviews(number=2))
        assert sorted(coverage.values()) == [3, 3, 3, 3, 3, 3, 4]
