"""What a mentor sees of a mentee, what the mentee sees of that, and who looked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.answers.cards import rating_text
from bot.base.text import Text, t, tn
from bot.chat.cards import Bullets, Button, Buttons, Card, Element, Field, Fields, Header, Paragraph, Place, Quote
from bot.feature.lists import in_rows
from bot.members.mentorships import SHARED
from bot.mentoring import actions as a
from bot.mentoring.agreement_cards import SHARED_LABELS
from bot.mentoring.conversing import Said
from bot.mentoring.days import DayText
from bot.mentoring.notes import SHOWN as NOTES_SHOWN
from bot.mentoring.notes import NoteLine
from bot.mentoring.service import SHOWN as LOOKS_SHOWN
from bot.mentoring.service import Look
from bot.mentoring.viewing import AnswerLine, AnswerView, AssignmentLine, View
from bot.questions.times import moment_for
from storage.tables.mentoring import NoteSeenBy

MENTEE_ACTIONS = "mentee.actions"
"""The place on a mentor's card of a mentee; its subject is the mentee's member id."""
LOOKED_AT: Mapping[str, Text] = {
    "answers": t("your answers, as a list or counted"),
    "scores": t("ratings, findings and levels"),
    "stories": t("your stories, as a list or counted"),
    "reviews": t("what reviewers found"),
    "participation": t("how often and when you answered"),
    "notes": t("what other mentors noted"),
}
LOOKED_AT_ONE: Mapping[str, Callable[[Text | str], Text]] = {
    "answers": lambda title: t("an answer: {title}", title=title),
    "scores": lambda title: t("the rating of an answer: {title}", title=title),
    "stories": lambda title: t("a story: {title}", title=title),
    "reviews": lambda title: t("what reviewers found of an answer: {title}", title=title),
}
READERS: Mapping[NoteSeenBy, Text] = {
    NoteSeenBy.ME: t("only me"),
    NoteSeenBy.MENTEE: t("me and the mentee"),
    NoteSeenBy.MENTORS: t("me and their other mentors"),
}
QUESTION_SHOWN = 120
SAID_SHOWN = 6
OWN_TEXT = t("A text of one's own")


def view_card(view: View, day: DayText, *, mirror: bool = False) -> Card:
    """All that a mentor sees of a mentee; in the `mirror` the mentee sees the same, without the buttons."""
    elements: list[Element] = []
    if mirror:
        note = t("This is exactly what {mentor} sees. Their buttons are left out.", mentor=view.mentor_name)
        elements.append(Paragraph(note, quiet=True))
    if view.target is not None:
        elements.append(Paragraph(view.target))
    elements += _answers(view, day, mirror)
    elements += _stories(view, mirror)
    if view.assignments:
        elements.append(Header(t("What they asked you to answer") if mirror else t("What you asked them to answer")))
        elements.append(Bullets(tuple(_assignment(one, day) for one in view.assignments)))
    if hidden := [SHARED_LABELS[what] for what in SHARED if what not in view.shares]:
        elements += [Paragraph(t("Not shown:"), quiet=True), Bullets(tuple(hidden))]
    if not mirror:
        elements += [Place(MENTEE_ACTIONS, view.mentee), Buttons(_help(view))]
    return Card(t("{mentee} as their mentor sees them", mentee=view.mentee_name), tuple(elements))


def answer_card(view: AnswerView, day: DayText, said: Sequence[Said] = ()) -> Card:
    """One answer, with what is shown of its feedback, and what this mentor can do about it."""
    facts = [Field(t("Answered"), day(view.on))]
    if view.rating is not None:
        facts.append(Field(t("Rating by the rules"), rating_text(view.rating)))
    if view.reviews is not None:
        mean, count = view.reviews
        found = tn("{mean} of 5, {count} review", "{mean} of 5, {count} reviews", count, mean=f"{mean:.1f}")
        facts.append(Field(t("Reviewers"), found))
    elements: list[Element] = [Paragraph(view.question)] if view.question else []
    elements += [Quote(view.text), Fields(tuple(facts)), *_talk(said)]
    elements.append(Buttons((Button(t("Comment"), a.OpenComment(answer=view.id), style="primary"),)))
    return Card(t("An answer by {name}", name=view.name), tuple(elements))


def comments_card(answer: str, said: Sequence[Said]) -> Card:
    """To whoever gave an answer: what their mentors said about it, and the way to ask one."""
    elements: list[Element] = list(_talk(said)) or [Paragraph(t("No mentor has said anything about this answer yet."))]
    elements.append(Buttons((Button(t("Ask a mentor"), a.OpenAsking(answer=answer), style="primary"),)))
    return Card(t("Your mentors on this answer"), tuple(elements))


def looks_card(
    looks: Sequence[Look], zone: ZoneInfo, titles: Mapping[str, str] = MappingProxyType({}), language: str = "en"
) -> Card:
    """Who looked at what, and when by the reader's clock, the latest first; `titles` of answers and stories by ids."""
    if not looks:
        return Card(t("Who looked"), (Paragraph(t("Nobody has looked at anything of yours.")),))
    somebody = t("somebody who was erased since")
    lines = tuple(
        t(
            "{at}: {name}, {what}",
            at=moment_for(look.at, zone.key, language),
            name=look.name or somebody,
            what=_looked_at(look, titles),
        )
        for look in looks
    )
    return Card(t("Who looked"), (Bullets(lines), *_older(len(looks), LOOKS_SHOWN)))


def notes_card(mentee: str, notes: Sequence[NoteLine], zone: ZoneInfo, day: DayText) -> Card:
    """The notes about a mentee that the reader may read, each with its day in their `zone` and who else reads it."""
    elements: list[Element] = []
    for note in notes:
        said = t(
            "{name}, {day}, read by: {readers}",
            name=note.author, day=day(note.at.astimezone(zone).date()),
            readers=READERS[note.seen_by] if note.own else t("you too"),
        )  # fmt: skip
        elements += [Paragraph(said, quiet=True), Quote(note.text)]
        if note.own:
            elements.append(Buttons((Button(t("Delete this note"), a.DeleteNote(note=note.id)),)))
    if not notes:
        elements.append(Paragraph(t("There is no note that you may read.")))
    elements += _older(len(notes), NOTES_SHOWN)
    return Card(t("Notes about {mentee}", mentee=mentee), tuple(elements))


def note_deleted_card() -> Card:
    """To its author, where there is no list to show any more."""
    return Card(t("The note is deleted."))


def _looked_at(look: Look, titles: Mapping[str, str]) -> Text:
    if look.subject and look.what in LOOKED_AT_ONE:
        title = titles.get(look.subject, t("gone since"))
        return LOOKED_AT_ONE[look.what](title if isinstance(title, Text) else title[:QUESTION_SHOWN] or OWN_TEXT)
    return LOOKED_AT.get(look.what, t("something of yours"))


def _older(shown: int, most: int) -> tuple[Element, ...]:
    """Where a list is cut, that it is."""
    if shown < most:
        return ()
    return (Paragraph(t("These are the latest {count}; older ones are not listed.", count=most), quiet=True),)


def _answers(view: View, day: DayText, mirror: bool) -> list[Element]:
    if "answers" not in view.shares:
        return []
    elements: list[Element] = [Header(t("Latest answers"))]
    for line in view.answers:
        elements.append(Paragraph(_answer(line, day)))
        if not mirror:
            elements.append(Buttons((Button(t("Read it"), a.ReadMenteesAnswer(answer=line.id)),)))
    if not view.answers:
        elements.append(Paragraph(t("No answer whose visibility lets mentors see it.")))
    return elements


def _answer(line: AnswerLine, day: DayText) -> Text:
    question = line.question[:QUESTION_SHOWN] or OWN_TEXT
    if line.rating is None:
        return t("{day}: {question}", day=day(line.on), question=question)
    return t("{day}: {question} ({rating})", day=day(line.on), question=question, rating=rating_text(line.rating))


def _stories(view: View, mirror: bool) -> list[Element]:
    if "stories" not in view.shares:
        return []
    elements: list[Element] = [Header(t("Stories"))]
    if not view.stories:
        return [*elements, Paragraph(t("No story whose visibility lets mentors see it."))]
    if mirror:
        return [*elements, Bullets(tuple(title for _, title in view.stories))]
    return [*elements, *in_rows([Button(title, a.ReadMenteesStory(story=story)) for story, title in view.stories])]


def _assignment(line: AssignmentLine, day: DayText) -> Text:
    question = line.question[:QUESTION_SHOWN]
    if line.answered_at is not None:
        return t("Answered: {question}", question=question)
    return t("By {day}: {question}", question=question, day=day(line.due_on))


def _help(view: View) -> tuple[Button, ...]:
    return (
        Button(t("Ask a question"), a.OpenAssigning(mentorship=view.mentorship), style="primary"),
        Button(t("Propose a target"), a.OpenTarget(mentorship=view.mentorship)),
        Button(t("Write a note"), a.OpenNote(mentorship=view.mentorship)),
        Button(t("Notes"), a.ShowNotes(mentee=view.mentee)),
    )


def _talk(said: Sequence[Said]) -> tuple[Element, ...]:
    elements: list[Element] = []
    if earlier := len(said[:-SAID_SHOWN]):
        line = tn("{count} earlier one is not shown.", "{count} earlier ones are not shown.", earlier)
        elements.append(Paragraph(line, quiet=True))
    for one in said[-SAID_SHOWN:]:
        if not one.asked:
            elements += [Paragraph(t("{name} says:", name=one.name)), Quote(one.text)]
            continue
        elements += [Paragraph(t("Asked of {name}:", name=one.name)), Quote(one.text)]
        if one.reply:
            elements += [Paragraph(t("{name} replied:", name=one.name)), Quote(one.reply)]
    return tuple(elements)
