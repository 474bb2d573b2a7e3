"""Closing an answer: its words become a revision with a report, and feedback is on its way, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from sqlalchemy import Select, bindparam, select

from bot.answers import settings
from bot.answers.collecting import CLOSE, close_key
from bot.answers.delta import rating_of
from bot.answers.records import ANSWER, CLOSING, PART_NAMES, Part, feedback_on, last_revision, parts_of
from bot.base.errors import StarlingError
from bot.base.ids import new_id
from bot.base.text import Text, render, t
from bot.chat.refs import ConversationRef, MessageRef
from bot.feature.context import Context
from bot.feature.declarations import Done, Later, Outcome, Skip
from bot.members.preferences import TARGET_LEVEL
from bot.members.settings import read_all
from bot.outbox.queue import cancel, enqueue
from bot.questions.bank import as_question, own_questions
from bot.questions.slots import slot_by_id
from bot.scoring.abstain import NO_STORY
from bot.scoring.doc import Answer as Scored
from bot.scoring.doc import Asking, KeyPoint
from bot.scoring.engine import score
from bot.scoring.report import Kind, Report
from bot.scoring.rubric import Rules
from content.find import QuestionIndex, asks_what_one_would_do
from content.known import asking_of, points_of
from content.loader import Content
from content.schema import Question
from storage.once import insert_once
from storage.prepared import Own, prepared
from storage.tables.answers import Answer, AnswerState, Feedback, GivenAs, Revision
from storage.tables.outbox import Delivery
from storage.tables.questions import Slot

FEEDBACK = "answer.feedback"
COPY = "answer.feedback_copy"
CLOSED = "answer.closed"
"""Told to the other rooms when an answer has a new revision; the subject is its id."""

PART_LABELS: dict[str, Text] = {
    "situation": t("Situation"),
    "task": t("Task"),
    "action": t("Action"),
    "result": t("Result"),
    "learning": t("Learning"),
}
"""What the fields of the form are called; in English they also label the parts in the text that is scored."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The question an answer is held against, as it was posted."""

    text: str
    kind: str
    points: tuple[KeyPoint, ...] = ()
    asking: Asking = field(default_factory=Asking)

    @property
    def scored_as(self) -> Kind:
        """How the engine reads it: whatever is no story is held against points, of which there may be none."""
        return "behavioral" if self.kind == "behavioral" else "situational"


async def prepare_closing(ctx: Context, delivery: Delivery) -> Outcome:
    """Close the answer when its quiet time has passed."""
    answer = next(iter(await _to_close.objects(ctx.session, Answer, which=delivery.subject_id)), None)
    if answer is None or answer.state is not AnswerState.OPEN or delivery.key != close_key(answer):
        return Skip("the answer is not open any more")
    if answer.closes_at is not None and answer.closes_at > ctx.now:
        return Later(answer.closes_at, "a further part came")
    await _close(ctx, answer)
    return Done()


@prepared
def _to_close(own: Own) -> Select[Any]:
    return select(ANSWER).where(own(ANSWER), ANSWER.c.id == bindparam("which")).with_for_update()


async def close(ctx: Context, answer: Answer, *, question: str = "") -> None:
    """Close an open answer now: a revision with its report, and feedback, unless its words did not change.

    `question` is what a text of one's own answers, in its author's words.
    """
    if answer.state is AnswerState.OPEN:
        await cancel(ctx.session, close_key(answer), f"{CLOSE}d already", now=ctx.now)
        await _close(ctx, answer, question=question)


async def _close(ctx: Context, answer: Answer, *, question: str = "") -> None:
    answer.state, answer.closes_at = AnswerState.CLOSED, None
    parts = await parts_of(ctx.session, answer)
    text = text_of(parts)
    # What is open for the first time was never closed.
    before = await last_revision(ctx.session, answer.id) if answer.openings > 1 else None
    if before is not None and before.text == text:
        return
    slot = await slot_by_id(ctx.session, answer.slot_id) if answer.slot_id else None
    asked = await _asked(ctx, slot, before, question)
    target, public = await _wishes(ctx, answer, slot)
    asked, report = _scored(asked, text, target, ctx.rules, of_ours=answer.slot_id is not None)
    revision = {
        "id": new_id(),
        "answer_id": answer.id,
        "number": before.number + 1 if before else 1,
        "text": text,
        "question": asked.text,
        "kind": asked.kind,
        "points": [{"text": point.text, "also": list(point.also)} for point in asked.points],
        "asking": asdict(asked.asking),
        "target_level": target,
        "engine": report.engine,
        "rubric": report.rubric,
        "lexicon": report.lexicon,
        "rating": None if asked.kind == CLOSING else rating_of(report),
        "report": report.to_json().decode(),
        "created_at": ctx.now,
    }
    if not await insert_once(ctx.session, Revision, revision, unique=[Revision.answer_id, Revision.number]):
        raise StarlingError(f"the answer {answer.id} is being closed elsewhere")
    feedback = await feedback_on(ctx.session, answer.id) if before is not None else None
    if feedback is None:
        values = {"answer_id": answer.id, "revision_id": revision["id"], "messages": [], "public": public}
        await insert_once(ctx.session, Feedback, values)
    else:
        feedback.revision_id, public = str(revision["id"]), feedback.public
    await _give_feedback(ctx, answer, str(revision["id"]), public=public)
    _react_done(ctx, parts)
    await ctx.tell(CLOSED, answer.id)


def _scored(asked: Asked, text: str, target: str | None, rules: Rules, *, of_ours: bool) -> tuple[Asked, Report]:
    """The report, and the question as it was read: one that is not `of_ours` may ask what one would do, and is not
    answered by a story then."""

    def made(asked: Asked) -> Report:
        return score(Scored(text, asked.scored_as, asked.text, asked.points, target, asked.asking), rules)

    report = made(asked)
    if of_ours or report.abstained != NO_STORY or not asks_what_one_would_do(asked.text):
        return asked, report
    asked = replace(asked, kind="situational")
    return asked, made(asked)


def recorded_inputs(revision: Revision) -> Scored:
    """What a revision's report was made from: scored again by the same rules it gives the same bytes."""
    asked = _asked_before(revision)
    return Scored(revision.text, asked.scored_as, asked.text, asked.points, revision.target_level, asked.asking)


def text_of(parts: Sequence[Part]) -> str:
    """The words of an answer: messages in their order, fields of the form under their names."""
    fields = [part for part in parts if part.name in PART_NAMES]
    if not fields:
        return "\n\n".join(part.text for part in parts)
    return "\n\n".join(
        f"{render(PART_LABELS[part.name])}: {part.text}" for part in fields if part.name and part.text.strip()
    )


def _shipped_questions(content: Content, rules: Rules) -> QuestionIndex:
    return QuestionIndex(content.questions.values(), rules.lexicon)


async def _asked(ctx: Context, slot: Slot | None, before: Revision | None, question: str) -> Asked:
    """The question as posted; of a text of one's own, the one of the bank that its author's words mean."""
    if slot is not None:
        known = ctx.content.questions.get(slot.question_id)
        return Asked(slot.text, slot.kind, _points(slot.points), _asking(known, slot.archetypes, slot.must_not))
    if before is not None:
        return _asked_before(before)
    if not question.strip():
        return Asked("", "behavioral")
    own = [as_question(row) for row in await own_questions(ctx.session)]
    found = ctx.once(_shipped_questions).beside(own).find(question)
    if found is None:
        return Asked(question, "behavioral")
    return Asked(question, found.kind, points_of(found), asking_of(found))


def _asking(question: Question | None, archetypes: Sequence[str], must_not: Sequence[str]) -> Asking:
    """What is known of a question as it was posted: its archetypes, and what must not be done, may have changed."""
    known = asking_of(question) if question is not None else Asking()
    return replace(known, archetypes=tuple(archetypes), must_not=tuple(must_not))


def _asked_before(revision: Revision) -> Asked:
    return Asked(revision.question, revision.kind, _points(revision.points), Asking.of(revision.asking))


def _points(stored: Sequence[Any]) -> tuple[KeyPoint, ...]:
    return tuple(KeyPoint(point["text"], tuple(point["also"])) for point in stored)


async def _wishes(ctx: Context, answer: Answer, slot: Slot | None) -> tuple[str | None, bool]:
    """The level its author prepares for, and whether its feedback stands in the thread.

    That it does for thread answers only, where the channel is set to it.
    """
    channel = None
    if slot is not None and slot.thread is not None and answer.given_as is GivenAs.THREAD:
        channel = ConversationRef.decode(slot.thread).root
    wanted = (TARGET_LEVEL, settings.FEEDBACK_PLACE)
    found = await read_all(ctx.session, wanted, member=answer.member_id, channel=channel)
    public = channel is not None and found[settings.FEEDBACK_PLACE.key] == "thread"
    return found[TARGET_LEVEL.key] or None, public


async def _give_feedback(ctx: Context, answer: Answer, revision: str, *, public: bool) -> None:
    kinds = [FEEDBACK] if public or answer.given_as is not GivenAs.THREAD else [FEEDBACK, COPY]
    for kind in kinds:
        await enqueue(
            ctx.session,
            workspace_id=ctx.workspace,
            kind=kind,
            subject_id=revision,
            due_at=ctx.now,
            key=f"{kind}:{revision}",
            member_id=None if public else answer.member_id,
        )
    ctx.refresh_home(answer.member_id)


def _react_done(ctx: Context, parts: Sequence[Part]) -> None:
    last = next((part.message for part in reversed(parts) if part.message), None)
    if last is not None:
        ctx.react(MessageRef.decode(last), "done")
