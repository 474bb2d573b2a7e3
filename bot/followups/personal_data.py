"""What this room holds about a person: replies with what was said of them, and drafted closing questions."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select

from bot.base.ids import MemberId
from bot.feature.context import Context
from storage.tables.followups import ClosingDraft, FollowUpReply


async def export(ctx: Context, member: MemberId) -> Sequence[Mapping[str, Any]]:
    """All of it."""
    replies = await ctx.session.scalars(
        select(FollowUpReply)
        .where(FollowUpReply.member_id == member)
        .order_by(FollowUpReply.created_at, FollowUpReply.id)
    )
    drafts = await ctx.session.scalars(select(ClosingDraft).where(ClosingDraft.member_id == member))
    return [*(_reply(reply) for reply in replies), *(_draft(draft) for draft in drafts)]


async def erase(ctx: Context, member: MemberId) -> int:
    """Erase all of it; how many rows there were."""
    erased = 0
    for table in (FollowUpReply, ClosingDraft):
        result: Any = await ctx.session.execute(delete(table).where(table.member_id == member))
        erased += result.rowcount
    return erased


def _reply(reply: FollowUpReply) -> Mapping[str, Any]:
    return {
        "what": "reply to a follow-up",
        "answer": reply.answer_id,
        "question": reply.kind,
        "number": reply.number,
        "text": reply.text,
        "created_at": reply.created_at.isoformat(),
        "report": json.loads(reply.report),
    }


def _draft(draft: ClosingDraft) -> Mapping[str, Any]:
    return {"what": "closing questions", "text": draft.text, "changed_at": draft.changed_at.isoformat()}
