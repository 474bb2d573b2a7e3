"""The round of peer reviews that lies behind the practice team: played by its people days ago, on a clock set back.

Nothing is written into tables here. People answer in the thread, reviewers hand in, and time passes until the close,
so what a newcomer finds is what a team finds.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from sqlalchemy import select

from bot.base.clock import MovedClock
from bot.cli.practice_reviews import OWN_RATING, QUESTION, WRITTEN, Comment
from bot.cli.practice_team import (
    ADMIN,
    CHANNEL,
    QUIET,
    PracticeTeam,
    actors_in,
    ask_today,
    channel_of,
    set_up_mentor,
    set_up_programme,
    set_up_stories,
    staged,
    workspace_in,
)
from bot.outbox.nextrun import WallClockRule
from bot.questions.curating import queue_question
from bot.questions.programmes import pause_programme, programmes, resume_programme
from bot.review import board, reviewing
from bot.review.given import Said
from bot.review.programmes import DEFAULT_TIME, Plan, create_programme
from storage.tables.review import Cadence, Entry, Review, ReviewProgramme, Round, RoundState

LASTS = timedelta(days=6)
"""How long ago it begins."""
NIGHT = timedelta(hours=12)
"""After this nobody's quiet hours hold anything back any more that came before."""
NAME = "Peer reviews"


async def play_round(team: PracticeTeam, clock: MovedClock, zone: str, following: str) -> None:
    """Play the round from its question to its results; in the end the clock stands at now, with `following` queued.

    Where the team has rounds already, from an earlier start in the same folder, only the time passes.
    """
    begun = clock.now()
    await team.runtime.know_installations()
    if await _has_rounds(team):
        clock.move(LASTS)
        return
    await set_up_programme(team, zone, begun, first=[QUESTION])
    await set_up_mentor(team)
    await _set_up_rounds(team, zone)
    await _everybody_answers(team, clock)
    await _everybody_reviews(team)
    await _rates_own(team)
    await set_up_stories(team)
    await _until_results(team, clock)
    clock.move(LASTS - (clock.now() - begun))
    await _asks_again(team, following)


async def _has_rounds(team: PracticeTeam) -> bool:
    async with team.database.read(await workspace_in(team)) as session:
        return await session.scalar(select(ReviewProgramme.id).limit(1)) is not None


async def _set_up_rounds(team: PracticeTeam, zone: str) -> None:
    """A round begins when everybody who writes here has answered."""
    workspace, house = await workspace_in(team), team.runtime.house
    actors = await actors_in(team, (ADMIN, *(one.user for one in WRITTEN)))
    plan = Plan(
        name=NAME,
        cadence=Cadence.AFTER_ANSWERS,
        rule=WallClockRule(zone, DEFAULT_TIME),
        after_answers=len(WRITTEN),
    )
    async with team.database.write(workspace) as session:
        ctx = house.context(session, workspace, actor=actors[ADMIN])
        await create_programme(ctx, await channel_of(team), plan, actors[ADMIN].member)


async def _everybody_answers(team: PracticeTeam, clock: MovedClock) -> None:
    """In the thread of the question, after which no other one is asked until the round is over."""
    stage = staged(team).workspace
    await ask_today(team, clock.now())
    await team.runtime.drain()
    async with team.database.write(await workspace_in(team)) as session:
        for programme in await programmes(session, await channel_of(team)):
            await pause_programme(session, programme, clock.now())
    question = stage.seen_by(ADMIN, CHANNEL)[0]
    for one in WRITTEN:
        await stage.say(one.user, CHANNEL, one.text, str(question.id))
    await staged(team).idle()
    await team.runtime.drain()
    clock.move(QUIET + timedelta(seconds=1))
    await team.runtime.drain()


async def _everybody_reviews(team: PracticeTeam) -> None:
    """Each hands in what they owe; the first and the second review of an answer say different things."""
    workspace, house = await workspace_in(team), team.runtime.house
    actors = await actors_in(team, [one.user for one in WRITTEN])
    people = {actor.member: (user, actor) for user, actor in actors.items()}
    comments = {one.user: one.comments for one in WRITTEN}
    given: Counter[str] = Counter()
    async with team.database.write(workspace) as session:
        rows = await session.execute(select(Review, Entry).join(Entry, Entry.id == Review.entry_id).order_by(Review.id))
        for review, entry in rows.all():
            author, _ = people[entry.author_id]
            _, reviewer = people[review.reviewer_id or entry.author_id]
            said = comments[author][given[author] % 2]
            given[author] += 1
            ctx = house.context(session, workspace, actor=reviewer)
            await reviewing.open_review(ctx, review.id)
            await reviewing.submit(ctx, review.id, _as_said(said))
    await team.runtime.drain()


async def _rates_own(team: PracticeTeam) -> None:
    """The first of them rates their own answer before the results come."""
    workspace, user = await workspace_in(team), WRITTEN[0].user
    actor = (await actors_in(team, [user]))[user]
    async with team.database.write(workspace) as session:
        answer = await session.scalar(select(Entry.answer_id).where(Entry.author_id == actor.member))
        await board.rate_own(team.runtime.house.context(session, workspace, actor=actor), str(answer), OWN_RATING)


async def _until_results(team: PracticeTeam, clock: MovedClock) -> None:
    """Time passes from moment to moment, as it would, and long enough that everybody was awake since."""
    async with team.database.read(await workspace_in(team)) as session:
        round = (await session.scalars(select(Round).where(Round.state == RoundState.REVIEWING))).one()
    moments = (round.half_at, round.last_call_at, round.review_until, round.closes_at)
    for moment in sorted(at for at in moments if at is not None):
        clock.move(moment - clock.now() + timedelta(seconds=1))
        await team.runtime.drain()
    for _ in range(2):
        clock.move(NIGHT)
        await team.runtime.drain()


async def _asks_again(team: PracticeTeam, following: str) -> None:
    """From now on there is a question a day, first the `following` one."""
    now = team.runtime.house.clock.now()
    async with team.database.write(await workspace_in(team)) as session:
        for programme in await programmes(session, await channel_of(team)):
            await resume_programme(session, programme, now)
            await queue_question(session, programme, following, None, now)


def _as_said(comment: Comment) -> Said:
    return Said(comment.by_criterion, comment.worked, comment.change, comment.level, comment.follow_up)
