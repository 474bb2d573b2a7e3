"""What stands out over all of a person's own answers that tell a story, worked out when they look at them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from bot.answers.records import report_of
from bot.feature.context import Context
from bot.members.identity import zone_of
from bot.outbox.zones import zone_named
from bot.scoring.doc import Asking
from bot.scoring.portfolio import PortfolioFinding, Telling, asked_for, look_over
from storage.tables.answers import Answer, AnswerState, Revision

LOOKED_AT = 40
"""So many of the newest answers that tell a story: more would take too long, and old ones say little of today."""


@dataclass(frozen=True, slots=True)
class ToldStory:
    """One of the answers that were looked over: its id, its question in its words, and the day it was told."""

    answer: str
    question: str
    day: str


@dataclass(frozen=True, slots=True)
class OverAll:
    """What stands out; findings mean `stories` by their places. `more` says that older ones were not looked at."""

    findings: tuple[PortfolioFinding, ...]
    stories: tuple[ToldStory, ...]
    more: bool


async def look_over_own(ctx: Context) -> OverAll:
    """What stands out over the actor's own newest stories, by the newest version of each."""
    rows = await _told(ctx)
    zone = zone_named(await zone_of(ctx.session, ctx.member))
    tellings, stories = [], []
    for revision, given_at in rows[:LOOKED_AT]:
        day = given_at.astimezone(zone).date()
        failure, disagreement = asked_for(revision.question, Asking.of(revision.asking), ctx.rules.lexicon)
        tellings.append(
            Telling(
                revision.text,
                report_of(revision),
                day,
                question=revision.question,
                asked_for_failure=failure,
                asked_for_disagreement=disagreement,
            )
        )
        stories.append(ToldStory(revision.answer_id, revision.question, day.isoformat()))
    return OverAll(look_over(tellings), tuple(stories), more=len(rows) > LOOKED_AT)


async def _told(ctx: Context) -> list[tuple[Revision, datetime]]:
    """The newest version of each closed answer that was rated as a story, newest answer first, with its moment."""
    each = aliased(Revision)
    newest = select(func.max(each.number)).where(each.answer_id == Answer.id).correlate(Answer).scalar_subquery()
    rows = await ctx.session.execute(
        select(Revision, Answer.created_at)
        .join(Answer, Answer.id == Revision.answer_id)
        .where(
            Answer.member_id == ctx.member,
            Answer.state == AnswerState.CLOSED,
            Revision.number == newest,
            Revision.kind == "behavioral",
            Revision.rating.is_not(None),
        )
        .order_by(Answer.created_at.desc(), Answer.id.desc())
        .limit(LOOKED_AT + 1)
    )
    return [(revision, given_at) for revision, given_at in rows]
