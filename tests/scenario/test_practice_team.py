"""The practice team of the demo: what a newcomer finds there beside the question of the day."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from sqlalchemy import select

from bot.base.clock import MovedClock
from bot.cli.practice_round import LASTS, play_round
from bot.cli.practice_team import (
    CHANNEL,
    MENTOR,
    PracticeTeam,
    actors_in,
    practice_team,
    set_up_mentor,
    staged,
    workspace_in,
)
from bot.cli.script import MORNING, QUESTIONS
from bot.review import board, round_pages
from storage.tables.mentoring import Mentorship, MentorshipState
from storage.tables.review import Review, ReviewState, Round, RoundState


async def test_a_mentor_and_a_mentee_have_agreed_and_the_mentor_is_told_how_to_look(tmp_path: Path) -> None:
    clock = MovedClock(MORNING)
    async with practice_team(tmp_path, 0, clock) as team:
        platform = cast(Any, team.platform)
        await platform.start(team.runtime)
        try:
            await team.runtime.know_installations()
            await set_up_mentor(team)
            await set_up_mentor(team)
            await team.runtime.drain()
            stage = platform.workspace
            (card,) = stage.seen_by(MENTOR, stage.direct(MENTOR).channel)
        finally:
            await platform.stop()
        async with team.database.read_everywhere() as session:
            states = (await session.scalars(select(Mentorship.state))).all()
    assert states == [MentorshipState.ACTIVE], "set up once, however often the demo is started"
    assert "You are Priya's mentor now." in str(card)


async def test_a_round_was_played_to_its_results_and_the_clock_stands_at_now(tmp_path: Path) -> None:
    clock = MovedClock(MORNING, behind=2 * LASTS)

    async def before(team: PracticeTeam) -> None:
        await play_round(team, clock, "UTC", QUESTIONS[0])
        stage = staged(team).workspace
        results = str(stage.seen_by("priya", stage.direct("priya").channel)[-1])
        assert "What your reviewers found, round 1" in results
        assert "The mean of 2 reviews" in results
        said = [message.plain for message in stage.seen_by("priya", stage.direct("priya").channel)]
        assert any("Mei asks you for a level" in each for each in said)
        posts = [message.plain for message in stage.seen_by("priya", CHANNEL)]
        assert "Peer reviews, round 1: closed" in posts[-1]
        await play_round(team, clock, "UTC", QUESTIONS[0])
        assert [message.plain for message in stage.seen_by("priya", CHANNEL)] == posts, "played once, however often"

    async with practice_team(tmp_path, 0, clock, before=before) as team:
        await team.platform.start(team.runtime)
        try:
            assert clock.now() == MORNING
            workspace, priya = await workspace_in(team), (await actors_in(team, ["priya"]))["priya"]
            async with team.database.write(workspace) as session:
                (round,) = (await session.scalars(select(Round).where(Round.state == RoundState.CLOSED))).all()
                states = set(await session.scalars(select(Review.state)))
                context = team.runtime.house.context(session, workspace, actor=priya)
                (row,) = await board.board_of(context)
                page = await round_pages.build_round(context, round.id)
        finally:
            await team.platform.stop()
    assert states == {ReviewState.COUNTED}
    assert (row.own, row.reviews, row.rules is None, row.peers is None) == (4.25, 2, False, False)
    assert page is not None
