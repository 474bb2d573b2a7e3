"""A mentor's score in place of the reviews', and an author's request for one; what was found before stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from statistics import fmean

from sqlalchemy import select

from bot.base.errors import NotAllowed, UserFacingError
from bot.base.ids import MemberId, new_id
from bot.base.text import t
from bot.feature.context import Context
from bot.review.pool import excluded_from, mentors_of
from bot.review.records import HANDED_IN, NOT_YOURS, as_subject, own_entry
from bot.review.results_posts import ask_mentor, tell_note, tell_results
from bot.review.rounds import round_by_id
from bot.review.steps import note
from storage.once import insert_once
from storage.tables.review import Entry, EntryState, Review, ReviewAppeal, ReviewOverride, Round, RoundState

APPEAL_WITHIN = timedelta(days=7)
TOO_LATE = t("A mentor's look can be asked for within seven days after the close. Speak to a moderator if it matters.")
ASKED_ALREADY = t("You have asked for another look at this answer already.")
NO_RESULT = t("There is no result yet that could be looked at again.")


async def may_appeal(context: Context, entry: Entry, round: Round) -> bool:
    """Whether its author can still ask for another look."""
    if entry.state is not EntryState.SUMMARISED or round.closed_at is None:
        return False
    return context.now <= round.closed_at + APPEAL_WITHIN and await appeal_of(context, entry) is None


async def appeal_of(context: Context, entry: Entry) -> ReviewAppeal | None:
    """The request for another look at an answer, if there is one."""
    return await context.session.scalar(select(ReviewAppeal).where(ReviewAppeal.entry_id == entry.id))


async def appealable(context: Context, entry_id: str) -> tuple[Entry, Round]:
    """An answer of the actor's for which another look can be asked; a sentence where it cannot."""
    entry = await own_entry(context, entry_id)
    round = await round_by_id(context.session, entry.round_id)
    if await appeal_of(context, entry) is not None:
        raise UserFacingError(ASKED_ALREADY)
    if entry.state is not EntryState.SUMMARISED or round.state is not RoundState.CLOSED or round.closed_at is None:
        raise UserFacingError(NO_RESULT)
    if context.now > round.closed_at + APPEAL_WITHIN:
        raise UserFacingError(TOO_LATE)
    return entry, round


async def appeal(context: Context, entry_id: str, why: str) -> bool:
    """Ask for another look; whether a mentor was found. Without one whoever runs the rounds is told."""
    entry, _ = await appealable(context, entry_id)
    mentor = await _free_mentor(context, entry)
    values = {"id": new_id(), "entry_id": entry.id, "why": why.strip(), "mentor_id": mentor, "asked_at": context.now}
    if not await insert_once(context.session, ReviewAppeal, values, unique=(ReviewAppeal.entry_id,)):
        raise UserFacingError(ASKED_ALREADY)
    if mentor is None:
        await tell_note(context, "no_mentor", entry.id, None)
    else:
        await ask_mentor(context, entry.id, mentor)
    return mentor is not None


async def _free_mentor(context: Context, entry: Entry) -> MemberId | None:
    """A mentor who has not reviewed the answer and is not kept apart from its author; who was asked least."""
    session = context.session
    had = set(await session.scalars(select(Review.reviewer_id).where(Review.entry_id == entry.id)))
    apart = await excluded_from(session, entry.author_id)
    asked = Counter(await session.scalars(select(ReviewAppeal.mentor_id).where(ReviewAppeal.answered_at.is_(None))))
    free = sorted(set(await mentors_of(session)) - had - apart - {entry.author_id}, key=lambda one: (asked[one], one))
    return free[0] if free else None


async def overridable(context: Context, entry_id: str) -> tuple[Entry, Round]:
    """An answer to which the actor may give a mentor's score: its author's mentor, or one who rates it in the round."""
    entry = await context.session.get(Entry, entry_id, with_for_update=True)
    if entry is None or entry.state is not EntryState.SUMMARISED:
        raise NotAllowed(NOT_YOURS)
    context.require("review.override", await as_subject(context.session, entry))
    if entry.author_id == context.member:
        raise NotAllowed(NOT_YOURS)
    return entry, await round_by_id(context.session, entry.round_id)


async def override(context: Context, entry_id: str, scores: Mapping[str, int], reason: str) -> ReviewOverride:
    """Keep a mentor's score with its reason, and tell the author and, without names, the reviewers."""
    entry, round = await overridable(context, entry_id)
    value = round_to(fmean(scores.values()))
    last = await context.session.scalar(
        select(ReviewOverride)
        .where(ReviewOverride.entry_id == entry.id, ReviewOverride.mentor_id == context.member)
        .order_by(ReviewOverride.at.desc())
        .limit(1)
    )
    if last is not None and (last.value, last.reason) == (value, reason.strip()):
        return last
    made = ReviewOverride(
        id=new_id(), entry_id=entry.id, mentor_id=context.member, value=value, reason=reason.strip(), at=context.now
    )
    context.session.add(made)
    await context.session.flush()
    asked = await appeal_of(context, entry)
    if asked is not None and asked.mentor_id == context.member and asked.answered_at is None:
        asked.answered_at = context.now
    note(context, round, round.state, reason="a mentor gave a score in place of the reviews'")
    await tell_results(context, round, entry.author_id)
    reviews = await context.session.scalars(
        select(Review).where(Review.entry_id == entry.id, Review.state.in_(HANDED_IN))
    )
    for review in reviews.all():
        if review.reviewer_id is not None and review.reviewer_id != context.member:
            await tell_note(context, "looked_again", made.id, MemberId(review.reviewer_id), entry=entry.id)
    return made


def round_to(value: float) -> float:
    """A score as it is stored."""
    return round(value, 4)
