"""The forms of this room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.base.text import Text, t
from bot.chat.cards import Choice, Words
from bot.chat.forms import ChoiceInput, Form, Input, TextInput
from bot.stories import actions
from bot.stories.parts import LABELS, LONGEST_PART, LONGEST_TITLE, PARTS, Draft, all_of, clean, tags_of
from bot.stories.records import StoryRecord
from bot.stories.tellings import NAMES, most_words
from content.loader import Content
from storage.tables.stories import StoryVisibility, TellingLength

HINTS: Mapping[str, Text] = {
    "situation": t("Where and when, who was there, what was wrong. Two or three sentences."),
    "task": t("What you had to reach, and what stood in the way."),
    "action": t("What you did yourself, why this way, and what you decided against. The longest part."),
    "result": t("What came of it, in figures where you have them."),
    "learning": t("What you do differently since."),
    "tie_in": t("What it has to do with AI systems, or with leading."),
}
LONGEST_TELLING = 6000
KIND, MOST_KINDS = "kind", 2
"""The input for the archetypes of a story, and how many it may have."""


def story_form(content: Content, form: str, record: StoryRecord | None = None, *, project: str = "") -> Form:
    """The form for a story: hints come from the template or archetype it is written by; `project` names a new one's."""
    values = _values(record) if record is not None else {"project": project}
    hints: dict[str, Words] = {**HINTS, **_hints(content, form)}
    inputs: tuple[Input, ...] = (
        TextInput("title", LABELS["title"], longest=LONGEST_TITLE, required=False, value=values.get("title", "")),
        *(
            TextInput(
                name, LABELS[name], hints[name], multiline=True, required=name == "action", longest=LONGEST_PART,
                value=values.get(name, ""),
            )
            for name in PARTS
        ),
        ChoiceInput(
            KIND, t("Kind of story"), _kinds(content),
            t("At most two. It says which questions the story answers; left empty, I guess."),
            required=False, several=True, value=tuple(record.story.archetypes) if record is not None else (),
        ),
        TextInput("project", t("Project"), required=False, longest=80, value=values.get("project", "")),
        TextInput("tags", t("Tags"), t("Parted by commas."), required=False, longest=200, value=values.get("tags", "")),
    )  # fmt: skip
    action = actions.AddStory(form=form) if record is None else actions.EditStory(story=record.story.id)
    title = t("A new story") if record is None else t("Change the story")
    alone = record is None or record.story.visibility is StoryVisibility.ME
    intro = t("Only you see it, until you decide otherwise.") if alone else t("Those who see it see what you change.")
    return Form(action, title, inputs, t("Save it"), intro)


def draft_from(values: Mapping[str, Sequence[str]]) -> Draft:
    """What a submitted story form holds, without markup and mentions."""
    texts = {name: clean(all_of(entered)) for name, entered in values.items() if name != KIND}
    return Draft(
        " ".join(texts.get("title", "").split()),
        {name: texts[name] for name in PARTS if texts.get(name)},
        " ".join(texts.get("project", "").split()),
        tags_of(texts.get("tags", "")),
        tuple(one for one in values.get(KIND, ()) if one)[:MOST_KINDS],
    )


def telling_form(record: StoryRecord, length: TellingLength) -> Form:
    """The form for a telling, filled in with what stands there, else with the story."""
    telling = record.tellings.get(length)
    value = telling.text if telling else record.text[:LONGEST_TELLING]
    return Form(
        actions.SaveTelling(story=record.story.id, length=length.value),
        NAMES[length],
        (TextInput("text", t("As you tell it"), multiline=True, longest=LONGEST_TELLING, value=value),),
        t("Save it"),
        t("At most {words} words.", words=most_words(length)),
    )


def follow_up_form(content: Content, record: StoryRecord) -> Form:
    """The form with the questions that follow nearly every story."""
    inputs = tuple(
        TextInput(
            entry.id, str(entry.text), str(entry.listens_for[0]), multiline=True, required=False, longest=LONGEST_PART,
            value=record.follow_ups.get(entry.id, ""),
        )
        for entry in content.follow_ups.values()
    )  # fmt: skip
    return Form(actions.SaveFollowUps(story=record.story.id), t("What is asked next"), inputs, t("Save it"))


def told_form(record: StoryRecord, today: str) -> Form:
    """The form that notes when and where a story was told."""
    return Form(
        actions.NoteTold(story=record.story.id),
        t("I told this story"),
        (
            TextInput("told_on", t("Day"), t("As 2026-11-30."), longest=10, value=today),
            TextInput("place", t("Where"), t("A company or a round, in your own words."), required=False, longest=80),
        ),
        t("Save it"),
    )


def _kinds(content: Content) -> tuple[Choice, ...]:
    return tuple(Choice(entry.id, str(entry.name)) for entry in content.archetypes.values())


def forms_to_choose(content: Content) -> tuple[Choice, ...]:
    """The forms a story can be written by: five templates, then ten archetypes."""
    named: list[tuple[str, Words]] = [(entry.id, str(entry.name)) for entry in content.templates.values()]
    named += [(entry.id, str(entry.name)) for entry in content.archetypes.values()]
    return tuple(Choice(value, label) for value, label in named)


def _values(record: StoryRecord) -> dict[str, str]:
    project = record.project.name if record.project else ""
    return {"title": record.version.title, **record.parts, "project": project, "tags": ", ".join(record.story.tags)}


def _hints(content: Content, form: str) -> dict[str, str]:
    if form in content.archetypes:
        kind = content.archetypes[form]
        texts = {name: str(getattr(kind.template, name)) for name in ("situation", "task", "action", "result")}
        lesson = {"learning": str(kind.template.lesson)} if kind.template.lesson else {}
        return {**texts, **lesson, "tie_in": str(kind.tie_in.text)}
    if form in content.templates:
        parts = content.templates[form].parts
        return {
            name: " ".join(f"{prompt.name}: {prompt.hint}" for prompt in getattr(parts, name))
            for name in ("situation", "task", "action", "result")
        }
    return {}
