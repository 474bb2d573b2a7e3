"""What feedback looks like in chat: pure functions from reports to cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.answers import actions
from bot.answers.delta import Delta, rating_of
from bot.base.text import Text, t, tn
from bot.chat.cards import Button, Buttons, Card, Divider, Element, Header, Paragraph, Place, Quote, Words
from bot.scoring.explain import Shown, shown
from bot.scoring.report import Finding, Report, Strength

QUOTES_SHOWN = 2
EXAMPLES_OFFERED = 2
QUOTE_SHOWN = 300
"""Characters of a quote on a card; the report holds the whole of it."""


@dataclass(frozen=True, slots=True)
class FeedbackView:
    """What a feedback card is made from. `names` calls a finding by its code; `author` is named in public only."""

    answer: str
    revision: str
    number: int
    question: str
    report: Report
    delta: Delta | None
    names: Mapping[str, str]
    slot: str | None = None
    author: str | None = None


def feedback_card(view: FeedbackView) -> Card:
    """The durable card: what came of the answer, at most three findings, one strength, one question back."""
    parts = shown(view.report)
    elements: list[Element] = []
    if view.question:
        elements.append(Paragraph(view.question, quiet=True))
    elements += _verdict(view.report)
    if view.delta is not None:
        elements += _delta(view.delta, view.names)
    elements += _strength(parts.strength)
    quoted: set[str] = {element.text for element in elements if isinstance(element, Quote)}
    for finding in parts.findings:
        elements += _finding(finding, view.names, quoted)
    if not view.report.abstained:
        elements.append(Paragraph(t("A question you may get next: {question}", question=parts.follow_up)))
    elements.append(version_line(view.report))
    elements += _buttons(view, parts)
    elements.append(Place("answer.actions", view.answer))
    return Card(_title(view), tuple(elements))


def copy_card(view: FeedbackView) -> Card:
    """The courtesy copy in the thread: the rating and the first thing to mend; the rest stands elsewhere."""
    parts = shown(view.report)
    elements: list[Element] = _verdict(view.report)
    if view.delta is not None:
        elements.append(Paragraph(change_text(view.delta)))
    for finding in parts.findings[:1]:
        elements += _finding(finding, view.names, set())
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
        elements.append(Header(t("Rating: {rating}", rating=rating_text(rating))))
    elif report.abstained_text is not None:
        elements.append(Paragraph(report.abstained_text))
    if report.capped:
        limit = t(
            "Your answer is longer than I read: I scored its first {count} characters, and nothing after them.",
            count=report.scored_characters,
        )
        elements.append(Paragraph(limit))
    return elements


def _delta(delta: Delta, names: Mapping[str, str]) -> list[Element]:
    elements: list[Element] = [Header(t("What this version changed")), Paragraph(change_text(delta))]
    if delta.nothing:
        return [*elements, Paragraph(t("My rules see no other difference."))]
    elements += [Paragraph(t("Mended: {finding}.", finding=finding_name(f.code, names))) for f in delta.gone]
    for strength in delta.gained:
        elements += [Paragraph(t("Gained: {strength}", strength=strength.text)), Quote(strength.evidence.quote)]
    for point in delta.covered:
        elements.append(Paragraph(t("Now covered: {point}", point=point)))
    for finding in delta.new:
        elements.append(Paragraph(t("New: {finding}.", finding=finding_name(finding.code, names))))
        elements += [Quote(evidence.quote) for evidence in finding.evidence[:1]]
    for strength in delta.lost:
        elements += [Paragraph(t("Lost: {strength}", strength=strength.text)), Quote(strength.evidence.quote)]
    for point in delta.dropped:
        elements.append(Paragraph(t("No longer covered: {point}", point=point)))
    return elements


def _strength(strength: Strength | None) -> list[Element]:
    if strength is None:
        return []
    return [Header(t("What works")), Paragraph(strength.text), Quote(strength.evidence.quote)]


def _finding(finding: Finding, names: Mapping[str, str], quoted: set[str]) -> list[Element]:
    """A finding, with those of its quotes that the card does not show already; `quoted` takes them in."""
    heading: Words = finding_name(finding.code, names)
    quotes = [evidence.quote for evidence in finding.evidence[:QUOTES_SHOWN] if evidence.quote not in quoted]
    quoted.update(quotes)
    shortened = [Quote(_beginning(quote)) for quote in quotes]
    return [Header(heading), *shortened, Paragraph(finding.why), Paragraph(finding.advice)]


def _buttons(view: FeedbackView, parts: Shown) -> list[Element]:
    more = [Button(t("More detail"), actions.ShowDetail(revision=view.revision))]
    for finding in parts.findings[:EXAMPLES_OFFERED]:
        label = t("Example: {finding}", finding=finding_name(finding.code, view.names))
        more.append(Button(label, actions.ShowExample(revision=view.revision, finding=finding.code)))
    if parts.findings:
        more.append(Button(t("Two phrases"), actions.ShowExpressions(revision=view.revision)))
    own = [
        Button(t("I disagree"), actions.OpenDispute(revision=view.revision)),
        Button(t("My answer"), actions.ManageAnswer(answer=view.answer)),
    ]
    if view.slot is not None:
        own.insert(0, Button(t("Model skeleton"), actions.ShowSkeleton(slot=view.slot)))
    return [Divider(), Buttons(tuple(more)), Buttons(tuple(own))]


def findings_left(count: int) -> Text:
    """How many findings are not on the card."""
    return tn("{count} more thing to mend", "{count} more things to mend", count)


def _beginning(quote: str) -> str:
    return quote if len(quote) <= QUOTE_SHOWN else quote[:QUOTE_SHOWN].rsplit(" ", 1)[0] + " …"
