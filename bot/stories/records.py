"""Looking stories up by id, and what the policy has to know of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import Select, and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.errors import UserFacingError
from bot.base.ids import MemberId
from bot.base.policy import Subject, Visibility
from bot.base.text import t
from bot.feature.context import Context
from bot.members.mentorships import mentors_of
from bot.stories.finding import StoryText
from bot.stories.parts import PARTS
from storage.tables.stories import (
    Project,
    Story,
    StoryFollowUp,
    StoryTelling,
    StoryTold,
    StoryVersion,
    StoryVisibility,
    TellingLength,
)
from storage.tenancy import required_workspace_of

SEEN_BY_MENTOR = "story.seen_by_mentor"
"""Told to the other rooms when the actor, a mentor, is about to see a story; the subject is its id."""
SEEN_BY: Mapping[StoryVisibility, Visibility] = {
    StoryVisibility.ME: "me",
    StoryVisibility.MENTORS: "mentors",
    StoryVisibility.TEAM: "channel",
}


@dataclass(frozen=True, slots=True)
class StoryRecord:
    """A story with its newest version and what belongs to it."""

    story: Story
    version: StoryVersion
    project: Project | None = None
    tellings: Mapping[TellingLength, StoryTelling] = field(default_factory=dict)
    follow_ups: Mapping[str, str] = field(default_factory=dict)
    told: Sequence[StoryTold] = ()

    @property
    def parts(self) -> dict[str, str]:
        """The parts that have words."""
        return {name: text for name in PARTS if (text := getattr(self.version, name))}

    @property
    def text(self) -> str:
        """The whole story."""
        return "\n\n".join(self.parts.values())

    @property
    def reading(self) -> StoryText:
        """What is read of it, for it to be found."""
        project = self.project.name if self.project else ""
        return text_of(self.version, project, self.story.tags, self.story.archetypes)

    @property
    def last_told(self) -> date | None:
        """When it was told last."""
        return max((one.told_on for one in self.told), default=None)


async def subject_of(session: AsyncSession, story: Story) -> Subject:
    """What the policy has to know; mentors are asked for only where it matters who they are."""
    shown = story.visibility is StoryVisibility.MENTORS
    mentors = await mentors_of(session, story.member_id, "stories") if shown else frozenset[MemberId]()
    return Subject(required_workspace_of(session), story.member_id, SEEN_BY[story.visibility], mentors)


async def story_for(ctx: Context, story_id: str, verb: str) -> StoryRecord:
    """The story with this id, if the actor may do `verb` to it; a sentence where it is not there any more.

    A mentor who sees what is shown to mentors alone is told of to the other rooms.
    """
    found = await newest_of(ctx.session, [story_id])
    if not found:
        raise UserFacingError(t("This story is not there any more."))
    ctx.require(verb, await subject_of(ctx.session, found[0].story))
    await tell_of_mentors(ctx, found)
    return await whole(ctx.session, found[0])


async def tell_of_mentors(ctx: Context, seen: Sequence[StoryRecord]) -> None:
    """Let the other rooms know which of these stories the actor sees as a mentor."""
    for record in seen:
        if record.story.member_id != ctx.member and record.story.visibility is StoryVisibility.MENTORS:
            await ctx.tell(SEEN_BY_MENTOR, record.story.id)


async def newest_of(session: AsyncSession, ids: Sequence[str]) -> list[StoryRecord]:
    """The stories with these ids, in their order, each with its newest version."""
    rows = await session.execute(_newest().where(Story.id.in_(ids)))
    found = {story.id: StoryRecord(story, version, project) for story, version, project in rows}
    return [found[name] for name in ids if name in found]


async def stories_of(session: AsyncSession, member: MemberId) -> list[StoryRecord]:
    """A member's stories, the newest first."""
    rows = await session.execute(
        _newest().where(Story.member_id == member).order_by(Story.updated_at.desc(), Story.id.desc())
    )
    return [StoryRecord(story, version, project) for story, version, project in rows]


async def whole(session: AsyncSession, record: StoryRecord) -> StoryRecord:
    """The same with tellings, answers to follow-ups, and when it was told."""
    (found,) = await wholes(session, [record])
    return found


async def wholes(session: AsyncSession, records: Sequence[StoryRecord]) -> list[StoryRecord]:
    """The same of several, by three statements however many they are."""
    names = [record.story.id for record in records]
    tellings: dict[str, dict[TellingLength, StoryTelling]] = {name: {} for name in names}
    for telling in await session.scalars(select(StoryTelling).where(StoryTelling.story_id.in_(names))):
        tellings[telling.story_id][telling.length] = telling
    answers: dict[str, dict[str, str]] = {name: {} for name in names}
    for answer in await session.scalars(select(StoryFollowUp).where(StoryFollowUp.story_id.in_(names))):
        answers[answer.story_id][answer.question] = answer.text
    told: dict[str, list[StoryTold]] = {name: [] for name in names}
    latest = select(StoryTold).order_by(StoryTold.told_on.desc(), StoryTold.id.desc())
    for one in await session.scalars(latest.where(StoryTold.story_id.in_(names))):
        told[one.story_id].append(one)
    return [
        replace(record, tellings=tellings[name], follow_ups=answers[name], told=tuple(told[name]))
        for name, record in zip(names, records, strict=True)
    ]


def text_of(version: StoryVersion, project: str, tags: Sequence[str], archetypes: Sequence[str] = ()) -> StoryText:
    """What a story is found by is read of this."""
    parts = {name: text for name in PARTS if (text := getattr(version, name))}
    return StoryText({"title": version.title, "tags": " ".join(tags), "project": project, **parts}, tuple(archetypes))


def _newest() -> Select[Story, StoryVersion, Project]:
    return (
        select(Story, StoryVersion, Project)
        .join(StoryVersion, and_(StoryVersion.story_id == Story.id, StoryVersion.number == Story.versions))
        .outerjoin(Project, Project.id == Story.project_id)
    )
