"""Stories as pages: all of one's own at a glance, and one with everything about it that can be changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.base.policy import Subject, may
from bot.base.text import Text, t, tn
from bot.chat.cards import Bullets, Button, Fields, Paragraph, Words
from bot.chat.pages import Cell, Page, PageElement, PageForm, PageLink, Section, Table
from bot.feature.context import Context
from bot.feature.pages import OpenPage
from bot.members.identity import zone_of
from bot.questions.times import short_day_for
from bot.stories import forms
from bot.stories.cards import STORIES, STORY, STORY_PAGE
from bot.stories.facts import SEEN_BY, facts_of, rated
from bot.stories.finding_handlers import is_own, owner_of
from bot.stories.parts import LABELS
from bot.stories.records import StoryRecord, newest_of, stories_of, subject_of, tell_of_mentors, whole, wholes
from bot.stories.tellings import NAMES, verdict
from content.loader import Content
from storage.tables.stories import StoryTelling, StoryTold, TellingLength

NOTHING_YET = t("not yet")


@dataclass(frozen=True, slots=True)
class Days:
    """The zone of whoever's stories these are, and how they read a day."""

    zone: ZoneInfo
    text: Callable[[date], str]


async def build_stories(ctx: Context, _subject: str) -> Page | None:
    """One's own stories."""
    own = Subject(ctx.workspace, ctx.member)
    records = await wholes(ctx.session, await stories_of(ctx.session, ctx.member))
    zone = ZoneInfo(await zone_of(ctx.session, ctx.member))
    today = ctx.now.astimezone(zone).date()
    days = Days(zone, lambda day: short_day_for(day, today, ctx.language))
    return stories_page(records, ctx.content, days, may_add=may(ctx.acting, "story.add", own))


async def build_story(ctx: Context, subject: str) -> Page | None:
    """One story, to whoever may see it; its owner can change it here. A mentor's look is told of to the other rooms."""
    found = await newest_of(ctx.session, [subject])
    if not found:
        return None
    about = await subject_of(ctx.session, found[0].story)
    ctx.require("story.see", about)
    await tell_of_mentors(ctx, found)
    record = await whole(ctx.session, found[0])
    if not is_own(ctx, record):
        return read_page(record, ctx.content, await owner_of(ctx, record))
    if not may(ctx.acting, "story.change", about):
        return read_page(record, ctx.content, "")
    today = ctx.now.astimezone(ZoneInfo(await zone_of(ctx.session, ctx.member))).date()
    return edit_page(record, ctx.content, today, links_in(ctx.buttons_for(STORY_PAGE, record.story.id)))


def stories_page(records: Sequence[StoryRecord], content: Content, days: Days, *, may_add: bool) -> Page:
    """All stories as a table, the newest first, with a link to each; below it the form for a new one."""
    sections: list[Section] = []
    if records:
        columns = (t("Title"), t("Kind"), t("Rating by the rules"), t("Last told"), t("Seen by"), t("Changed"))
        table = Table(
            tn("{count} story", "{count} stories", len(records)),
            columns,
            tuple(_row(record, content, days) for record in records),
        )
        how = Paragraph(t("Open a story by its title to read or change it."))
        sections.append(Section(t("All of them"), (how, table)))
    if may_add:
        sections.append(
            Section(
                t("Write another"),
                (PageForm(forms.story_form(content, ""), behind=t("Write a story") if records else ""),),
            )
        )
    lead = "" if records else t("You have no stories yet. Save an answer as a story, or write one.")
    return Page(t("Your stories"), tuple(sections), lead)


def read_page(record: StoryRecord, content: Content, owner: str) -> Page:
    """A story to be read; `owner` is named where it is somebody else's."""
    parts = [Section(LABELS[name], (Paragraph(text),)) for name, text in record.parts.items()]
    told = [
        Section(NAMES[length], _told_in(length, telling))
        for length, telling in sorted(record.tellings.items(), key=lambda each: list(NAMES).index(each[0]))
    ]
    asked = [Section(question, (Paragraph(text),)) for question, text in _asked(record, content)]
    about = tuple(facts_of(record, content, own=not owner))
    last = [Section(t("About this story"), (Fields(about),))] if about else []
    lead = t("A story of {owner}", owner=owner) if owner else ""
    return Page(record.version.title, (*parts, *told, *asked, *last), lead)


def links_in(buttons: Sequence[Button]) -> tuple[PageLink, ...]:
    """What other rooms put on a page: the buttons that lead to pages of theirs, as links."""
    leading = ((button.label, button.action) for button in buttons)
    return tuple(PageLink(label, to.page, to.subject) for label, to in leading if isinstance(to, OpenPage))


def edit_page(record: StoryRecord, content: Content, today: date, further: Sequence[PageLink] = ()) -> Page:
    """A story to its owner: what is known of it, a form for each thing that can be changed, and `further` pages.

    What a form holds stands above it as text too, since forms are not printed.
    """
    tellings = [
        Section(
            NAMES[length],
            (
                *_told_in(length, record.tellings.get(length)),
                PageForm(forms.telling_form(record, length), behind=_write_or_change(length in record.tellings)),
            ),
        )
        for length in TellingLength
    ]
    parts = [(LABELS[name], text) for name, text in record.parts.items()]
    told = forms.told_form(record, today.isoformat())
    return Page(
        record.version.title,
        (
            Section(t("About this story"), (Fields(tuple(facts_of(record, content, own=True))),)),
            Section(
                t("The story"),
                (
                    *_to_read(parts),
                    PageForm(forms.story_form(content, record.story.form, record), behind=t("Change the story")),
                ),
            ),
            *tellings,
            Section(
                t("After the story"),
                (
                    *_asked_next(record, content),
                    PageForm(
                        forms.follow_up_form(content, record),
                        behind=t("Change it") if record.follow_ups else t("Answer it"),
                    ),
                ),
            ),
            Section(
                t("When you told it"), (*_occasions(record.told), PageForm(told, behind=t("Note that you told it")))
            ),
            Section(t("Further"), (*further, PageLink(t("All your stories"), STORIES))),
        ),
        t("Open a part to change it. Each has a button of its own: save one before you go on to the next."),
    )


def _write_or_change(there: bool) -> Text:
    return t("Change it") if there else t("Write it")


def _row(record: StoryRecord, content: Content, days: Days) -> tuple[Cell, ...]:
    story, version = record.story, record.version
    kinds = ", ".join(str(content.archetypes[name].name) for name in story.archetypes if name in content.archetypes)
    told: Words = days.text(record.last_told) if record.last_told else NOTHING_YET
    return (
        PageLink(version.title, STORY, story.id),
        kinds,
        rated(version),
        told,
        SEEN_BY[story.visibility],
        days.text(story.updated_at.astimezone(days.zone).date()),
    )


def _asked(record: StoryRecord, content: Content) -> list[tuple[str, str]]:
    """The standing questions after a story that were answered, each with its answer."""
    known = content.follow_ups
    return [(str(known[name].text), text) for name, text in record.follow_ups.items() if name in known]


def _asked_next(record: StoryRecord, content: Content) -> list[PageElement]:
    """What was answered already, else what it is about."""
    nothing = t("Interviewers ask on after a story. You have answered nothing of that yet.")
    return _to_read(_asked(record, content)) or [Paragraph(nothing, quiet=True)]


def _to_read(texts: Sequence[tuple[Words, str]]) -> list[PageElement]:
    """Texts, each under what it is."""
    return [paragraph for name, text in texts for paragraph in (Paragraph(name, quiet=True), Paragraph(text))]


def _told_in(length: TellingLength, telling: StoryTelling | None) -> tuple[PageElement, ...]:
    if telling is None:
        return (Paragraph(t("You have not written this telling yet; the form begins with your story."), quiet=True),)
    return (Paragraph(telling.text), Paragraph(verdict(length, telling.words), quiet=True))


def _occasions(told: Sequence[StoryTold]) -> tuple[PageElement, ...]:
    lines: tuple[Words, ...] = tuple(f"{one.told_on.isoformat()} {one.place}".strip() for one in told)
    return (Bullets(lines),) if lines else (Paragraph(t("You have not noted that you told it."), quiet=True),)
