"""Giving a review: opening it, handing it in, changing it until the close, and after the close."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import func, select

from bot.base.errors import UserFacingError
from bot.base.ids import MemberId, new_id
from bot.base.text import t
from bot.feature.context import Context
from bot.review.given import Said, is_whole, said_in
from bot.review.handing_out import came_in
from bot.review.records import Found, own_comments, own_review
from bot.review.results_posts import tell_results
from bot.review.rounds import owed_by
from bot.review.rubric import criteria_of
from bot.review.states import OVER, TAKING_REVIEWS, UNDONE
from bot.review.steps import step_review
from bot.review.substance import copied_from, same_as_another
from storage.tables.review import (
    EntryState,
    ReleaseReason,
    Review,
    ReviewEdition,
    ReviewState,
    Round,
    RoundState,
)

GONE = t("This answer was withdrawn, so there is nothing left to review. It counts as done for you. Thank you.")
UNDER_CHECK = t("A moderator is looking at this review. It cannot be changed now.")
TAKEN_OUT = t("A moderator has taken this review out. It cannot be handed in again.")
ROUND_OVER = t("This round is closed, so your review stays as you handed it in. Its author has it by now.")
NOT_OPEN = t("This round does not take reviews at the moment. Keep your words; the form opens again when it does.")
SAME_WORDS = t(
    "You have written this of another answer already. Say what is true of this one: a sentence of its own is enough."
)
COPIED = t("This is the answer's own text and nothing else. Add what the words did for you, or what you would change.")
INCOMPLETE = t("Give every criterion a rating from 1 to 5.")


class Outcome(StrEnum):
    """What became of a review that was handed in."""

    STORED = "stored"
    SAME = "same"
    CHANGED = "changed"
    EXTRA = "extra"
    """It had been handed on meanwhile; it counts all the same."""
    LATE = "late"
    """The round is over: its author gets it, and it counts for nothing."""


async def next_review(context: Context, round: Round) -> Review | None:
    """What the actor reviews next in a round, the oldest first."""
    owed = await owed_by(context.session, round, context.member)
    return owed[0][0] if owed else None


async def open_review(context: Context, review_id: str) -> Found:
    """A review whose answer its reviewer reads now; a sentence where there is nothing to read."""
    found = await own_review(context, review_id)
    if found.entry.state is EntryState.WITHDRAWN:
        raise UserFacingError(GONE)
    if found.entry.state is EntryState.HIDDEN:
        raise UserFacingError(t("A moderator is looking at this answer. You hear from me if it is to be reviewed."))
    if found.review.state is ReviewState.ASSIGNED:
        await step_review(context.session, found.review, ReviewState.OPENED, opened_at=context.now)
    return found


async def submit(context: Context, review_id: str, said: Said) -> Outcome:
    """Store what a reviewer said; handed in twice it is stored once, handed in anew it is a change."""
    found = await own_review(context, review_id, lock=True)
    review = found.review
    if said == said_in(review) and review.submitted_at is not None:
        return Outcome.SAME
    _check_open(found)
    await _check_words(context, found, said)
    if review.state is ReviewState.SUBMITTED:
        await _keep_edition(context, review)
        await _store(context, found, said, ReviewState.SUBMITTED)
        return Outcome.CHANGED
    if found.round.state in OVER or found.round.state is RoundState.CLOSING:
        await _store(context, found, said, ReviewState.LATE, ended_at=context.now)
        if found.round.state is not RoundState.CLOSING:
            await tell_results(context, found.round, found.entry.author_id)
        return Outcome.LATE
    released = review.state is ReviewState.RELEASED
    await _store(context, found, said, ReviewState.SUBMITTED, ended_at=None)
    await came_in(context, found.round, found.entry.id)
    return Outcome.EXTRA if released else Outcome.STORED


def _check_open(found: Found) -> None:
    review, round = found.review, found.round
    if review.state is ReviewState.FLAGGED:
        raise UserFacingError(UNDER_CHECK)
    if review.state is ReviewState.EXCLUDED:
        raise UserFacingError(TAKEN_OUT)
    if found.entry.state is EntryState.WITHDRAWN or review.reason is ReleaseReason.ANSWER_GONE:
        raise UserFacingError(GONE)
    if review.state in (ReviewState.COUNTED, ReviewState.LATE):
        raise UserFacingError(ROUND_OVER)
    over = round.state in OVER or round.state is RoundState.CLOSING
    if not over and round.state not in TAKING_REVIEWS | {RoundState.PAUSED}:
        raise UserFacingError(NOT_OPEN)


async def _check_words(context: Context, found: Found, said: Said) -> None:
    """A kind nudge where the words are those of another review, or of the answer; what was typed is kept."""
    if not is_whole(said, criteria_of(found.round, context.content)):
        raise UserFacingError(INCOMPLETE)
    earlier = await own_comments(context.session, context.member, besides=found.review.id)
    if any(same_as_another(comment, earlier) for comment in (said.worked, said.change)):
        raise UserFacingError(SAME_WORDS)
    if any(copied_from(comment, found.entry.text) for comment in (said.worked, said.change)):
        raise UserFacingError(COPIED)


async def _keep_edition(context: Context, review: Review) -> None:
    """Keep what a review said until now."""
    number = await context.session.scalar(
        select(func.count(ReviewEdition.id)).where(ReviewEdition.review_id == review.id)
    )
    context.session.add(
        ReviewEdition(
            id=new_id(),
            review_id=review.id,
            number=(number or 0) + 1,
            said=said_in(review).as_json,
            at=review.submitted_at or context.now,
        )
    )


async def _store(context: Context, found: Found, said: Said, to: ReviewState, **more: object) -> None:
    values = {**said.as_json, "submitted_at": context.now, "text_hash_seen": found.entry.text_hash, **more}
    await step_review(context.session, found.review, to, **values)


async def left_to_do(context: Context, round: Round, member: MemberId) -> int:
    """How many reviews a person still owes in a round."""
    return len(await owed_by(context.session, round, member))


def may_be_written(review: Review) -> bool:
    """Whether the form of a review makes sense: not handed in yet, or still to be changed."""
    return review.state in UNDONE | {ReviewState.SUBMITTED, ReviewState.RELEASED}
