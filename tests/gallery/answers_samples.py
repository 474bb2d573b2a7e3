"""What the room of answers shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import get_args

from bot.answers import (
    advice,
    answer_cards,
    cards,
    direct,
    disputes,
    missed,
    notes,
    own_texts,
    private_form,
    setup,
    sharing,
)
from bot.answers.delta import compare
from bot.answers.detail_cards import detail_card
from bot.answers.portfolio import OverAll, ToldStory
from bot.answers.portfolio_cards import over_all_card, over_all_section
from bot.answers.withdrawing import Receipt, receipt_text
from bot.base.ids import MemberId
from bot.base.text import t
from bot.chat.cards import Card
from bot.chat.forms import Form
from bot.chat.refs import ConversationRef
from bot.scoring.portfolio import Telling, look_over
from bot.scoring.report import Report
from content.loader import Content
from storage.tables.answers import Answer, AnswerState, AsideReason, GivenAs, Revision, SetAside
from storage.tables.moderation import ModerationAct
from storage.tables.people import Member, MemberState
from storage.tables.questions import Slot
from tests.gallery.reports import ABSTAINED, ANSWER, BETTER, QUESTION, SITUATIONAL, STORY, WORSE
from tests.gallery.sample import Sample, identifier

AT = datetime(2030, 3, 4, 9, 30, tzinfo=UTC)
SLOT = Slot(id=identifier("slot"), text=QUESTION, kind="behavioral", thread_closed=False)
CLOSED = Slot(id=identifier("closed"), text="How would you tell your team?", kind="situational", thread_closed=True)
CHANNEL = ConversationRef("slack", "T0ROWAN", "C0PRACTICE")
ASIDE = SetAside(id=identifier("aside"), text="I once deleted an index.", reason=AsideReason.UNSURE, posted_at=AT)


def samples(content: Content) -> Iterator[Sample]:
    """Every card and form of the room, each under its occasion."""
    names = advice.finding_names(content, "en")
    shown: dict[str, Card | Form] = {
        **_feedback(names),
        **_advice(content, names),
        **_own(),
        **_others(),
        **_notes(),
        **_forms(names),
    }
    yield from (Sample("answers", name, shows) for name, shows in shown.items())


def _feedback(names: dict[str, str]) -> dict[str, Card]:
    def view(report: Report, number: int = 1, before: Report | None = None, author: str | None = None) -> Card:
        return cards.feedback_card(_view(names, report, number, before, author))

    return {
        "feedback": view(STORY),
        "feedback on a better version": view(BETTER, 2, STORY),
        "feedback on a worse version": view(WORSE, 2, BETTER),
        "feedback without a rating": view(ABSTAINED),
        "feedback on what one would do": view(SITUATIONAL),
        "feedback for all to see": view(STORY, author="Ana"),
        "feedback on a text that stands elsewhere": cards.feedback_card(
            replace(
                _view(names, STORY, 1, None),
                reused=t(
                    "Much of this text stands in your answer of {day} to “{question}”. That is fine for practice; "
                    "interviewers compare notes.",
                    day="2030-02-11",
                    question="Tell me about a failure.",
                ),
            )
        ),
        "short copy in the thread": cards.copy_card(_view(names, BETTER, 2, STORY)),
        "more detail": detail_card(STORY, ANSWER, names, revision=identifier("revision"), slot=SLOT.id),
        "more detail, at one's own pace": detail_card(
            STORY, ANSWER, names, revision=identifier("revision"), slot=SLOT.id, pace=120
        ),
        "more detail on what one would do": detail_card(SITUATIONAL, ANSWER, names, revision=identifier("revision")),
    }


def _view(
    names: dict[str, str], report: Report, number: int, before: Report | None, author: str | None = None
) -> cards.FeedbackView:
    return cards.FeedbackView(
        answer=identifier("answer"),
        revision=identifier("revision"),
        number=number,
        question=QUESTION,
        report=report,
        delta=compare(before, report) if before else None,
        names=names,
        slot=SLOT.id,
        author=author,
    )


def _advice(content: Content, names: dict[str, str]) -> dict[str, Card]:
    behavioral = next(question for question in content.questions.values() if question.kind == "behavioral")
    situational = next(question for question in content.questions.values() if question.kind == "situational")
    return {
        "two phrases": advice.expressions_card(content, STORY, "en"),
        "example of a finding": advice.example_card(content, "no_learning", names, "en"),
        "example by a rule": advice.example_card(content, "apologetic", names, "en"),
        "model skeleton": advice.skeleton_card(content, behavioral, behavioral.text.in_language("en"), "en"),
        "model skeleton of what one would do": advice.skeleton_card(
            content, situational, situational.text.in_language("en"), "en"
        ),
    }


def _answer(given_as: GivenAs, state: AnswerState = AnswerState.CLOSED, visibility: str = "me") -> Answer:
    member = MemberId(identifier("member"))
    return Answer(id=identifier(given_as), given_as=given_as, state=state, visibility=visibility, member_id=member)


def _own() -> dict[str, Card]:
    private = _answer(GivenAs.PRIVATE)
    listed = [
        answer_cards.OwnAnswer(identifier("a1"), QUESTION, "closed", 2, 4.5, AT),
        answer_cards.OwnAnswer(identifier("a2"), "", "closed", 1, None, AT),
        answer_cards.OwnAnswer(identifier("a3"), "How would you tell your team?", "open", 0, None, AT),
    ]
    return {
        "no answer yet": answer_cards.no_answer_card(SLOT.id),
        "my answer, in the thread and open": answer_cards.manage_card(
            _answer(GivenAs.THREAD, AnswerState.OPEN), QUESTION, shared=False
        ),
        "my answer, private and shared": answer_cards.manage_card(private, QUESTION, shared=True),
        "who may see it from now on": answer_cards.visibility_card(_answer(GivenAs.THREAD, visibility="mentors")),
        "before sharing": answer_cards.ask_to_share_card(private, ANSWER),
        "before withdrawing": answer_cards.ask_to_withdraw_card(private),
        "after withdrawing": Card(t("Your answer is withdrawn."), receipt_text(Receipt(revisions=2, messages=1))),
        "after the private form": private_form.given_card(private),
        "my answers": answer_cards.list_card(listed),
        "my answers, with what stands out": answer_cards.list_card(listed, over_all_section(_over_all())),
        "all that stands out": over_all_card(_over_all()),
        "my answers, none yet": answer_cards.list_card([]),
        "which question to answer privately": answer_cards.answer_which_card([SLOT, CLOSED]),
    }


def _over_all() -> OverAll:
    """Stories that show all that can stand out over them."""
    stories = tuple(ToldStory(identifier(f"a{n}"), QUESTION if n else "", f"2030-03-0{9 - n}") for n in range(4))
    texts = (
        "I moved the index in 2019 and nobody noticed, because I had rehearsed it on a copy for two weeks before.",
        "Last week I found the cause of a slow export, told both teams and wrote down how we measure it since then.",
    )
    given = [
        Telling(texts[n // 2], replace(STORY, flags=("hero",)), date(2030, 3, 9 - n), question=f"{QUESTION} {n}")
        for n in range(4)
    ]
    return OverAll(look_over(given), stories, more=True)


def _others() -> dict[str, Card]:
    readable = [
        (_answer(GivenAs.THREAD, visibility="channel"), "Ana"),
        (_answer(GivenAs.PRIVATE, visibility="channel"), "Bo"),
    ]
    member = Member(id=MemberId(identifier("member")), display_name="Cleo", state=MemberState.BLOCKED)
    act = ModerationAct(verb="member.block", acted_at=AT)
    return {
        "answers of others": answer_cards.others_card(SLOT, readable, 3),
        "answers of others, none yet": answer_cards.others_card(SLOT, [], 0),
        "an answer of somebody else, for a moderator": answer_cards.read_card(
            readable[0][0], "Ana", ANSWER, moderates=True
        ),
        "an answer shared to the thread": sharing.answer_card("Ana", ANSWER),
        "hidden by a moderator": answer_cards.hidden_card(readable[0][0]),
        "moderating a thread": answer_cards.thread_card(SLOT),
        "moderating a closed thread": answer_cards.thread_card(CLOSED),
        "moderation": answer_cards.moderation_card([SLOT, CLOSED], [member], [(act, "Ana", "Cleo")]),
        "moderation with nothing done": answer_cards.moderation_card([SLOT], [], []),
        "after blocking": answer_cards.blocked_card(member),
    }


def _notes() -> dict[str, Card]:
    payload = {"aside": ASIDE.id, "answer": identifier("answer"), "facts": {"revisions": 2, "messages": 1}}
    told = {f"note: {note.replace('_', ' ')}": notes._card(note, SLOT, payload) for note in get_args(notes.Note)}
    return {
        **told,
        "told in the thread: replies may be missing": missed.missed_card(SLOT.id),
        "is this an answer": notes.ask_card(ASIDE),
        "to which question is this an answer": direct.which_card(ASIDE, [SLOT, CLOSED]),
    }


def _forms(names: dict[str, str]) -> dict[str, Form]:
    revision = Revision(id=identifier("revision"), kind="behavioral", report=STORY.to_json().decode())
    return {
        "answer privately": private_form.form_for(SLOT, {}),
        "revise a private answer": private_form.form_for(SLOT, {"action": ANSWER}, "mentors"),
        "answer what one would do": private_form.form_for(CLOSED, {}),
        "score a text": own_texts.text_form(),
        "settings of answers in a channel": setup.settings_form(CHANNEL, "private", after_own=True),
        "settings of answers everywhere": setup.settings_form(None, "thread", after_own=False),
        "I disagree": disputes.dispute_form(revision, names),
    }
