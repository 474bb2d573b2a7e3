"""Somebody with thousands of entries is erased some at a time, and takes no part meanwhile."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from itertools import pairwise

import pytest
from sqlalchemy import delete

from bot.answers.personal_data import ASIDES_AT_ONCE, AT_ONCE
from bot.data.erasing import STEP, begin
from bot.data.keeping import keep_house
from bot.runtime.steps import CLAIMED
from storage.tables.answers import AnswerPart
from storage.tables.erasure import Erasure
from storage.tables.outbox import Delivery
from storage.tables.people import Member, MemberState
from storage.tables.settings import SettingValue
from tests.scenario.answers_scene import ACTION, CHANNEL, RESULT, SITUATION, AnswersScene, question_posted
from tests.scenario.data_scene import confirm, has_many, until_ended
from tests.scenario.dsl import SimulatedCrash

STORY = f"{SITUATION} {ACTION} {RESULT}"
MANY = 5 * AT_ONCE


@pytest.fixture
async def q() -> AsyncIterator[AnswersScene]:
    async with question_posted() as made:
        await made.answer("ana", STORY)
        yield made


class Watch(list[str]):
    """Counts answers and replies that were none each time deliveries are claimed; ends the process at the sixth."""

    def __init__(self, q: AnswersScene) -> None:
        super().__init__()
        self.left: list[tuple[int, int]] = []
        self._q = q

    def append(self, step: str) -> None:
        if step != CLAIMED:
            return
        with closing(sqlite3.connect(self._q.s.database.url.database or "")) as file:
            ((answers, asides),) = file.execute(
                "SELECT (SELECT count(*) FROM answer), (SELECT count(*) FROM answer_set_aside)"
            )
        self.left.append((answers, asides))
        if len(self.left) == 6:
            self._q.s.crash.step = CLAIMED


async def test_many_entries_go_in_as_many_transactions_as_keep_each_short_also_over_a_crash(q: AnswersScene) -> None:
    await has_many(q, await q.s.member(q.s.ana), answers=MANY, asides=1_200)
    await confirm(q)
    watch = q.s.crash.reached = Watch(q)
    with pytest.raises(SimulatedCrash):
        await q.s.drain()
    assert (0, 0) < watch.left[-1] < (MANY + 1, 1_200), "it ended in the middle"
    await q.s.restarts()
    await q.s.drain()
    await until_ended(q)
    (erasure,) = await q.rows(Erasure)
    assert erasure.ended_at is not None
    assert erasure.counts["answers"] >= 1 + MANY + 1_200, "the receipt counts all of the steps"
    assert watch.left[-1] == (0, 0)
    for before, after in pairwise(watch.left):
        assert before[0] - after[0] <= AT_ONCE
        assert before[1] - after[1] <= ASIDES_AT_ONCE


async def test_until_it_has_ended_nothing_of_the_person_is_taken_in(q: AnswersScene) -> None:
    q.s.fails("rate_limited", "delete", seconds=600)
    await confirm(q)
    await q.s.drain()
    (ana,) = await q.rows(Member, Member.display_name == "Ana")
    assert ana.state is MemberState.ERASING
    await q.reply("ana", f"One more thing. {STORY}")
    await q.s.ana.runs("preferences", CHANNEL)
    await q.s.drain()
    assert not q.s.ana.has_a_form
    assert q.s.private(q.s.ana).count("Until that is done I take in nothing from you") >= 1
    assert await q.rows(AnswerPart) == []
    assert await q.rows(SettingValue) == []
    await q.s.clock_moves(minutes=11)
    await until_ended(q)
    await q.reply("ana", STORY)
    assert len(await q.rows(AnswerPart)) == 1, "afterwards they are somebody new"


async def test_a_home_that_stands_open_shows_nothing_of_the_person_any_more(q: AnswersScene) -> None:
    await q.s.ana.opens_home()
    await q.s.drain()
    assert "1 version, rated" in q.s.ana.home
    await confirm(q)
    await q.s.drain()
    await until_ended(q)
    assert "rated" not in q.s.ana.home
    assert "You have no answers yet" in q.s.ana.home


async def test_an_erasure_that_came_to_a_stop_is_taken_up_again(q: AnswersScene) -> None:
    member, workspace = await q.s.member(q.s.ana), await q.s.workspace_id()
    async with q.s.database.write(workspace) as session:
        await begin(q.s.runtime.house.context(session, workspace), member, asked=True)
        await session.execute(delete(Delivery).where(Delivery.kind == STEP))
    await q.s.drain()
    (erasure,) = await q.rows(Erasure)
    assert erasure.done == []
    await keep_house(q.s.database, q.s.clock, ())
    await q.s.drain()
    await until_ended(q)
    (erasure,) = await q.rows(Erasure)
    assert erasure.ended_at is not None
