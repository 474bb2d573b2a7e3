"""Looking answers up, and what the policy has to know of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple, cast

from sqlalchemy import CompoundSelect, Select, bindparam, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.errors import UserFacingError
from bot.base.ids import MemberId
from bot.base.policy import Subject, Visibility
from bot.base.text import t
from bot.chat.refs import MessageRef
from bot.feature.context import Context
from bot.members.mentorships import mentors_of
from bot.scoring.report import Report
from storage.prepared import Own, prepared, table_of
from storage.tables.answers import Answer, AnswerPart, AnswerState, EarlyChange, Feedback, GivenAs, Revision, SetAside
from storage.tables.questions import Slot
from storage.tenancy import required_workspace_of

ANSWER, PART = table_of(Answer), table_of(AnswerPart)
CLOSING = "closing"
"""The kind of question that asks for one's own questions."""
PART_NAMES = ("situation", "task", "action", "result", "learning")
"""The fields of the form for a story, in their order."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A revision with its answer and its question's slot, as far as there is one."""

    revision: Revision
    answer: Answer
    slot: Slot | None

    @property
    def report(self) -> Report:
        """The report on this revision, as it is shown."""
        return report_of(self.revision)


@dataclass(frozen=True, slots=True)
class Told:
    """A revision with what its feedback needs of its answer, its question's slot and its author."""

    answer: str
    author: MemberId
    revision: str
    number: int
    text: str
    question: str
    kind: str
    report: str
    created_at: datetime
    standing: str | None
    """The revision that the feedback is on now."""
    public: bool
    messages: Sequence[str]
    slot: str | None
    thread: str | None
    language: str


@lru_cache(maxsize=200)
def _read(report: str) -> Report:
    """Kept for a while, since the feedback and its copy show the same report one after the other."""
    return Report.from_json(report)


def report_of(revision: Revision) -> Report:
    """The stored report as it is shown: a question to the interviewer has no story in it that could be rated."""
    return shown_report(revision.kind, revision.report)


def shown_report(kind: str, stored: str) -> Report:
    """The same, from a revision's columns."""
    report = _read(stored)
    if kind != CLOSING:
        return report
    sentence = t("This is about your own questions to an interviewer: there is no story to rate, so I give no number.")
    return replace(report, abstained=CLOSING, abstained_text=sentence, findings=(), flags=(), strengths=())


async def subject_of(session: AsyncSession, answer: Answer) -> Subject:
    """What the policy has to know of an answer; mentors are asked for only where it matters who they are."""
    visibility = cast(Visibility, answer.visibility)
    shown = visibility in ("mentors", "reviewers")
    mentors = await mentors_of(session, answer.member_id, "answers") if shown else frozenset[MemberId]()
    return Subject(required_workspace_of(session), answer.member_id, visibility, mentors)


async def answer_by_id(session: AsyncSession, answer_id: str) -> Answer:
    """The answer with this id; a sentence where it was withdrawn or never was."""
    answer = await session.get(Answer, answer_id)
    if answer is None or answer.state is AnswerState.WITHDRAWN:
        raise UserFacingError(t("This answer is not there any more. It was withdrawn or erased."))
    return answer


async def own_answer(ctx: Context, answer_id: str, verb: str) -> Answer:
    """The answer with this id, if the actor may do `verb` to it."""
    answer = await answer_by_id(ctx.session, answer_id)
    ctx.require(verb, await subject_of(ctx.session, answer))
    return answer


@prepared
def _standing(own: Own) -> Select[Any]:
    """Looked for first, since most replies are the first of an answer."""
    return select(ANSWER.c.id).where(
        own(ANSWER),
        ANSWER.c.member_id == bindparam("author"),
        ANSWER.c.slot_id == bindparam("slot"),
        ANSWER.c.given_as == bindparam("given"),
        ANSWER.c.state != AnswerState.WITHDRAWN,
    )


async def standing_answer(
    session: AsyncSession, member: MemberId, slot_id: str, given_as: GivenAs, *, lock: bool = False
) -> Answer | None:
    """The member's answer of this kind to a question, withdrawn ones aside."""
    found = await _standing.first(session, author=member, slot=slot_id, given=given_as)
    return await session.get(Answer, found.id, with_for_update=lock) if found is not None else None


async def answers_of(session: AsyncSession, member: MemberId, slot_id: str) -> Sequence[Answer]:
    """Every answer of a member to a question, withdrawn ones aside, oldest first."""
    rows = await session.scalars(
        select(Answer)
        .where(Answer.member_id == member, Answer.slot_id == slot_id, Answer.state != AnswerState.WITHDRAWN)
        .order_by(Answer.created_at, Answer.id)
    )
    return rows.all()


async def part_of_message(session: AsyncSession, message: MessageRef) -> AnswerPart | None:
    """The part that this message is."""
    return await session.scalar(select(AnswerPart).where(AnswerPart.message == message.encode()))


async def known_as(session: AsyncSession, message: MessageRef) -> set[str]:
    """What of this message is stored: it may be a "part" or set "aside", and an "early" change may wait for it."""
    return {name for (name,) in await _known.rows(session, ref=message.encode())}


@prepared
def _known(own: Own) -> CompoundSelect[Any]:
    tables = {"part": PART, "aside": table_of(SetAside), "early": table_of(EarlyChange)}
    return union_all(
        *(
            select(literal(name)).where(own(table), table.c.message == bindparam("ref"))
            for name, table in tables.items()
        )
    )


class Part(NamedTuple):
    """The words of one part: `name` of a field of the form, else `message`, as `MessageRef.encode()`."""

    name: str | None
    message: str | None
    text: str
    posted_at: datetime


@prepared
def _parts(own: Own) -> Select[Any]:
    columns = (PART.c[name] for name in Part._fields)
    return select(*columns).where(own(PART), PART.c.answer_id == bindparam("answer"), PART.c.text != "")


async def parts_of(session: AsyncSession, answer: Answer) -> list[Part]:
    """The parts that still have words: fields of the form in its order, messages in the order they were posted."""
    return sorted((Part(*row) for row in await _parts.rows(session, answer=answer.id)), key=_place)


def _place(part: Part) -> tuple[int, str, int, str]:
    field = PART_NAMES.index(part.name) if part.name in PART_NAMES else len(PART_NAMES)
    message = part.message or ""
    return (field, part.posted_at.isoformat(), len(message), message)


async def revisions_of(session: AsyncSession, answer_id: str) -> Sequence[Revision]:
    """The revisions of an answer, first to last."""
    rows = await session.scalars(select(Revision).where(Revision.answer_id == answer_id).order_by(Revision.number))
    return rows.all()


async def last_revision(session: AsyncSession, answer_id: str) -> Revision | None:
    """The newest revision of an answer."""
    return await session.scalar(
        select(Revision).where(Revision.answer_id == answer_id).order_by(Revision.number.desc()).limit(1)
    )


async def revision_before(session: AsyncSession, answer_id: str, number: int) -> Revision | None:
    """The revision of an answer that the one of this number came after."""
    if number == 1:
        return None
    return await session.scalar(select(Revision).where(Revision.answer_id == answer_id, Revision.number == number - 1))


async def feedback_on(session: AsyncSession, answer_id: str) -> Feedback | None:
    """The feedback on an answer."""
    return await session.scalar(select(Feedback).where(Feedback.answer_id == answer_id))


async def reviewed(session: AsyncSession, revision_id: str) -> Reviewed:
    """A revision with what belongs to it; a sentence where it is gone."""
    revision = await session.get(Revision, revision_id)
    if revision is None:
        raise UserFacingError(t("This answer is not there any more. It was withdrawn or erased."))
    answer = await answer_by_id(session, revision.answer_id)
    slot = await session.get(Slot, answer.slot_id) if answer.slot_id else None
    return Reviewed(revision, answer, slot)


async def own_reviewed(ctx: Context, revision_id: str, verb: str = "feedback.see") -> Reviewed:
    """A revision, if the actor may do `verb` to its answer."""
    found = await reviewed(ctx.session, revision_id)
    ctx.require(verb, await subject_of(ctx.session, found.answer))
    return found


async def slot_or_sentence(session: AsyncSession, slot_id: str) -> Slot:
    """The slot with this id; a sentence where it is gone."""
    slot = await session.get(Slot, slot_id)
    if slot is None:
        raise UserFacingError(t("This question is not there any more."))
    return slot
