"""What the rounds of the last weeks tell of a closing one: learned outside of any transaction, then stored at once.

A close has two steps. The first ends the reviewing and asks for the results in the same transaction; the second stores
them and tells everybody. Whatever a death in between leaves undone the delivery takes up again, and done twice it comes
to the same. A report that is made or decided after the close takes the adjusted score of its answer away at once, and
this puts a new one in its place.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from bot.feature.context import Context, Outside
from bot.feature.declarations import Done, Later, Outcome
from bot.review.aggregation import Given, adjust
from bot.review.ending import finish
from bot.review.results import as_given, counted_in, given_until, read_result, sum_up
from bot.review.rounds import entries_of, round_by_id
from storage.tables.outbox import Delivery
from storage.tables.review import Entry, EntryState, Round, RoundState

AGAIN = timedelta(minutes=1)


async def work_sum_up(outside: Outside, delivery: Delivery) -> None:
    """Read what habits are learned from, learn them, and store what came of it unless it changed meanwhile."""

    async def read(context: Context) -> list[Given] | None:
        round = await context.session.get(Round, delivery.subject_id)
        return await given_until(context, round) if round is not None and await _waits(context, round) else None

    given = await outside.apart(read)
    if given is None:
        return
    fit = await asyncio.to_thread(adjust, given)
    async with outside.transaction() as context:
        round = await round_by_id(context.session, delivery.subject_id, lock=True)
        if not await _is_as_it_was(context, round, given):
            return
        if round.state is RoundState.CLOSING:
            await finish(context, round, fit.scores)
        elif round.state is RoundState.CLOSED:
            await sum_up(context, round, await _without_score(context, round), fit.scores)


async def prepare_sum_up(context: Context, delivery: Delivery) -> Outcome:
    """All was done outside; where a review was reported at that very moment it is done again."""
    round = await context.session.get(Round, delivery.subject_id)
    if round is not None and await _waits(context, round):
        return Later(context.now + AGAIN, "its reviews changed while its results were being computed")
    return Done()


async def _waits(context: Context, round: Round) -> bool:
    """Whether results of a round are still to be stored."""
    return round.state is RoundState.CLOSING or bool(await _without_score(context, round))


async def _without_score(context: Context, round: Round) -> Sequence[Entry]:
    """Answers of a closed round that have reviews and no adjusted score."""
    if round.state is not RoundState.CLOSED:
        return ()
    rows = await context.session.scalars(
        select(Entry).where(Entry.round_id == round.id, Entry.state == EntryState.SUMMARISED).order_by(Entry.id)
    )
    return [
        entry
        for entry in rows
        if (result := read_result(entry)) is not None and result.mean is not None and result.adjusted is None
    ]


async def _is_as_it_was(context: Context, round: Round, given: Sequence[Given]) -> bool:
    """Whether the reviews of the round itself still are those that were read."""
    entries = {entry.id for entry in await entries_of(context.session, round)}
    counted = await counted_in(context, round)
    now = {as_given(review) for mine in counted.values() for review in mine if review.scores}
    return now == {each for each in given if each.answer in entries}
