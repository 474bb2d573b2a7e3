from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from bot.chat.cards import Place
from bot.chat.refs import MessageRef
from bot.outbox.nextrun import WallClockRule
from bot.outbox.queue import mark_skipped
from bot.questions import posting, slots
from bot.questions.choosing import Wishes
from bot.questions.programmes import POST, pause_programme, post_now, programme_by_id
from storage.tables.outbox import DeliveryState
from storage.tables.questions import SlotState
from tests.unit.questions.desk import (
    CHANNEL,
    MONDAY_EIGHT,
    SITUATION,
    Desk,
    bank_of,
    berlin,
    words,
)
from tests.unit.questions.test_choosing import question


async def test_a_question_is_posted_at_its_local_time_and_not_before(any_desk: Desk) -> None:
    desk = any_desk
    await desk.programme()
    assert await desk.tick(berlin(2, 8, 59)) == []
    (card,) = await desk.tick(berlin(2, 9))
    assert card.title == "Morning question: today's question"
    assert Place("question.actions", (await desk.slots())[0].id) in card.elements
    assert await desk.tick(berlin(2, 23, 59)) == []


async def test_the_slot_keeps_where_the_question_stands_and_is_found_by_its_thread(any_desk: Desk) -> None:
    desk = any_desk
    await desk.programme()
    await desk.tick(berlin(2, 9))
    post = MessageRef(CHANNEL, "m1")
    async with desk.session() as session:
        slot = await slots.slot_of_thread(session, CHANNEL.in_thread("m1"))
        assert slot is not None
        assert (slot.state, slot.local_date, slot.posted_at) == (SlotState.POSTED, date(2026, 11, 2), desk.now)
        assert await slots.slot_of_message(session, post) is slot
        assert await slots.slot_of_thread(session, CHANNEL) is None
        assert await slots.slot_of_thread(session, CHANNEL.in_thread("m2")) is None
        ((_, latest),) = await slots.latest_slots(session)
        assert latest is slot


async def test_a_forum_post_is_answered_in_the_thread_it_stands_in(desk: Desk) -> None:
    forum_post = MessageRef(CHANNEL.in_thread("t9"), "m9")
    assert slots.thread_of(forum_post) == CHANNEL.in_thread("t9")


async def test_nothing_is_posted_at_the_weekend_or_on_a_holiday(any_desk: Desk) -> None:
    desk = any_desk
    rule = WallClockRule("Europe/Berlin", time(9), frozenset(range(5)), holidays="DE")
    desk.now = berlin(22, 8, month=12)
    await desk.programme(rule=rule)
    posted = []
    for day in range(22, 32):
        posted += [day for _ in await desk.tick(berlin(day, 9, month=12))]
    assert posted == [22, 23, 24, 28, 29, 30, 31]


async def test_on_the_day_the_clocks_change_there_is_one_question(any_desk: Desk) -> None:
    desk = any_desk
    desk.now = datetime(2026, 3, 27, 2, tzinfo=UTC)
    await desk.programme(rule=WallClockRule("Europe/Berlin", time(2, 30)))
    days = [len(await desk.tick(desk.now + timedelta(hours=24))) for _ in range(4)]
    assert days == [1, 1, 1, 1]
    assert [slot.local_date.day for slot in await desk.slots()] == [28, 29, 30, 31]


async def test_after_an_outage_of_three_days_one_question_is_posted_late_and_the_others_are_skipped(
    any_desk: Desk,
) -> None:
    desk = any_desk
    await desk.programme()
    (card,) = await desk.tick(berlin(5, 11))
    assert card.title == "Morning question: today's question"
    assert [slot.local_date.day for slot in await desk.slots()] == [5]
    states = [one.state for one in await desk.deliveries(POST)]
    assert states == [DeliveryState.SKIPPED] * 3 + [DeliveryState.POSTED]


async def test_after_the_window_the_missed_question_is_skipped(any_desk: Desk) -> None:
    desk = any_desk
    await desk.programme()
    assert await desk.tick(berlin(5, 14)) == []
    assert await desk.slots() == []
    assert len(await desk.tick(berlin(6, 9))) == 1


async def test_a_delivery_that_waited_too_long_for_the_chat_is_skipped(desk: Desk) -> None:
    await desk.programme()
    await desk.fire(berlin(2, 9))
    assert await desk.tick(berlin(2, 14)) == []
    (delivery,) = await desk.deliveries(POST)
    assert (delivery.state, delivery.reason) == (DeliveryState.SKIPPED, posting.TOO_LATE)


async def test_a_question_posted_after_midnight_says_for_which_day_it_is(desk: Desk) -> None:
    await desk.programme(rule=WallClockRule("Europe/Berlin", time(23, 30)))
    (card,) = await desk.tick(berlin(3, 0, 30))
    assert card.title == "Morning question: the question of Monday 2 November"


async def test_after_a_crash_between_choosing_and_posting_the_same_question_is_posted(any_desk: Desk) -> None:
    desk = any_desk
    await desk.programme()
    await desk.tick(berlin(2, 8))
    await desk.fire(berlin(2, 9))
    (delivery,) = await desk.deliveries(POST)
    first = await desk.prepare(delivery.id)
    desk.content = bank_of(question("q-other"))
    again = await desk.prepare(delivery.id)
    assert first == again
    assert len(await desk.slots()) == 1


async def test_a_pause_that_comes_during_posting_does_not_change_the_question(desk: Desk) -> None:
    programme = await desk.programme()
    await desk.fire(berlin(2, 9))
    (delivery,) = await desk.deliveries(POST)
    first = await desk.prepare(delivery.id)
    async with desk.session() as session:
        await pause_programme(session, await programme_by_id(session, programme.id), desk.now)
    assert await desk.prepare(delivery.id) == first


async def test_the_question_keeps_its_words_and_points_when_the_content_changes(any_desk: Desk) -> None:
    desk = any_desk
    desk.content = bank_of(SITUATION)
    await desk.programme(wishes=Wishes(kind_mix={"situational": 100}))
    await desk.tick(berlin(2, 9))
    changed = SITUATION.model_copy(update={"version": 2, "points": (), "must_not": ()})
    desk.content = bank_of(changed)
    (slot,) = await desk.slots()
    assert (slot.question_id, slot.question_version, slot.kind) == ("q-outage", 1, "situational")
    assert slot.text == "Tell me about q-outage."
    assert [point["text"] for point in slot.points] == ["Say who is affected.", "Stop the harm first."]
    assert slot.must_not == ["Blame a colleague."]


async def test_questions_do_not_repeat_until_the_bank_is_used_up_and_then_the_oldest_comes(desk: Desk) -> None:
    await desk.programme(rule=WallClockRule("Europe/Berlin", time(9)))
    for day in range(2, 14):
        await desk.tick(berlin(day, 9))
    asked = [slot.question_id for slot in await desk.slots()]
    assert len(set(asked[:5])) == 5
    assert asked[5:10] == asked[:5]
    assert asked[10:] == asked[:2]


async def test_post_now_twice_is_one_post_and_the_planned_one_of_that_day_is_left_out(any_desk: Desk) -> None:
    desk = any_desk
    programme = await desk.programme()
    for _ in range(2):
        async with desk.session() as session:
            assert await post_now(session, await programme_by_id(session, programme.id), desk.now) is None
    assert len(await desk.tick(berlin(2, 8, 30))) == 1
    async with desk.session() as session:
        assert await post_now(session, await programme_by_id(session, programme.id), desk.now) is not None
    assert await desk.tick(berlin(2, 9)) == []
    assert [one.reason for one in await desk.deliveries(POST)] == [None, posting.POSTED_ALREADY]
    assert len(await desk.tick(berlin(3, 9))) == 1


async def test_post_now_works_again_after_a_post_that_could_not_be_made(any_desk: Desk) -> None:
    desk = any_desk
    programme = await desk.programme()
    async with desk.session() as session:
        await post_now(session, await programme_by_id(session, programme.id), desk.now)
    (delivery,) = await desk.deliveries(POST)
    await desk.prepare(delivery.id)
    async with desk.session() as session:
        await mark_skipped(session, delivery.id, "permission", now=desk.now)
    async with desk.session() as session:
        assert await post_now(session, await programme_by_id(session, programme.id), desk.now) is None
    assert len(await desk.tick(berlin(2, 8, 10))) == 1
    (slot,) = await desk.slots()
    assert slot.state is SlotState.POSTED


async def test_a_question_that_could_not_be_posted_counts_as_never_asked(desk: Desk) -> None:
    desk.content = bank_of(question("q-one"), question("q-two"))
    await desk.programme()
    await desk.fire(berlin(2, 9))
    (delivery,) = await desk.deliveries(POST)
    await desk.prepare(delivery.id)
    async with desk.session() as session:
        await mark_skipped(session, delivery.id, "permission", now=desk.now)
    for day in (3, 4):
        await desk.tick(berlin(day, 9))
    asked = [slot.question_id for slot in await desk.slots()]
    assert set(asked[1:]) == {"q-one", "q-two"}


async def test_where_nothing_fits_nothing_is_posted_and_an_admin_is_told_once_a_week(any_desk: Desk) -> None:
    desk = any_desk
    desk.content = bank_of(SITUATION)
    await desk.programme()
    (told,) = await desk.tick(berlin(2, 9))
    assert "None fits what the programme asks for" in words(told)
    assert "Without the filter on the kinds of questions, 1 question would fit." in words(told)
    assert await desk.tick(berlin(3, 9)) == []
    assert {one.reason for one in await desk.deliveries(POST)} == {posting.NOTHING_LEFT}
    assert len(await desk.tick(berlin(9, 9))) == 1


async def test_a_question_closes_when_its_programme_says_and_its_card_says_so(any_desk: Desk) -> None:
    desk = any_desk
    await desk.programme(closes_after=timedelta(hours=6))
    (card,) = await desk.tick(berlin(2, 9))
    assert "Open until Mon 2 Nov, 15:00 (Europe/Berlin)." in words(card)
    (slot,) = await desk.slots()
    assert slots.takes_answers(slot, berlin(2, 14, 59))
    assert not slots.takes_answers(slot, berlin(2, 15))
    await desk.tick(berlin(2, 15))
    ((message, closed),) = desk.edits
    assert message == MessageRef(CHANNEL, "m1")
    assert "It takes no more answers." in words(closed)


async def test_a_question_stays_open_for_ever_unless_its_programme_says_otherwise(desk: Desk) -> None:
    await desk.programme()
    await desk.tick(berlin(2, 9))
    (slot,) = await desk.slots()
    assert slots.takes_answers(slot, MONDAY_EIGHT + timedelta(days=4000))
    slot.thread_closed = True
    assert not slots.takes_answers(slot, MONDAY_EIGHT)


async def test_the_card_says_how_to_answer_where_replies_cannot_be_read(desk: Desk) -> None:
    await desk.programme()
    (readable,) = await desk.tick(berlin(2, 9))
    desk.reads_replies = False
    (unreadable,) = await desk.tick(berlin(3, 9))
    assert "Reply in the thread of this message, or answer privately with the button." in words(readable)
    assert "Answer with the button, or mention me in the thread of this message." in words(unreadable)


async def test_two_programmes_in_one_channel_ask_each_on_their_own(desk: Desk) -> None:
    await desk.programme()
    await desk.programme(name="Second question")
    cards = await desk.tick(berlin(2, 9))
    assert sorted(str(card.title) for card in cards) == [
        "Morning question: today's question",
        "Second question: today's question",
    ]
