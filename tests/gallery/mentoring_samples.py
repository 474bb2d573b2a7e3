"""What the room of mentors shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.base.ids import MemberId
from bot.base.text import t
from bot.chat.cards import Card
from bot.chat.forms import Form
from bot.members.cards import WEEKDAYS
from bot.members.mentorships import SHARED, Shared
from bot.mentoring import agreement_cards as cards
from bot.mentoring import forms, help_cards, list_cards, mentee_cards, setup
from bot.mentoring.conversing import Said
from bot.mentoring.digest_times import DigestTime
from bot.mentoring.help_cards import DigestPart
from bot.mentoring.list_cards import Line
from bot.mentoring.notes import NoteLine
from bot.mentoring.service import Look
from bot.mentoring.targets import standing
from bot.mentoring.viewing import AnswerLine, AnswerView, AssignmentLine, View
from bot.mentoring.waiting import QueueAge, Waiting, age_text
from bot.questions.times import short_day_for
from storage.tables.mentoring import (
    MentorAssignment,
    MentoringTarget,
    Mentorship,
    MentorshipState,
    NoteSeenBy,
    TargetState,
)
from tests.gallery.sample import Sample, identifier

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
UTC_ZONE = ZoneInfo("UTC")
ID = identifier("mentorship")
ANA, BEN = MemberId(identifier("ana")), MemberId(identifier("ben"))
SOME: tuple[Shared, ...] = ("answers", "scores", "stories")
QUESTION = "Tell me about a time you changed something and it did harm."
TEXT = "I changed how invoices were rounded, and some customers were charged twice. I stopped the job at once."


def mentorship(state: MentorshipState = MentorshipState.ACTIVE) -> Mentorship:
    """Ben's with Ana, whom Ben mentors."""
    return Mentorship(id=ID, mentor_id=BEN, mentee_id=ANA, state=state, shares=list(SOME), asked_at=NOW)


def assignment(*, answered: bool = False) -> MentorAssignment:
    """What Ben asked Ana to answer."""
    return MentorAssignment(
        id=identifier("assignment"), mentor_id=BEN, mentee_id=ANA, question_id="", question=QUESTION,
        due_on=date(2026, 11, 30), assigned_at=NOW, answer_id=identifier("answer") if answered else None,
        answered_at=NOW if answered else None,
    )  # fmt: skip


def _target() -> MentoringTarget:
    return MentoringTarget(
        id=identifier("target"), mentee_id=ANA, proposed_by=BEN, level="L6", by_on=date(2027, 3, 31),
        state=TargetState.SET, set_at=NOW,
    )  # fmt: skip


def _view(shares: tuple[Shared, ...]) -> View:
    answers = (
        AnswerLine(identifier("answer"), QUESTION, NOW.date(), 3.5),
        AnswerLine(identifier("another answer"), "", NOW.date(), None),
    )
    return View(
        ID, BEN, "Ben", ANA, "Ana", frozenset(shares),
        answers if "answers" in shares else (),
        ((identifier("story"), "The label printer in Rotterdam"),) if "stories" in shares else (),
        (
            AssignmentLine(identifier("assignment"), QUESTION, date(2026, 11, 30), None),
            AssignmentLine(identifier("another"), "What would you do differently?", date(2026, 11, 20), NOW),
        ),
        standing("L6", date(2027, 3, 31), NOW.date(), ("L5", "L4", "L4")) if "scores" in shares else None,
    )  # fmt: skip


def _lines() -> list[Line]:
    states = MentorshipState
    return [
        Line(identifier("with Ben"), "Ben", "mentee", states.ACTIVE, SOME),
        Line(identifier("with Cleo"), "Cleo", "mentee", states.ASKED, ()),
        Line(identifier("with Dana"), "Dana", "mentee", states.OFFERED, ()),
        Line(identifier("with Emil"), "Emil", "mentee", states.PROPOSED, ()),
        Line(identifier("with Fay"), "Fay", "mentor", states.ACTIVE, SOME),
        Line(identifier("with Gil"), "Gil", "mentor", states.ASKED, ()),
        Line(identifier("with Hana"), "Hana", "mentor", states.OFFERED, ()),
    ]


def _waits() -> list[Waiting]:
    return [
        Waiting("request", ID, "Gil", "", NOW - timedelta(days=4)),
        Waiting("question", identifier("question"), "Fay", "Is the ending too long?", NOW - timedelta(hours=30)),
        Waiting("assignment", ID, "Fay", QUESTION, NOW - timedelta(minutes=5), identifier("answer")),
    ]


def day_text(day: date) -> str:
    """A day as somebody reads it who reads English."""
    return short_day_for(day, NOW.date())


def samples() -> Iterator[Sample]:
    """Every card and form of the room, each under its occasion."""
    shown: dict[str, Card | Form] = {**_agreeing(), **_looking(), **_helping(), **_forms()}
    for occasion, card in shown.items():
        yield Sample("mentoring", occasion, card)
    target = standing("L6", date(2027, 3, 31), NOW.date(), ("L5", "L5", "L4"))
    home = list_cards.home_section(_lines(), 3, target)
    yield Sample("mentoring", "the home of a mentor and mentee", Card(t("Home"), home), home=True)
    yield Sample(
        "mentoring", "the home without a mentor", Card(t("Home"), list_cards.home_section([], 0, None)), home=True
    )


def _agreeing() -> dict[str, Card | Form]:
    quick = age_text(QueueAge(0, None, timedelta(hours=20)), "Ben", NOW)
    row = mentorship()
    return {
        "a mentor was asked": cards.asked_card(ID, "Ben", quick),
        "a mentor offered": cards.offered_card(ID, "Ana"),
        "handed over": cards.handed_over_card(ID, "Ana", "Cleo"),
        "somebody asks for a mentor": cards.request_card(ID, "Ana"),
        "somebody offers to mentor": cards.offer_card(ID, "Ben"),
        "a mentor would like to hand over": cards.offer_card(ID, "Cleo", instead_of="Ben"),
        "a mentor said yes": cards.begun_for_mentee_card(ID, "Ben", ()),
        "an offer was accepted, to the mentee": cards.begun_for_mentee_card(ID, "Ben", SOME),
        "an offer was accepted, to the mentor": cards.begun_for_mentor_card(ID, "Ana"),
        "the next mentor is asked": cards.waits_for_mentor_card("Cleo"),
        "what is seen was chosen": cards.sharing_saved_card(ID, "Ben", SOME),
        "declined": cards.declined_card("Ben"),
        "one declined": cards.settled_card(),
        "one took it back": cards.settled_card(taken_back=True),
        "mentors are set up": setup.saved_card(3),
        "set up mentors": setup.silence_form(3),
        "ended, to the mentor": cards.ended_card("Ana", reader="mentor"),
        "ended, to the mentee": cards.ended_card("Ben", reader="mentee"),
        "a mentor deleted their data": cards.gone_card(),
        "one ended it": cards.over_card(),
        "a silent mentor": cards.silent_card(ID, "Ben", 24),
        "mentors and mentees": list_cards.list_card(
            [*_lines()[:2], list_cards.line_of(row, "Ian", "mentor", ("answers",))], 3
        ),
        "more mentors and mentees than are listed": list_cards.list_card(_lines(), 3),
        "both are mentor and mentee": list_cards.which_card(
            [_lines()[0], Line(identifier("back"), "Ben", "mentor", MentorshipState.ACTIVE, ())], "Ben"
        ),
        "no mentor and no mentee": list_cards.list_card([], 0),
    }


def _looking() -> dict[str, Card | Form]:
    said = (
        Said("Ben", "The result has no figure.", NOW),
        Said("Ben", "Is the ending too long?", NOW, "Yes. Stop after the refund.", asked=True),
        Said("Cleo", "Which story fits better?", NOW, asked=True),
    )
    answer = AnswerView(identifier("answer"), ANA, "Ana", QUESTION, TEXT, NOW.date(), 3.5, (3.8, 4))
    notes = [
        NoteLine(identifier("note"), "Ben", "Talks too long about the setting.", NoteSeenBy.ME, NOW, own=True),
        NoteLine(identifier("note"), "Cleo", "Ready for a mock interview.", NoteSeenBy.MENTORS, NOW, own=False),
    ]
    looks = [
        Look("Ben", "answers", NOW, identifier("answer")), Look("Ben", "answers", NOW), Look("", "scores", NOW),
        Look("Cleo", "stories", NOW, "gone"), Look("Cleo", "elsewhere", NOW),
    ]  # fmt: skip
    titles = {identifier("answer"): QUESTION}
    return {
        "a mentee, to the mentor": mentee_cards.view_card(_view(SOME), day_text),
        "a mentee who shows nothing": mentee_cards.view_card(_view(()), day_text),
        "a mentee, as the mentee sees it": mentee_cards.view_card(_view(SHARED), day_text, mirror=True),
        "a mentee's answer": mentee_cards.answer_card(answer, day_text, said[:2]),
        "what mentors said about an answer": mentee_cards.comments_card(identifier("answer"), said),
        "no mentor said anything": mentee_cards.comments_card(identifier("answer"), ()),
        "who looked": mentee_cards.looks_card(looks, UTC_ZONE, titles),
        "nobody looked": mentee_cards.looks_card([], UTC_ZONE),
        "notes about a mentee": mentee_cards.notes_card("Ana", notes, UTC_ZONE, day_text),
        "no notes": mentee_cards.notes_card("Ana", [], UTC_ZONE, day_text),
        "a note was deleted after the end": mentee_cards.note_deleted_card(),
    }


def _helping() -> dict[str, Card | Form]:
    target = _target()
    stands = standing(target.level, target.by_on, NOW.date(), ("L4",))
    week = (t("{given}, rated {rating}", given="3 answers", rating="3.5 of 5"),)
    slow = age_text(QueueAge(4, NOW - timedelta(days=9), None), "Ben", NOW)
    return {
        "a question with a day": help_cards.assigned_card(assignment(), "Ben"),
        "a question with a day was sent": help_cards.assignment_sent_card(assignment(), "Ana"),
        "a question is due": help_cards.reminder_card(assignment(), "Ben", overdue=False),
        "a question is overdue": help_cards.reminder_card(assignment(), "Ben", overdue=True),
        "a question was answered": help_cards.done_card(assignment(answered=True), "Ana", readable=True),
        "a question was answered privately": help_cards.done_card(assignment(), "Ana", readable=False),
        "a comment": help_cards.comment_card(identifier("answer"), "Ben", QUESTION, "The result has no figure."),
        "a mentee asks": help_cards.question_card(
            identifier("question"), "Ana", "Is the ending too long?", identifier("answer")
        ),
        "a mentor replied": help_cards.reply_card("Ben", "Is the ending too long?", "Yes. Stop after the refund."),
        "a note for the mentee": help_cards.note_card("Ben", "Try the printer story next."),
        "a target is proposed": help_cards.proposal_card(target, "Ben"),
        "a target was taken": help_cards.target_settled_card("Ana", taken=True),
        "a target was refused": help_cards.target_settled_card("Ana", taken=False),
        "one's target": help_cards.target_card(target, stands),
        "a target was let go": help_cards.dropped_card(),
        "sent to the mentee": help_cards.sent_card(),
        "the mentor has a question": help_cards.asked_mentor_card("Ben", slow),
        "what waits for a mentor": help_cards.waiting_card(_waits(), NOW),
        "nothing waits for a mentor": help_cards.waiting_card([], NOW),
        "a mentor's week": help_cards.digest_card([DigestPart("Ana", week)], _waits(), NOW),
        "the week is set": help_cards.digest_saved_card(WEEKDAYS[2], "16:30", wanted=True),
        "the week is switched off": help_cards.digest_saved_card(WEEKDAYS[2], "16:30", wanted=False),
    }


def _forms() -> dict[str, Card | Form]:
    return {
        "choose what is seen": forms.sharing_form(mentorship(), "Ben"),
        "accept and choose": forms.sharing_form(mentorship(MentorshipState.OFFERED), "Ben"),
        "find somebody": forms.finding_form(),
        "hand over": forms.handover_form(ID, "Ana"),
        "comment on an answer": forms.comment_form(identifier("answer"), "Ana"),
        "ask a mentor": forms.asking_form(identifier("answer"), {BEN: "Ben"}),
        "reply to a mentee": forms.reply_form(identifier("question"), "Is the ending too long?"),
        "ask for an answer": forms.assigning_form(ID, "Ana"),
        "answer a mentor": forms.assignment_form(assignment(), "Ben", 3000),
        "write a note": forms.note_form(ID, "Ana"),
        "set a target": forms.target_form("", _target()),
        "propose a target": forms.target_form(ID, None, "Ana"),
        "choose the week": forms.digest_form(DigestTime(2, time(16, 30), wanted=True), "Europe/Berlin"),
    }
