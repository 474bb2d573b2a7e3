"""Closing questions that a member drafted: kept as they stand, and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from bot.base.ids import new_id
from bot.base.text import Text, t
from bot.feature.context import Context
from bot.followups.forms import QUESTIONS
from bot.scoring.followups import ClosingReport, judge_closing
from content.follow_ups import closing_bank, follow_up_cues
from storage.tables.followups import ClosingDraft


async def draft_of(ctx: Context) -> str:
    """The questions that the actor drafted before."""
    return await ctx.session.scalar(select(ClosingDraft.text).where(ClosingDraft.member_id == ctx.member)) or ""


def problems(values: Mapping[str, Sequence[str]]) -> dict[str, Text]:
    """What is wrong with a submitted form: nothing to read in it."""
    if any(char.isalnum() for char in "".join(values.get(QUESTIONS, ()))):
        return {}
    return {QUESTIONS: t("There is no question here that I can read. Write one a line.")}


async def check(ctx: Context, text: str) -> ClosingReport:
    """Keep the draft and say what its questions signal."""
    draft = await ctx.session.scalar(select(ClosingDraft).where(ClosingDraft.member_id == ctx.member).with_for_update())
    if draft is None:
        ctx.session.add(ClosingDraft(id=new_id(), member_id=ctx.member, text=text, changed_at=ctx.now))
    else:
        draft.text, draft.changed_at = text, ctx.now
    await ctx.session.flush()
    return judge_closing(text, closing_bank(ctx.content, ctx.language), ctx.rules, follow_up_cues())
