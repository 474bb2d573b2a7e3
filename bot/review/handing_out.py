"""What follows from a plan: reviewing begins, people hear of their reviews, and those who owe one are reminded."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.base.ids import MemberId
from bot.feature.context import Context
from bot.review import posts, timers
from bot.review.assignment import Problem
from bot.review.moments import OUTAGE, moments
from bot.review.posts import Occasion
from bot.review.replacing import ask_one_more
from bot.review.rounds import entries_of, grace_of, owed_by, programme_of, reviews_of
from bot.review.steps import step_round
from storage.tables.review import EntryState, Round, RoundState


async def hand_out(context: Context, round: Round, problem: Problem, *, lost: bool) -> None:
    """Begin reviewing: the moments are fixed, and each reviewer gets one message.

    `lost` says that somebody or some answer went away while the plan was being made: others are found at once.
    """
    programme = await programme_of(context.session, round)
    at = round.locked_at
    begins = at if at is not None and context.now - at < OUTAGE else context.now
    found = moments(begins, programme.zone, programme.review_days, grace_of(programme), programme.holidays)
    begun = await step_round(
        context,
        round,
        RoundState.REVIEWING,
        half_at=found.half_at,
        last_call_at=found.last_call_at,
        review_until=found.review_until,
        closes_at=found.closes_at,
    )
    if not begun:
        return
    wanted = {demand.answer: demand.wanted for demand in problem.demands}
    for entry in await entries_of(context.session, round):
        entry.wanted = wanted.get(entry.id, entry.wanted)
    await timers.set_timers(context, round)
    for member in sorted({review.reviewer_id or "" for review in await reviews_of(context.session, round)} - {""}):
        await posts.tell_reviewer(context, round, MemberId(member))
    if lost:
        await posts.plan_for(context, programme, round, "released")
    await posts.renew_hub(context, programme, round)


async def after(context: Context, round: Round, occasion: Occasion, new: Sequence[MemberId]) -> None:
    """Tell those with new reviews; at half time and at the last call remind the others who owe one."""
    programme = await programme_of(context.session, round)
    for member in new:
        await posts.tell_reviewer(context, round, member)
    if occasion in ("half", "last_call"):
        await _remind(context, round, occasion, new)
        for entry in await entries_of(context.session, round):
            if entry.state is EntryState.LOCKED:
                await ask_one_more(context, programme, round, entry)
    if new:
        await posts.renew_hub(context, programme, round)


async def _remind(context: Context, round: Round, occasion: Occasion, told: Collection[MemberId]) -> None:
    owing = {review.reviewer_id for review, _ in await owed_by(context.session, round)}
    for member in sorted(MemberId(member) for member in owing if member is not None):
        if member not in told:
            await posts.remind(context, round, member, "half" if occasion == "half" else "last_call")


async def came_in(context: Context, round: Round, entry_id: str) -> None:
    """A review was handed in: the counts in the channel change, and one more is asked where reviews lie far apart."""
    programme = await programme_of(context.session, round)
    for entry in await entries_of(context.session, round):
        if entry.id == entry_id:
            await ask_one_more(context, programme, round, entry)
    await posts.renew_hub(context, programme, round)
