"""Who may review in a round, how much, and who is not to be paired: from what is stored to a problem to be solved."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.ids import MemberId
from bot.base.settings import Setting
from bot.base.text import t
from bot.feature.context import Context
from bot.members.preferences import TARGET_LEVEL
from bot.review.assignment import Demand, Pair, Past, Problem, Reviewer, reviews_per_answer
from storage.tables.answers import Revision
from storage.tables.people import Member, MemberState
from storage.tables.review import (
    Entry,
    EntryState,
    Exclusion,
    Review,
    ReviewerWish,
    ReviewProgramme,
    ReviewState,
    Round,
    RoundState,
)
from storage.tables.settings import SettingLayer, SettingValue

MOST_REVIEWS = 6
"""Reviews that nobody is given more than in a round, unless they ask for one more."""
LONGEST_HISTORY = 40
"""Rounds back to which earlier pairs are remembered."""
MENTOR_SLOTS = Setting("review.mentor_slots", int, 0, ("member",), t("Reviews a round that a mentor has time for"))
_GIVEN = (ReviewState.SUBMITTED, ReviewState.FLAGGED, ReviewState.COUNTED, ReviewState.LATE)


@dataclass(frozen=True, slots=True)
class Peer:
    """Somebody who may review: an author with so many answers in the round, or a volunteer with none."""

    member: MemberId
    answers: int
    level: int | None = None
    most: int | None = None
    one_more: bool = False
    out: bool = False


@dataclass(frozen=True, slots=True)
class Pool:
    """Everybody who may review in a round. `reviews` is what an answer gets where nobody is missing."""

    reviews: int
    reviewers: tuple[Reviewer, ...]
    mentors: frozenset[str]


def pool_of(peers: Sequence[Peer], mentors: Mapping[MemberId, int], wanted: int, more: int = 0) -> Pool:
    """What each person takes on: as many reviews for each answer of theirs as an answer gets, and at most six.

    Everybody takes one more where that is missing, as it is for `more` reviews that are owed to authors from the last
    round; a fair load still comes before all preferences, so few people are asked. Mentors come last, save for one or
    two authors, who get a mentor's review besides.
    """
    reviews = reviews_per_answer(len(peers), wanted)
    answers = sum(peer.answers for peer in peers)
    if len(peers) < 3 and mentors:
        reviews += 1
    own = {peer.member: _load(peer, reviews) for peer in peers}
    short = answers * reviews + more > sum(own.values())
    found = [
        Reviewer(peer.member, 0 if peer.out else _at_most(own[peer.member] + short, peer), peer.level)
        for peer in peers
        if peer.member not in mentors
    ]
    found += [Reviewer(member, slots, spare=max(1, reviews)) for member, slots in sorted(mentors.items())]
    return Pool(reviews, tuple(found), frozenset(mentors))


def _load(peer: Peer, reviews: int) -> int:
    return 0 if peer.out else _at_most(min(MOST_REVIEWS, reviews * max(1, peer.answers)) + peer.one_more, peer)


def _at_most(load: int, peer: Peer) -> int:
    return load if peer.most is None else min(load, peer.most)


async def build_problem(
    context: Context, programme: ReviewProgramme, round: Round, state: EntryState = EntryState.LOCKED
) -> tuple[Problem, Pool]:
    """The round as it stands now, without what is assigned already (`again.fill` adds that).

    Of its answers those in this state: a round that takes answers has registered ones only.
    """
    session = context.session
    entries = await standing_entries(session, round, state)
    authors = Counter(entry.author_id for entry in entries)
    mentors = await mentors_of(session)
    peers = await _peers(context, programme, authors, set(mentors))
    levels = await _levels(session, {*authors, *(peer.member for peer in peers)}, entries)
    owed = await _owed_authors(session, programme, round)
    pool = pool_of(
        [replace(peer, level=levels.get(peer.member)) for peer in peers],
        mentors,
        programme.reviews_wanted,
        more=sum(author in owed for author in authors),
    )
    who = {reviewer.id for reviewer in pool.reviewers}
    problem = Problem(
        demands=tuple(
            Demand(
                entry.id,
                entry.author_id,
                min(pool.reviews + (entry.author_id in owed), len(who - {entry.author_id})),
                levels.get(entry.author_id),
            )
            for entry in entries
        ),
        reviewers=pool.reviewers,
        seed=round.seed,
        history=tuple(await _history(session, programme, round)),
        never=await _excluded_pairs(session, entries),
    )
    return problem, pool


async def standing_entries(
    session: AsyncSession, round: Round, state: EntryState = EntryState.LOCKED
) -> Sequence[Entry]:
    """The answers of a round that are being reviewed, or in another state, in the order of their labels' drawing."""
    rows = await session.scalars(
        select(Entry).where(Entry.round_id == round.id, Entry.state == state).order_by(Entry.id)
    )
    return rows.all()


async def mentors_of(session: AsyncSession) -> dict[MemberId, int]:
    """Mentors who have time for reviews, with how many of them a round."""
    rows = await session.execute(
        select(SettingValue.layer_id, SettingValue.value)
        .join(Member, Member.id == SettingValue.layer_id)
        .where(
            SettingValue.key == MENTOR_SLOTS.key,
            SettingValue.layer == SettingLayer.MEMBER,
            Member.state == MemberState.ACTIVE,
        )
    )
    wishes = await wishes_of(session)
    found = {MemberId(member): int(slots or 0) for member, slots in rows}
    return {
        member: slots for member, slots in found.items() if slots > 0 and not (member in wishes and wishes[member].out)
    }


async def wishes_of(session: AsyncSession) -> dict[MemberId, ReviewerWish]:
    """What people said about how much they review."""
    return {wish.member_id: wish for wish in await session.scalars(select(ReviewerWish))}


async def excluded_from(session: AsyncSession, member: MemberId) -> set[MemberId]:
    """Those with whom a member is not to be paired, whoever of the two asked for it."""
    rows = await session.scalars(
        select(Exclusion).where((Exclusion.asked_by == member) | (Exclusion.other_id == member))
    )
    return {row.other_id if row.asked_by == member else row.asked_by for row in rows}


async def _peers(
    context: Context, programme: ReviewProgramme, authors: Mapping[MemberId, int], mentors: Collection[MemberId]
) -> list[Peer]:
    wishes = await wishes_of(context.session)
    willing = {member for member, wish in wishes.items() if wish.one_more and not wish.out}
    candidates = {*authors, *(willing - set(mentors) if programme.open_reviewers else ())}
    active = await context.session.scalars(
        select(Member.id).where(Member.id.in_(candidates), Member.state == MemberState.ACTIVE).order_by(Member.id)
    )
    return [_peer(context, member, authors, wishes.get(member)) for member in map(MemberId, active)]


def _peer(context: Context, member: MemberId, authors: Mapping[MemberId, int], wish: ReviewerWish | None) -> Peer:
    if wish is None:
        return Peer(member, authors.get(member, 0))
    paused = wish.paused_until is not None and wish.paused_until > context.now
    return Peer(member, authors.get(member, 0), most=wish.most, one_more=wish.one_more, out=wish.out or paused)


async def _levels(session: AsyncSession, members: Collection[MemberId], entries: Sequence[Entry]) -> dict[str, int]:
    """Levels from 3 to 7: what people prepare for, else what their answer in the round shows."""
    reports = await session.execute(
        select(Entry.author_id, Revision.report)
        .join(Revision, Revision.id == Entry.revision_id)
        .where(Entry.id.in_([entry.id for entry in entries]))
    )
    shown = {author: (json.loads(report).get("level") or {}).get("level") for author, report in reports}
    targets = await session.execute(
        select(SettingValue.layer_id, SettingValue.value).where(
            SettingValue.key == TARGET_LEVEL.key,
            SettingValue.layer == SettingLayer.MEMBER,
            SettingValue.layer_id.in_(members),
        )
    )
    wished = {member: value for member, value in targets if value}
    return {member: int(str(level).lstrip("L")) for member, level in {**shown, **wished}.items() if level}


async def _owed_authors(session: AsyncSession, programme: ReviewProgramme, round: Round) -> set[MemberId]:
    """Those who got too few reviews in the last round that had answers and was not cancelled."""
    last = (
        select(Round.id)
        .join(Entry, Entry.round_id == Round.id)
        .where(
            Round.programme_id == programme.id,
            Round.number < round.number,
            Round.state.in_([RoundState.CLOSED, RoundState.SKIPPED]),
        )
        .order_by(Round.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    return set(await session.scalars(select(Entry.author_id).where(Entry.round_id == last, Entry.owed)))


async def _history(session: AsyncSession, programme: ReviewProgramme, round: Round) -> list[Past]:
    rows = await session.execute(
        select(Review.reviewer_id, Entry.author_id, Round.number)
        .join(Entry, Entry.id == Review.entry_id)
        .join(Round, Round.id == Entry.round_id)
        .where(
            Round.programme_id == programme.id,
            Round.number < round.number,
            Round.number >= round.number - LONGEST_HISTORY,
            Review.state.in_(_GIVEN),
            Review.reviewer_id.is_not(None),
        )
        .order_by(Round.number, Review.id)
    )
    return [Past(reviewer, author, round.number - number) for reviewer, author, number in rows if reviewer]


async def _excluded_pairs(session: AsyncSession, entries: Sequence[Entry]) -> frozenset[Pair]:
    rows = (await session.scalars(select(Exclusion))).all()
    apart = {(row.asked_by, row.other_id) for row in rows} | {(row.other_id, row.asked_by) for row in rows}
    return frozenset(Pair(one, entry.id) for entry in entries for one, other in apart if other == entry.author_id)
