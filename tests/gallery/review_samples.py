"""What peer-review rounds show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.base.text import t, tn
from bot.chat.cards import Card
from bot.chat.forms import Form
from bot.review import mentors, programme_cards, programme_form, round_cards, task_cards
from bot.review.actions import SaveRoundProgramme
from bot.review.round_cards import Standing
from bot.review.shortage import Shortage
from bot.review.shortage_cards import shortage_card
from bot.review.task_cards import Task
from content.loader import Content
from storage.tables.review import RoundState
from tests.gallery import reviewing_samples
from tests.gallery.reports import QUESTION
from tests.gallery.sample import Sample, identifier

ROUND, PROGRAMME = identifier("round"), identifier("programme")
UNTIL = "Tue 12 Mar, 15:00"
OPEN = Standing(
    round=ROUND,
    number=4,
    name="Peer reviews",
    state=RoundState.REVIEWING,
    answers=8,
    people=8,
    each=3,
    fewest=3,
    most=3,
    wanted=3,
    given=11,
    asked=24,
    waiting=2,
    until=f"{UNTIL} (Europe/Berlin)",
)
SMALL = replace(OPEN, answers=5, people=5, each=2, fewest=2, most=2, given=3, asked=10, withdrawn=1)
PAIR = replace(OPEN, answers=2, people=2, each=1, fewest=1, most=1, given=0, asked=2)
TASKS = (Task("C", QUESTION), Task("F", QUESTION), Task("A", QUESTION, private=True))


def samples(content: Content) -> Iterator[Sample]:
    """Every card and form of the room, each under its occasion."""
    shown = {**_in_the_channel(), **_to_reviewers(), **_to_others(content), **_programmes()}
    yield from (Sample("review", name, shows) for name, shows in shown.items())
    yield from reviewing_samples.samples(content)


def _in_the_channel() -> dict[str, Card]:
    closed = replace(OPEN, state=RoundState.CLOSED, withdrawn=2, until="", asked=22, given=22)
    nobody = replace(OPEN, answers=0, state=RoundState.SKIPPED)
    return {
        "a round under review": round_cards.hub_card(OPEN),
        "a round of a small group": round_cards.hub_card(SMALL),
        "a round of a group that grew": round_cards.hub_card(replace(SMALL, fewest=1, asked=7)),
        "a round of a small group without enough reviewers": round_cards.hub_card(
            replace(SMALL, fewest=1, most=1, asked=5)
        ),
        "a round of two people": round_cards.hub_card(PAIR),
        "a round in its grace": round_cards.hub_card(replace(OPEN, state=RoundState.GRACE)),
        "a round whose results are being put together": round_cards.hub_card(replace(OPEN, state=RoundState.CLOSING)),
        "a closed round": round_cards.hub_card(closed),
        "a round without answers": round_cards.hub_card(nobody),
        "a round with one answer": round_cards.hub_card(replace(nobody, answers=1)),
        "a cancelled round": round_cards.hub_card(replace(OPEN, state=RoundState.CANCELLED)),
        "a paused round": round_cards.hub_card(replace(OPEN, state=RoundState.PAUSED)),
        "answers being handed out": round_cards.hub_card(replace(OPEN, state=RoundState.ASSIGNING)),
        "where a round stands": round_cards.status_card(OPEN, 2),
        "where a round stands that takes answers": round_cards.status_card(
            replace(OPEN, state=RoundState.COLLECTING, until="", following=f"{UNTIL} (Europe/Berlin)"), 0
        ),
        "where a round stands, with too few reviewers": round_cards.status_card(OPEN, 0, Shortage(3)),
        "a round without enough reviewers": shortage_card(ROUND, 4, "Peer reviews", Shortage(2, mentors=1)),
    }


def _to_reviewers() -> dict[str, Card]:
    return {
        "a reviewer's list": task_cards.notice_card(ROUND, TASKS, UNTIL, pair=False, mentor=False),
        "a list of private answers": task_cards.notice_card(ROUND, TASKS[2:], UNTIL, pair=False, mentor=False),
        "a list for one of two people": task_cards.notice_card(ROUND, TASKS[:1], UNTIL, pair=True, mentor=False),
        "a mentor's list": task_cards.notice_card(ROUND, TASKS[:2], UNTIL, pair=False, mentor=True),
        "a reminder at half time": task_cards.reminder_card(ROUND, TASKS[:2], UNTIL, last=False),
        "a reminder on the last day": task_cards.reminder_card(ROUND, TASKS[:1], UNTIL, last=True),
        "a review handed on": task_cards.declined_card(True),
        "a review that was gone already": task_cards.declined_card(False),
        "out of a round": task_cards.out_card(3),
        "out of a round with nothing left": task_cards.out_card(0),
    }


def _to_others(content: Content) -> dict[str, Card]:
    text = "In 2023 I changed how invoices were rounded, and 212 customers were charged twice. I refunded them all."
    now = tn("{count} answer is being handed out.", "{count} answers are being handed out.", 8)
    return {
        "the only answer of a round": task_cards.alone_card(QUESTION, text, content, "en"),
        "an answer that came too late": task_cards.too_late_card(QUESTION),
        "rounds stopped with their channel": round_cards.stopped_card("Peer reviews", "practice", "archived"),
        "rounds stopped, the channel closed": round_cards.stopped_card("Peer reviews", "", "closed"),
        "rounds whose channel is open again": round_cards.opened_again_card(PROGRAMME, "Peer reviews", "practice"),
        "answers handed out by hand": round_cards.said_card(now),
        "a mentor of rounds": mentors.mentor_card("Mia", 4),
        "a mentor no more": mentors.mentor_card("Mia", 0),
    }


def _programmes() -> dict[str, Card | Form]:
    when = t("{days} at {time} ({zone})", days="Friday", time="15:00", zone="Europe/Berlin")
    listed = [
        programme_cards.Listed(PROGRAMME, "Peer reviews", when, t("Reviewing"), "Fri 15 Mar, 15:00", False),
        programme_cards.Listed(identifier("second"), "Seniors", when, t("Taking answers"), t("Paused"), True),
    ]
    plan = programme_form.first_plan("Europe/Berlin")
    return {
        "the rounds, for an admin": programme_cards.list_card(listed, may_run=True, may_change=True),
        "the rounds, for a member": programme_cards.list_card(listed, may_run=False, may_change=False),
        "no rounds yet": programme_cards.list_card([], may_run=True, may_change=True),
        "rounds saved": programme_cards.saved_card(PROGRAMME, "Peer reviews", "Fri 15 Mar, 15:00", 6),
        "rounds paused": programme_cards.paused_card(PROGRAMME, "Peer reviews"),
        "rounds going on": programme_cards.going_on_card("Peer reviews", "Fri 15 Mar, 15:00"),
        "the form of rounds": programme_form.programme_form(SaveRoundProgramme(), plan),
    }
