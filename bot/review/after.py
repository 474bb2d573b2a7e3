"""After the close: did it help, thanks, one question back and its answer; neither learns who the other is."""

from __future__ import annotations

from bot.base.errors import UserFacingError
from bot.base.text import t
from bot.feature.context import Context
from bot.review.records import HANDED_IN, Found, own_review, review_of_mine
from bot.review.results_posts import tell_note
from storage.tables.review import Review

ASKED_ALREADY = t("You have asked this reviewer a question already. One each is what reviewing leaves time for.")
ANSWERED_ALREADY = t("You have answered this question already.")
NOT_ASKED = t("Nobody has asked you anything about this review.")
NOBODY_THERE = t("Whoever wrote this review is not here any more, so nobody would get it.")


async def mark_helpful(context: Context, review_id: str, *, helpful: bool) -> Review:
    """Keep whether a review helped its author; for the reviewer's own eyes and for mentors, never a ranking."""
    found = await review_of_mine(context, review_id, lock=True)
    found.review.helpful = helpful
    return found.review


async def thank(context: Context, review_id: str) -> None:
    """Thank a reviewer, once, without names."""
    found = await review_of_mine(context, review_id, lock=True)
    if not found.review.thanked:
        found.review.thanked = True
        if found.review.reviewer_id is not None:
            await tell_note(context, "thanked", found.review.id, found.review.reviewer_id)


async def may_ask_back(context: Context, review_id: str) -> Found:
    """A review to whose author one question can still be put."""
    found = await review_of_mine(context, review_id, lock=True)
    if found.review.asked_back:
        raise UserFacingError(ASKED_ALREADY)
    if found.review.reviewer_id is None:
        raise UserFacingError(NOBODY_THERE)
    return found


async def ask_back(context: Context, review_id: str, question: str) -> None:
    """Put one question to the reviewer; the same again changes nothing."""
    found = await review_of_mine(context, review_id, lock=True)
    if found.review.asked_back == question.strip():
        return
    found = await may_ask_back(context, review_id)
    found.review.asked_back = question.strip()
    await tell_note(context, "asked", found.review.id, found.review.reviewer_id)


async def may_answer_back(context: Context, review_id: str) -> Found:
    """A review about which its writer was asked something they have not answered."""
    found = await own_review(context, review_id, lock=True)
    if not found.review.asked_back or found.review.state not in HANDED_IN:
        raise UserFacingError(NOT_ASKED)
    if found.review.answered_back:
        raise UserFacingError(ANSWERED_ALREADY)
    return found


async def answer_back(context: Context, review_id: str, answer: str) -> None:
    """Answer the author's question, once; the same again changes nothing."""
    found = await own_review(context, review_id, lock=True)
    if found.review.answered_back and found.review.answered_back == answer.strip():
        return
    found = await may_answer_back(context, review_id)
    found.review.answered_back = answer.strip()
    await tell_note(context, "answered", found.review.id, found.entry.author_id)
