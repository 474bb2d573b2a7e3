"""What stories look like in chat: pure functions from records to cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.base.text import Text, t, tn
from bot.chat.cards import (
    Bullets,
    Button,
    Buttons,
    Card,
    Element,
    Fields,
    Header,
    Paragraph,
    Place,
    Quote,
    Select,
)
from bot.feature.lists import and_more, in_rows, next_button, part_of
from bot.feature.pages import page_button
from bot.stories import actions as a
from bot.stories.confidentiality import Pointed
from bot.stories.facts import SEEN_BY, facts_of
from bot.stories.forms import forms_to_choose
from bot.stories.parts import LABELS, LONGEST_PART
from bot.stories.records import StoryRecord
from bot.stories.tellings import NAMES, verdict
from content.loader import Content
from content.schema import Archetype, Question
from storage.tables.stories import Story, StoryTelling, StoryVisibility, TellingLength

POINTED: Mapping[str, Text] = {
    "address": t("An address or a link"),
    "money": t("A sum of money"),
    "company": t("A company"),
    "name": t("A name"),
}
SHOWN = 5
LISTED = 10
MOST_POINTED = 8
TWO = TellingLength.TWO_MINUTES
STORIES, STORY = "stories", "story"
"""The names of the pages: all of one's own, and a single one."""
STORY_CARD = "story.card"
"""The place on the card of a story of one's own; its subject is the story's id."""
STORY_PAGE = "story.page"
"""The place on its page, for buttons that lead to other pages."""


@dataclass(frozen=True, slots=True)
class HitView:
    """A story that was found: its record, and its owner's name where it is not the reader's own."""

    record: StoryRecord
    owner: str = ""


def story_card(record: StoryRecord, content: Content, *, own: bool, owner: str = "") -> Card:
    """A whole story; its owner finds here what can be done with it."""
    elements: list[Element] = []
    if not own:
        elements.append(Paragraph(t("A story of {owner}", owner=owner), quiet=True))
    for name, text in record.parts.items():
        elements += [Header(LABELS[name]), Paragraph(text)]
    elements.append(Fields(tuple(facts_of(record, content, own=own))))
    for follow_up, text in record.follow_ups.items():
        if follow_up in content.follow_ups:
            elements += [Header(str(content.follow_ups[follow_up].text)), Paragraph(text)]
    elements.append(Buttons(_tellings(record)))
    if own:
        story = record.story
        elements += [Buttons(_own_buttons(story.id)), Place(STORY_CARD, story.id), Buttons(_more_buttons(story))]
    return Card(record.version.title, tuple(elements))


def saved_card(record: StoryRecord, *, again: bool = False, left_out: Sequence[str] = ()) -> Card:
    """What is said after a story was saved; `left_out` names parts whose end did not fit."""
    story = record.story.id
    line = t("It is saved already. Here it is.") if again else t("It is saved. Only you see it.")
    elements: list[Element] = [Paragraph(record.version.title), Paragraph(line)]
    if left_out:
        elements.append(
            Paragraph(t("A part holds {count} letters. The end of these parts did not fit:", count=LONGEST_PART))
        )
        elements.append(Bullets(tuple(LABELS[name] for name in left_out)))
    if missing := [LABELS[name] for name in ("task", "action", "result", "learning") if name not in record.parts]:
        elements += [Paragraph(t("Still without words:")), Bullets(tuple(missing))]
    elements.append(
        Buttons(
            (
                Button(t("Look at it"), a.ShowStory(story=story), style="primary"),
                Button(t("Change it"), a.OpenEdit(story=story)),
                Button(t("Two-minute telling"), a.OpenTelling(story=story, length=TWO.value)),
            )
        )
    )
    return Card(t("Your story"), tuple(elements))


def telling_card(record: StoryRecord, length: TellingLength, telling: StoryTelling | None, *, own: bool) -> Card:
    """A story as it is told; where nobody wrote that yet, its parts."""
    elements: list[Element] = [Paragraph(record.version.title, quiet=True)]
    if telling is not None:
        elements += [Paragraph(telling.text), Paragraph(verdict(length, telling.words), quiet=True)]
    else:
        elements += [Paragraph(t("Nobody has written this telling yet; these are the parts of the story."), quiet=True)]
        elements += [Paragraph(text) for text in record.parts.values()]
    if own:
        edit = Button(t("Write it"), a.OpenTelling(story=record.story.id, length=length.value))
        elements.append(Buttons((edit, Button(t("Whole story"), a.ShowStory(story=record.story.id)))))
    return Card(NAMES[length], tuple(elements))


def hits_card(query: str, hits: Sequence[HitView], read_as: Mapping[str, str], *, guessed: bool = False) -> Card:
    """What was found, the best first, each with its two-minute telling one click away; `guessed` where no word fits."""
    elements: list[Element] = []
    if guessed:
        line = t("No story has these words or clearly this theme. These come nearest in meaning, and may be wrong:")
        elements.append(Paragraph(line))
    if read_as:
        meant = ", ".join(f"{word} → {known}" for word, known in read_as.items())
        elements.append(Paragraph(t("Read as: {words}", words=meant), quiet=True))
    for hit in hits[:SHOWN]:
        story = hit.record.story.id
        title = (
            t("{title} ({owner})", title=hit.record.version.title, owner=hit.owner)
            if hit.owner
            else hit.record.version.title
        )
        elements += [
            Header(title),
            Paragraph(_beginning(hit.record)),
            Buttons(
                (
                    Button(t("Two minutes"), a.ShowTelling(story=story, length=TWO.value), style="primary"),
                    Button(t("Whole story"), a.ShowStory(story=story)),
                )
            ),
        ]
    return Card(t("Stories for: {query}", query=query), tuple(elements))


def nothing_card(query: str, archetype: Archetype | None, question: Question | None) -> Card:
    """No story fits: the form of the kind of story that would, and a question of that kind."""
    elements: list[Element] = [Paragraph(t("None of the stories you may see fits this."))]
    if archetype is None:
        elements.append(Paragraph(t("Try other words: what happened, who was there, or the question you were asked.")))
        return Card(t("Stories for: {query}", query=query), tuple(elements))
    form = archetype.template
    lines = (form.situation, form.task, form.action, form.result, *((form.lesson,) if form.lesson else ()))
    elements += [
        Header(t("It asks for a story of this kind: {name}", name=str(archetype.name))),
        Paragraph(str(archetype.story_shape)),
        Bullets(tuple(map(str, lines))),
    ]
    if question is not None:
        elements.append(Paragraph(t("A question of this kind: {question}", question=str(question.text))))
    elements.append(Buttons((Button(t("Write this story"), a.OpenAdd(form=archetype.id), style="primary"),)))
    return Card(t("Stories for: {query}", query=query), tuple(elements))


def list_card(records: Sequence[StoryRecord], content: Content, start: int = 0) -> Card:
    """One's own stories, the newest first, each as the button that shows it; so many at a time, from `start` on."""
    if not records:
        elements: tuple[Element, ...] = (
            Paragraph(t("You have no stories yet. Save an answer as a story, or write one.")),
            Select(t("Write one by a form"), a.ChooseForm(), forms_to_choose(content)),
        )
        return Card(t("Your stories"), elements)
    listed, left = part_of(records, start, LISTED)
    shown: list[Element] = [Paragraph(tn("{count} story", "{count} stories, the newest first", len(records)))]
    titles = [Button(record.version.title, a.ShowStory(story=record.story.id)) for record in listed]
    shown += in_rows(titles)
    further = next_button(left, LISTED, a.ListStoriesFrom(start=len(records) - left))
    shown.append(
        Buttons(
            (
                *further,
                Button(t("A new story"), a.OpenAdd(), style="primary"),
                Button(t("What they cover"), a.ShowCoverage()),
                Button(t("My projects"), a.ListProjects()),
                page_button(t("All on one page"), STORIES),
            )
        )
    )
    return Card(t("Your stories"), tuple(shown))


def visibility_card(record: StoryRecord) -> Card:
    """Who may see a story, and what can be chosen instead."""
    story = record.story
    buttons = tuple(
        Button(label, a.AskToShow(story=story.id, visibility=one.value))
        for one, label in ((StoryVisibility.MENTORS, t("My mentors")), (StoryVisibility.TEAM, t("The whole team")))
        if one is not story.visibility
    )
    if story.visibility is not StoryVisibility.ME:
        only = a.SetStoryVisibility(story=story.id, visibility=StoryVisibility.ME.value)
        buttons = (Button(t("Only me"), only), *buttons)
    now = t("It is seen by: {who}.", who=SEEN_BY[story.visibility])
    return Card(t("Who sees this story"), (Paragraph(record.version.title), Paragraph(now), Buttons(buttons)))


def pointed_elements(pointed: Sequence[Pointed]) -> list[Element]:
    """The words that may be confidential, each with why; nothing where there are none."""
    if not pointed:
        return []
    elements: list[Element] = [Paragraph(t("Look at these words first. They may tell more than they should:"))]
    for one in pointed[:MOST_POINTED]:
        elements += [Paragraph(POINTED[one.kind], quiet=True), Quote(one.quote)]
    return [*elements, *and_more(len(pointed) - MOST_POINTED)]


def check_card(
    record: StoryRecord, visibility: StoryVisibility, pointed: Sequence[Pointed], mark: str, *, taken_back: bool = False
) -> Card:
    """What may be confidential, with its words; the person decides. `mark` says that just this was looked at.

    `taken_back` where others saw the story until it got new words.
    """
    story = record.story.id
    elements: list[Element] = []
    if taken_back:
        line = t("Your change is saved. It says something new that may be confidential, so only you see it now.")
        elements.append(Paragraph(line))
    elements.append(Paragraph(t("It would be seen by: {who}.", who=SEEN_BY[visibility])))
    elements += pointed_elements(pointed)
    if not pointed:
        elements.append(Paragraph(t("I see no name, sum or address in it. Read it once more yourself all the same.")))
    share = a.SetStoryVisibility(story=story, visibility=visibility.value, looked_at=mark)
    elements.append(
        Buttons(
            (
                Button(t("Show it as it is"), share, style="primary"),
                Button(t("Change it first"), a.OpenEdit(story=story)),
                Button(t("Leave it as it was"), a.ShowStory(story=story)),
            )
        )
    )
    return Card(t("Before others see it"), tuple(elements))


def delete_card(record: StoryRecord) -> Card:
    """Asks once more."""
    story = record.story.id
    lines = (
        Paragraph(record.version.title),
        Paragraph(t("Its versions, tellings and answers go with it, and cannot be brought back.")),
        Buttons(
            (
                Button(t("Delete it"), a.DeleteStory(story=story), style="danger"),
                Button(t("Keep it"), a.ShowStory(story=story)),
            )
        ),
    )
    return Card(t("Delete this story?"), lines)


def save_button(answer: str) -> Button:
    """On the card of an answer's feedback."""
    return Button(t("Save as story"), a.SaveAnswer(answer=answer))


def _tellings(record: StoryRecord) -> tuple[Button, ...]:
    story = record.story.id
    return tuple(Button(NAMES[one], a.ShowTelling(story=story, length=one.value)) for one in TellingLength)


def _own_buttons(story: str) -> tuple[Button, ...]:
    return (
        Button(t("Change it"), a.OpenEdit(story=story)),
        Button(t("What is asked next"), a.OpenFollowUps(story=story)),
        Button(t("I told it"), a.OpenTold(story=story)),
        page_button(t("Open it on a page"), STORY, story),
    )


def _more_buttons(story: Story) -> tuple[Button, ...]:
    earlier = (Button(t("Earlier versions"), a.ListVersions(story=story.id)),) if story.versions > 1 else ()
    return (
        Button(t("Who sees it"), a.ChooseVisibility(story=story.id)),
        *earlier,
        Button(t("Delete it"), a.AskToDelete(story=story.id)),
    )


def _beginning(record: StoryRecord, most: int = 200) -> str:
    text = " ".join(record.text.split())
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"
