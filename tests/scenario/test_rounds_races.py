"""Two things done to a round in the same moment, each in a transaction of its own, on both engines.

On PostgreSQL the transactions overlap; on SQLite, which has one writer, one waits for the other.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Any

from bot.base.errors import UserFacingError
from bot.base.policy import Actor
from bot.chat.events import FormSubmitted
from bot.feature.context import Context
from bot.review.ending import close
from bot.review.replacing import hand_on
from bot.review.reviewing_actions import SendReview
from bot.review.reviewing_handlers import send_review
from bot.review.rounds import round_by_id
from bot.review.swapping import swap
from storage.tables.review import Entry, ReleaseReason, Review, ReviewEdition, ReviewState, Round, RoundState
from tests.scenario.reviewing_scene import CHANGE, SCORES, WORKED, Reviewing, reviewing
from tests.scenario.rounds_scene import names

Act = Callable[[Context], Awaitable[None]]


class AtOnce(Reviewing):
    """Acts of one reviewer, and of the round, in transactions that overlap."""

    async def at_once(self, *acts: tuple[str, Act]) -> None:
        """Each of these people does something, all in the same moment."""
        await asyncio.gather(*(self._acts(who, act) for who, act in acts))

    async def _acts(self, who: str, act: Act) -> None:
        house, workspace = self.s.runtime.house, await self.s.workspace_id()
        actor = Actor(workspace, await self.s.member(getattr(self.s, who)))
        async with self.s.database.write(workspace) as session:
            await act(house.context(session, workspace, actor=actor))

    async def writes_by(self, who: str, review: Review, **said: str) -> tuple[str, Act]:
        """Hands a review in, by its handler."""
        label = (await self.entry(review)).label or "A"
        values = {**SCORES, "worked": WORKED[label].format(who=who), "change": CHANGE[label].format(who=who), **said}
        payload = SendReview(review=review.id)
        event: Any = FormSubmitted.__new__(FormSubmitted)
        object.__setattr__(event, "values", {name: (value,) for name, value in values.items()})
        return who, lambda context: send_review(context, payload, event)


async def _closes(context: Context, round_id: str) -> None:
    await close(context, await round_by_id(context.session, round_id, lock=True))


async def test_invariant_26_two_submits_at_once_give_one_state_in_any_order(database_url: str) -> None:
    async with reviewing(5, database_url=database_url) as made:
        s = AtOnce(made.r)
        same, other = await s.r.open_reviews("ana")
        await s.at_once(await s.writes_by("ana", same), await s.writes_by("ana", same))
        assert (await s.review(same.id)).state is ReviewState.SUBMITTED
        assert await s.r.rows(ReviewEdition) == [], "the same twice is handed in once"

        one, two = "Who told support, and in which words?", "What did the week beside the old rule show?"
        await s.at_once(await s.writes_by("ana", other, follow_up=one), await s.writes_by("ana", other, follow_up=two))
        stands = (await s.review(other.id)).follow_up
        (before,) = await s.r.rows(ReviewEdition)
        assert {stands, before.said["follow_up"]} == {one, two}, "one stands, the other is kept: neither is lost"

        (unwritten, _) = await s.r.open_reviews("ben")
        leaves: Act = lambda context: _hands_on(context, unwritten.id)  # noqa: E731
        await s.at_once(await s.writes_by("ben", unwritten), ("ben", leaves))
        assert (await s.review(unwritten.id)).state is ReviewState.SUBMITTED, "what was written stands"


async def test_people_who_swap_at_once_all_have_as_many_as_before(database_url: str) -> None:
    async with reviewing(8, database_url=database_url) as made:
        s = AtOnce(made.r)
        swapping: list[tuple[str, Act]] = []
        for who in names(8):
            (review, *_) = await s.r.open_reviews(who)
            swapping.append((who, partial(_swaps, review.id)))
        await s.at_once(*swapping)
        standing = [review for review in await s.r.reviews() if review.state is ReviewState.ASSIGNED]
        assert set(Counter(review.reviewer_id for review in standing).values()) == {3}
        assert set(Counter(review.entry_id for review in standing).values()) == {3}
        assert any(review.reason is ReleaseReason.SWAPPED for review in await s.r.reviews())


async def _swaps(review_id: str, context: Context) -> None:
    with suppress(UserFacingError):
        await swap(context, review_id)


async def _hands_on(context: Context, review_id: str) -> None:
    review = await context.session.get_one(Review, review_id)
    round = await context.session.get_one(Round, (await context.session.get_one(Entry, review.entry_id)).round_id)
    await hand_on(context, round, context.member, ReleaseReason.DECLINED, only=review)


async def test_a_review_handed_in_while_its_round_closes_is_counted_or_late_and_never_left(database_url: str) -> None:
    async with reviewing(5, database_url=database_url) as made:
        s = AtOnce(made.r)
        round = await s.r.round()
        mine = [(who, (await s.r.open_reviews(who))[0]) for who in ("ana", "ben", "cleo")]
        writing = [await s.writes_by(who, review) for who, review in mine]
        await s.at_once(*writing[:2], ("dan", lambda context: _closes(context, round.id)), writing[2])
        await made.s.drain()
        assert (await s.r.round()).state is RoundState.CLOSED
        for _, review in mine:
            assert (await s.review(review.id)).state in {ReviewState.COUNTED, ReviewState.LATE}
        counted = sum(each.state is ReviewState.COUNTED for each in await s.r.reviews())
        assert counted == sum(entry.result["reviews"] for entry in await s.r.entries())
