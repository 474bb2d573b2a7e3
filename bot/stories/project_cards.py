"""What projects look like in chat: pure functions from records to cards and forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.base.text import Text, t, tn
from bot.chat.cards import Bullets, Button, Buttons, Card, Element, Field, Fields, Header, Paragraph
from bot.chat.forms import Form, TextInput
from bot.feature.lists import and_more, in_rows, next_button, part_of
from bot.stories import actions as a
from bot.stories.projects import COLUMNS, LONGEST_NAME, ProjectRecord
from content.loader import Content
from content.schema import ProjectTable

LEAST_PROJECTS = 10
"""S1.7: an inventory of ten to fifteen projects."""
EPISODES_A_PROJECT = 2
"""S1.7: two or three episodes of each."""
MOST_SHOWN = 10
LONGEST_COLUMN = 1000


def projects_card(records: Sequence[ProjectRecord], start: int = 0) -> Card:
    """One's projects, each as a button with how many stories come from it, and what the inventory still lacks."""
    if not records:
        return Card(
            t("Your projects"),
            (
                Paragraph(
                    t("You have noted no project yet. List what you worked on; each holds two or three stories.")
                ),
                Buttons((Button(t("A new project"), a.OpenProject(), style="primary"),)),
            ),
        )
    listed, left = part_of(records, start, MOST_SHOWN)
    elements: list[Element] = [Paragraph(_inventory(len(records)))]
    if thin := sum(len(one.stories) < EPISODES_A_PROJECT for one in records):
        line = tn("{count} of them has fewer than two stories; look for another one in it.",
                  "{count} of them have fewer than two stories; look for others in them.", thin)  # fmt: skip
        elements.append(Paragraph(line, quiet=True))
    named = [Button(_counted(one), a.ShowProject(project=one.project.id)) for one in listed]
    elements += in_rows(named)
    elements.append(
        Buttons(
            (
                *next_button(left, MOST_SHOWN, a.ListProjectsFrom(start=len(records) - left)),
                Button(t("A new project"), a.OpenProject(), style="primary"),
                Button(t("My stories"), a.ListStories()),
            )
        )
    )
    return Card(t("Your projects"), tuple(elements))


def _inventory(count: int) -> Text:
    if count >= LEAST_PROJECTS:
        return t("{count} projects. Ten to fifteen are enough.", count=count)
    return tn("{count} project. Ten to fifteen are the goal.", "{count} projects. Ten to fifteen are the goal.", count)


def _counted(record: ProjectRecord) -> Text:
    stories = tn("{count} story", "{count} stories", len(record.stories))
    return t("{name}: {stories}", name=record.project.name, stories=stories)


def project_card(record: ProjectRecord, content: Content) -> Card:
    """A project by the columns of the project table, with its stories."""
    project, labels = record.project, {column.key: column for column in _table(content).columns}
    filled = tuple(Field(str(labels[name].name), getattr(project, name)) for name in COLUMNS if getattr(project, name))
    elements: list[Element] = [Fields(filled)] if filled else []
    if record.missing:
        lines = tuple(
            t("{column}: {hint}", column=str(labels[name].name), hint=str(labels[name].hint)) for name in record.missing
        )
        elements += [Header(t("Still without words")), Bullets(lines)]
    elements.append(Header(t("Stories")))
    if record.stories:
        titles = [Button(one.version.title, a.ShowStory(story=one.story.id)) for one in record.stories[:MOST_SHOWN]]
        elements += in_rows(titles)
        elements += and_more(len(record.stories) - MOST_SHOWN)
    else:
        elements.append(Paragraph(t("None yet. Write one, and name this project in its form."), quiet=True))
    elements.append(
        Buttons(
            (
                Button(t("Change it"), a.OpenProject(project=project.id)),
                Button(t("A story of this project"), a.OpenAdd(project=project.id)),
                Button(t("Delete it"), a.AskToDeleteProject(project=project.id)),
            )
        )
    )
    return Card(project.name, tuple(elements))


def delete_project_card(record: ProjectRecord) -> Card:
    """Asks once more."""
    return Card(
        t("Delete this project?"),
        (
            Paragraph(record.project.name),
            Paragraph(t("What you noted of it goes. Its stories stay, without a project.")),
            Buttons(
                (
                    Button(t("Delete it"), a.DeleteProject(project=record.project.id), style="danger"),
                    Button(t("Keep it"), a.ShowProject(project=record.project.id)),
                )
            ),
        ),
    )


def project_form(
    content: Content, record: ProjectRecord | None = None, values: Mapping[str, str] | None = None
) -> Form:
    """The form with the columns of the project table, filled with `values` or what stands; hints hold the example."""
    table = _table(content)
    inputs = []
    for column in table.columns:
        name = "name" if column.key == "project" else column.key
        value = getattr(record.project, name) if record is not None else ""
        value = values.get(name, "") if values is not None else value
        hint = t("{hint} As: {example}.", hint=str(column.hint), example=str(table.example[column.key]))
        inputs.append(
            TextInput(
                name, str(column.name), hint, multiline=name != "name", required=name == "name",
                longest=LONGEST_NAME if name == "name" else LONGEST_COLUMN, value=value,
            )
        )  # fmt: skip
    return Form(
        a.SaveProject(project=record.project.id if record is not None else ""),
        t("A new project") if record is None else t("Change the project"),
        tuple(inputs),
        t("Save it"),
        t("Only you see it. Its name stands on stories you show to others."),
    )


def _table(content: Content) -> ProjectTable:
    return next(iter(content.project_tables.values()))
