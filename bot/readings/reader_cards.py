"""What level readings look like to the one person who was asked."""

from __future__ import annotations

from collections.abc import Mapping

from bot.base.text import Text, t
from bot.chat.cards import Bullets, Button, Buttons, Card, Header, Paragraph
from bot.members.cards import LEVELS
from bot.readings import actions as a
from bot.readings.cards import what_of, words_of
from content.loader import Content
from content.schema import LEVELS as LADDER
from storage.tables.readings import LevelReading


def request_card(reading: LevelReading, author: str) -> Card:
    """For the colleague: that they are asked. What they would read is shown when they open it."""
    wish = (
        t("{author} would like to know which level somebody else reads in a story, before an interviewer does.",
          author=author)
        if what_of(reading) == "story"
        else t("{author} would like to know which level somebody else reads in an answer.", author=author)
    )  # fmt: skip
    buttons = (
        Button(t("Read it"), a.ReadLevel(reading=reading.id), style="primary"),
        Button(t("No time for it"), a.DeclineLevel(reading=reading.id)),
    )
    return Card(
        t("{author} asks you for a level", author=author),
        (Paragraph(wish), Paragraph(_who_gets_it(author), quiet=True), Buttons(buttons)),
    )


def to_read_card(reading: LevelReading, author: str, content: Content, language: str) -> Card:
    """For the colleague: what they were asked to read, and what each level looks like."""
    buttons = (
        Button(t("Say which level"), a.WriteLevel(reading=reading.id), style="primary"),
        Button(t("No time for it"), a.DeclineLevel(reading=reading.id)),
    )
    title = (
        t("A story of {author}", author=author)
        if what_of(reading) == "story"
        else t("An answer of {author}", author=author)
    )
    return Card(
        title,
        (
            *words_of(reading.title, reading.text),
            Header(t("What the levels look like")),
            Bullets(tuple(anchors(content, language).values())),
            Paragraph(_who_gets_it(author), quiet=True),
            Buttons(buttons),
        ),
    )


def anchors(content: Content, language: str) -> Mapping[str, Text]:
    """Each level with its scope, how much is left open, and whom it reaches."""
    rungs = {rung.level: rung for rung in content.levels.values()}
    return {
        name: t("{level}: {scope} {ambiguity} {influence}", level=LEVELS[name],
                scope=rungs[name].scope.in_language(language), ambiguity=rungs[name].ambiguity.in_language(language),
                influence=rungs[name].influence.in_language(language))
        for name in LADDER
    }  # fmt: skip


def thanks_card(author: str) -> Card:
    """For the colleague, once they have said it."""
    return Card(t("Thank you. Your reading is on its way to {author}.", author=author))


def no_time_card() -> Card:
    """For the colleague who has no time."""
    return Card(t("That is fine. The author can ask somebody else."))


def _who_gets_it(author: str) -> Text:
    return t("Only {author} gets what you say, with your name.", author=author)
