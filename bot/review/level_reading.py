"""A colleague reads at which level a story was told: asked by its author, answered by form, for the author alone."""

from __future__ import annotations

from sqlalchemy import select

from bot.answers.records import last_revision
from bot.base.errors import NotAllowed, UserFacingError
from bot.base.ids import MemberId, new_id
from bot.base.text import t
from bot.feature.context import Context
from bot.review.board import own_answer_to_rate
from bot.review.records import NOT_YOURS
from bot.review.results_posts import tell_level
from content.schema import LEVELS
from storage.once import insert_once
from storage.tables.answers import Answer, AnswerState, Revision
from storage.tables.review import LevelReading

YOURSELF = t("Ask somebody else: your own rating has its place on your board.")
ASKED_ALREADY = t("You have asked this person about this answer already.")
GONE = t("This answer was withdrawn, so there is nothing left to read. Thank you.")


async def ask(context: Context, answer_id: str, reader: MemberId) -> LevelReading:
    """Ask a colleague to read an answer of one's own."""
    answer = await own_answer_to_rate(context, answer_id)
    if reader == context.member:
        raise UserFacingError(YOURSELF)
    values = {
        "id": new_id(),
        "answer_id": answer.id,
        "reader_id": reader,
        "because": "",
        "asked_at": context.now,
    }
    if not await insert_once(
        context.session, LevelReading, values, unique=(LevelReading.answer_id, LevelReading.reader_id)
    ):
        raise UserFacingError(ASKED_ALREADY)
    reading = await context.session.get_one(LevelReading, values["id"])
    await tell_level(context, reading.id, reader, "asked")
    return reading


async def to_read(context: Context, reading_id: str, *, lock: bool = False) -> tuple[LevelReading, Answer, Revision]:
    """What the actor was asked to read; a sentence where it is gone."""
    reading = await context.session.get(LevelReading, reading_id, with_for_update=lock or None)
    if reading is None or reading.reader_id != context.member:
        raise NotAllowed(NOT_YOURS)
    answer = await context.session.get_one(Answer, reading.answer_id)
    revision = await last_revision(context.session, answer.id)
    if answer.state is AnswerState.WITHDRAWN or revision is None:
        raise UserFacingError(GONE)
    return reading, answer, revision


async def answer_reading(context: Context, reading_id: str, level: str | None, because: str) -> None:
    """Keep the reading and send it to the author; the same again changes nothing."""
    reading, answer, _ = await to_read(context, reading_id, lock=True)
    if level not in LEVELS:
        raise UserFacingError(t("Choose a level from the list."))
    first = reading.answered_at is None
    reading.level, reading.because, reading.answered_at = level, because.strip(), context.now
    if first:
        await tell_level(context, reading.id, answer.member_id, "read")


async def decline(context: Context, reading_id: str) -> None:
    """Nothing to read for this person: the request goes, and its author can ask somebody else."""
    reading, answer, _ = await to_read(context, reading_id, lock=True)
    if reading.answered_at is not None:
        return
    await tell_level(context, reading.id, answer.member_id, "declined")


async def readings_of(context: Context, answer_id: str) -> list[LevelReading]:
    """What colleagues read in an answer."""
    rows = await context.session.scalars(
        select(LevelReading).where(LevelReading.answer_id == answer_id).order_by(LevelReading.asked_at)
    )
    return list(rows)
