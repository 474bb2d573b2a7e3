"""The two steps of a close: reviewing ends, and once results are learned everybody is told."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from bot.base.ids import MemberId
from bot.base.policy import Actor, may
from bot.feature.context import Context
from bot.review.aggregation import Adjusted
from bot.review.records import as_subject, is_shown, mentors_of
from bot.review.results import sum_up
from bot.review.results_posts import tell_health, tell_mentor, tell_results
from bot.review.states import UNDONE
from bot.review.steps import step_reviews
from storage.tables.people import Member, MemberState
from storage.tables.review import Entry, EntryState, ReleaseReason, Review, ReviewState, Round


async def end_reviewing(context: Context, round: Round) -> None:
    """Whatever was handed in counts, what was not is released, and no review stays undecided but a reported one."""
    session = context.session
    reviews = await _locked_reviews(context, round)
    undone = [review for review in reviews if review.state in UNDONE]
    written = [review for review in reviews if review.state is ReviewState.SUBMITTED]
    reason = ReleaseReason.NOT_FINISHED
    await step_reviews(session, undone, ReviewState.RELEASED, reason=reason, ended_at=context.now)
    await step_reviews(session, written, ReviewState.COUNTED, ended_at=context.now)
    draw_orders(round.seed, reviews)
    await session.flush()


async def tell_results_of(context: Context, round: Round, adjusted: Mapping[str, Adjusted]) -> None:
    """Store what the round came to and enqueue what people are told of it, inside the caller's transaction.

    Done again, as after a round was opened again, it stores what holds by then and tells the authors anew.
    """
    session = context.session
    reviews = await _locked_reviews(context, round)
    entries = (await session.scalars(select(Entry).where(Entry.round_id == round.id).order_by(Entry.id))).all()
    standing = [entry for entry in entries if entry.state in (EntryState.LOCKED, EntryState.SUMMARISED)]
    await sum_up(context, round, standing, adjusted)
    await _tell_authors(context, round, entries, reviews)
    for entry in standing:
        await _tell_mentors(context, entry)
    await tell_health(context, round)


def draw_orders(seed: int, reviews: Sequence[Review]) -> None:
    """Give the reviews of each answer an order drawn by lot, so that it tells nothing of who wrote when."""
    by_entry: dict[str, list[Review]] = {}
    for review in sorted(reviews, key=lambda each: each.id):
        by_entry.setdefault(review.entry_id, []).append(review)
    for entry_id, mine in by_entry.items():
        places = list(range(len(mine)))
        random.Random(f"{seed}:{entry_id}").shuffle(places)
        for review, place in zip(mine, places, strict=True):
            review.order_shown = place


async def _locked_reviews(context: Context, round: Round) -> Sequence[Review]:
    """Every review of a round; what is being handed in at this moment is waited for."""
    rows = await context.session.scalars(
        select(Review)
        .join(Entry, Entry.id == Review.entry_id)
        .where(Entry.round_id == round.id)
        .order_by(Review.id)
        .with_for_update(of=Review)
        .execution_options(populate_existing=True)
    )
    return rows.all()


async def _tell_authors(context: Context, round: Round, entries: Sequence[Entry], reviews: Sequence[Review]) -> None:
    """Everybody whose answer was reviewed, or should have been: also of a withdrawn one that has reviews."""
    written = {review.entry_id for review in reviews if is_shown(review)}
    expecting = (EntryState.SUMMARISED, EntryState.HIDDEN)
    authors = {entry.author_id for entry in entries if entry.state in expecting or entry.id in written}
    here = await context.session.scalars(
        select(Member.id).where(Member.id.in_(authors), Member.state != MemberState.LEFT)
    )
    await tell_results(context, round, *sorted(map(MemberId, here)))


async def _tell_mentors(context: Context, entry: Entry) -> None:
    mentors = sorted(await mentors_of(context.session, entry.author_id))
    if not mentors:
        return
    subject = await as_subject(context.session, entry)
    for mentor in mentors:
        if may(Actor(context.workspace, mentor), "review.override", subject):
            await tell_mentor(context, entry.id, mentor)
