"""Cards about the criteria, and a round as tables."""

from __future__ import annotations

from collections.abc import Sequence

from bot.base.text import t
from bot.chat.cards import Bullets, Button, Buttons, Card, Document, Element, Header, Paragraph
from bot.review import reviewing_actions as a
from content.schema import Criterion


def rubric_card(version: str, criteria: Sequence[Criterion], language: str, *, may_change: bool) -> Card:
    """The criteria with what 1, 3 and 5 look like."""
    elements: list[Element] = []
    for criterion in criteria:
        anchors = ((1, criterion.one), (3, criterion.three), (5, criterion.five))
        elements += [
            Header(criterion.name.in_language(language)),
            Paragraph(criterion.asks.in_language(language)),
            Bullets(tuple(t("{mark}: {looks}", mark=mark, looks=text.in_language(language)) for mark, text in anchors)),
        ]
    elements.append(
        Paragraph(t("Version {version}. A round keeps the one it began with.", version=version), quiet=True)
    )
    if may_change:
        elements.append(Buttons((Button(t("Change the criteria"), a.EditRubric()),)))
    return Card(t("What reviewers rate"), tuple(elements))


def saved_card(version: str) -> Card:
    """After the criteria were changed."""
    note = Paragraph(t("Rounds that have begun keep theirs; the next one that is handed out takes this."))
    return Card(t("The criteria are now version {version}.", version=version), (note,))


def export_card(number: int, answers: str, reviews: str, whole: bytes) -> Card:
    """A closed round as two tables and as JSON, for whoever runs rounds; where no files go, as tables to copy."""
    note = t("Authors and reviewers are numbered apart, no comment is in it, and no number leads back to a name.")
    files = t("With the texts that authors show to the channel: starling rounds export FOLDER.")
    by_command = t("As JSON: starling rounds export FOLDER.")
    return Card(
        t("Round {number} as tables", number=number),
        (
            Header(t("Answers")),
            Document(f"round-{number}-answers.csv", "text/csv", answers.encode(), answers),
            Header(t("Reviews")),
            Document(f"round-{number}-reviews.csv", "text/csv", reviews.encode(), reviews),
            Header(t("Both")),
            Document(f"round-{number}.json", "application/json", whole, by_command),
            Paragraph(note, quiet=True),
            Paragraph(files, quiet=True),
        ),
    )
