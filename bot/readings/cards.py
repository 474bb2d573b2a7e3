"""What level readings look like to the author, who sees all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from bot.base.text import Text, t, tn
from bot.chat.cards import Button, Buttons, Card, Element, Field, Fields, Header, Paragraph, Quote
from bot.feature.lists import in_rows, next_button, part_of
from bot.feature.pages import page_button
from bot.members.cards import LEVELS
from bot.readings import actions as a
from bot.readings.records import Reader
from bot.readings.shown import Shown, What
from bot.review.reviewing_actions import ShowBoard
from bot.stories.actions import ListStories, OpenEdit, OpenTelling, ShowStory
from bot.stories.cards import pointed_elements
from content.loader import Content
from content.schema import LEVELS as LADDER
from storage.tables.readings import LevelReading

READINGS_PAGE = "readings"
SHOWN = 5
LISTED = 10
TASK = "task-colleague-levels"
"""The task of practice that says how many stories a colleague should read."""
OF: Mapping[What, Text] = {"story": t("your story"), "answer": t("your answer")}


def what_of(reading: LevelReading) -> What:
    """Whether it is about a story or an answer."""
    return "story" if reading.story_id is not None else "answer"


def check_card(shown: Shown, reader: str, name: str) -> Card:
    """All that one person would see, before the author shows it."""
    elements: list[Element] = [
        Paragraph(
            t("{name} alone gets these words to read, with your name. What you write later they do not see, and you "
              "can take it back at any time.", name=name)
        ),
        *words_of(shown.title, shown.text),
    ]  # fmt: skip
    elements += pointed_elements(shown.pointed)
    ask = a.ShowAndAsk(what=shown.what, subject=shown.subject, reader=reader, mark=shown.mark)
    buttons = [Button(t("Show it and ask"), ask, style="primary")]
    if shown.what == "story":
        words = OpenTelling(story=shown.subject, length=shown.told) if shown.told else OpenEdit(story=shown.subject)
        buttons.append(Button(t("Change it first"), words))
    buttons.append(Button(t("Leave it"), a.SeeReadings(what=shown.what, subject=shown.subject)))
    return Card(t("Before {name} reads it", name=name), (*elements, Buttons(tuple(buttons))))


def asked_card(shown: Shown, name: str) -> Card:
    """After somebody was asked."""
    see = Button(t("Who reads it"), a.SeeReadings(what=shown.what, subject=shown.subject))
    return Card(
        t("{name} is asked.", name=name),
        (Paragraph(t("You hear from me when they have read it.")), Buttons((see,))),
    )


def reading_card(reading: LevelReading, name: str) -> Card:
    """For the author: what a colleague read, beside what the rules read."""
    return Card(
        t("{name} has read the level of {thing}", name=name, thing=OF[what_of(reading)]),
        (*_title(reading.title), *said(reading), Buttons((_back_to(reading), _see(reading)))),
    )


def declined_card(reading: LevelReading, name: str) -> Card:
    """For the author: the colleague has no time."""
    return _not_read_card(reading, t("{name} has no time to read {thing} now.", name=name, thing=OF[what_of(reading)]))


def unreached_card(reading: LevelReading, reader: Reader) -> Card:
    """For the author: the colleague cannot be written to, or is not here any more."""
    name, thing = reader.name, OF[what_of(reading)]
    why = (
        t("I cannot write to {name}, so they cannot read {thing}.", name=name, thing=thing)
        if reader.here
        else t("{name} takes no part here at present, so they cannot read {thing}.", name=name, thing=thing)
    )
    return _not_read_card(reading, why)


def _not_read_card(reading: LevelReading, why: Text) -> Card:
    request = a.OpenRequest(what=what_of(reading), subject=_subject(reading))
    other = Button(t("Ask somebody else"), request, style="primary")
    return Card(why, (*_title(reading.title), Buttons((other, _see(reading)))))


def readings_card(
    shown: Shown, readings: Sequence[LevelReading], readers: Mapping[str, Reader], zone: tzinfo, start: int = 0
) -> Card:
    """For the author: whom they asked about one story or answer, and what came of it; the newest first, some at a time.

    `zone` is the author's.
    """
    listed, left = part_of(readings, start, SHOWN)
    elements: list[Element] = [*_title(shown.title)]
    for reading in listed:
        elements += _asked(shown, reading, readers[reading.reader_id], zone)
    if not readings:
        elements.append(
            Paragraph(
                t("Nobody else has read it yet. Others often read a level lower than one thinks: ask somebody senior "
                  "before an interviewer reads it.")
            )
        )  # fmt: skip
    ask = Button(t("Ask a colleague"), a.OpenRequest(what=shown.what, subject=shown.subject), style="primary")
    more = a.MoreReadings(what=shown.what, subject=shown.subject, start=len(readings) - left)
    page = (page_button(t("All on one page"), READINGS_PAGE),) if shown.what == "story" else ()
    elements.append(Buttons((ask, *next_button(left, SHOWN, more), *page)))
    return Card(t("The level that others read"), tuple(elements))


def _asked(shown: Shown, reading: LevelReading, reader: Reader, zone: tzinfo) -> list[Element]:
    elements: list[Element] = [Header(reader.name), Paragraph(state_of(reading, reader, zone), quiet=True)]
    if reading.answered_at is not None:
        elements += said(reading)
    if reading.mark != shown.mark:
        elements.append(Paragraph(t("You have changed it since they were asked."), quiet=True))
    if reading.taken_back_at is None:
        elements.append(Buttons((Button(t("Show it no more"), a.TakeBack(reading=reading.id)),)))
    return elements


def overview_card(titles: Mapping[str, str], readings: Sequence[LevelReading], target: int, start: int = 0) -> Card:
    """For the author: their stories, the newest first, each with the levels that were read in it; so many at a time."""
    if not titles:
        mine = Buttons((Button(t("My stories"), ListStories()),))
        return Card(t("The level that others read"), (Paragraph(t("You have no stories yet.")), mine))
    listed, left = part_of(list(titles.items()), start, LISTED)
    stories = [
        Button(line_of(title, levels_of(readings, story)), a.SeeReadings(what="story", subject=story))
        for story, title in listed
    ]
    further = next_button(left, LISTED, a.ListReadings(start=len(titles) - left))
    last = Buttons((*further, page_button(t("All on one page"), READINGS_PAGE)))
    lead = Paragraph(count_of(readings, target))
    return Card(t("The level that others read"), (lead, *in_rows(stories), last))


def count_of(readings: Sequence[LevelReading], target: int) -> Text:
    """How many stories somebody has read, beside how many are wanted before an interview."""
    count = len({reading.story_id for reading in readings if reading.answered_at is not None})
    return tn(
        "A colleague has read {count} of your stories. Have {target} read before an interview: others often read a "
        "lower level than one thinks.",
        "Colleagues have read {count} of your stories. Have {target} read before an interview: others often read a "
        "lower level than one thinks.",
        count, target=target,
    )  # fmt: skip


def target_of(content: Content) -> int:
    """How many stories a colleague should read before an interview."""
    return content.practice_tasks[TASK].target


def levels_of(readings: Sequence[LevelReading], story: str) -> tuple[str, ...]:
    """The levels that were read in a story, the newest first."""
    return tuple(reading.level for reading in readings if reading.story_id == story and reading.level)


def line_of(title: str, levels: Sequence[str]) -> Text:
    """A story with what was read in it."""
    if not levels:
        return t("{title}: nobody yet", title=title)
    return t("{title}: {levels}", title=title, levels=", ".join(levels))


def state_of(reading: LevelReading, reader: Reader, zone: tzinfo) -> Text:
    """What became of a request; `zone` is its author's."""
    day = f"{reading.asked_at.astimezone(zone):%Y-%m-%d}"
    if reading.answered_at is not None:
        if reading.taken_back_at is not None:
            return t("Asked on {day}, and has read it. You show it no more.", day=day)
        return t("Asked on {day}, and has read it.", day=day)
    if reading.taken_back_at is not None:
        return t("Asked on {day}. You took it back.", day=day)
    if reading.declined_at is not None:
        return t("Asked on {day}, and has no time. They can still open it.", day=day)
    if not reader.here:
        return t("Asked on {day}. They take no part here at present.", day=day)
    if reading.unreached_at is not None:
        return t("Asked on {day}. They could not be reached.", day=day)
    if reading.opened_at is not None:
        return t("Asked on {day}. They have opened it and not answered yet.", day=day)
    return t("Asked on {day}, not opened yet.", day=day)


def difference(level: str, by_rules: str | None) -> Text:
    """How far a colleague's level lies from that of the rules."""
    if by_rules is None:
        return t("The rules read no level in it.")
    steps = LADDER.index(level) - LADDER.index(by_rules)
    if steps == 0:
        return t("The rules read the same level.")
    if steps < 0:
        return tn("{count} level below what the rules read.", "{count} levels below what the rules read.", -steps)
    return tn("{count} level above what the rules read.", "{count} levels above what the rules read.", steps)


def said(reading: LevelReading) -> list[Fields | Paragraph | Quote]:
    """What a reader said, beside what the rules read; only of a request that was answered."""
    level = str(reading.level)
    rules = LEVELS[reading.by_rules] if reading.by_rules else t("none")
    return [
        Fields((Field(t("Read as"), LEVELS[level]), Field(t("By the rules"), rules))),
        Paragraph(difference(level, reading.by_rules)),
        Paragraph(t("What shows it:"), quiet=True),
        Quote(reading.evidence),
        Paragraph(t("What would lift it:"), quiet=True),
        Quote(reading.lift),
    ]


def words_of(title: str, text: str) -> tuple[Element, ...]:
    """What a reader gets to read."""
    return (*_title(title), Quote(text))


def _title(title: str) -> tuple[Paragraph, ...]:
    return (Paragraph(title, quiet=True),) if title else ()


def _subject(reading: LevelReading) -> str:
    return str(reading.story_id or reading.answer_id)


def _back_to(reading: LevelReading) -> Button:
    if reading.story_id is not None:
        return Button(t("Look at the story"), ShowStory(story=reading.story_id), style="primary")
    return Button(t("My board"), ShowBoard(), style="primary")


def _see(reading: LevelReading) -> Button:
    return Button(t("Who reads it"), a.SeeReadings(what=what_of(reading), subject=_subject(reading)))
