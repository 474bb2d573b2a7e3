"""Keeping stories: made, changed, shown to others, told, deleted; what is found is kept in step in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from sqlalchemy import delete, select

from bot.base.errors import UserFacingError
from bot.base.ids import new_id
from bot.base.text import t
from bot.feature.context import Context
from bot.scoring import Answer, Report, score
from bot.scoring.rubric import Rules
from bot.stories.finding import Finder
from bot.stories.lookup import shelf_of
from bot.stories.meaning import Meaning, meant
from bot.stories.parts import LONGEST_TITLE, PARTS, Draft, figures_in, title_of, words_in
from bot.stories.records import StoryRecord, newest_of, text_of, whole
from content.loader import Content
from storage.search import Entry, put, remove
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

DROPPED = "story.dropped"
"""Told to the other rooms before anything of a story is gone; the subject is its id."""
NOTHING_WRITTEN = t("There is no story in this yet. Write at least what you did.")


class _Held:
    """Content and rules, known by being the same objects: both are large and never change."""

    __slots__ = ("content", "rules")

    def __init__(self, content: Content, rules: Rules) -> None:
        self.content, self.rules = content, rules

    def __hash__(self) -> int:
        return hash((id(self.content), id(self.rules)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.content is self.content and other.rules is self.rules


@lru_cache(maxsize=2)
def _finder(held: _Held) -> Finder:
    return Finder(held.content, held.rules.lexicon)


def warm(content: Content, rules: Rules) -> None:
    """Make what reads stories and queries now, which takes a second or two, and not while somebody types."""
    _finder(_Held(content, rules)).query("a time I handled conflict")


def meaning(_content: Content, _rules: Rules) -> Meaning | None:
    """The model of meaning: none, unless the process was started with one (`Feature.brings`)."""
    return None


def finder_for(ctx: Context) -> Finder:
    """What reads stories and queries; made once."""
    return _finder(_Held(ctx.content, ctx.rules))


async def add(
    ctx: Context, draft: Draft, *, answer_id: str | None = None, message: str | None = None, form: str = ""
) -> StoryRecord:
    """Keep a new story of the actor's, which nobody else sees."""
    _check(draft)
    story = Story(
        id=new_id(), member_id=ctx.member, answer_id=answer_id, source_message=message, form=form, versions=0,
        visibility=StoryVisibility.ME, created_at=ctx.now, updated_at=ctx.now,
    )  # fmt: skip
    ctx.session.add(story)
    return await _write(ctx, story, draft)


async def change(ctx: Context, record: StoryRecord, draft: Draft) -> StoryRecord:
    """Give a story new words; the old ones stay as an earlier version."""
    _check(draft)
    return await _write(ctx, record.story, draft)


async def show_to(ctx: Context, record: StoryRecord, visibility: StoryVisibility) -> None:
    """Decide who may see a story."""
    record.story.visibility = visibility
    await let_be_found(ctx, record)


async def drop(ctx: Context, name: str) -> None:
    """Delete the story of this id with all that belongs to it."""
    await ctx.tell(DROPPED, name)
    await remove(ctx.session, name)
    for table in (StoryVersion, StoryTelling, StoryFollowUp, StoryTold):
        await ctx.session.execute(delete(table).where(table.story_id == name))
    await ctx.session.execute(delete(Story).where(Story.id == name))


async def tell(ctx: Context, record: StoryRecord, length: TellingLength, text: str) -> StoryTelling:
    """Keep a story as it is told in a certain length."""
    telling = record.tellings.get(length)
    if telling is None:
        telling = StoryTelling(
            id=new_id(), story_id=record.story.id, length=length, text="", words=0, updated_at=ctx.now
        )
        ctx.session.add(telling)
    telling.text, telling.words, telling.updated_at = text, words_in(text), ctx.now
    return telling


async def answer_follow_ups(ctx: Context, record: StoryRecord, answers: Mapping[str, str]) -> None:
    """Keep what the owner answers to the standing follow-up questions; an empty answer takes one away."""
    name = record.story.id
    await ctx.session.execute(delete(StoryFollowUp).where(StoryFollowUp.story_id == name))
    for question, text in answers.items():
        if text:
            ctx.session.add(StoryFollowUp(id=new_id(), story_id=name, question=question, text=text, updated_at=ctx.now))


async def note_told(ctx: Context, record: StoryRecord, told_on: date, place: str, today: date) -> None:
    """Note when and where a story was told; `today` is the day it is where its owner lives."""
    if told_on > today:
        raise UserFacingError(t("That day is still to come. Note it once you have told the story."))
    ctx.session.add(StoryTold(id=new_id(), story_id=record.story.id, told_on=told_on, place=place))


def report_on(draft: Draft, rules: Rules) -> Report:
    """What the rules say of a story."""
    return score(Answer(draft.text), rules)


def kinds_of(content: Content, archetypes: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """The question types and the principles that go with these archetypes, by the crosswalk."""
    types: dict[str, None] = {}
    principles: dict[str, None] = {}
    for archetype in archetypes:
        for entry in content.crosswalk_of(archetype):
            types |= dict.fromkeys(entry.question_types)
            principles |= dict.fromkeys(entry.principles)
    return list(types)[:3], list(principles)[:3]


async def _write(ctx: Context, story: Story, draft: Draft) -> StoryRecord:
    report = report_on(draft, ctx.rules)
    story.versions += 1
    story.updated_at = ctx.now
    story.tags = list(draft.tags)
    story.project_id = await _project(ctx, draft.project)
    version = StoryVersion(
        id=new_id(), story_id=story.id, number=story.versions, title=_title(draft),
        **{name: draft.parts.get(name, "") for name in PARTS},
        metrics=figures_in(draft.text),
        level=report.level.level if report.level is not None and not report.abstained else None,
        rating=None if report.abstained else report.rating,
        findings=[finding.code for finding in report.findings],
        strengths=[strength.code for strength in report.strengths],
        engine=report.engine, created_at=ctx.now,
    )  # fmt: skip
    ctx.session.add(version)
    terms = finder_for(ctx).terms_of(text_of(version, draft.project, draft.tags))
    story.archetypes = list(draft.archetypes or _by_form(ctx.content, story.form) or finder_for(ctx).marks_of(terms))
    story.question_types, story.principles = kinds_of(ctx.content, tuple(story.archetypes))
    await ctx.session.flush()
    (record,) = await newest_of(ctx.session, [story.id])
    await let_be_found(ctx, record)
    return await whole(ctx.session, record)


async def let_be_found(ctx: Context, record: StoryRecord) -> None:
    """Keep what a story is found by in step with its words, its project and who may see it."""
    story, text, model = record.story, record.reading, ctx.once(meaning)
    written = meant(model, text.parts) if model is not None else b""
    shelf = shelf_of(story.member_id, story.visibility)
    await put(ctx.session, Entry(story.id, story.member_id, shelf, finder_for(ctx).terms_of(text), written))


def _by_form(content: Content, form: str) -> tuple[str, ...]:
    """The archetypes that a story's form stands for."""
    if form in content.archetypes:
        return (form,)
    return (
        tuple(dict.fromkeys(name for entry in content.crosswalk_of(form) for name in entry.archetypes))[:1]
        if form
        else ()
    )


async def _project(ctx: Context, name: str) -> str | None:
    if not name:
        return None
    found = await ctx.session.scalar(select(Project).where(Project.member_id == ctx.member, Project.name == name))
    if found is None:
        found = Project(id=new_id(), member_id=ctx.member, name=name, created_at=ctx.now)
        ctx.session.add(found)
        await ctx.session.flush()
    return found.id


def _title(draft: Draft) -> str:
    return (draft.title or title_of(draft.text))[:LONGEST_TITLE]


def _check(draft: Draft) -> None:
    if not any(character.isalpha() for character in draft.text):
        raise UserFacingError(NOTHING_WRITTEN)
