"""What a story said before: looked at, and said again."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from bot.base.errors import UserFacingError
from bot.base.text import t
from bot.feature.context import Context
from bot.stories.parts import PARTS, Draft
from bot.stories.records import StoryRecord
from bot.stories.service import change
from storage.tables.stories import StoryVersion


async def versions_of(ctx: Context, record: StoryRecord) -> Sequence[StoryVersion]:
    """All versions of a story, the newest first."""
    rows = await ctx.session.scalars(
        select(StoryVersion).where(StoryVersion.story_id == record.story.id).order_by(StoryVersion.number.desc())
    )
    return rows.all()


async def version_of(ctx: Context, record: StoryRecord, number: int) -> StoryVersion:
    """One version of a story; a sentence where there is none of this number."""
    found = await ctx.session.scalar(
        select(StoryVersion).where(StoryVersion.story_id == record.story.id, StoryVersion.number == number)
    )
    if found is None:
        raise UserFacingError(t("This story has no version {number}.", number=number))
    return found


async def restore(ctx: Context, record: StoryRecord, version: StoryVersion) -> StoryRecord:
    """Let a story say again what a version says: as a new version, so that nothing is lost."""
    project = record.project.name if record.project is not None else ""
    return await change(
        ctx,
        record,
        Draft(version.title, words_of(version), project, tuple(record.story.tags), tuple(record.story.archetypes)),
    )


def words_of(version: StoryVersion) -> dict[str, str]:
    """The parts of a version that have words."""
    return {name: text for name in PARTS if (text := getattr(version, name))}
