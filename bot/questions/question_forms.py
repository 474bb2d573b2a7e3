"""The forms about questions: one's own, suggestions, vetoes, the queue and a pause; and how they are read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast

from bot.base.errors import UserFacingError
from bot.base.text import Text, t
from bot.chat.cards import Choice
from bot.chat.events import FormSubmitted
from bot.chat.forms import ChoiceInput, Form, TextInput
from bot.chat.values import choice_of, choices_of, text_of
from bot.members.preferences import read_day
from bot.questions.actions import (
    DeclineSuggestion,
    FindForQueue,
    PauseProgramme,
    SaveOwnQuestion,
    SendSuggestion,
    VetoQuestion,
)
from bot.questions.bank import LONGEST_QUESTION, Draft
from content.loader import Content
from content.schema import LEVELS, LevelName, QuestionKind
from storage.tables.questions import OwnQuestion, Programme

LONGEST_REASON = 300
EVERYWHERE, HERE = "everywhere", "here"


def own_question_form(
    action: SaveOwnQuestion, content: Content, language: str, *, row: OwnQuestion | None = None, text: str = ""
) -> Form:
    """The form of a question of the team's own: filled with `row`, or with the `text` of a suggestion."""
    kinds = (Choice("behavioral", t("Behavioral: a story")), Choice("situational", t("Situational: what one would do")))
    stories = sorted(
        ((id_, archetype.name.in_language(language)) for id_, archetype in content.archetypes.items()),
        key=lambda item: item[1],
    )
    levels = tuple(Choice(level, level) for level in LEVELS)
    return Form(
        action=action,
        title=t("Your team's question"),
        submit=t("Save"),
        inputs=(
            TextInput("text", t("Question"), multiline=True, longest=LONGEST_QUESTION, value=row.text if row else text),
            ChoiceInput("kind", t("Kind"), kinds, value=(row.kind if row else "behavioral",)),
            TextInput(
                "points",
                t("Key points of a good answer"),
                t("Situational only: one on each line, the most important first"),
                multiline=True,
                required=False,
                value="\n".join(row.points) if row else "",
            ),
            TextInput(
                "must_not",
                t("What must not be done"),
                t("Situational only: one on each line"),
                multiline=True,
                required=False,
                value="\n".join(row.must_not) if row else "",
            ),
            ChoiceInput(
                "archetypes",
                t("Kinds of story it asks for"),
                tuple(Choice(id_, name) for id_, name in stories),
                required=False,
                several=True,
                value=tuple(row.archetypes) if row else (),
            ),
            ChoiceInput("lowest", t("Lowest level"), levels, value=(row.lowest_level if row else LEVELS[0],)),
            ChoiceInput("highest", t("Highest level"), levels, value=(row.highest_level if row else LEVELS[-1],)),
        ),
    )


def read_draft(event: FormSubmitted, earlier: OwnQuestion | None = None) -> Draft:
    """The question that was entered; themes, which the form does not ask for, stay as they were."""
    return Draft(
        text=entered(event, "text"),
        kind=cast(QuestionKind, choice_of(event.values, "kind") or "behavioral"),
        archetypes=choices_of(event.values, "archetypes"),
        themes=tuple(earlier.themes) if earlier else (),
        levels=(
            cast(LevelName, choice_of(event.values, "lowest") or LEVELS[0]),
            cast(LevelName, choice_of(event.values, "highest") or LEVELS[-1]),
        ),
        points=lines(event, "points"),
        must_not=lines(event, "must_not"),
    )


def check_own_question(_payload: SaveOwnQuestion, event: FormSubmitted) -> Mapping[str, Text]:
    """What is wrong with an entered question, at the input it concerns."""
    draft = read_draft(event)
    try:
        draft.check()
    except UserFacingError as problem:
        if draft.kind == "situational" and not draft.points:
            return {"points": problem.text}
        if draft.levels[0] > draft.levels[1]:
            return {"highest": problem.text}
        return {"kind" if draft.points or draft.must_not else "text": problem.text}
    return {}


def suggestion_form() -> Form:
    """The form in which anybody suggests a question."""
    question = TextInput(
        "text", t("Question"), t("Such as: Tell me about a time when …"), multiline=True, longest=LONGEST_QUESTION
    )
    return Form(SendSuggestion(), t("Suggest a question"), (question,), t("Send"))


def decline_form(suggestion: str) -> Form:
    """The form that asks for the reason, which is told to whoever suggested the question."""
    reason = TextInput("reason", t("Why"), t("The person who suggested it reads this."), longest=LONGEST_REASON)
    return Form(DeclineSuggestion(suggestion=suggestion), t("Decline the question"), (reason,), t("Decline"))


def veto_form(question_id: str, programme: Programme) -> Form:
    """The form that asks why a question is not to be asked any more, and where."""
    reason = TextInput("reason", t("Why"), t("Other moderators read this."), required=False, longest=LONGEST_REASON)
    places = (Choice(EVERYWHERE, t("In no programme")), Choice(HERE, t('Not in "{name}"', name=programme.name)))
    where = ChoiceInput("where", t("Where it is not to be asked"), places, value=(EVERYWHERE,))
    action = VetoQuestion(question=question_id, programme=programme.id)
    return Form(action, t("Ask this no more"), (reason, where), t("Veto"))


def find_form(programme: Programme) -> Form:
    """The form that looks for a question to queue."""
    words = TextInput("words", t("Words of the question, or its id"), longest=200)
    return Form(FindForQueue(programme=programme.id), t("Ask this next"), (words,), t("Find"))


def pause_form(programme: Programme) -> Form:
    """The form that asks until when a programme pauses."""
    until = TextInput(
        "until",
        t("First day with a question again"),
        t("Such as 2026-12-31; empty to pause until somebody resumes"),
        required=False,
        longest=10,
    )
    return Form(PauseProgramme(programme=programme.id), t("Pause questions"), (until,), t("Pause"))


def check_pause(_payload: PauseProgramme, event: FormSubmitted) -> Mapping[str, Text]:
    """What is wrong with the entered day."""
    try:
        read_until(event)
    except UserFacingError as problem:
        return {"until": problem.text}
    return {}


def read_until(event: FormSubmitted) -> date | None:
    """The entered day, None where the input was left empty; `UserFacingError` for something else."""
    text = entered(event, "until")
    return read_day(text) if text else None


def entered(event: FormSubmitted, name: str) -> str:
    """What was entered in one input, without space around it; empty where nothing was."""
    return text_of(event.values, name).strip()


def lines(event: FormSubmitted, name: str) -> tuple[str, ...]:
    """The lines entered in one input, without empty ones and without list marks before them."""
    stripped = (line.strip().lstrip("-*•").strip() for line in entered(event, name).splitlines())
    return tuple(line for line in stripped if line)
