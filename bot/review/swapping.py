"""Swapping an answer for another one of the round, by one click.

First comes an answer that has too few reviewers. Where there is none, somebody who has not begun a review of theirs
takes this one, and theirs is had in exchange. No answer is left worse off than another was, and nobody learns who the
other is. What held at the lock holds here: nobody reviews themselves or whom they are not to be paired with. Two people
come to review each other only where nothing else fits, as in a small group, and whom one reviewed lately comes last.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.errors import UserFacingError
from bot.base.ids import MemberId
from bot.base.text import t
from bot.feature.context import Context
from bot.review import posts
from bot.review.pool import LONGEST_HISTORY, standing_entries
from bot.review.records import HANDED_IN, own_review
from bot.review.replacing import assign_review, release, replace_released, stand_in_for, takes_part
from bot.review.rounds import GIVEN, reviews_of, round_by_id
from bot.review.states import UNDONE
from storage.tables.review import Entry, Exclusion, ReleaseReason, Review, ReviewState, Round, RoundPlan, RoundState

MOST_SWAPS = 2
"""How often somebody may ask for another answer in a round."""
NOT_NOW = t("An answer can be swapped while reviewing is open and your review of it is still to be written.")


class Refused(StrEnum):
    """Why there is no other answer for somebody."""

    NONE_FITS = "none_fits"
    ENOUGH = "enough"


async def swap(context: Context, review_id: str) -> Review | Refused:
    """Give the actor another answer in place of one they have not handed in; the review they have instead."""
    found = await own_review(context, review_id)
    round = await round_by_id(context.session, found.round.id, lock=True)
    mine = (await own_review(context, review_id, lock=True)).review
    if mine.state not in UNDONE or round.state is not RoundState.REVIEWING:
        raise UserFacingError(NOT_NOW)
    table = await _table(context.session, round)
    swapped = [one for one in table.reviews if one.reason is ReleaseReason.SWAPPED]
    if sum(one.reviewer_id == context.member for one in swapped) >= MOST_SWAPS:
        return Refused.ENOUGH
    if mine.entry_id not in table.entries or await _is_planned(context.session, round):
        return Refused.NONE_FITS
    before = await _reviewed_before(context.session, round, context.member, table.entries[mine.entry_id].author_id)
    taken = await _take_short(context, round, table, mine, before)
    return taken or await _exchange(context, round, table, mine, before)


async def _is_planned(session: AsyncSession, round: Round) -> bool:
    """Whether somebody is being found for reviews at this moment: what is swapped now could be given out twice."""
    posed = select(func.count(RoundPlan.id)).where(RoundPlan.round_id == round.id, RoundPlan.method == "")
    return bool(await session.scalar(posed))


@dataclass(frozen=True, slots=True)
class Table:
    """Who reviews what in a round at this moment."""

    entries: Mapping[str, Entry]
    """Answers under review, by id."""
    reviews: Sequence[Review]
    """Every review of the round, whatever became of it."""
    standing: Sequence[Review]
    """Those that were handed in or are still to come, of answers under review."""
    had: Collection[tuple[str, str]]
    """Reviewers with the answers they were ever given."""
    pairs: Collection[tuple[str, str]]
    """Reviewers with the authors they review."""
    apart: Collection[tuple[str, str]]
    """Who is not to be paired with whom, in both directions."""

    def fits(self, reviewer: str, entry: Entry) -> bool:
        """Whether somebody may be given an answer: not theirs, never had, and not of somebody they are to avoid."""
        apart = (reviewer, entry.author_id) in self.apart
        return entry.author_id != reviewer and (reviewer, entry.id) not in self.had and not apart

    def mutual(self, reviewer: str, entry: Entry) -> bool:
        """Whether the author of an answer reviews this person."""
        return (entry.author_id, reviewer) in self.pairs


async def _table(session: AsyncSession, round: Round) -> Table:
    exclusions = (await session.scalars(select(Exclusion))).all()
    entries = {entry.id: entry for entry in await standing_entries(session, round)}
    reviews = await reviews_of(session, round)
    standing = [one for one in reviews if one.state in UNDONE | GIVEN and one.entry_id in entries]
    return Table(
        entries,
        reviews,
        standing,
        had={(str(one.reviewer_id), one.entry_id) for one in reviews},
        pairs={(str(one.reviewer_id), entries[one.entry_id].author_id) for one in standing},
        apart={(row.asked_by, row.other_id) for row in exclusions}
        | {(row.other_id, row.asked_by) for row in exclusions},
    )


Drawn = TypeVar("Drawn", Entry, Review)


def _drawn(round: Round, mine: Review, some: Iterable[Drawn]) -> list[Drawn]:
    """In an order by lot, which is the same whenever the same is asked."""
    found = sorted(some, key=lambda one: one.id)
    random.Random(f"{round.seed}:{mine.id}").shuffle(found)
    return found


async def _given(context: Context, entry_id: str, member: MemberId, mentor: bool) -> Review:
    """The review that somebody is given anew."""
    session = context.session
    await assign_review(session, entry_id, member, mentor, context.now)
    return (
        await session.scalars(select(Review).where(Review.entry_id == entry_id, Review.reviewer_id == member))
    ).one()


Pairs = Mapping[tuple[str, str], int]
"""The number of the last round in which one reviewed the other."""


async def _reviewed_before(session: AsyncSession, round: Round, reviewer: MemberId, author: MemberId) -> Pairs:
    """Whom this reviewer has reviewed, and who has reviewed this author."""
    rows = await session.execute(
        select(Review.reviewer_id, Entry.author_id, func.max(Round.number))
        .join(Entry, Entry.id == Review.entry_id)
        .join(Round, Round.id == Entry.round_id)
        .where(
            Round.programme_id == round.programme_id,
            Round.number < round.number,
            Round.number >= round.number - LONGEST_HISTORY,
            Review.state.in_(HANDED_IN),
            (Review.reviewer_id == reviewer) | (Entry.author_id == author),
        )
        .group_by(Review.reviewer_id, Entry.author_id)
    )
    return {(one, other): number for one, other, number in rows if one is not None}


async def _take_short(context: Context, round: Round, table: Table, mine: Review, before: Pairs) -> Review | None:
    """Take an answer that wants a review; the old one goes to its next stand-in."""
    coverage = Counter(one.entry_id for one in table.standing)
    someone = await stand_in_for(context, round, mine) is not None
    short = [
        entry
        for entry in _drawn(round, mine, table.entries.values())
        if coverage[entry.id] < entry.wanted
        and (someone or coverage[entry.id] < coverage[mine.entry_id])
        and table.fits(context.member, entry)
    ]
    if not short:
        return None

    def last(entry: Entry) -> tuple[bool, int, int]:
        recent = before.get((context.member, entry.author_id), 0)
        return table.mutual(context.member, entry), coverage[entry.id], recent

    entry = min(short, key=last)
    await release(context, mine, ReleaseReason.SWAPPED)
    new = await _given(context, entry.id, context.member, mine.mentor)
    missing = (one for one in table.reviews if one.entry_id == entry.id and one.state is ReviewState.RELEASED)
    for one in missing:
        if one.replaced_by is None:
            one.replaced_by = new.id
            break
    await replace_released(context, round, [mine])
    await posts.renew_list(context, round, context.member)
    return new


async def _exchange(context: Context, round: Round, table: Table, mine: Review, before: Pairs) -> Review | Refused:
    """Exchange answers with somebody who has not begun theirs; nobody is asked twice for another's sake."""
    wanted = table.entries[mine.entry_id]
    asked = {one.reviewer_id for one in table.reviews if one.reason is ReleaseReason.EXCHANGED}

    def last(theirs: Review) -> tuple[int, int]:
        new = ((context.member, table.entries[theirs.entry_id]), (str(theirs.reviewer_id), wanted))
        recent = sum(before.get((who, entry.author_id), 0) for who, entry in new)
        return sum(table.mutual(who, entry) for who, entry in new), recent

    possible = [
        one
        for one in _drawn(round, mine, table.standing)
        if one.state is ReviewState.ASSIGNED
        and one.reviewer_id is not None
        and one.reviewer_id != context.member
        and one.reviewer_id not in asked
        and one.mentor == mine.mentor
        and table.fits(context.member, table.entries[one.entry_id])
        and table.fits(one.reviewer_id, wanted)
    ]
    for theirs in sorted(possible, key=last):
        partner = MemberId(str(theirs.reviewer_id))
        if not await takes_part(context, partner) or not await release(context, theirs, ReleaseReason.EXCHANGED):
            continue
        await release(context, mine, ReleaseReason.SWAPPED)
        new = await _given(context, theirs.entry_id, context.member, mine.mentor)
        theirs.replaced_by = new.id
        mine.replaced_by = (await _given(context, mine.entry_id, partner, theirs.mentor)).id
        for member in (partner, context.member):
            await posts.renew_list(context, round, member)
        return new
    return Refused.NONE_FITS
