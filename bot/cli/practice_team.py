"""The practice team of the demo: a local workspace, Starling beside it, and one programme."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Protocol, cast

from sqlalchemy import select

from bot.base.clock import Clock
from bot.base.errors import ConfigurationError
from bot.base.ids import WorkspaceId
from bot.base.policy import Actor
from bot.chat.page_port import PageServer
from bot.chat.platform import ChatPlatform
from bot.chat.refs import AccountRef, ConversationRef, InstallationRef, MessageRef
from bot.cli.features import all_features
from bot.cli.practice_stories import STORIES
from bot.cli.run import connected
from bot.members.identity import actor_of, workspace_of
from bot.members.mentorships import SHARED
from bot.members.service import appoint
from bot.mentoring import agreeing
from bot.mentoring.records import between
from bot.outbox.nextrun import WallClockRule
from bot.questions.choosing import Wishes
from bot.questions.curating import queue_question
from bot.questions.programmes import Plan, create_programme, post_now, programmes
from bot.readings import service as readings
from bot.readings.shown import shown_of
from bot.runtime.bootstrap import build
from bot.runtime.config import read_config
from bot.runtime.runtime import Runtime
from bot.stories import service as stories
from content.loader import load_content
from content.rules import load_rules
from storage.engine import Database
from storage.migrate import upgrade
from storage.tables.stories import Story

CHANNEL = "interview-practice"
PEOPLE = ("priya", "tom", "mei", "diego", "amara", "sam")
ADMIN, MODERATOR = "amara", "sam"
MENTOR, MENTEE = "amara", "priya"
"""Those of the cast who are introduced as such."""
ASKS_FOR_LEVEL = "mei"
"""Who asks the mentee to read the level of a story."""
QUIET = timedelta(seconds=5)
"""Answers close after so long in the demo, so that nobody waits three minutes for a first feedback."""
POSTED_AT = time(9)


@dataclass(frozen=True, slots=True)
class PracticeTeam:
    """Its parts, wired."""

    runtime: Runtime
    platform: ChatPlatform
    database: Database


class Stage(Protocol):
    """The workspace in which the people act."""

    async def say(
        self, who: str, channel: str, text: str, thread: str | None = None, files: Sequence[str] = ()
    ) -> MessageRef: ...

    async def edit(self, who: str, message: MessageRef, text: str) -> None: ...

    def seen_by(self, who: str, channel: str, thread: str | None = None) -> Sequence[Seen]: ...

    def direct(self, who: str) -> ConversationRef: ...


class Seen(Protocol):
    """A message as one person sees it."""

    @property
    def id(self) -> int: ...

    @property
    def author(self) -> str: ...

    @property
    def plain(self) -> str: ...


class StagedPlatform(Protocol):
    """The platform of a workspace in this very process."""

    workspace: Stage

    async def idle(self) -> None: ...


def staged(team: PracticeTeam) -> StagedPlatform:
    """The team's platform, as one on whose stage people can be played."""
    return cast(StagedPlatform, team.platform)


@asynccontextmanager
async def practice_team(
    folder: Path,
    port: int,
    clock: Clock,
    questions: Path | None = None,
    pages: PageServer | None = None,
    before: Callable[[PracticeTeam], Awaitable[None]] | None = None,
) -> AsyncIterator[PracticeTeam]:
    """A practice team kept in `folder`, not yet started, with the `questions` of a folder beside ours.

    `port` is that of the workspace; 0 takes any free one. Its cards lead to `pages` where they are served. What is to
    have happened `before` happens first, to the same team, connected and on another port.
    """
    folder.mkdir(parents=True, exist_ok=True)
    config = read_config(data_folder=folder, database_url="", root_command="starling", questions_folder=questions)
    await upgrade(config.database)
    database = Database(config.database)
    content, rules, rooms = load_content(questions), load_rules(), all_features()
    pages_at = pages.address if pages else ""

    def team_on(platform: ChatPlatform) -> PracticeTeam:
        runtime = build(config, database, [platform], content, rules, rooms, clock, pages_at=pages_at)
        return PracticeTeam(runtime, platform, database)

    try:
        if before is not None:
            earlier = team_on(_local_platform(folder / "workspace", 0, clock))
            await earlier.platform.start(earlier.runtime)
            try:
                await before(earlier)
            finally:
                await earlier.platform.stop()
        yield team_on(_local_platform(folder / "workspace", port, clock))
    finally:
        await database.close()


def _local_platform(folder: Path, port: int, clock: Clock) -> ChatPlatform:
    (platform,) = connected({"STARLING_LOCAL_FOLDER": str(folder), "STARLING_LOCAL_PORT": str(port)}, clock)
    return platform


async def set_up_programme(team: PracticeTeam, zone: str, now: datetime, *, first: Sequence[str] = ()) -> None:
    """Ask a question a day at nine in the practice channel, the questions with the ids in `first` before others.

    The team's admin and moderator are made known first, so that both can act from the start.
    """
    actors = await actors_in(team, (ADMIN, MODERATOR))
    async with team.database.write(await workspace_in(team)) as session:
        channel = await channel_of(team)
        if await programmes(session, channel):
            return
        await appoint(session, await _account(team, MODERATOR), "moderator", actors[ADMIN].member, now)
        programme = await create_programme(session, now, channel, _plan(zone), actors[ADMIN].member)
        for question in first:
            await queue_question(session, programme, question, None, now)


async def ask_today(team: PracticeTeam, now: datetime) -> None:
    """Have today's question posted now, unless it was already."""
    async with team.database.write(await workspace_in(team)) as session:
        for programme in await programmes(session, await channel_of(team)):
            await post_now(session, programme, now)


async def set_up_mentor(team: PracticeTeam) -> None:
    """Let a mentor and a mentee of the cast have agreed, so that there is somebody's progress to look at."""
    actors = await actors_in(team, (MENTOR, MENTEE))
    workspace, house = await workspace_in(team), team.runtime.house
    async with team.database.write(workspace) as session:
        mentor, mentee = actors[MENTOR], actors[MENTEE]
        if await between(session, mentor.member, mentee.member) is not None:
            return
        offered = await agreeing.offer(house.context(session, workspace, actor=mentor), mentee.member)
        await agreeing.share(house.context(session, workspace, actor=mentee), offered, SHARED)


async def set_up_stories(team: PracticeTeam) -> None:
    """Make everybody of the cast known, so that each can be named by the others, and let two of them have stories.

    One of them asks the other which level hers shows.
    """
    actors = await actors_in(team, PEOPLE)
    workspace, house = await workspace_in(team), team.runtime.house
    async with team.database.write(workspace) as session:
        if await session.scalar(select(Story.id).limit(1)) is not None:
            return
        for told in STORIES:
            ctx = house.context(session, workspace, actor=actors[told.user])
            record = await stories.add(ctx, told.draft)
            await stories.show_to(ctx, record, told.visibility)
            if told.user == ASKS_FOR_LEVEL:
                await readings.ask(ctx, await shown_of(ctx, "story", record.story.id), actors[MENTEE].member)


async def actors_in(team: PracticeTeam, users: Sequence[str]) -> Mapping[str, Actor]:
    """These people of the cast, made known where they were not, each as they act."""
    profiles = {user: await team.platform.profile(await _account(team, user)) for user in users}
    now = team.runtime.house.clock.now()
    async with team.database.write(await workspace_in(team)) as session:
        return {
            user: await actor_of(session, await _account(team, user), profile, now)
            for user, profile in profiles.items()
            if profile is not None
        }


async def _installation(team: PracticeTeam) -> InstallationRef:
    (installation,) = await team.platform.installations()
    return installation


async def workspace_in(team: PracticeTeam) -> WorkspaceId:
    """The workspace that stands for the practice team."""
    installation = await _installation(team)
    async with team.database.read_everywhere() as session:
        workspace = await workspace_of(session, installation)
    if workspace is None:
        raise ConfigurationError("the local workspace is not installed")
    return workspace


async def _account(team: PracticeTeam, user: str) -> AccountRef:
    installation = await _installation(team)
    return AccountRef(installation.platform, installation.installation, user)


async def channel_of(team: PracticeTeam) -> ConversationRef:
    """The channel in which it practises."""
    installation = await _installation(team)
    return ConversationRef(installation.platform, installation.installation, CHANNEL)


def _plan(zone: str) -> Plan:
    return Plan(
        name="Interview practice",
        rule=WallClockRule(zone=zone, local_time=POSTED_AT),
        # The demo's clock is moved by whole days, whatever the hour: the day's question comes all the same.
        late=timedelta(days=1),
        wishes=Wishes(kind_mix={"behavioral": 75, "situational": 25}),
        quiet=QUIET,
    )
