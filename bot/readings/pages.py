"""All level readings of one's stories on a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.base.text import t, tn
from bot.chat.cards import Field, Fields, Paragraph, Quote, Words
from bot.chat.pages import Cell, Page, PageElement, PageLink, Section, Table
from bot.feature.context import Context
from bot.members.cards import LEVELS
from bot.readings.cards import count_of, difference, levels_of, state_of
from bot.readings.handlers import names_of, target_of
from bot.readings.service import readings_of_stories
from bot.stories.cards import STORIES, STORY
from bot.stories.records import StoryRecord, stories_of
from storage.tables.readings import LevelReading


async def build_readings(ctx: Context, _subject: str) -> Page | None:
    """One's stories with what colleagues read in them."""
    readings = await readings_of_stories(ctx)
    records = await stories_of(ctx.session, ctx.member)
    return readings_page(records, readings, await names_of(ctx, readings), target_of(ctx))


def readings_page(
    records: Sequence[StoryRecord], readings: Sequence[LevelReading], names: Mapping[str, str], target: int
) -> Page:
    """A table of all stories, then every reading in full, the newest request first."""
    stories = {record.story.id: record for record in records}
    sections = [Section(t("Your stories"), (_table(records, readings),))] if records else []
    sections += [
        Section(stories[str(one.story_id)].version.title, tuple(_reading(one, names)))
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


def _reading(reading: LevelReading, names: Mapping[str, str]) -> list[PageElement]:
    elements: list[PageElement] = [
        Fields((Field(t("Asked"), names.get(reading.reader_id, "")),)),
        Paragraph(state_of(reading), quiet=True),
    ]
    if reading.level is not None:
        rules = LEVELS[reading.by_rules] if reading.by_rules else t("none")
        elements += [
            Fields((Field(t("Read as"), LEVELS[reading.level]), Field(t("By the rules"), rules))),
            Paragraph(difference(reading.level, reading.by_rules)),
            Paragraph(t("What shows it:"), quiet=True),
            Quote(reading.evidence),
            Paragraph(t("What would lift it:"), quiet=True),
            Quote(reading.lift),
        ]
    return [*elements, PageLink(t("Look at the story"), STORY, str(reading.story_id))]
