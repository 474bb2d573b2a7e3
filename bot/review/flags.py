"""Reporting an answer or a review: hidden at once, decided by a moderator, and nobody learns who reported it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from bot.base.errors import NotAllowed, UserFacingError
from bot.base.policy import Subject
from bot.base.text import t
from bot.feature.context import Context
from bot.review.posts import sum_up_later
from bot.review.records import NOT_YOURS, Found, found_review, mentors_of, own_review
from bot.review.replacing import replace_released, take_back
from bot.review.results import sum_up
from bot.review.results_posts import tell_note, tell_results
from bot.review.rounds import round_by_id
from bot.review.states import TAKING_REVIEWS
from bot.review.steps import note, step_entry, step_review
from storage.tables.review import Entry, EntryState, Review, ReviewState, Round, RoundState

DECIDED = t("Somebody has decided about this already, or it was withdrawn. Nothing is left to do.")


@dataclass(frozen=True, slots=True)
class Waiting:
    """What was reported and is undecided."""

    reviews: Sequence[tuple[Review, Entry]]
    answers: Sequence[Entry]


async def flag_answer(context: Context, review_id: str, reason: str) -> None:
    """A reviewer reports the answer they were given: it is hidden from all reviewers until a moderator decided."""
    found = await own_review(context, review_id, lock=True)
    entry = found.entry
    if entry.state is EntryState.HIDDEN:
        return
    if entry.state is not EntryState.LOCKED:
        raise UserFacingError(t("This answer is not under review any more."))
    await step_entry(context.session, entry, EntryState.HIDDEN, flagged_by=context.member, flag_reason=reason.strip())
    await tell_note(context, "under_check", entry.id, entry.author_id, once=str(context.now))
    await tell_note(context, "flags_wait", entry.id, None, once=str(context.now))


async def flag_review(context: Context, review_id: str, reason: str) -> None:
    """The author or a mentor of theirs reports a review: its words are hidden until a moderator decided."""
    found = await flaggable(context, review_id)
    if found.review.state is ReviewState.FLAGGED:
        return
    await step_review(
        context.session, found.review, ReviewState.FLAGGED, flagged_by=context.member, flag_reason=reason.strip()
    )
    await _sum_up(context, found)
    await tell_note(context, "flags_wait", found.review.id, None, once=str(context.now))


async def flaggable(context: Context, review_id: str) -> Found:
    """A review that the actor may report: of their own answer or their mentee's, once it was shown to them."""
    found = await found_review(context.session, review_id, lock=True)
    states = (ReviewState.COUNTED, ReviewState.LATE, ReviewState.FLAGGED)
    if found is None or found.review.state not in states:
        raise NotAllowed(NOT_YOURS)
    if context.member not in await mentors_of(context.session, found.entry.author_id):
        context.require("review.see", Subject(context.workspace, found.entry.author_id))
    return found


async def waiting(context: Context) -> Waiting:
    """What waits for a decision; what a moderator wrote themselves somebody else decides about."""
    _require_moderator(context)
    reviews = await context.session.execute(
        select(Review, Entry)
        .join(Entry, Entry.id == Review.entry_id)
        .where(Review.state == ReviewState.FLAGGED)
        .order_by(Review.id)
    )
    answers = await context.session.scalars(
        select(Entry).where(Entry.state == EntryState.HIDDEN, Entry.flag_reason.is_not(None)).order_by(Entry.id)
    )
    return Waiting(
        [(review, entry) for review, entry in reviews if review.reviewer_id != context.member],
        [entry for entry in answers if entry.author_id != context.member],
    )


async def decide_review(context: Context, review_id: str, *, uphold: bool) -> None:
    """Take a reported review out and have the answer reviewed by somebody else, or let it stand."""
    _require_moderator(context)
    found = await found_review(context.session, review_id, lock=True)
    if found is None or found.review.state is not ReviewState.FLAGGED:
        raise UserFacingError(DECIDED)
    if found.review.reviewer_id == context.member:
        raise NotAllowed(NOT_YOURS)
    review, round = found.review, found.round
    flagger, reviewer = review.flagged_by, review.reviewer_id
    if uphold:
        await step_review(context.session, review, ReviewState.EXCLUDED, ended_at=context.now)
        if round.state in TAKING_REVIEWS:
            await replace_released(context, round, [review])
        if reviewer is not None:
            await tell_note(context, "review_out", review.id, reviewer)
    else:
        await step_review(context.session, review, _before_flag(found))
    note(context, round, round.state, reason="a reported review was taken out" if uphold else "a report was dismissed")
    await _sum_up(context, found)
    if flagger is not None:
        await tell_note(context, "flag_upheld" if uphold else "flag_dismissed", review.id, flagger)


async def decide_answer(context: Context, entry_id: str, *, uphold: bool) -> None:
    """Take a reported answer out of its round, or give it back to its reviewers."""
    _require_moderator(context)
    entry = await context.session.get(Entry, entry_id, with_for_update=True)
    if entry is None or entry.state is not EntryState.HIDDEN:
        raise UserFacingError(DECIDED)
    if entry.author_id == context.member:
        raise NotAllowed(NOT_YOURS)
    flagger = entry.flagged_by
    round = await round_by_id(context.session, entry.round_id, lock=True)
    if uphold:
        await take_back(context, entry)
    else:
        await step_entry(context.session, entry, EntryState.LOCKED, flagged_by=None, flag_reason=None)
        if round.state is RoundState.CLOSED:
            await _sum_up_again(context, round, entry)
            await tell_results(context, round, entry.author_id)
    note(context, round, round.state, reason="a reported answer was taken out" if uphold else "a report was dismissed")
    once = str(context.now)
    await tell_note(context, "answer_out" if uphold else "answer_back", entry.id, entry.author_id, once=once)
    if flagger is not None:
        await tell_note(context, "flag_upheld" if uphold else "flag_dismissed", entry.id, flagger, once=once)


def _before_flag(found: Found) -> ReviewState:
    """Where a review stood before it was reported, or would stand by now."""
    review = found.review
    if found.round.state not in (RoundState.CLOSING, RoundState.CLOSED):
        return ReviewState.SUBMITTED
    # A late review ended as it came in; the others came in first and ended when the round was closed.
    late = review.ended_at is not None and review.submitted_at is not None and review.submitted_at >= review.ended_at
    return ReviewState.LATE if late else ReviewState.COUNTED


async def _sum_up(context: Context, found: Found) -> None:
    """In a closed round the shown results follow what is reported and decided; the author is told anew."""
    if found.round.state is RoundState.CLOSED and found.entry.state is EntryState.SUMMARISED:
        await _sum_up_again(context, found.round, found.entry)


async def _sum_up_again(context: Context, round: Round, entry: Entry) -> None:
    """What authors see changes at once; the adjusted score goes, and is learned anew."""
    await sum_up(context, round, [entry])
    await sum_up_later(context, round)


def _require_moderator(context: Context) -> None:
    context.require("round.run", Subject(context.workspace))
