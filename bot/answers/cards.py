"""What feedback looks like in chat: pure functions from reports to cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.answers import actions
from bot.answers.delta import Delta, rating_of
from bot.base.text import Text, t, tn
from bot.chat.cards import Bullets, Button, Buttons, Card, Element, Header, Paragraph, Place, Quote
from bot.scoring.explain import UNREAD, shown
from bot.scoring.lens import lens_on
from bot.scoring.report import Finding, Label, Report, Strength

QUOTES_SHOWN = 2
QUOTE_SHOWN = 300
"""Characters of a quote on a card; the report holds the whole of it."""
NOT_READ: Mapping[Label, Text] = {
    "S": t("I read no sentence as the situation: where this was, and what was wrong."),
    "A": t("I read no sentence as your action: what you did yourself."),
    "R": t("I read no sentence as the result: give what came of it a sentence of its own."),
    "L": t("I read no sentence as the lesson: what you do differently since."),
}
"""What is said of a part that a story without any finding lacks; the task is often told within another part."""


@dataclass(frozen=True, slots=True)
class FeedbackView:
    """What a feedback card is made from. `names` calls a finding by its code; `author` is named in public only.

    `reused` says where much of the text stands already; it is told beside the report. `company` is the one its author
    prepares for, as its id and name: what it stresses comes first.
    """

    answer: str
    revision: str
    number: int
    question: str
    report: Report
    delta: Delta | None
    names: Mapping[str, str]
    slot: str | None = None
    author: str | None = None
    reused: Text | None = None
    company: tuple[str, str] | None = None

    @property
    def lens(self) -> str | None:
        """The id of the company whose lens orders the findings."""
        return self.company[0] if self.company else None


def feedback_card(view: FeedbackView) -> Card:
    """The durable card: what came of the answer, the most useful thing to mend, one strength, one question back.

    The first finding stands in full, the second and third as one line each; the detail has the rest of them.
    """
    parts = shown(view.report, view.lens)
    elements: list[Element] = []
    if view.question:
        elements.append(Paragraph(view.question, quiet=True))
    elements += _verdict(view.report)
    if view.delta is not None:
        elements += _delta(view.delta, view.names, parts.strength)
    if (ordered := _ordered(view)) is not None:
        elements.append(ordered)
    if parts.findings:
        shown_below = parts.strength.evidence.quote if parts.strength else None
        elements += [
            *_first(parts.findings[0], view.names, shown_below),
            _helps(view.revision, parts.findings[0]),
        ]
    elements += _strength(parts.strength)
    elements += _not_read(view.report)
    elements += _next(parts.findings[1:], view.names)
    if not view.report.abstained:
        elements.append(Paragraph(t("A question you may get next: {question}", question=parts.follow_up)))
    if view.reused is not None:
        elements.append(Paragraph(view.reused, quiet=True))
    elements += [version_line(view.report), _buttons(view), Place("answer.actions", view.answer)]
    if view.report.kind == "behavioral" and view.report.abstained is None:
        elements.append(Place("story.actions", view.answer))
    return Card(_title(view), tuple(elements))


def copy_card(view: FeedbackView) -> Card:
    """The courtesy copy in the thread: the rating and the first thing to mend; the rest stands elsewhere."""
    parts = shown(view.report, view.lens)
    elements: list[Element] = _verdict(view.report)
    if view.delta is not None:
        elements.append(Paragraph(change_text(view.delta)))
    for finding in parts.findings[:1]:
        elements += _first(finding, view.names)
    elements.append(Paragraph(t("Only you see this. The whole feedback is in your messages from me."), quiet=True))
    elements.append(Buttons((Button(t("Show all of it"), actions.ShowFeedback(answer=view.answer)),)))
    return Card(_title(view), tuple(elements))


def version_line(report: Report) -> Paragraph:
    """Which engine version spoke, and what it is not."""
    line = t(
        "Scored by rules, version {engine}; no language model. They do not see whether a story is true or fits the "
        "question. Practice feedback, not a verdict on you.",
        engine=report.engine,
    )
    return Paragraph(line, quiet=True)


def rating_text(rating: float) -> Text:
    """A rating in words: "3.5 of 5"."""
    return t("{rating} of 5", rating=f"{rating:g}")


def change_text(delta: Delta) -> Text:
    """One sentence on what became of the rating."""
    if not delta.comparable:
        return t("My rules changed between the two versions, so I do not compare the ratings.")
    before, after, change = delta.rating_before, delta.rating_after, delta.change
    if before is None and after is not None:
        return t("The version before had no rating; this one has {after}.", after=rating_text(after))
    if after is None and before is not None:
        return t("The version before had {before}; this one I cannot rate.", before=rating_text(before))
    if before is None or after is None or change is None:
        return t("I could rate neither the version before nor this one.")
    if change == 0:
        return t("The rating stays at {after}.", after=rating_text(after))
    if change > 0:
        return t("The rating rose from {before} to {after}.", before=f"{before:g}", after=rating_text(after))
    return t("The rating fell from {before} to {after}.", before=f"{before:g}", after=rating_text(after))


def finding_name(code: str, names: Mapping[str, str]) -> str:
    """What people call a finding."""
    return names.get(code, code.replace("_", " "))


def _ordered(view: FeedbackView) -> Paragraph | None:
    """Says by whose lens the findings are ordered, where it has a say in that."""
    lens = lens_on(view.report.findings, view.lens)
    if lens is None or view.company is None or view.report.abstained in UNREAD:
        return None
    line = t("Ordered for {company}, which stresses {what}.", company=view.company[1], what=lens.stresses)
    return Paragraph(line, quiet=True)


def _title(view: FeedbackView) -> Text:
    if view.author is not None:
        return t("Feedback on the answer of {author}", author=view.author)
    if view.number > 1:
        return t("Feedback on version {number} of your answer", number=view.number)
    return t("Feedback on your answer")


def _verdict(report: Report) -> list[Element]:
    elements: list[Element] = []
    rating = rating_of(report)
    if rating is not None:
        elements.append(Paragraph(t("Rating: {rating}", rating=rating_text(rating))))
    elif report.abstained_text is not None:
        elements.append(Paragraph(report.abstained_text))
    if report.points and not report.abstained:
        covered = sum(point.covered for point in report.points)
        elements.append(
            Paragraph(t("{covered} of {count} key points found.", covered=covered, count=len(report.points)))
        )
    if report.kind == "situational" and not report.points and not report.abstained:
        told = t("I know no key points for this question, so I judge how the answer is told, not what it should hold.")
        elements.append(Paragraph(told, quiet=True))
    if report.capped:
        limit = t(
            "Your answer is longer than I read: I scored its first {count} characters, and nothing after them.",
            count=report.scored_characters,
        )
        elements.append(Paragraph(limit))
    return elements


def _delta(delta: Delta, names: Mapping[str, str], strength: Strength | None) -> list[Element]:
    """What a version gained and lost, a line each; `strength` is quoted elsewhere on the card."""
    elements: list[Element] = [Header(t("What this version changed"))]
    if delta.nothing:
        return [*elements, Paragraph(change_text(delta)), Paragraph(t("My rules see no other difference."))]
    lines = [
        change_text(delta),
        *(t("Mended: {finding}.", finding=finding_name(finding.code, names)) for finding in delta.gone),
        *(t("Now covered: {point}", point=point) for point in delta.covered),
        *(t("New: {finding}.", finding=finding_name(finding.code, names)) for finding in delta.new),
        *(t("Lost: {strength}", strength=lost.text) for lost in delta.lost),
        *(t("No longer covered: {point}", point=point) for point in delta.dropped),
    ]
    elements.append(Bullets(tuple(lines)))
    for gained in delta.gained:
        if strength is None or gained.code != strength.code:
            elements += [Paragraph(t("Gained: {strength}", strength=gained.text)), Quote(gained.evidence.quote)]
    return elements


def _first(finding: Finding, names: Mapping[str, str], shown_below: str | None = None) -> list[Element]:
    """The finding whose mending helps most, in full; no quote that the card shows further down."""
    heading = Header(t("Mend first: {finding}", finding=finding_name(finding.code, names)))
    quotes = [evidence.quote for evidence in finding.evidence[:QUOTES_SHOWN] if evidence.quote != shown_below]
    return [heading, *(Quote(_beginning(quote)) for quote in quotes), Paragraph(finding.why), Paragraph(finding.advice)]


def _helps(revision: str, finding: Finding) -> Buttons:
    """What helps to mend a finding, right below it."""
    return Buttons(
        (example_button(revision, finding), Button(t("Two phrases"), actions.ShowExpressions(revision=revision)))
    )


def example_button(revision: str, finding: Finding) -> Button:
    """Opens a weak and a strong example of a finding; it stands below the finding, so that it is clear of which."""
    return Button(t("Show an example"), actions.ShowExample(revision=revision, finding=finding.code))


def _not_read(report: Report) -> list[Element]:
    """The parts that were not found, where no finding says why the rating is not higher."""
    if report.findings or report.abstained or report.kind != "behavioral":
        return []
    read = {segment.label for segment in report.segments}
    missing = tuple(sentence for label, sentence in NOT_READ.items() if label not in read)
    return [Header(t("What is missing")), Bullets(missing)] if missing else []


def _strength(strength: Strength | None) -> list[Element]:
    if strength is None:
        return []
    return [Header(t("What works")), Paragraph(strength.text), Quote(strength.evidence.quote)]


def _next(findings: Sequence[Finding], names: Mapping[str, str]) -> list[Element]:
    if not findings:
        return []
    lines = tuple(
        t("{finding}: {advice}", finding=finding_name(finding.code, names), advice=finding.advice)
        for finding in findings
    )
    return [Header(t("After that")), Bullets(lines)]


def _buttons(view: FeedbackView) -> Buttons:
    detail = actions.ShowDetail(revision=view.revision)
    return Buttons(
        (
            Button(t("More detail"), detail),
            Button(t("My answer"), actions.ManageAnswer(answer=view.answer)),
            Button(t("I disagree"), actions.OpenDispute(revision=view.revision)),
        )
    )


def findings_left(count: int) -> Text:
    """How many findings are not on the card."""
    return tn("{count} more thing to mend", "{count} more things to mend", count)


def _beginning(quote: str) -> str:
    return quote if len(quote) <= QUOTE_SHOWN else quote[:QUOTE_SHOWN].rsplit(" ", 1)[0] + " …"
