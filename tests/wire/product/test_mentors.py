"""Mentors on every platform over the wire: agreed on, shown what is ticked, helping, logged, ended with one click."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.tables.mentoring import MentorAssignment, MentorLook, Mentorship, MentorshipState
from tests.wire.product.steps import rows
from tests.wire.product.team import Someone, Team

EACH_PLATFORM = pytest.mark.parametrize("reading", ["slack-socket", "discord"], indirect=True)
ANSWER = "I changed how invoices were rounded. I stopped the job at once and refunded 212 customers within two days."


async def mentor_and_mentee(team: Team) -> tuple[Someone, Someone]:
    """Ben offers at noon, when nobody's quiet hours keep it, Ana accepts and shows him her answers and ratings."""
    await until_noon(team, 1)
    ana, ben = await team.member("Ana"), await team.member("Ben")
    for someone in (ana, ben):
        await someone.runs("mentor list")
    await ben.runs(f"mentor offer member:{ana.account.user}")
    await ana.clicks("Accept and choose")
    await ana.fills_in(shares=("answers", "scores"))
    return ana, ben


async def until_noon(team: Team, days: int) -> None:
    """Let so many days pass, and be there when nobody sleeps."""
    now = team.place.product.clock.now()
    await team.waits((now + timedelta(days=days)).replace(hour=12) - now)


@EACH_PLATFORM
async def test_a_mentor_sees_what_is_ticked_helps_and_is_gone_with_one_click(reading: Team) -> None:
    ana, ben = await mentor_and_mentee(reading)
    assert "Ben is your mentor now" in ana.alone
    assert "You are Ana's mentor now" in ben.alone
    today = reading.place.product.clock.now().date()

    await ben.runs("mentor list")
    await ben.clicks("Look", "Ask a question")
    await ben.fills_in(question="Tell me about a failure.", due=f"{today + timedelta(days=5)}")
    assert "Ben asks you to answer a question by" in ana.alone
    await until_noon(reading, 4)
    assert ana.counts("The question Ben asked you is due on") == 1
    await ana.clicks("Answer it")
    await ana.fills_in(text=ANSWER, seen="mentors")
    assert [each.answered_at is not None for each in await rows(reading, MentorAssignment)] == [True]

    await ben.runs("mentor waiting")
    assert "Ana answered your question" in ben.reads("What waits for you")
    await ben.clicks("Read it", "Comment")
    await ben.fills_in(text="Say what the refund cost.")
    assert "Say what the refund cost." in ana.reads("Ben on your answer")

    await ana.runs("mentor list")
    await ana.clicks("See as my mentor sees it", "Who looked")
    assert "This is exactly what Ben sees" in ana.alone
    assert "Ben, an answer" in ana.reads("Who looked")
    assert {look.what for look in await rows(reading, MentorLook)} >= {"answers", "scores"}

    await ana.runs("mentor list")
    await ana.clicks("End it")
    assert [each.state for each in await rows(reading, Mentorship)] == [MentorshipState.ENDED]
    await ben.runs(f"mentor look mentee:{ana.account.user}")
    assert "You are not the mentor of" in ben.alone
