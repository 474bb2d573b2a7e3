"""What is told beside a Report and never in it: text that stands elsewhere already, and times at one's own pace."""

from __future__ import annotations

from sqlalchemy import select

from bot.answers.records import Reviewed
from bot.base.text import Text, t
from bot.feature.context import Context
from bot.members.identity import zone_of
from bot.members.preferences import WORDS_A_MINUTE
from bot.members.settings import read
from bot.outbox.zones import zone_named
from bot.scoring.followups.reuse import reused, shingles
from content.follow_ups import model_shingles
from storage.tables.answers import Answer, AnswerState, Revision

COMPARED = 40
"""Of one's own earlier answers, so many of the newest are compared."""
MODELS = "models"
QUESTION_SHOWN = 80


async def reuse_line(ctx: Context, reviewed: Reviewed) -> Text | None:
    """Says where much of this text stands already: in an earlier answer to another question, or in a model answer."""
    revision = reviewed.revision
    earlier = await _earlier(ctx, reviewed)
    sources = [(id_, shingles(one.text)) for id_, one in earlier.items()]
    found = reused(revision.text, [*sources, (MODELS, model_shingles())])
    if found is None:
        return None
    if found.source == MODELS:
        return t("Much of this text stands in a model answer. For an interview, tell it with your own facts.")
    source = earlier[found.source]
    zone = zone_named(await zone_of(ctx.session, reviewed.answer.member_id))
    return t(
        "Much of this text stands in your answer of {day} to “{question}”. That is fine for practice; interviewers "
        "compare notes.",
        day=f"{source.created_at.astimezone(zone):%Y-%m-%d}",
        question=_beginning(source.question),
    )


async def own_pace(ctx: Context) -> int:
    """The words a minute that the actor set or measured; 0 where none are."""
    return await read(ctx.session, WORDS_A_MINUTE, member=ctx.member)


async def _earlier(ctx: Context, reviewed: Reviewed) -> dict[str, Revision]:
    """The newest version of each of one's own earlier answers to another question, by the answer's id."""
    revision = reviewed.revision
    if not revision.question:
        return {}
    rows = await ctx.session.scalars(
        select(Revision)
        .join(Answer, Answer.id == Revision.answer_id)
        .where(
            Answer.member_id == reviewed.answer.member_id,
            Answer.id != reviewed.answer.id,
            Answer.state != AnswerState.WITHDRAWN,
            Revision.created_at <= revision.created_at,
            Revision.question.not_in(("", revision.question)),
        )
        .order_by(Revision.created_at.desc(), Revision.id.desc())
        .limit(COMPARED)
    )
    newest: dict[str, Revision] = {}
    for row in rows:
        newest.setdefault(row.answer_id, row)
    return newest


def _beginning(question: str) -> str:
    return question if len(question) <= QUESTION_SHOWN else question[:QUESTION_SHOWN].rsplit(" ", 1)[0] + " …"
