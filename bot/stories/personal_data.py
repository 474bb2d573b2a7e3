"""What this room holds about a person: taken out whole, erased whole."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from itertools import count
from typing import Any

from sqlalchemy import func, select

from bot.base.ids import MemberId
from bot.feature.context import Context
from bot.stories.markdown import project_page, story_page
from bot.stories.parts import PARTS
from bot.stories.projects import COLUMNS, projects_of
from bot.stories.records import StoryRecord, newest_of, wholes
from bot.stories.service import drop
from storage.batches import batches, delete_some
from storage.tables.stories import Project, Story, StoryFollowUp, StoryTelling, StoryTold, StoryVersion


async def export(ctx: Context, member: MemberId) -> AsyncIterator[Mapping[str, Any]]:
    """Every project, then every story with all its versions, tellings, answers and when it was told."""
    async for projects in batches(ctx.session, Project, Project.member_id == member, order_by=(Project.id,)):
        for one in projects:
            yield {"what": "project", "name": one.name, **{name: getattr(one, name) for name in COLUMNS}}
    async for stories in _some_stories(ctx, member):
        versions = await _versions_of(ctx, [record.story.id for record in stories])
        for record in stories:
            yield _story(record, versions[record.story.id])


async def documents(ctx: Context, member: MemberId) -> AsyncIterator[tuple[str, str]]:
    """Every story and every project as a page of Markdown, with its file name."""
    numbers = count(1)
    async for stories in _some_stories(ctx, member):
        for story in stories:
            yield _file("story", next(numbers), story.version.title), story_page(story, ctx.content, ctx.language)
    for number, project in enumerate(await projects_of(ctx, member), 1):
        yield _file("project", number, project.project.name), project_page(project, ctx.content, ctx.language)


async def _some_stories(ctx: Context, member: MemberId) -> AsyncIterator[list[StoryRecord]]:
    """All of them, the oldest first, some at a time."""
    order = (Story.updated_at, Story.id)
    async for stories in batches(ctx.session, Story, Story.member_id == member, order_by=order):
        yield await wholes(ctx.session, await newest_of(ctx.session, [story.id for story in stories]))


async def _versions_of(ctx: Context, stories: Sequence[str]) -> Mapping[str, list[StoryVersion]]:
    rows = await ctx.session.scalars(
        select(StoryVersion).where(StoryVersion.story_id.in_(stories)).order_by(StoryVersion.number)
    )
    found: dict[str, list[StoryVersion]] = {story: [] for story in stories}
    for row in rows:
        found[row.story_id].append(row)
    return found


def _file(kind: str, number: int, name: str) -> str:
    """A file name with the words of a title that every file system takes."""
    words = re.findall(r"[a-z0-9]+", name.lower())[:6]
    return "-".join((kind, f"{number:03}", *words)) + ".md"


AT_ONCE = 5
"""Stories erased in one transaction, each with all its versions and its place in the index."""


async def erase(ctx: Context, member: MemberId) -> int:
    """Erase some of it, in the index of the search too; how many rows there were."""
    mine = select(Story.id).where(Story.member_id == member).order_by(Story.id).limit(AT_ONCE)
    stories = (await ctx.session.scalars(mine)).all()
    if not stories:
        return await delete_some(ctx.session, Project, Project.member_id == member, limit=500)
    erased = len(stories)
    for table in (StoryVersion, StoryTelling, StoryFollowUp, StoryTold):
        counted = select(func.count(table.id)).where(table.story_id.in_(stories))
        erased += await ctx.session.scalar(counted) or 0
    for story in stories:
        await drop(ctx, story)
    return erased


def _story(record: StoryRecord, versions: Sequence[StoryVersion]) -> Mapping[str, Any]:
    story = record.story
    return {
        "what": "story",
        "id": story.id,
        "project": record.project.name if record.project else None,
        "visibility": story.visibility.value,
        "archetypes": story.archetypes,
        "principles": story.principles,
        "question_types": story.question_types,
        "tags": story.tags,
        "created_at": story.created_at.isoformat(),
        "versions": [
            {
                "number": one.number, "title": one.title, **{name: getattr(one, name) for name in PARTS},
                "metrics": one.metrics, "level": one.level, "rating": one.rating,
                "created_at": one.created_at.isoformat(),
            }
            for one in versions
        ],
        "tellings": {length.value: one.text for length, one in record.tellings.items()},
        "follow_ups": dict(record.follow_ups),
        "told": [{"on": one.told_on.isoformat(), "where": one.place} for one in record.told],
    }  # fmt: skip
