"""The forms of reviewing: criteria with their anchors, two comments, a level, a follow-up question.

A platform that takes few inputs shows them in steps, each kept as a draft.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.base.text import Text, t
from bot.chat.actions import Action
from bot.chat.cards import Choice, Words
from bot.chat.forms import ChoiceInput, Form, RatingInput, TextInput
from bot.chat.values import text_of
from bot.members.cards import LEVELS
from bot.review import reviewing_actions as a
from bot.review.given import Said
from bot.review.rubric import HOW_TO_WRITE, written
from bot.review.substance import enough, substance
from content.schema import Criterion
from storage.tables.review import Entry, Review

LONGEST = 2000
NOT_ENOUGH = t(
    "A sentence more would help: say what it was and where it stands in the answer. Addresses and emoji do not count."
)
NEW_CRITERION = "new"


def criteria_inputs(
    criteria: Sequence[Criterion], language: str, scores: Mapping[str, int] | None = None
) -> tuple[RatingInput, ...]:
    """A rating for each criterion, with what 1, 3 and 5 look like."""
    given = scores or {}
    return tuple(
        RatingInput(
            criterion.id,
            criterion.name.in_language(language),
            _anchors(criterion, language),
            hint=criterion.asks.in_language(language),
            value=given.get(criterion.id),
        )
        for criterion in criteria
    )


def _anchors(criterion: Criterion, language: str) -> tuple[Words, ...]:
    one, three, five = (text.in_language(language) for text in (criterion.one, criterion.three, criterion.five))
    return (one, t("Between 1 and 3"), three, t("Between 3 and 5"), five)


def level_input(value: str | None, *, required: bool) -> ChoiceInput:
    """At which level somebody worked, as far as the answer shows it."""
    choices = tuple(Choice(level, name) for level, name in LEVELS.items())
    return ChoiceInput(
        "level", t("Which level does it show?"), choices, required=required, value=(value,) if value else ()
    )


def review_form(review: Review, entry: Entry, criteria: Sequence[Criterion], said: Said, language: str) -> Form:
    """The form of one review, filled with what it says already."""
    comments = (
        TextInput(
            "worked",
            t("What worked? Quote it."),
            t("The words that convinced you, and what they did for you."),
            multiline=True,
            longest=LONGEST,
            value=said.worked,
        ),
        TextInput(
            "change",
            t("One change, and how"),
            t("The one thing that would help most, and how to do it."),
            multiline=True,
            longest=LONGEST,
            value=said.change,
        ),
        level_input(said.level, required=False),
        TextInput(
            "follow_up",
            t("The follow-up question you would ask"),
            multiline=True,
            required=False,
            longest=500,
            value=said.follow_up,
        ),
    )
    return Form(
        a.SendReview(review=review.id),
        t("Review of answer {label}", label=entry.label or ""),
        (*criteria_inputs(criteria, language, said.scores), *comments),
        t("Hand it in"),
        t("Its author sees this after the round has closed, and never who wrote it."),
    )


def check_review(_payload: Action, event_values: Mapping[str, Sequence[str]]) -> dict[str, Text]:
    """What is wrong with a submitted review as far as its words alone tell."""
    return {name: NOT_ENOUGH for name in ("worked", "change") if not enough(text_of(event_values, name))}


def flag_form(action: Action, what: Text) -> Form:
    """Asks what is wrong; whoever reports stays hidden."""
    reason = TextInput("reason", t("What is wrong with it?"), multiline=True, longest=1000)
    note = t(
        "It is hidden at once. A moderator reads it and your words, and decides. Nobody else learns who reported it."
    )
    return Form(action, what, (reason,), t("Report it"), note)


def ask_back_form(review: Review) -> Form:
    """The one question an author asks a reviewer."""
    question = TextInput("question", t("Your question"), multiline=True, longest=1000)
    note = t("You can ask each reviewer one question. Neither of you learns from me who the other is.")
    return Form(a.SendAskBack(review=review.id), t("Ask one question"), (question,), t("Send it"), note)


def answer_back_form(review: Review) -> Form:
    """The one answer to it."""
    answer = TextInput("answer", t("Your answer"), multiline=True, longest=1500)
    return Form(a.SendAnswerBack(review=review.id), t("Answer the question"), (answer,), t("Send it"))


def appeal_form(entry: Entry) -> Form:
    """An author asks for a mentor's own look."""
    why = TextInput("why", t("What should be looked at again?"), multiline=True, longest=1000)
    note = t("A mentor rates the answer anew without seeing what the reviewers said. You can ask for this once.")
    return Form(a.SendAppeal(entry=entry.id), t("Ask for another look"), (why,), t("Ask a mentor"), note)


def override_form(entry: Entry, criteria: Sequence[Criterion], language: str) -> Form:
    """A mentor's own scores and the reason, in place of the reviews'."""
    reason = TextInput("reason", t("Why, in words for the author"), multiline=True, longest=LONGEST)
    return Form(
        a.SendOverride(entry=entry.id),
        t("Your own score"),
        (*criteria_inputs(criteria, language), reason),
        t("Give it"),
        t("The author and the reviewers are told. What the reviewers said stays."),
    )


def try_form(example_id: str, criteria: Sequence[Criterion], language: str) -> Form:
    """One's own ratings of an example."""
    return Form(
        a.SendTry(example=example_id),
        t("Rate this example"),
        criteria_inputs(criteria, language),
        t("Compare"),
        t("Nobody else sees this. Being one point away counts as agreeing."),
    )


def self_rating_form(answer_id: str, criteria: Sequence[Criterion], scores: Mapping[str, int], language: str) -> Form:
    """One's own rating of an answer of one's own."""
    return Form(
        a.SendSelfRating(answer=answer_id),
        t("Rate your own answer"),
        criteria_inputs(criteria, language, scores),
        t("Keep it"),
        t(
            "Only you see this. It stands beside what the rules and your reviewers find. The questions are those for "
            'reviewers: "this person", "them" and "they" are you.'
        ),
    )


def rubric_form(criteria: Sequence[Criterion], language: str) -> Form:
    """The criteria as text that can be edited; an emptied one goes, and one can be added."""
    inputs = tuple(
        TextInput(
            criterion.id,
            criterion.name.in_language(language),
            multiline=True,
            required=False,
            longest=1500,
            value=written(criterion, language),
        )
        for criterion in criteria
    )
    more = TextInput(NEW_CRITERION, t("A further criterion"), multiline=True, required=False, longest=1500)
    return Form(a.SaveRubric(), t("Criteria of reviews"), (*inputs, more), t("Make the next version"), HOW_TO_WRITE)


def is_said(values: Mapping[str, Sequence[str]], name: str) -> bool:
    """Whether words were entered."""
    return bool(substance(text_of(values, name)))
