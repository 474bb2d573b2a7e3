"""A whole round of peer reviews over the wire: one reviewer vanishes, one is slow, everybody gets something."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

import pytest

from storage.tables.review import ReleaseReason, Review, ReviewState, RoundState
from tests.wire.product.round_steps import (
    answers_privately,
    monday_with_rounds,
    reviews_of,
    reviews_one,
    story,
    the_round,
    until,
    until_they_are_handed_out,
)
from tests.wire.product.steps import rows
from tests.wire.product.team import Someone, Team

RELEASED = ReviewState.RELEASED
WITHOUT_HTTP = pytest.mark.parametrize("reading", ["slack-socket", "discord"], indirect=True)


@WITHOUT_HTTP
async def test_a_round_from_its_question_to_the_thanks(reading: Team) -> None:
    team = reading
    question = await monday_with_rounds(team)
    everybody = {name: await team.member(name) for name in ("Ana", "Ben", "Cleo", "Dan", "Eva")}
    cleo, dan, eva = everybody["Cleo"], everybody["Dan"], everybody["Eva"]
    for name, someone in everybody.items():
        if someone is not cleo:
            await someone.says(story(name), question)
    await answers_privately(cleo)
    await team.has_quiet()

    await until_they_are_handed_out(team)
    assert (await the_round(team)).state is RoundState.REVIEWING
    assert "Peer reviews, round 1: open until Fri" in dan.sees
    for someone in everybody.values():
        assert someone.counts("2 answers to review by Fri") == 1, "each has a list of their own"

    diligent = [someone for someone in everybody.values() if someone not in (dan, eva)]
    for someone in diligent:
        await reviews_one(someone, "Start")
        await reviews_one(someone, "The next one")
    await reviews_one(dan, "Start")
    round = await the_round(team)
    await until(team, round.half_at)
    assert [each.state for each in await reviews_of(team, eva)] == [RELEASED, RELEASED], "nobody waits for Eva"
    assert dan.counts("Half time: 1 review is still to come") == 1
    assert not any(someone.counts("Half time") for someone in everybody.values() if someone is not dan)
    stand_ins = [someone for someone in diligent if someone.counts("1 answer to review by Fri")]
    assert len(stand_ins) == 2
    for someone in stand_ins:
        await reviews_one(someone, "Start")

    await until(team, round.last_call_at)
    assert dan.counts("1 review is still to come, by Fri") == 1
    await until(team, round.review_until)
    assert (await the_round(team)).state is RoundState.GRACE
    await until(team, round.closes_at)
    assert (await the_round(team)).state is RoundState.CLOSED
    assert "Peer reviews, round 1: closed" in dan.sees
    assert "9 reviews were written for 5 answers." in dan.sees
    assert [each.reason for each in await reviews_of(team, dan)] == [None, ReleaseReason.NOT_FINISHED]

    for someone in everybody.values():
        await _reads_the_results(someone, [name for name, other in everybody.items() if other is not someone])
    thanked = [each for each in await rows(team, Review) if each.thanked]
    readers = [someone for someone in everybody.values() if "It was given privately" in someone.alone]
    assert readers
    assert not any("Cleo" in someone.alone for someone in readers), "who answers privately is hidden"
    assert [each.helpful for each in thanked] == [True] * len(everybody)
    await team.waits(timedelta(days=2, hours=12))
    for someone in everybody.values():
        mine = {each.id for each in await reviews_of(team, someone)}
        assert someone.alone.count("An author thanks you") == sum(each.id in mine for each in thanked)
    assert 'How round 1 of "Peer reviews" went' in (await team.admin("Ada")).alone
    await cleo.runs("round why")
    assert "answers to review in this round, which is over." in cleo.alone
    assert "Who reviews you nobody is told, you included." in cleo.alone


async def _reads_the_results(someone: Someone, others: Sequence[str]) -> None:
    """They got everything at once and nobody's name, say that a review helped, and thank whoever wrote it."""
    result = someone.reads("What your reviewers found, round 1")
    assert "The mean of" in result
    assert not any(other in result for other in others)
    assert re.search(r"Review 1\b.*What worked", result, re.DOTALL)
    await someone.clicks("It helped")
    assert someone.counts("Noted. Only its writer and your mentors can learn of it") == 1
    await someone.clicks("Say thanks")
    assert someone.counts("Your thanks are on their way.") == 1
