"""A story and a project as a page of Markdown, for whoever takes their data out. Pure.

People's own words are set so that nothing in them is taken for markup.
"""

from __future__ import annotations

import re

from bot.base.text import Text, render, t
from bot.stories.parts import LABELS
from bot.stories.projects import COLUMNS, ProjectRecord
from bot.stories.records import StoryRecord
from bot.stories.tellings import NAMES
from content.loader import Content

MARKS = re.compile(r"(?P<mark>[\\`*_{}\[\]<>#|])|^(?P<space>[ \t]*(?:\d+(?=[.)]))?)(?P<first>[-+=.)])", re.MULTILINE)


def story_page(record: StoryRecord, content: Content, language: str) -> str:
    """A whole story with its tellings, the answers to what is asked next, and when it was told."""
    said = _Page(language)
    said.heading(1, record.version.title)
    for name, text in record.parts.items():
        said.section(LABELS[name], text)
    facts = (
        (t("Project"), record.project.name if record.project is not None else ""),
        (t("Kind"), ", ".join(str(content.archetypes[one].name) for one in record.story.archetypes
                              if one in content.archetypes)),
        (t("Figures"), ", ".join(record.version.metrics)),
        (t("Tags"), ", ".join(record.story.tags)),
        (t("Version"), str(record.version.number)),
    )  # fmt: skip
    said.facts(facts)
    for length, telling in record.tellings.items():
        said.section(NAMES[length], telling.text)
    for follow_up, text in record.follow_ups.items():
        asked = str(content.follow_ups[follow_up].text) if follow_up in content.follow_ups else follow_up
        said.section(asked, text)
    if record.told:
        said.heading(2, t("Told"))
        said.bullets([f"{one.told_on.isoformat()} {one.place}".strip() for one in record.told])
    return said.text


def project_page(record: ProjectRecord, content: Content, language: str) -> str:
    """A project by the columns of the project table, with the titles of its stories."""
    said = _Page(language)
    said.heading(1, record.project.name)
    table = next(iter(content.project_tables.values()))
    for column in table.columns:
        if column.key in COLUMNS and (text := getattr(record.project, column.key)):
            said.section(str(column.name), text)
    if record.stories:
        said.heading(2, t("Stories"))
        said.bullets([one.version.title for one in record.stories])
    return said.text


class _Page:
    """Markdown as it grows."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._blocks: list[str] = []

    @property
    def text(self) -> str:
        return "\n\n".join(self._blocks) + "\n"

    def heading(self, level: int, words: Text | str) -> None:
        self._blocks.append(f"{'#' * level} {self._plain(words)}")

    def section(self, heading: Text | str, text: str) -> None:
        self.heading(2, heading)
        self._blocks.append(_escaped(text))

    def bullets(self, lines: list[str]) -> None:
        self._blocks.append("\n".join(f"- {self._plain(line)}" for line in lines))

    def facts(self, facts: tuple[tuple[Text, str], ...]) -> None:
        self.bullets([f"{render(label, self._language)}: {value}" for label, value in facts if value])

    def _plain(self, words: Text | str) -> str:
        return _escaped(" ".join(render(words, self._language).split()))


def _escaped(text: str) -> str:
    return MARKS.sub(lambda found: f"{found['space'] or ''}\\{found['mark'] or found['first']}", text)
