"""What whoever runs rounds reads where there is nobody for some of the reviews."""

from __future__ import annotations

from bot.base.text import Text, t, tn
from bot.chat.cards import Button, Buttons, Card, Element, Paragraph
from bot.review.actions import RoundStatus
from bot.review.shortage import Shortage


def shortage_card(round: str, number: int, name: str, shortage: Shortage) -> Card:
    """When answers were handed out and nobody was found for some of their reviews."""
    title = tn(
        'Round {number} of "{name}": {count} review has nobody to write it',
        'Round {number} of "{name}": {count} reviews have nobody to write them',
        shortage.missing,
        number=number,
        name=name,
    )
    asked = Paragraph(t("On the last day I ask mentors, and those who have finished, once more."), quiet=True)
    button = Buttons((Button(t("Where it stands"), RoundStatus(round=round)),))
    return Card(title, (Paragraph(_what_helps(shortage)), asked, button))


def what_is_missing(shortage: Shortage, *, open_now: bool) -> tuple[Element, ...]:
    """On the card of a round; `open_now` where its answers are with reviewers already."""
    missing = (
        tn("{count} review has nobody to write it.", "{count} reviews have nobody to write them.", shortage.missing)
        if open_now
        else tn(
            "If answers were handed out now, {count} review would have nobody to write it.",
            "If answers were handed out now, {count} reviews would have nobody to write them.",
            shortage.missing,
        )
    )
    return (Paragraph(missing), Paragraph(_what_helps(shortage), quiet=True))


def _what_helps(shortage: Shortage) -> Text:
    if not shortage.mentors:
        return t("No mentor of rounds has time: an admin can ask somebody, and more answers bring more reviewers.")
    if not shortage.free:
        return t("The mentors of rounds have as many reviews as they have time for. One more of them would help.")
    return tn(
        "Mentors of rounds have time for {count} more, but not for these answers.",
        "Mentors of rounds have time for {count} more, but not for these answers.",
        shortage.free,
    )
