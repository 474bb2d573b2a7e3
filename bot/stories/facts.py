"""What is known of a story beside its words, in fields: on its card and on its page."""

from __future__ import annotations

from collections.abc import Mapping

from bot.base.text import Text, t
from bot.chat.cards import Field
from bot.stories.records import StoryRecord
from content.loader import Content
from storage.tables.stories import StoryVersion, StoryVisibility

SEEN_BY: Mapping[StoryVisibility, Text] = {
    StoryVisibility.ME: t("only you"),
    StoryVisibility.MENTORS: t("you and your mentors"),
    StoryVisibility.TEAM: t("everybody in this team"),
}


def facts_of(record: StoryRecord, content: Content, *, own: bool) -> list[Field]:
    """What is known of a story beside its words; to its owner also how strong it is and who sees it."""
    story, version = record.story, record.version
    named = [str(content.archetypes[name].name) for name in story.archetypes if name in content.archetypes]
    facts = [Field(t("Kind"), ", ".join(named))] if named else []
    if version.metrics:
        facts.append(Field(t("Figures"), "; ".join(version.metrics)))
    if record.project is not None:
        facts.append(Field(t("Project"), record.project.name))
    if story.tags:
        facts.append(Field(t("Tags"), ", ".join(story.tags)))
    if not own:
        return facts
    if version.rating is not None:
        facts.append(Field(t("Rating by the rules"), rated(version)))
    told = record.last_told
    facts += [
        Field(t("Last told"), t("not yet") if told is None else f"{told.isoformat()} {record.told[0].place}".strip()),
        Field(t("Seen by"), SEEN_BY[story.visibility]),
    ]
    if version.number > 1:
        facts.append(Field(t("Version"), str(version.number)))
    return facts


def rated(version: StoryVersion) -> Text:
    """What the rules say of a version, in words."""
    if version.rating is None:
        return t("not rated")
    rating = f"{version.rating:g}"
    if not version.level:
        return t("{rating} of 5", rating=rating)
    return t("{rating} of 5, reads as {level}", rating=rating, level=version.level)
