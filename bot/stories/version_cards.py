"""The versions of a story as cards."""

from __future__ import annotations

from collections.abc import Sequence

from bot.base.text import Text, t
from bot.chat.cards import Button, Buttons, Card, Element, Header, Paragraph
from bot.feature.lists import in_rows, next_button, part_of
from bot.stories import actions as a
from bot.stories.facts import rated
from bot.stories.parts import LABELS
from bot.stories.records import StoryRecord
from bot.stories.versions import words_of
from storage.tables.stories import StoryVersion

MOST_LISTED = 10


def versions_card(record: StoryRecord, versions: Sequence[StoryVersion], start: int = 0) -> Card:
    """What a story said from day to day, the newest first; each but the one that holds is a button."""
    story = record.story
    listed, left = part_of(versions, start, MOST_LISTED)
    elements: list[Element] = [Paragraph(record.version.title)]
    elements += [Paragraph(t("Now: {version}", version=_line(one))) for one in listed if one.number == story.versions]
    older = [one for one in listed if one.number != story.versions]
    elements += in_rows([Button(_line(one), a.ShowVersion(story=story.id, number=one.number)) for one in older])
    further = next_button(left, MOST_LISTED, a.ListVersionsFrom(story=story.id, start=len(versions) - left))
    elements.append(Buttons((*further, Button(t("Whole story"), a.ShowStory(story=story.id)))))
    return Card(t("Versions"), tuple(elements))


def version_card(record: StoryRecord, version: StoryVersion) -> Card:
    """What a story said in one version; going back to it makes a new one."""
    story = record.story.id
    elements: list[Element] = [Paragraph(_line(version), quiet=True)]
    for name, text in words_of(version).items():
        elements += [Header(LABELS[name]), Paragraph(text)]
    buttons = [Button(t("All versions"), a.ListVersions(story=story))]
    if version.number != record.story.versions:
        elements.append(
            Paragraph(t("Going back makes a new version of these words; what it says now is kept."), quiet=True)
        )
        buttons.insert(0, Button(t("Go back to this one"), a.RestoreVersion(story=story, number=version.number)))
    elements.append(Buttons(tuple(buttons)))
    return Card(version.title, tuple(elements))


def _line(version: StoryVersion) -> Text:
    day = version.created_at.date().isoformat()
    return t("Version {number}, {day}: {rating}", number=version.number, day=day, rating=rated(version))
