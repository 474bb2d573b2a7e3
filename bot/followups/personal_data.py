"""What this room holds about a person: replies with what was said of them, and drafted closing questions."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

from sqlalchemy import select

from bot.base.ids import MemberId
from bot.feature.context import Context
from storage.batches import Share, batches
from storage.tables.followups import ClosingDraft, FollowUpReply

AT_ONCE = 500
"""Rows erased in one transaction."""


async def export(ctx: Context, member: MemberId) -> AsyncIterator[Mapping[str, Any]]:
    """All of it."""
    mine, order = FollowUpReply.member_id == member, (FollowUpReply.created_at, FollowUpReply.id)
    async for replies in batches(ctx.session, FollowUpReply, mine, order_by=order):
        for reply in replies:
            yield _reply(reply)
    for draft in await ctx.session.scalars(select(ClosingDraft).where(ClosingDraft.member_id == member)):
        yield _draft(draft)


async def erase(ctx: Context, member: MemberId) -> int:
    """Erase some of it; how many rows there were."""
    share = Share(ctx.session, AT_ONCE)
    for table in (FollowUpReply, ClosingDraft):
        await share.delete(table, table.member_id == member)
    return share.done


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
