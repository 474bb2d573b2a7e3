"""Looking reviews and answers of a round up, as far as the actor may have them; forged ids tell nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.answers.records import report_of
from bot.base.errors import NotAllowed
from bot.base.ids import MemberId
from bot.base.policy import Subject, Visibility
from bot.base.text import t
from bot.feature.context import Context
from bot.members import mentorships
from bot.review.given import said_in
from bot.scoring.report import Report
from storage.tables.answers import Answer, Revision
from storage.tables.review import Entry, Review, ReviewAppeal, ReviewOverride, ReviewState, Round
from storage.tenancy import required_workspace_of

NOT_YOURS = t("You cannot do that here. If you think you should be able to, ask an admin.")
HANDED_IN = frozenset({ReviewState.SUBMITTED, ReviewState.FLAGGED, ReviewState.COUNTED, ReviewState.LATE})
"""A review that was handed in, whatever became of it afterwards, unless a moderator took it out."""


@dataclass(frozen=True, slots=True)
class Found:
    """A review with its answer and round."""

    review: Review
    entry: Entry
    round: Round


async def found_review(session: AsyncSession, review_id: str, *, lock: bool = False) -> Found | None:
    """The review with this id and what belongs to it; with `lock` as it stands once nobody else is at it."""
    query = (
        select(Review, Entry, Round)
        .join(Entry, Entry.id == Review.entry_id)
        .join(Round, Round.id == Entry.round_id)
        .where(Review.id == review_id)
    )
    if not lock:
        row = (await session.execute(query)).first()
        return Found(*row) if row is not None else None
    locked = query.with_for_update(of=Review).execution_options(populate_existing=True)
    row = (await session.execute(locked)).first()
    if row is None:
        return None
    found = Found(*row)
    # Whoever held the lock until now may have closed the round or withdrawn the answer meanwhile.
    await session.refresh(found.round)
    await session.refresh(found.entry)
    return found


async def own_review(context: Context, review_id: str, *, lock: bool = False) -> Found:
    """A review that is the actor's to give."""
    found = await found_review(context.session, review_id, lock=lock)
    if found is None or found.review.reviewer_id is None:
        raise NotAllowed(NOT_YOURS)
    context.require("review.give", Subject(context.workspace, MemberId(found.review.reviewer_id)))
    return found


async def review_of_mine(context: Context, review_id: str, *, lock: bool = False) -> Found:
    """A review of the actor's answer, once it is there for its author to see."""
    found = await found_review(context.session, review_id, lock=lock)
    if found is None or not is_shown(found.review):
        raise NotAllowed(NOT_YOURS)
    context.require("review.see", Subject(context.workspace, found.entry.author_id))
    return found


async def own_entry(context: Context, entry_id: str, *, lock: bool = False) -> Entry:
    """An answer of the actor's in a round."""
    entry = await context.session.get(Entry, entry_id, with_for_update=lock or None)
    if entry is None:
        raise NotAllowed(NOT_YOURS)
    context.require("review.see", Subject(context.workspace, entry.author_id))
    return entry


def is_shown(review: Review) -> bool:
    """Whether its author sees a review: it was counted or came late, and nobody has reported it."""
    return review.state in (ReviewState.COUNTED, ReviewState.LATE)


async def shown_reviews(session: AsyncSession, entry: Entry) -> Sequence[Review]:
    """What its author sees of an answer's reviews, in the order drawn at closing; late ones last, by a lot too."""
    rows = await session.scalars(select(Review).where(Review.entry_id == entry.id))
    return sorted((row for row in rows if is_shown(row)), key=lambda row: (row.state.value, row.order_shown))


async def own_comments(session: AsyncSession, reviewer: MemberId, besides: str) -> list[str]:
    """The comments in a person's other reviews."""
    rows = await session.scalars(
        select(Review)
        .where(Review.reviewer_id == reviewer, Review.id != besides, Review.state.in_(HANDED_IN))
        .order_by(Review.id.desc())
        .limit(50)
    )
    return [comment for row in rows for comment in (said_in(row).worked, said_in(row).change)]


async def report_on(session: AsyncSession, entry: Entry) -> Report | None:
    """What the rules said of the text that was reviewed; None where it is gone."""
    revision = await session.get(Revision, entry.revision_id) if entry.revision_id else None
    return report_of(revision) if revision is not None else None


async def visibility_of(session: AsyncSession, entry: Entry) -> Visibility:
    """Who may see the answer now, as its author has it."""
    answer = await session.get(Answer, entry.answer_id)
    return cast(Visibility, answer.visibility) if answer is not None else "me"


async def last_override(session: AsyncSession, entry: Entry) -> ReviewOverride | None:
    """The newest score that a mentor gave in place of the reviews'."""
    return await session.scalar(
        select(ReviewOverride)
        .where(ReviewOverride.entry_id == entry.id)
        .order_by(ReviewOverride.at.desc(), ReviewOverride.id.desc())
        .limit(1)
    )


async def mentors_of(session: AsyncSession, member: MemberId) -> frozenset[MemberId]:
    """The mentors to whom a member shows what reviews found, and with it the answers that they are about."""
    return await mentorships.mentors_of(session, member, "answers", "reviews")


async def as_subject(session: AsyncSession, entry: Entry) -> Subject:
    """What the policy has to know of an answer in a round: its owner, their mentors, and who rates it as a mentor."""
    mentors = await session.scalars(
        select(Review.reviewer_id).where(
            Review.entry_id == entry.id, Review.mentor, Review.reviewer_id.is_not(None), Review.state.in_(HANDED_IN)
        )
    )
    asked = await session.scalars(
        select(ReviewAppeal.mentor_id).where(ReviewAppeal.entry_id == entry.id, ReviewAppeal.mentor_id.is_not(None))
    )
    return Subject(
        required_workspace_of(session),
        entry.author_id,
        await visibility_of(session, entry),
        await mentors_of(session, entry.author_id),
        frozenset(MemberId(mentor) for mentor in (*mentors, *asked) if mentor),
    )
