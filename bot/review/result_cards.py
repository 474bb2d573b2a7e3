"""What authors, mentors and those who run rounds get when a round has closed: pure functions from data to cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.base.text import Text, t, tn
from bot.chat.cards import Bullets, Button, Buttons, Card, Element, Field, Fields, Header, Paragraph, Quote
from bot.members.cards import LEVELS
from bot.review import reviewing_actions as a
from bot.review.actions import FlagReview
from bot.review.results import Result, Tier

CONFIDENCE: Mapping[str, Text] = {"high": t("high"), "medium": t("medium"), "low": t("low")}


@dataclass(frozen=True, slots=True)
class ReviewShown:
    """One review as its author reads it: words only, no reviewer and no time."""

    id: str
    worked: str
    change: str
    level: str | None = None
    follow_up: str = ""
    late: bool = False
    helpful: bool | None = None
    thanked: bool = False
    asked_back: str = ""
    answered_back: str = ""


@dataclass(frozen=True, slots=True)
class ResultShown:
    """What a round says of one answer. `result` is None while a moderator looks at it, or where it was withdrawn."""

    entry: str
    label: str
    question: str
    result: Result | None
    means: tuple[tuple[str, float], ...] = ()
    """Names of the criteria with their means, in the order of the rubric."""
    reviews: tuple[ReviewShown, ...] = ()
    under_check: int = 0
    """Reviews that somebody reported, undecided."""
    hidden: bool = False
    owed: bool = False
    override: tuple[float, str] | None = None
    """A mentor's score in place of the reviews', with its reason."""
    may_appeal: bool = False


def results_card(number: int, shown: Sequence[ResultShown]) -> Card:
    """All that a round says to an author, together."""
    elements: list[Element] = []
    for each in shown:
        elements += answer_results(each)
    honest = t("Reviews come all at once, in an order drawn by lot. I tell nobody who wrote which.")
    elements.append(Paragraph(honest, quiet=True))
    return Card(t("What your reviewers found, round {number}", number=number), tuple(elements))


def answer_results(shown: ResultShown) -> list[Element]:
    """What a round says of one answer."""
    elements: list[Element] = [Header(t("Answer {label}", label=shown.label)), Paragraph(shown.question, quiet=True)]
    if shown.hidden:
        elements.append(Paragraph(UNDER_CHECK))
        return elements
    if shown.result is None:
        elements.append(Paragraph(t("You withdrew it, so there is no score. This was written before.")))
    else:
        elements += _numbers(shown, shown.result)
    for place, review in enumerate(shown.reviews, 1):
        elements += [*_review(place, review), _review_buttons(review)]
    if shown.under_check:
        elements.append(
            Paragraph(
                tn(
                    "{count} review is hidden while a moderator looks at it.",
                    "{count} reviews are hidden while a moderator looks at them.",
                    shown.under_check,
                ),
                quiet=True,
            )
        )
    if shown.may_appeal:
        elements += [
            Paragraph(
                t("Does this miss your answer? For seven days you can ask a mentor to rate it anew."), quiet=True
            ),
            Buttons((Button(t("Ask for another look"), a.OpenAppeal(entry=shown.entry)),)),
        ]
    return elements


MOST_LABELS = 12
"""Answers whose scores are listed for a moderator: more would be too long for a telephone."""
UNDER_CHECK = t(
    "Somebody reported this answer, and a moderator is looking at it. What reviewers wrote comes after that."
)
_TIERS: Mapping[Tier, Text] = {
    "partial": t("One review only: take it as one person's view."),
    "none": t("Nobody reviewed it in time. That is on us, not on your answer."),
}


def _numbers(shown: ResultShown, result: Result) -> list[Element]:
    elements: list[Element] = []
    if shown.override is not None:
        value, reason = shown.override
        elements.append(Paragraph(t("A mentor gave it {value} of 5 in place of what follows:", value=f"{value:.1f}")))
        elements.append(Quote(reason))
    if result.reviews:
        count = tn("The mean of {count} review", "The mean of {count} reviews", result.reviews)
        elements += [
            Paragraph(count),
            Fields(tuple(Field(name, t("{mean} of 5", mean=f"{mean:.1f}")) for name, mean in shown.means)),
        ]
    if result.mentors:
        elements.append(Paragraph(t("A mentor was among the reviewers."), quiet=True))
    if result.tier in _TIERS:
        elements.append(Paragraph(_TIERS[result.tier]))
    if shown.owed:
        elements.append(Paragraph(t("In the next round your answer is the first to be given reviewers."), quiet=True))
    return elements


def _review(place: int, review: ReviewShown) -> list[Element]:
    title = (
        t("Review {place}, after the close: it counts for nothing", place=place)
        if review.late
        else t("Review {place}", place=place)
    )
    elements: list[Element] = [Header(title)]
    for heading, words in (
        (t("What worked"), review.worked),
        (t("One change, and how"), review.change),
        (t("They would ask next"), review.follow_up),
    ):
        if words:
            elements += [Paragraph(heading), Quote(words)]
    if not review.worked and not review.change:
        elements.append(Paragraph(t("Whoever wrote it had their words deleted; the scores stay."), quiet=True))
    if review.level is not None:
        elements.append(Paragraph(t("Reads to them as {level}.", level=LEVELS.get(review.level, review.level))))
    if review.asked_back:
        elements += [Paragraph(t("Asked back:")), Quote(review.asked_back)]
        waiting = Paragraph(t("No answer yet."), quiet=True)
        elements.append(Quote(review.answered_back) if review.answered_back else waiting)
    return elements


def _review_buttons(review: ReviewShown) -> Buttons:
    found: list[Button] = []
    if review.helpful is None:
        found += [
            Button(t("It helped"), a.MarkHelpful(review=review.id, yes=1)),
            Button(t("It did not help"), a.MarkHelpful(review=review.id, yes=0)),
        ]
    if not review.thanked:
        found.append(Button(t("Say thanks"), a.ThankReviewer(review=review.id)))
    if not review.asked_back:
        found.append(Button(t("Ask one question"), a.AskBack(review=review.id)))
    found.append(Button(t("Report it"), FlagReview(review=review.id)))
    return Buttons(tuple(found))


def mentor_card(name: str, text: str, shown: ResultShown, result: Result) -> Card:
    """For a mentor whom the author has accepted: all that the author sees, and the score without reviewers' habits."""
    elements: list[Element] = [Paragraph(shown.question, quiet=True), Quote(text), *_numbers(shown, result)]
    if result.adjusted is not None and result.confidence is not None:
        elements.append(
            Fields(
                (
                    Field(t("Without the reviewers' habits"), f"{result.adjusted:.1f}"),
                    Field(t("How far to rely on it"), CONFIDENCE[result.confidence]),
                )
            )
        )
    if result.apart:
        elements.append(Paragraph(FAR_APART))
    for place, review in enumerate(shown.reviews, 1):
        elements += _review(place, review)
    elements.append(Buttons((Button(t("Give your own score"), a.OpenOverride(entry=shown.entry)),)))
    return Card(t("Reviews of an answer by {name}", name=name), tuple(elements))


FAR_APART = t("The reviews lie far apart: read them before you rely on any number.")


@dataclass(frozen=True, slots=True)
class Health:
    """How a round went, in counts; `answers` are labels with their results, for moderators alone."""

    number: int
    name: str
    answers: int
    full: int
    partial: int
    none: int
    given: int
    late: int
    unfinished: int
    reported: int
    apart: tuple[str, ...] = ()
    by_label: tuple[tuple[str, Result], ...] = ()


def health_card(health: Health) -> Card:
    """How a round went, for whoever runs it: counts, and by label what to look at; never a name."""
    rows = (
        (t("Answers"), health.answers),
        (t("With two reviews or more"), health.full),
        (t("With one"), health.partial),
        (t("With none"), health.none),
        (t("Reviews that counted"), health.given),
        (t("Handed in after the close"), health.late),
        (t("Never handed in"), health.unfinished),
        (t("Reported, to be decided"), health.reported),
    )
    elements: list[Element] = [Fields(tuple(Field(label, str(count)) for label, count in rows))]
    if health.apart:
        labels = ", ".join(health.apart)
        elements.append(
            Paragraph(
                tn(
                    "The reviews of answer {labels} lie far apart. It asks for one more look.",
                    "The reviews of answers {labels} lie far apart. They ask for one more look.",
                    len(health.apart),
                    labels=labels,
                )
            )
        )
    if health.by_label:
        elements += [
            Header(t("Without the reviewers' habits")),
            Bullets(tuple(_by_label(label, result) for label, result in _least_sure(health.by_label))),
            *_the_rest(len(health.by_label)),
            Paragraph(t("By label only: whose answer is whose is not shown here."), quiet=True),
        ]
    if health.reported:
        elements.append(Buttons((Button(t("See what was reported"), a.OpenFlags()),)))
    return Card(t('How round {number} of "{name}" went', number=health.number, name=health.name), tuple(elements))


def _least_sure(found: Sequence[tuple[str, Result]]) -> list[tuple[str, Result]]:
    """As many as a telephone shows; in a larger round those whose score is the least sure."""
    by_doubt = sorted(range(len(found)), key=lambda at: (not found[at][1].apart, -(found[at][1].error or 0.0)))
    return [found[at] for at in sorted(by_doubt[:MOST_LABELS])]


def _the_rest(answers: int) -> tuple[Element, ...]:
    left = answers - MOST_LABELS
    if left <= 0:
        return ()
    more = tn(
        "These are the least sure; {count} more is in the export of the round.",
        "These are the least sure; {count} more are in the export of the round.",
        left,
    )
    return (Paragraph(more, quiet=True),)


def _by_label(label: str, result: Result) -> Text:
    if not result.reviews:
        return t("Answer {label}: no review", label=label)
    if result.adjusted is None or result.confidence is None:
        return t("Answer {label}: being computed anew", label=label)
    return t(
        "Answer {label}: {value}, confidence {confidence}",
        label=label,
        value=f"{result.adjusted:.1f}",
        confidence=CONFIDENCE[result.confidence],
    )


def appeal_card(entry: str, label: str, question: str, text: str) -> Card:
    """For a mentor who is asked to rate an answer anew: the answer, and nothing of what was found before."""
    blind = t("Its author asks for another look. You do not see the first scores, so that yours is your own.")
    return Card(
        t("Another look at answer {label}", label=label),
        (
            Paragraph(question, quiet=True),
            Quote(text),
            Paragraph(blind),
            Buttons((Button(t("Rate it"), a.OpenOverride(entry=entry), style="primary"),)),
        ),
    )


def asked_back_card(review: str, label: str, question: str) -> Card:
    """For a reviewer: what the author asks back."""
    return Card(
        t("The author of answer {label} asks you one question", label=label),
        (
            Quote(question),
            Paragraph(t("You can answer once. They do not learn from me who you are."), quiet=True),
            Buttons((Button(t("Answer it"), a.AnswerBack(review=review), style="primary"),)),
        ),
    )


def answered_back_card(label: str, question: str, answer: str) -> Card:
    """For an author: what the reviewer answered."""
    return Card(t("A reviewer of answer {label} answered your question", label=label), (Quote(question), Quote(answer)))


def looked_again_card(label: str, value: float, reason: str | None) -> Card:
    """A mentor gave a score: with the reason for the author, without it for the reviewers."""
    word = t("A mentor looked at answer {label} again and gave it {value} of 5.", label=label, value=f"{value:.1f}")
    kept = Paragraph(t("What the reviewers said stays as it was."), quiet=True)
    return Card(word, ((Quote(reason), kept) if reason else (kept,)))
