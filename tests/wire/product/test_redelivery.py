"""Whatever a platform delivers several times, in any order and at once, is handled once."""

from __future__ import annotations

from random import Random

import pytest
from sqlalchemy import func, select

from storage.tables.answers import Answer, Revision
from storage.tables.inbox import InboxEvent, InboxState
from tests.scenario.answers_scene import ACTION, RESULT, SITUATION
from tests.wire.product.steps import question_of_today, rows
from tests.wire.product.team import Team

SEEDS = (1, 2, 3)
FEWER_SEEDS = (1, 2)


@pytest.mark.parametrize("seed", SEEDS)
async def test_messages_edits_and_deletions_in_any_order_are_handled_once(reading: Team, seed: int) -> None:
    question = await question_of_today(reading)
    ana, ben = await reading.member("Ana"), await reading.member("Ben")
    before = await _stored_events(reading)
    reading.holds_deliveries()
    await ana.says(SITUATION, question)
    await ben.says(f"{SITUATION} {ACTION}", question)
    second = await ana.says("I will write the rest in a moment, after the meeting on billing.", question)
    taken_back = await ben.says("And this I should not have told anybody about our customers at all.", question)
    await ana.says(RESULT, question)
    await ana.edits(second, ACTION)
    await ben.deletes(taken_back)
    different = await reading.delivers_what_it_held(Random(seed))
    assert await _stored_events(reading) == before + different == before + 7

    await reading.has_quiet()
    texts = sorted(each.text for each in await rows(reading, Revision))
    assert texts == sorted([f"{SITUATION}\n\n{ACTION}\n\n{RESULT}", f"{SITUATION} {ACTION}"])
    assert len(await rows(reading, Answer)) == 2
    for person in (ana, ben):
        assert person.counts("Scored by rules, version") == 1, "one card holds the feedback"
    await _everything_is_handled(reading)


@pytest.mark.parametrize("seed", FEWER_SEEDS)
async def test_mentions_are_answers_once_however_often_they_come(not_reading: Team, seed: int) -> None:
    question = await question_of_today(not_reading)
    ana, ben = await not_reading.member("Ana"), await not_reading.member("Ben")
    not_reading.holds_deliveries()
    await ana.mentions(SITUATION, question)
    await ben.mentions(f"{SITUATION} {ACTION}", question)
    await ana.mentions(ACTION, question)
    await not_reading.delivers_what_it_held(Random(seed))
    await not_reading.has_quiet()
    texts = sorted(each.text for each in await rows(not_reading, Revision))
    assert texts == sorted([f"{SITUATION}\n\n{ACTION}", f"{SITUATION} {ACTION}"])
    await _everything_is_handled(not_reading)


@pytest.mark.parametrize("seed", FEWER_SEEDS)
async def test_a_press_that_comes_several_times_at_once_counts_once(not_reading: Team, seed: int) -> None:
    await question_of_today(not_reading)
    ana = await not_reading.member("Ana")
    random = Random(seed)
    await ana.clicks("Answer privately")
    not_reading.place.copies = lambda: random.randint(2, 4)
    await ana.fills_in(situation=SITUATION, action=ACTION, result=RESULT)
    assert [each.number for each in await rows(not_reading, Revision)] == [1]
    assert ana.counts("Your answer is stored and scored.") == 1
    await ana.clicks("My answer", "Withdraw my answer", "Withdraw it")
    assert ana.counts("Your answer is withdrawn.") == 1
    await _everything_is_handled(not_reading)


async def _stored_events(team: Team) -> int:
    async with team.place.product.database.read_everywhere() as session:
        return await session.scalar(select(func.count()).select_from(InboxEvent)) or 0


async def _everything_is_handled(team: Team) -> None:
    assert {each.state for each in await rows(team, InboxEvent)} == {InboxState.DONE}
