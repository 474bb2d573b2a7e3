"""Self, rules, peers and mentor side by side, for the person alone; and one's own rating before one looks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from sqlalchemy import select

from bot.answers.records import answer_by_id, feedback_on, last_revision, subject_of
from bot.base.errors import UserFacingError
from bot.base.ids import new_id
from bot.base.text import t
from bot.feature.context import Context
from bot.review.records import last_override
from bot.review.results import read_result
from storage.once import insert_once
from storage.tables.answers import Answer, AnswerState, Revision
from storage.tables.readings import LevelReading
from storage.tables.review import Entry, EntryState, SelfRating

MOST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Row:
    """One answer: what its author, the rules, peers, a mentor and a colleague found, each None where nobody did."""

    answer: str
    question: str
    own: float | None = None
    rules: float | None = None
    peers: float | None = None
    reviews: int = 0
    mentor: float | None = None
    level: str | None = None
    levels: tuple[str, ...] = ()
    """What colleagues read, in the order they answered."""
    after_feedback: bool = False
    """The own rating was given after the feedback had been delivered."""


async def own_answer_to_rate(context: Context, answer_id: str) -> Answer:
    """An answer of the actor's own."""
    answer = await answer_by_id(context.session, answer_id)
    context.require("feedback.see", await subject_of(context.session, answer))
    if answer.state is AnswerState.OPEN:
        raise UserFacingError(t("Your answer is still being collected. Rate it when it is done."))
    return answer


async def own_scores(context: Context, answer_id: str) -> Mapping[str, int]:
    """What the actor gave an answer of their own before."""
    row = await _rating(context, answer_id)
    return {name: int(score) for name, score in row.scores.items()} if row is not None else {}


async def rate_own(context: Context, answer_id: str, scores: Mapping[str, int]) -> None:
    """Keep how somebody rates their own answer; rated again, the newest holds."""
    answer = await own_answer_to_rate(context, answer_id)
    values = {
        "id": new_id(),
        "answer_id": answer.id,
        "member_id": context.member,
        "scores": dict(scores),
        "at": context.now,
    }
    if not await insert_once(context.session, SelfRating, values, unique=(SelfRating.answer_id,)):
        row = await _rating(context, answer.id)
        if row is not None:
            row.scores, row.at = dict(scores), context.now


async def _rating(context: Context, answer_id: str) -> SelfRating | None:
    return await context.session.scalar(
        select(SelfRating).where(SelfRating.answer_id == answer_id, SelfRating.member_id == context.member)
    )


async def board_of(context: Context) -> Sequence[Row]:
    """The actor's latest answers that somebody rated, newest first."""
    answers = await context.session.scalars(
        select(Answer)
        .where(Answer.member_id == context.member, Answer.state == AnswerState.CLOSED)
        .order_by(Answer.created_at.desc(), Answer.id.desc())
        .limit(MOST_SHOWN)
    )
    rows = [await _row(context, answer) for answer in answers.all()]
    return [row for row in rows if row is not None]


async def _row(context: Context, answer: Answer) -> Row | None:
    session = context.session
    revision: Revision | None = await last_revision(session, answer.id)
    if revision is None:
        return None
    own = await _rating(context, answer.id)
    entries = await session.scalars(
        select(Entry)
        .where(Entry.answer_id == answer.id, Entry.state == EntryState.SUMMARISED)
        .order_by(Entry.id.desc())
    )
    entry = entries.first()
    result = read_result(entry) if entry is not None else None
    given = await last_override(session, entry) if entry is not None else None
    readings = await session.scalars(
        select(LevelReading)
        .where(LevelReading.answer_id == answer.id, LevelReading.answered_at.is_not(None))
        .order_by(LevelReading.answered_at)
    )
    feedback = await feedback_on(session, answer.id)
    delivered = feedback.delivered_at if feedback is not None else None
    return Row(
        answer=answer.id,
        question=revision.question,
        own=fmean(own.scores.values()) if own is not None and own.scores else None,
        rules=revision.rating,
        peers=result.mean if result is not None else None,
        reviews=result.reviews if result is not None else 0,
        mentor=given.value if given is not None else None,
        levels=tuple(reading.level for reading in readings if reading.level),
        after_feedback=own is not None and delivered is not None and own.at > delivered,
    )
