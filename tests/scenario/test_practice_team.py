"""The practice team of the demo: what a newcomer finds there beside the question of the day."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from sqlalchemy import select

from bot.base.clock import MovedClock
from bot.cli.practice_team import MENTOR, practice_team, set_up_mentor
from bot.cli.script import MORNING
from storage.tables.mentoring import Mentorship, MentorshipState


async def test_a_mentor_and_a_mentee_have_agreed_and_the_mentor_is_told_how_to_look(tmp_path: Path) -> None:
    clock = MovedClock(MORNING)
    async with practice_team(tmp_path, 0, clock) as team:
        platform = cast(Any, team.platform)
        await platform.start(team.runtime)
        try:
            await team.runtime.know_installations()
            await set_up_mentor(team, clock.now())
            await set_up_mentor(team, clock.now())
            await team.runtime.drain()
            stage = platform.workspace
            (card,) = stage.seen_by(MENTOR, stage.direct(MENTOR).channel)
        finally:
            await platform.stop()
        async with team.database.read_everywhere() as session:
            states = (await session.scalars(select(Mentorship.state))).all()
    assert states == [MentorshipState.ACTIVE], "set up once, however often the demo is started"
    assert "You are Priya's mentor now." in str(card)
