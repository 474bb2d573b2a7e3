"""What is for one person alone: why, whom they avoid, practice, their own rating, the board, their data."""

from __future__ import annotations

from sqlalchemy import select

from bot.base.ids import new_id
from bot.review import given_data
from bot.review.reviewing_actions import LiftExclusion
from bot.review.rounds import round_by_id
from bot.review.why import why_facts, why_text
from storage.tables.review import CalibrationTry, Exclusion, Review, ReviewerWish, SelfRating
from tests.scenario.reviewing_scene import SCORES, Reviewing, closed, reviewing
from tests.scenario.rounds_scene import names


async def run(v: Reviewing, who: str, line: str) -> None:
    """Somebody types a command."""
    await getattr(v.s, who).runs(line)
    await v.s.drain()


async def test_why_says_the_same_with_and_without_an_exclusion() -> None:
    async with reviewing() as v:
        await run(v, "ana", "round why")
        said = v.seen("ana")
        assert "You have 2 answers to review in this round." in said
        assert "Who reviews you nobody is told, you included." in said
        ids = {name: await v.s.member(getattr(v.s, name)) for name in names(5)}
        mia = await v.r.known("mia")
        async with v.r.context() as context:
            round = await round_by_id(context.session, (await v.r.round()).id)
            everybody = (*ids.values(), mia)
            before = {who: why_text(await why_facts(context, round, who)) for who in everybody}
            for other in everybody:
                for who in everybody:
                    if who != other:
                        row = Exclusion(id=new_id(), asked_by=who, other_id=other, at=context.now)
                        context.session.add(row)
            await context.session.flush()
            assert {who: why_text(await why_facts(context, round, who)) for who in everybody} == before
            assert all(str(name) not in str(before.values()) for name in ids.values())


async def test_whoever_is_left_out_hears_why_by_their_own_wish_or_that_others_had_it_all() -> None:
    async with reviewing() as v:
        await v.r.known("mia")
        await run(v, "mia", "round why")
        assert "no answer of yours is in this round" in v.seen("mia")
        await v.r.click("ana", "Not this time")
        await run(v, "ana", "round why")
        assert "You handed your reviews on" in v.seen("ana")


async def test_a_wish_is_kept_and_a_day_that_has_passed_is_sent_back() -> None:
    async with reviewing(3) as v:
        await run(v, "ana", "round prefer")
        await v.s.ana.submits(most="2", how=("one_more",), until="2020-01-01")
        await v.s.drain()
        assert "has passed" in v.seen("ana")
        await v.r.click("ana", "Open the form again")
        await v.s.ana.submits(until="2030-04-01")
        await v.s.drain()
        (wish,) = await v.r.rows(ReviewerWish)
        assert (wish.most, wish.one_more, wish.out) == (2, True, False)
        assert wish.paused_until is not None
        assert "Paused until: 2030-04-01" in v.seen("ana")


async def test_whom_somebody_avoids_only_they_see_and_take_back() -> None:
    async with reviewing(3) as v:
        await run(v, "ana", "round avoid @ben")
        (row,) = await v.r.rows(Exclusion)
        assert "Ben" in v.seen("ana").split("Not to be paired with you")[1]
        await run(v, "ben", "round avoid")
        assert "There is nobody with whom you asked not to be paired." in v.seen("ben")
        assert "Ana" not in v.seen("ben").split("Not to be paired with you")[1]
        await v.acts("ben", LiftExclusion(exclusion=row.id))
        assert len(await v.r.rows(Exclusion)) == 1
        await run(v, "ana", "round avoid @ana")
        assert "You are never given your own answers." in v.seen("ana")
        await v.r.click("ana", "Pair us again")
        assert await v.r.rows(Exclusion) == []


async def test_practice_shows_the_difference_by_criterion_with_reasons_and_hinders_nobody() -> None:
    async with reviewing(3) as v:
        await run(v, "ana", "round practice")
        await v.r.click("ana", "Rate it")
        await v.s.ana.submits(situation="5", action="5", result="5", reflection="4")
        await v.s.drain()
        assert "You agree on 4 of 4" in v.seen("ana")
        await v.r.click("ana", "Another example", "Rate it")
        await v.s.ana.submits(situation="3", action="3", result="3", reflection="1")
        await v.s.drain()
        assert "You agree on 1 of 4" in v.seen("ana")
        assert "You tend to give more." in v.seen("ana")
        assert "You 3, agreed 1." in v.seen("ana")
        assert len(await v.r.rows(CalibrationTry)) == 2
        await v.writes("ben", (await v.r.open_reviews("ben"))[0])
        assert (await v.r.reviews("ben"))[0].submitted_at is not None, "nobody has to practise first"


async def test_the_board_sets_self_rules_and_peers_side_by_side_for_the_person_alone() -> None:
    async with closed() as v:
        await v.r.click("ana", "Rate it yourself")
        await v.s.ana.submits(situation="4", action="4", result="4", reflection="2")
        await v.s.drain()
        (own,) = await v.r.rows(SelfRating)
        assert own.member_id == await v.s.member(v.s.ana)
        await run(v, "ana", "round board")
        board = v.seen("ana").rsplit("Your board", 1)[1]
        assert "You: 3.5" in board
        assert "Peers, 2 of them: 3.5" in board
        assert "Mentor: not yet" in board
        assert "Rules: " in board
        await run(v, "ben", "round board")
        assert "You: not yet" in v.seen("ben")


async def test_erased_a_reviewer_leaves_scores_under_no_id_and_no_words() -> None:
    async with closed() as v:
        ben = await v.s.member(v.s.ben)
        before = {entry.id: entry.result for entry in await v.r.entries()}
        async with v.r.context() as context:
            taken_out = str(await given_data.export(context, ben))
            assert "review given" in taken_out
            assert "review you got" in taken_out
            others = await context.session.scalars(select(Review.reviewer_id).where(Review.reviewer_id != ben))
            assert all(str(other) not in taken_out for other in others)
            assert await given_data.erase(context, ben) >= 2
        mine = [review for review in await v.r.rows(Review) if review.reviewer_id is None]
        assert len(mine) == 2
        assert all(review.scores == {name: int(score) for name, score in SCORES.items()} for review in mine)
        assert {review.worked + review.change + review.follow_up for review in mine} == {""}
        assert {entry.id: entry.result for entry in await v.r.entries()} == before
        author = next(entry for entry in await v.r.entries() if entry.id == mine[0].entry_id)
        for name in names(5):
            if await v.s.member(getattr(v.s, name)) == author.author_id:
                await run(v, name, "round results")
                assert "Whoever wrote it had their words deleted; the scores stay." in v.seen(name)
