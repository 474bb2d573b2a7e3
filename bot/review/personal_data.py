"""What rounds hold about a person: their answers in them, what they wish about reviewing, whom they asked to avoid."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select

from bot.base.ids import MemberId, new_id
from bot.feature.context import Context
from bot.review.replacing import reviewer_gone
from storage.batches import Share
from storage.tables.review import Entry, Exclusion, ReviewerWish, Round, RoundEvent, RoundPlan

AT_ONCE = 50
"""Rows erased in one transaction: an answer in a round takes its reviews with it."""


async def export(context: Context, member: MemberId) -> Sequence[Mapping[str, Any]]:
    """Answers in rounds as reviewers saw them, wishes, and exclusions this person asked for; not those of others."""
    session = context.session
    entries = await session.execute(
        select(Entry, Round.number).join(Round, Round.id == Entry.round_id).where(Entry.author_id == member)
    )
    wishes = await session.scalars(select(ReviewerWish).where(ReviewerWish.member_id == member))
    apart = await session.scalars(select(Exclusion).where(Exclusion.asked_by == member))
    return [
        *(
            {"round": number, "label": entry.label, "question": entry.question, "text": entry.text,
             "state": entry.state.value}
            for entry, number in entries
        ),
        *(
            {"reviews_nothing": wish.out, "at_most": wish.most, "gladly_one_more": wish.one_more,
             "not_before": wish.paused_until.isoformat() if wish.paused_until else None}
            for wish in wishes
        ),
        *({"not_to_be_paired_with": row.other_id, "asked_at": row.at.isoformat()} for row in apart),
    ]  # fmt: skip


async def erase(context: Context, member: MemberId) -> int:
    """Others take over what this person has not handed in; some of their answers, wishes and exclusions go.

    How many rows went, and lines of what happened that do not name them any more.
    """
    await reviewer_gone(context, member)
    share = Share(context.session, AT_ONCE)
    for table, mine in (
        (Entry, Entry.author_id == member),
        (ReviewerWish, ReviewerWish.member_id == member),
        (Exclusion, or_(Exclusion.asked_by == member, Exclusion.other_id == member)),
    ):
        await share.delete(table, mine)
    await share.update(RoundEvent, RoundEvent.by == member, by=None, reason="")
    if share.left:
        share.took(await _forget_in_plans(context, member, share.left))
    return share.done


async def _forget_in_plans(context: Context, member: MemberId, most: int) -> int:
    """Plans can still be made again, with somebody who is nobody in this person's place; how many were changed."""
    nobody = new_id()
    named = select(RoundPlan).where(RoundPlan.problem.contains(member)).limit(most)
    plans = (await context.session.scalars(named)).all()
    for plan in plans:
        plan.problem = plan.problem.replace(member, nobody)
        plan.stand_ins = {entry: [one for one in ranked if one != member] for entry, ranked in plan.stand_ins.items()}
        plan.unmet = json.loads(json.dumps(plan.unmet).replace(member, nobody))
    await context.session.flush()
    return len(plans)
