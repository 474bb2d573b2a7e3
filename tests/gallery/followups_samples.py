"""What the room of follow-ups shows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from bot.base.text import t
from bot.chat.cards import Card
from bot.chat.forms import Form
from bot.followups import cards, forms
from bot.scoring.followups import FollowUpKind, FollowUpReport, judge_closing, judge_follow_up
from bot.scoring.rubric import Rules
from content.follow_ups import closing_bank, follow_up_cues
from content.loader import Content
from content.rules import load_rules
from tests.gallery.reports import ANSWER
from tests.gallery.sample import Sample, identifier

REPLIES: dict[str, tuple[FollowUpKind, str]] = {
    "a reply at L4": (
        "differently",
        "On the whole it went well. The vendor was simply too slow, and I would communicate more.",
    ),
    "a reply at L5": (
        "differently",
        "I would have looked at the slow queries first. I spent three weeks on a bigger machine, which cost us 4,000 "
        "euros a month and changed nothing.",
    ),
    "a reply at L6": (
        "differently",
        "I'd put the problem differently. I had treated it as a slow database because that is what the alert said, and "
        "so we tuned the database for a month. The problem was that the report was run at noon at all. Since then I "
        "ask who needs a thing, and when, before I make it faster; I have done it in both projects after that.",
    ),
    "a reply of nothing": ("differently", "Nothing really, it all went to plan."),
    "how it was measured": (
        "measured",
        "From the logs: the median was 840 ms for the two weeks before, and 310 for the two weeks after.",
    ),
    "what was hardest": ("hardest", "It was a lot of work and I put in long hours."),
    "the basic facts": ("facts", "About 300 people use it, and we were four engineers."),
    "a reply that cannot be judged": ("measured", "Yes."),
}
CLOSING = (
    "What's the salary?\nWhat is the biggest piece of technical debt you carry?\n"
    "I read your post about the outage in May. What changed after it?\nWhat does a good week look like?"
)


@cache
def _rules() -> Rules:
    return load_rules()


def _report(kind: FollowUpKind, text: str) -> FollowUpReport:
    return judge_follow_up(kind, text, _rules(), follow_up_cues(), ANSWER)


def _reply(kind: FollowUpKind, text: str, *, version: int = 2, number: int = 1) -> Card:
    return cards.reply_card(
        _report(kind, text),
        text,
        reply=identifier("reply"),
        answer=identifier("answer"),
        version=version,
        newest=2,
        number=number,
    )


def samples(content: Content) -> Iterator[Sample]:
    """Every card and form of the room, each under its occasion."""
    bank = closing_bank(content)
    listed = [
        (identifier("r1"), forms.FOLLOW_UPS["differently"], REPLIES["a reply at L5"][1]),
        (identifier("r2"), forms.FOLLOW_UPS["measured"], REPLIES["how it was measured"][1]),
    ]
    shown: dict[str, Card | Form] = {
        **{name: _reply(kind, text) for name, (kind, text) in REPLIES.items()},
        "a second attempt at an older version": _reply(*REPLIES["a reply at L5"], version=1, number=2),
        "my replies": cards.replies_card(listed, identifier("answer")),
        "my replies, none yet": cards.replies_card([], None),
        "closing questions checked": cards.closing_card(judge_closing(CLOSING, bank, _rules(), follow_up_cues())),
        "no closing questions": cards.closing_card(
            judge_closing("No questions from my side.", bank, _rules(), follow_up_cues())
        ),
        "a pace set": cards.pace_card(130),
        "no pace set": cards.pace_card(0),
        "in the home": Card(t("Follow-ups in the home"), cards.home_elements()),
        "the form for a reply": forms.reply_form(identifier("revision"), "differently"),
        "the form for closing questions": forms.closing_form(CLOSING),
        "the form for one's pace": forms.pace_form(130),
    }
    yield from (Sample("followups", name, shows) for name, shows in shown.items())
