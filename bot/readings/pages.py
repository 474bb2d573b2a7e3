"""All level readings of one's stories on a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from bot.base.text import t, tn
from bot.chat.cards import Field, Fields, Paragraph, Words
from bot.chat.pages import Cell, Page, PageElement, PageLink, Section, Table
from bot.feature.context import Context
from bot.members.identity import zone_of
from bot.outbox.zones import zone_named
from bot.readings.cards import count_of, levels_of, said, state_of, target_of
from bot.readings.records import Reader, readers_of, readings_of_stories
from bot.stories.cards import STORIES, STORY
from bot.stories.records import StoryRecord, stories_of
from storage.tables.readings import LevelReading


async def build_readings(ctx: Context, _subject: str) -> Page | None:
    """One's stories with what colleagues read in them."""
    readings = await readings_of_stories(ctx)
    records = await stories_of(ctx.session, ctx.member)
    readers, zone = await readers_of(ctx.session, readings), zone_named(await zone_of(ctx.session, ctx.member))
    return readings_page(records, readings, readers, target_of(ctx.content), zone)


def readings_page(
    records: Sequence[StoryRecord],
    readings: Sequence[LevelReading],
    readers: Mapping[str, Reader],
    target: int,
    zone: tzinfo,
) -> Page:
    """A table of all stories, then every reading in full, the newest request first."""
    stories = {record.story.id: record for record in records}
    sections = [Section(t("Your stories"), (_table(records, readings),))] if records else []
    sections += [
        Section(stories[str(one.story_id)].version.title, tuple(_reading(one, readers[one.reader_id], zone)))
        for one in readings
        if one.story_id in stories
    ]
    ask = Paragraph(t("To ask somebody, press “The level others read” on a story's card in the chat."), quiet=True)
    sections.append(Section(t("Further"), (ask, PageLink(t("All your stories"), STORIES))))
    return Page(t("The level that others read"), tuple(sections), count_of(readings, target))


def _table(records: Sequence[StoryRecord], readings: Sequence[LevelReading]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for record in records:
        read: Words = ", ".join(levels_of(readings, record.story.id)) or t("nobody yet")
        title = PageLink(record.version.title, STORY, record.story.id)
        rows.append((title, record.version.level or t("none"), read))
    columns = (t("Title"), t("By the rules"), t("Colleagues read"))
    return Table(tn("{count} story", "{count} stories", len(rows)), columns, tuple(rows))


def _reading(reading: LevelReading, reader: Reader, zone: tzinfo) -> list[PageElement]:
    return [
        Fields((Field(t("Asked"), reader.name),)),
        Paragraph(state_of(reading, reader, zone), quiet=True),
        *(said(reading) if reading.answered_at is not None else ()),
        PageLink(t("Look at the story"), STORY, str(reading.story_id)),
    ]
