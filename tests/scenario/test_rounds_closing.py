"""How a round closes: reviewing ends, results are learned while others work, and all are told together, once."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing

import pytest

from bot.review import ending, posts, summing_up
from bot.review.aggregation import Fit, Given, adjust
from bot.review.ending import reopen
from bot.review.locking import prepare_lock
from bot.review.registering import LOCK
from bot.review.rounds import round_by_id
from bot.runtime import steps
from storage.tables.outbox import DeliveryState
from storage.tables.review import EntryState, ReviewState, RoundState
from tests.scenario.dsl import SimulatedCrash
from tests.scenario.reviewing_scene import SCORES, reviewing, written
from tests.scenario.rounds_scene import RoundsScene, handed_out, names


async def ends(r: RoundsScene) -> None:
    """Reviewing ends; what comes of it is still to be learned."""
    async with r.context() as context:
        await ending.close(context, await round_by_id(context.session, (await r.round()).id))


@pytest.mark.parametrize("step", [steps.CLAIMED, steps.PREPARED, steps.SENT])
async def test_a_death_at_any_step_of_a_close_leaves_nothing_out_and_tells_nobody_twice(step: str) -> None:
    async with handed_out(4) as r:
        await r.reviews_all(*names(4))
        await ends(r)
        assert (await r.round()).state is RoundState.CLOSING
        r.s.crash.step = step
        for _ in range(3):
            try:
                await r.s.drain()
            except (SimulatedCrash, BaseExceptionGroup):
                await r.s.restarts()
        await r.s.drain()
        assert (await r.round()).state is RoundState.CLOSED
        assert all(entry.result["adjusted"] is not None for entry in await r.entries())
        assert set(Counter(row.key for row in await r.deliveries("review.results")).values()) == {1}
        assert all(r.seen(who).count("What your reviewers found, round 1") == 1 for who in names(4))


async def test_the_one_writer_is_free_while_habits_are_learned(monkeypatch: pytest.MonkeyPatch) -> None:
    async with handed_out(4) as r:
        await r.reviews_all(*names(4))
        file = r.s.database.url.database
        assert file is not None
        states: list[str] = []

        def learn(given: Sequence[Given]) -> Fit:
            with closing(sqlite3.connect(file, timeout=0)) as other:
                other.execute("BEGIN IMMEDIATE")
                states.append(*other.execute("SELECT state FROM review_round WHERE number = 1").fetchone())
                other.rollback()
            return adjust(given)

        monkeypatch.setattr(summing_up, "adjust", learn)
        await r.moves_to((await r.round()).closes_at)
        assert states == ["closing"]
        assert (await r.round()).state is RoundState.CLOSED


async def test_a_review_reported_while_habits_are_learned_has_no_part_in_the_results(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with handed_out(4) as r:
        await r.reviews_all(*names(4))
        reported = (await r.reviews())[0]
        await ends(r)
        seen = []

        def learn(given: Sequence[Given]) -> Fit:
            seen.append(len(given))
            with closing(sqlite3.connect(str(r.s.database.url.database))) as other:
                other.execute("UPDATE review SET state = 'flagged' WHERE id = ?", (reported.id,))
                other.commit()
            return adjust(given)

        monkeypatch.setattr(summing_up, "adjust", learn)
        await r.s.drain()
        assert (await r.round()).state is RoundState.CLOSING
        await r.s.clock_moves(seconds=summing_up.AGAIN.total_seconds())
        assert seen == [4, 3]
        (entry,) = [entry for entry in await r.entries() if entry.id == reported.entry_id]
        assert (entry.result["reviews"], entry.result["adjusted"]) == (0, None)
        assert (await r.round()).state is RoundState.CLOSED


async def test_a_round_is_not_handed_out_before_the_one_before_it_is_closed() -> None:
    async with handed_out(4) as r:
        await ends(r)
        async with r.context() as context:
            programme = await r.programme()
            (lock,) = [row for row in await r.deliveries(LOCK) if row.subject_id == programme.id][:1]
            outcome = await prepare_lock(context, lock)
        assert getattr(outcome, "reason", "") == "the round before it is being closed"
        await r.s.drain()


async def test_what_is_handed_in_while_a_round_closes_is_late_and_comes_with_the_results() -> None:
    async with reviewing(3) as v:
        (review,) = await v.of(await v.authored("ana"))
        reader = await v.who(review)
        await v.opens_form(reader, review)
        await ends(v.r)
        await getattr(v.s, reader).submits(
            **SCORES,
            worked="“I stopped the job at once” tells me who acted and when; I never had to ask.",
            change="Begin with the customers who paid twice; the rounding can wait until later.",
        )
        await v.s.drain()
        assert (await v.review(review.id)).state is ReviewState.LATE
        assert v.seen("ana").count("What your reviewers found, round 1") == 1
        assert "the rounding can wait until later" in v.seen("ana")


async def test_a_late_review_stays_late_though_the_round_is_opened_again() -> None:
    async with reviewing(3) as v:
        await v.makes_moderator("mia")
        (review,) = await v.of(await v.authored("ana"))
        reader = await v.who(review)
        await v.opens_form(reader, review)
        await v.closes()
        await v.s.clock_moves(seconds=60)
        await v.submits(reader, review)
        await v.s.clock_moves(seconds=60)
        async with v.r.context() as context:
            await reopen(context, await round_by_id(context.session, (await v.r.round()).id), "asked for")
        await v.s.drain()
        await v.r.click("ana", "Report it")
        await v.s.ana.submits(reason="It came too late for me.")
        await v.s.drain()
        await v.r.click("mia", "See what was reported", "Let it stand")
        assert (await v.review(review.id)).state is ReviewState.LATE


async def test_after_a_report_the_means_follow_at_once_and_the_adjusted_score_when_it_is_learned() -> None:
    async with written() as v:
        await v.closes()
        entry = await v.authored("ana")
        before = dict(entry.result)
        await v.r.click("ana", "Report it")
        await v.s.ana.submits(reason="That is no way to speak to anybody.")
        await v.s.acknowledged()
        await v.s.drain()
        after = (await v.authored("ana")).result
        assert after["reviews"] == before["reviews"] - 1
        assert after["adjusted"] is not None
        assert after["adjusted"] != before["adjusted"] or after["error"] != before["error"]
        done = [row for row in await v.r.deliveries(posts.SUM_UP) if row.state is DeliveryState.WAITING]
        assert not done
        assert entry.state is EntryState.SUMMARISED
