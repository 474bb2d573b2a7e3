"""A reviewer swaps an answer for another one by one click; nobody loses by it, and nobody learns who was who."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from sqlalchemy import select

from bot.base.ids import new_id
from bot.chat.refs import MessageRef
from bot.review.actions import SwapReview
from bot.review.posts import NOTICE
from storage.tables.outbox import Delivery
from storage.tables.review import Entry, Exclusion, ReleaseReason, Review, ReviewState
from tests.scenario.answers_scene import CHANNEL
from tests.scenario.reviewing_scene import Reviewing, reviewing
from tests.scenario.rounds_scene import names

STANDING = (ReviewState.ASSIGNED, ReviewState.OPENED, ReviewState.SUBMITTED)


async def shared_out(v: Reviewing) -> tuple[Counter[str], Counter[str]]:
    """How many reviews each person has and each answer gets."""
    standing = [review for review in await v.r.reviews() if review.state in STANDING]
    return Counter(str(review.reviewer_id) for review in standing), Counter(review.entry_id for review in standing)


async def nobody_reviews_each_other(v: Reviewing) -> bool:
    author = {entry.id: entry.author_id for entry in await v.r.entries()}
    pairs = {(one.reviewer_id, author[one.entry_id]) for one in await v.r.reviews() if one.state in STANDING}
    return not any((author, reviewer) in pairs for reviewer, author in pairs)


async def of_reason(v: Reviewing, reason: ReleaseReason) -> list[Review]:
    return [review for review in await v.r.reviews() if review.reason is reason]


async def exchanges(v: Reviewing) -> tuple[str, Review, Review]:
    """Ana swaps; who it was, what she gave up, and what for."""
    await v.r.click("ana", "Start", "Swap it for another")
    (given_up,), (exchanged,) = [await of_reason(v, one) for one in (ReleaseReason.SWAPPED, ReleaseReason.EXCHANGED)]
    return "ana", given_up, exchanged


async def test_two_people_exchange_answers_and_everybody_has_as_many_as_before() -> None:
    async with reviewing(8) as v:
        before = await shared_out(v)
        who, given_up, exchanged = await exchanges(v)
        assert given_up.reason is ReleaseReason.SWAPPED
        by_id = {review.id: review for review in await v.r.reviews()}
        mine, theirs = by_id[exchanged.replaced_by or ""], by_id[given_up.replaced_by or ""]
        assert (mine.reviewer_id, mine.entry_id) == (given_up.reviewer_id, exchanged.entry_id)
        assert (theirs.reviewer_id, theirs.entry_id) == (exchanged.reviewer_id, given_up.entry_id)
        assert await shared_out(v) == before
        assert f"Answer {(await v.entry(mine)).label}" in v.seen(who)
        assert "The other answer goes to somebody else. You have this one instead." in v.seen(who)
        assert mine.state is ReviewState.OPENED
        partner = await v.who(theirs)
        for each in (who, partner):
            labels = {(await v.entry(review)).label for review in await v.r.open_reviews(each)}
            (listed,) = re.findall("3 answers to review by .*\n.*Answers ([A-Z, ]+): ", v.seen(each))
            assert set(listed.split(", ")) == labels, "there is one list, and it changes where it stands"
        assert who.title() not in v.seen(partner).split("3 answers to review by")[-1]


async def test_a_list_that_was_deleted_is_sent_once_more() -> None:
    async with reviewing(8) as v:
        await v.r.click("ana", "Start")
        for notice in await v.r.deliveries(NOTICE):
            await v.s.platform.delete(MessageRef.decode(notice.posted_ref or ""))
        await v.r.click("ana", "Swap it for another")
        (exchanged,) = await of_reason(v, ReleaseReason.EXCHANGED)
        partner = await v.who(exchanged)
        assert v.seen(partner).count("3 answers to review by") == 1
        assert len(await v.r.open_reviews(partner)) == 3, "nobody is taken for gone"


async def test_a_list_that_went_out_with_other_messages_stays_and_a_fresh_one_is_sent() -> None:
    """Changing it where it stands would take the other messages away."""
    async with reviewing(8) as v:
        lists = {notice.member_id: notice.posted_ref for notice in await v.r.deliveries(NOTICE)}
        async with v.r.context() as context:
            others = await context.session.scalars(
                select(Delivery).where(Delivery.member_id.in_(lists), Delivery.kind != NOTICE)
            )
            for other in others.all():
                other.posted_ref = lists[other.member_id]
        _, _, exchanged = await exchanges(v)
        assert v.seen(await v.who(exchanged)).count("3 answers to review by") == 2


async def test_an_answer_that_wants_a_review_comes_before_an_exchange() -> None:
    async with reviewing(8) as v:
        ana = await v.s.member(v.s.ana)
        mine = (await v.r.open_reviews("ana"))[0]
        had = {review.entry_id for review in await v.r.reviews("ana")}
        short = next(entry for entry in await v.r.entries() if entry.id not in had and entry.author_id != ana)
        async with v.r.context() as context:
            (await context.session.get_one(Entry, short.id)).wanted += 1
        await v.acts("ana", SwapReview(review=mine.id))
        assert [review.reviewer_id for review in await v.of(short)].count(ana) == 1
        assert not await of_reason(v, ReleaseReason.EXCHANGED)
        (given_up,) = await of_reason(v, ReleaseReason.SWAPPED)
        assert given_up.replaced_by, "the next stand-in has it"
        load, coverage = await shared_out(v)
        assert load[ana] == 3
        assert set(coverage.values()) == {3, 4}


async def test_whoever_is_not_to_be_paired_is_not_by_a_swap_and_the_words_are_the_same() -> None:
    async with reviewing(5) as v:
        ana = await v.s.member(v.s.ana)
        mine = (await v.r.open_reviews("ana"))[0]
        had = {review.entry_id for review in await v.r.reviews("ana")}
        async with v.r.context() as context:
            for entry in await v.r.entries():
                if entry.id not in had and entry.author_id != ana:
                    context.session.add(Exclusion(id=new_id(), asked_by=entry.author_id, other_id=ana, at=context.now))
        before = await shared_out(v)
        await v.acts("ana", SwapReview(review=mine.id))
        assert "There is no other answer for you just now" in v.seen("ana")
        assert await shared_out(v) == before
        await v.r.click("ana", "Somebody else, please")
        assert (await v.review(mine.id)).reason is ReleaseReason.DECLINED


async def test_three_people_have_nothing_to_swap_and_can_hand_on_all_the_same() -> None:
    async with reviewing(3) as v:
        await v.r.click("ana", "Start", "Swap it for another")
        assert "There is no other answer for you just now" in v.seen("ana")
        await v.r.click("ana", "Back to the answer")
        assert not await of_reason(v, ReleaseReason.SWAPPED)


async def test_nobody_swaps_more_than_twice_nor_is_asked_twice_for_others() -> None:
    async with reviewing(8) as v:
        for _ in range(3):
            for who in names(8):
                await v.acts(who, SwapReview(review=(await v.r.open_reviews(who))[-1].id))
        by_reason = {
            reason: Counter(review.reviewer_id for review in await of_reason(v, reason))
            for reason in (ReleaseReason.SWAPPED, ReleaseReason.EXCHANGED)
        }
        assert max(by_reason[ReleaseReason.SWAPPED].values()) <= 2
        assert max(by_reason[ReleaseReason.EXCHANGED].values()) == 1
        assert set((await shared_out(v))[0].values()) == {3}
        assert set((await shared_out(v))[1].values()) == {3}


async def test_two_people_come_to_review_each_other_only_where_nothing_else_fits() -> None:
    """Ten people leave each of them three whom they neither review nor are reviewed by."""
    async with reviewing(10) as v:
        await exchanges(v)
        assert await nobody_reviews_each_other(v)


@pytest.mark.parametrize("whose", ["somebody else's", "handed in"])
async def test_only_what_one_has_still_to_write_can_be_swapped(whose: str) -> None:
    async with reviewing(5) as v:
        mine = (await v.r.open_reviews("ana"))[0]
        if whose == "handed in":
            await v.r.gives(mine)
        await v.acts("ben" if whose != "handed in" else "ana", SwapReview(review=mine.id))
        assert not await of_reason(v, ReleaseReason.SWAPPED)
        assert (await v.review(mine.id)).state in STANDING


async def test_why_says_what_was_swapped_and_exchanged_and_not_with_whom() -> None:
    async with reviewing(8) as v:
        who, _, exchanged = await exchanges(v)
        partner = await v.who(exchanged)
        for each in (who, partner):
            await getattr(v.s, each).runs("round why", CHANNEL)
            await v.s.drain()
        assert "1 of them you have since you asked for another answer." in v.seen(who)
        assert "1 you had not begun was exchanged: somebody asked for another answer." in v.seen(partner)
        assert "came to you because" not in v.seen(who)
