"""One's own speaking pace: set as words a minute, or measured by telling the latest answer aloud."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from bot.answers.records import report_of
from bot.base.errors import UserFacingError
from bot.base.text import Text, t
from bot.feature.context import Context
from bot.followups.forms import PACE, SECONDS
from bot.members.preferences import WORDS_A_MINUTE
from bot.members.settings import read, write
from bot.scoring.followups.pace import FASTEST, SLOWEST, measured_pace
from storage.tables.answers import Answer, AnswerState, Revision

NO_PACE = t("From {slowest} to {fastest} words a minute, as a whole number.", slowest=SLOWEST, fastest=FASTEST)


async def current(ctx: Context) -> int:
    """Words a minute of the actor; 0 where none are set."""
    return await read(ctx.session, WORDS_A_MINUTE, member=ctx.member)


def problems(values: Mapping[str, Sequence[str]]) -> dict[str, Text]:
    """What is wrong with the entered numbers, by field."""
    pace, seconds = _entered(values, PACE), _entered(values, SECONDS)
    if pace and not (pace.isascii() and pace.isdigit() and SLOWEST <= int(pace) <= FASTEST):
        return {PACE: NO_PACE}
    if seconds and not (seconds.isascii() and seconds.isdigit() and int(seconds) > 0):
        return {SECONDS: t("A number of seconds, such as 95.")}
    return {}


async def save(ctx: Context, values: Mapping[str, Sequence[str]]) -> int:
    """Keep the pace; measured seconds win over an entered figure. Gives words a minute, 0 where none are kept.

    `UserFacingError` where there is no answer to measure by, or nobody speaks like that.
    """
    if problems(values):
        raise UserFacingError(NO_PACE)
    entered, seconds = _entered(values, PACE), _entered(values, SECONDS)
    pace = await _measured(ctx, int(seconds)) if seconds else int(entered or 0)
    await write(ctx.session, WORDS_A_MINUTE, "member", ctx.member, pace or None, ctx.member, ctx.now)
    return pace


async def _measured(ctx: Context, seconds: int) -> int:
    revision = await ctx.session.scalar(
        select(Revision)
        .join(Answer, Answer.id == Revision.answer_id)
        .where(Answer.member_id == ctx.member, Answer.state != AnswerState.WITHDRAWN)
        .order_by(Revision.created_at.desc(), Revision.id.desc())
        .limit(1)
    )
    if revision is None:
        raise UserFacingError(t("There is no answer of yours to measure by yet. Enter the words a minute instead."))
    words = report_of(revision).word_count
    pace = measured_pace(words, seconds)
    if pace is None:
        raise UserFacingError(
            t(
                "Your latest answer has {words} words; nobody tells them in {seconds} seconds. Time it again.",
                words=words,
                seconds=seconds,
            )
        )
    return pace


def _entered(values: Mapping[str, Sequence[str]], name: str) -> str:
    return "".join(values.get(name, ())).strip()
