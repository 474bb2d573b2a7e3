"""What reviewing holds about a person: taken out whole; erased so that scores stay without an id, and no words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select

from bot.base.ids import MemberId
from bot.feature.context import Context
from bot.review.given import Said, said_in
from bot.review.records import is_shown
from bot.review.results import read_result
from storage.batches import Share
from storage.tables.review import (
    CalibrationTry,
    Entry,
    Review,
    ReviewAppeal,
    ReviewEdition,
    ReviewOverride,
    SelfRating,
)

AT_ONCE = 100
"""Rows erased in one transaction."""
OWNED = (
    (SelfRating, SelfRating.member_id),
    (CalibrationTry, CalibrationTry.member_id),
)


async def export(context: Context, member: MemberId) -> Sequence[Mapping[str, Any]]:
    """Reviews given and got (without who gave them), one's own ratings and tries, scores as a mentor."""
    session = context.session
    given = await session.execute(
        select(Review, Entry).join(Entry, Entry.id == Review.entry_id).where(Review.reviewer_id == member)
    )
    rows: list[Mapping[str, Any]] = [
        {"what": "review given", "answer": entry.label, "state": review.state.value, **said_in(review).as_json,
         "question_back": review.asked_back, "answered_back": review.answered_back}
        for review, entry in given.all()
    ]  # fmt: skip
    for entry in await session.scalars(select(Entry).where(Entry.author_id == member).order_by(Entry.id)):
        rows += await _received(context, entry)
    own = await session.scalars(select(SelfRating).where(SelfRating.member_id == member))
    rows += [{"what": "rating of an answer of your own", "scores": row.scores, "at": row.at.isoformat()} for row in own]
    tries = await session.scalars(select(CalibrationTry).where(CalibrationTry.member_id == member))
    rows += [{"what": "practice", "example": row.example_id, "scores": row.scores} for row in tries]
    mentored = await session.scalars(select(ReviewOverride).where(ReviewOverride.mentor_id == member))
    rows += [{"what": "score as a mentor", "value": row.value, "reason": row.reason} for row in mentored]
    return rows


async def _received(context: Context, entry: Entry) -> list[Mapping[str, Any]]:
    session = context.session
    reviews = await session.scalars(select(Review).where(Review.entry_id == entry.id).order_by(Review.order_shown))
    rows: list[Mapping[str, Any]] = [
        {"what": "review you got", "answer": entry.label, "worked": review.worked, "change": review.change,
         "level": review.level, "follow_up": review.follow_up, "helpful": review.helpful,
         "question_back": review.asked_back, "answered_back": review.answered_back}
        for review in reviews
        if is_shown(review)
    ]  # fmt: skip
    result = read_result(entry)
    if result is not None:
        rows.append({"what": "result", "answer": entry.label, "means": dict(result.means), "reviews": result.reviews})
    appeals = await session.scalars(select(ReviewAppeal).where(ReviewAppeal.entry_id == entry.id))
    rows += [{"what": "request for another look", "answer": entry.label, "why": row.why} for row in appeals]
    return rows


async def erase(context: Context, member: MemberId) -> int:
    """Erase some of it; how many rows. Reviews given keep their scores, under no id, and lose their words."""
    session, share, blank = context.session, Share(context.session, AT_ONCE), Said()
    mine = select(Review.id).where(Review.reviewer_id == member).order_by(Review.id).limit(share.left)
    given = (await session.scalars(mine)).all()
    await session.execute(delete(ReviewEdition).where(ReviewEdition.review_id.in_(given)))
    words = {"worked": blank.worked, "change": blank.change, "follow_up": blank.follow_up, "answered_back": ""}
    await share.update(Review, Review.id.in_(given), reviewer_id=None, **words)
    await share.update(Review, Review.flagged_by == member, flagged_by=None, flag_reason="")
    await share.update(Entry, Entry.flagged_by == member, flagged_by=None, flag_reason="")
    await share.update(ReviewOverride, ReviewOverride.mentor_id == member, mentor_id=None, reason="")
    for table, column in OWNED:
        await share.delete(table, column == member)
    return share.done
