"""What is told beside a Report and never in it: text that stands elsewhere already, times at one's own pace, and the
company that its author prepares for."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, bindparam, select

from bot.answers.records import Told
from bot.base.ids import MemberId
from bot.base.text import Text, t
from bot.feature.context import Context
from bot.members.identity import zone_of
from bot.members.preferences import TARGET_COMPANY, WORDS_A_MINUTE
from bot.members.settings import read
from bot.outbox.zones import zone_named
from bot.scoring.followups.reuse import reused, shingles
from content.follow_ups import model_shingles
from storage.prepared import Found, Own, prepared, table_of
from storage.tables.answers import Answer, AnswerState, Revision

REVISION, ANSWER = table_of(Revision), table_of(Answer)
COMPARED = 40
"""Of one's own earlier answers, so many of the newest are compared."""
MODELS = "models"
QUESTION_SHOWN = 80


async def reuse_line(ctx: Context, told: Told) -> Text | None:
    """Says where much of this text stands already: in an earlier answer to another question, or in a model answer."""
    earlier = await _earlier(ctx, told)
    sources = [(id_, shingles(one.text)) for id_, one in earlier.items()]
    found = reused(told.text, [*sources, (MODELS, model_shingles())])
    if found is None:
        return None
    if found.source == MODELS:
        return t("Much of this text stands in a model answer. For an interview, tell it with your own facts.")
    source = earlier[found.source]
    zone = zone_named(await zone_of(ctx.session, told.author))
    return t(
        "Much of this text stands in your answer of {day} to “{question}”. That is fine for practice; interviewers "
        "compare notes.",
        day=f"{source.created_at.astimezone(zone):%Y-%m-%d}",
        question=_beginning(source.question),
    )


async def own_pace(ctx: Context) -> int:
    """The words a minute that the actor set or measured; 0 where none are."""
    return await read(ctx.session, WORDS_A_MINUTE, member=ctx.member)


async def company_of(ctx: Context, member: MemberId) -> tuple[str, str] | None:
    """The company that `member` prepares for, as its id and name; None where none is set."""
    chosen = ctx.content.companies.get(await read(ctx.session, TARGET_COMPANY, member=member))
    return (chosen.id, str(chosen.name)) if chosen is not None else None


async def own_lens(ctx: Context) -> str | None:
    """The id of the company that the actor prepares for."""
    company = await company_of(ctx, ctx.member)
    return company[0] if company is not None else None


@prepared
def _latest(own: Own) -> Select[Any]:
    revision, answer = REVISION.c, ANSWER.c
    return (
        select(revision.answer_id, revision.text, revision.question, revision.created_at)
        .join_from(REVISION, ANSWER, answer.id == revision.answer_id)
        .where(
            own(REVISION),
            own(ANSWER),
            answer.member_id == bindparam("author"),
            answer.id != bindparam("besides"),
            answer.state != AnswerState.WITHDRAWN,
            revision.created_at <= bindparam("until"),
            revision.question != "",
            revision.question != bindparam("asked"),
        )
        .order_by(revision.created_at.desc(), revision.id.desc())
        .limit(COMPARED)
    )


async def _earlier(ctx: Context, told: Told) -> dict[str, Found]:
    """The newest version of each of one's own earlier answers to another question, by the answer's id."""
    if not told.question:
        return {}
    values = {"author": told.author, "besides": told.answer, "until": told.created_at, "asked": told.question}
    rows = await _latest.rows(ctx.session, **values)
    newest: dict[str, Found] = {}
    for row in rows:
        newest.setdefault(row.answer_id, row)
    return newest


def _beginning(question: str) -> str:
    return question if len(question) <= QUESTION_SHOWN else question[:QUESTION_SHOWN].rsplit(" ", 1)[0] + " …"
