"""What this room holds about a person: taken out whole, erased whole."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, select

from bot.answers.records import parts_of, revisions_of
from bot.answers.withdrawing import withdraw
from bot.base.ids import MemberId
from bot.feature.context import Context
from storage.tables.answers import Answer, AnswerPart, AnswerState, Dispute, Revision, SetAside


async def export(ctx: Context, member: MemberId) -> Sequence[Mapping[str, Any]]:
    """Every answer with its parts, revisions and reports; then disputes and replies that were set aside."""
    answers = await ctx.session.scalars(
        select(Answer).where(Answer.member_id == member).order_by(Answer.created_at, Answer.id)
    )
    rows: list[Mapping[str, Any]] = [await _answer(ctx, answer) for answer in answers]
    disputes = await ctx.session.scalars(select(Dispute).where(Dispute.member_id == member).order_by(Dispute.filed_at))
    rows += [_dispute(dispute) for dispute in disputes]
    asides = await ctx.session.scalars(
        select(SetAside).where(SetAside.member_id == member).order_by(SetAside.posted_at)
    )
    rows += [
        {
            "what": "reply that is no answer",
            "reason": aside.reason.value,
            "text": aside.text,
            "posted_at": aside.posted_at.isoformat(),
        }
        for aside in asides
    ]
    return rows


async def erase(ctx: Context, member: MemberId) -> int:
    """Erase all of it, and have every message of ours that shows it removed; how many rows there were."""
    answers = (await ctx.session.scalars(select(Answer).where(Answer.member_id == member))).all()
    ids = [answer.id for answer in answers]
    erased = len(answers)
    for table in (AnswerPart, Revision):
        count = await ctx.session.scalar(select(func.count(table.id)).where(table.answer_id.in_(ids)))
        erased += count or 0
    for owned in (Dispute, SetAside):
        count = await ctx.session.scalar(select(func.count(owned.id)).where(owned.member_id == member))
        erased += count or 0
    for answer in answers:
        if answer.state is not AnswerState.WITHDRAWN:
            await withdraw(ctx, answer)
    await ctx.session.execute(delete(SetAside).where(SetAside.member_id == member))
    await ctx.session.execute(delete(Answer).where(Answer.member_id == member))
    return erased


async def _answer(ctx: Context, answer: Answer) -> Mapping[str, Any]:
    revisions = await revisions_of(ctx.session, answer.id)
    return {
        "what": "answer",
        "id": answer.id,
        "given_as": answer.given_as.value,
        "visibility": answer.visibility,
        "state": answer.state.value,
        "created_at": answer.created_at.isoformat(),
        "parts": [
            {"name": part.name, "text": part.text, "posted_at": part.posted_at.isoformat()}
            for part in await parts_of(ctx.session, answer)
        ],
        "revisions": [
            {
                "number": revision.number,
                "question": revision.question,
                "text": revision.text,
                "rating": revision.rating,
                "created_at": revision.created_at.isoformat(),
                "report": json.loads(revision.report),
            }
            for revision in revisions
        ],
    }


def _dispute(dispute: Dispute) -> Mapping[str, Any]:
    return {
        "what": "disagreement with a report",
        "rating": dispute.rating,
        "wrong_findings": dispute.wrong_findings,
        "missed_findings": dispute.missed_findings,
        "comment": dispute.comment,
        "consented": dispute.consented,
        "filed_at": dispute.filed_at.isoformat(),
    }
