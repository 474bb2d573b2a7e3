"""What this room holds about a person: taken out whole, erased whole."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

from sqlalchemy import delete, func, select

from bot.answers.records import parts_of, revisions_of
from bot.answers.withdrawing import withdraw
from bot.base.ids import MemberId
from bot.feature.context import Context
from storage.batches import batches, delete_some
from storage.tables.answers import Answer, AnswerPart, AnswerState, Dispute, Revision, SetAside

AT_ONCE, ASIDES_AT_ONCE = 20, 500
"""Answers, and replies that were set aside, erased in one transaction: some tens of milliseconds."""


async def export(ctx: Context, member: MemberId) -> AsyncIterator[Mapping[str, Any]]:
    """Every answer with its parts, revisions and reports; then disputes and replies that were set aside."""
    session = ctx.session
    async for answers in batches(session, Answer, Answer.member_id == member, order_by=(Answer.created_at, Answer.id)):
        for answer in answers:
            yield await _answer(ctx, answer)
    async for disputes in batches(session, Dispute, Dispute.member_id == member, order_by=(Dispute.filed_at,)):
        for dispute in disputes:
            yield _dispute(dispute)
    async for asides in batches(
        session, SetAside, SetAside.member_id == member, order_by=(SetAside.posted_at, SetAside.id), size=ASIDES_AT_ONCE
    ):
        for aside in asides:
            yield _aside(aside)


async def erase(ctx: Context, member: MemberId) -> int:
    """Erase some of it, and have every message of ours that shows it removed; how many rows there were."""
    session = ctx.session
    answers = (
        await session.scalars(select(Answer).where(Answer.member_id == member).order_by(Answer.id).limit(AT_ONCE))
    ).all()
    if not answers:
        return await delete_some(session, SetAside, SetAside.member_id == member, limit=ASIDES_AT_ONCE)
    erased = len(answers) + await _rows_of(ctx, [answer.id for answer in answers])
    for answer in answers:
        if answer.state is not AnswerState.WITHDRAWN:
            await withdraw(ctx, answer)
    await session.execute(delete(Answer).where(Answer.id.in_([answer.id for answer in answers])))
    return erased


async def _rows_of(ctx: Context, answers: list[str]) -> int:
    """How many rows these answers have, their author's disputes among them."""
    revisions = select(Revision.id).where(Revision.answer_id.in_(answers))
    found = 0
    for table, condition in (
        (AnswerPart, AnswerPart.answer_id.in_(answers)),
        (Revision, Revision.answer_id.in_(answers)),
        (Dispute, Dispute.revision_id.in_(revisions)),
    ):
        found += await ctx.session.scalar(select(func.count(table.id)).where(condition)) or 0
    return found


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


def _aside(aside: SetAside) -> Mapping[str, Any]:
    return {
        "what": "reply that is no answer",
        "reason": aside.reason.value,
        "text": aside.text,
        "posted_at": aside.posted_at.isoformat(),
    }
