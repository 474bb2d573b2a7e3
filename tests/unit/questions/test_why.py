from __future__ import annotations

from datetime import date, time

import pytest

from bot.base.text import Text, render
from bot.outbox.nextrun import WallClockRule
from bot.outbox.queue import mark_skipped
from bot.questions.choosing import NothingFits, Reason
from bot.questions.clockchange import odd_days
from bot.questions.handlers import question_uncertain, why
from bot.questions.programmes import POST, pause_programme, programme_by_id, skip_next
from bot.questions.times import day_for, moment_for, weekdays_text
from bot.questions.why import why_nothing_fits, why_this
from storage.tables.outbox import Delivery
from storage.tables.questions import PauseReason
from tests.unit.questions.desk import Desk, bank_of, berlin, replied, sentences, words

CONTENT = bank_of()


async def asked_why(desk: Desk) -> str:
    async with desk.acting(desk.member) as context:
        await why(context, desk.invoked("question why"), {})
        return words(replied(context))


async def test_the_reasons_of_the_posted_question_are_told_in_sentences(desk: Desk) -> None:
    await desk.programme()
    await desk.tick(berlin(2, 9))
    told = await asked_why(desk)
    assert "It was never asked here; 4 other questions that fit were not either." in told
    assert "Of 5 that would have been as good, the date decided." in told
    assert "Ask this no more" not in told


async def test_a_moderator_can_veto_from_there(desk: Desk) -> None:
    await desk.programme()
    await desk.tick(berlin(2, 9))
    async with desk.acting(desk.moderator, "moderator") as context:
        await why(context, desk.invoked("question why"), {})
        assert "Ask this no more" in words(replied(context))


async def test_before_its_time_the_question_is_announced_by_the_readers_clock(desk: Desk) -> None:
    await desk.programme(rule=WallClockRule("Asia/Seoul", time(18), frozenset(range(5))))
    assert "Today's question comes at Mon 2 Nov, 10:00." in await asked_why(desk)


async def test_the_weekend_is_told(desk: Desk) -> None:
    await desk.programme()
    desk.now = berlin(7, 12)
    told = await asked_why(desk)
    assert "This programme asks on other days: Monday to Friday." in told


async def test_a_holiday_is_told(desk: Desk) -> None:
    await desk.programme(rule=WallClockRule("Europe/Berlin", time(9), frozenset(range(5)), holidays="DE"))
    desk.now = berlin(25, 12, month=12)
    assert "Today is a public holiday (DE)." in await asked_why(desk)


async def test_a_skipped_day_is_told(desk: Desk) -> None:
    programme = await desk.programme()
    async with desk.session() as session:
        await skip_next(session, await programme_by_id(session, programme.id), desk.now)
    told = await asked_why(desk)
    assert "somebody skipped this day" in told
    assert "The next question comes on Tue 3 Nov, 09:00." in told


@pytest.mark.parametrize(
    ("reason", "until", "sentence"),
    [
        (PauseReason.ASKED, None, "until somebody resumes it"),
        (PauseReason.ASKED, date(2026, 11, 9), "until Monday 9 November"),
        (PauseReason.CHANNEL_ARCHIVED, None, "its channel was archived"),
        (PauseReason.CHANNEL_CLOSED, None, "can no longer post in its channel"),
    ],
)
async def test_a_pause_is_told_with_its_cause(
    desk: Desk, reason: PauseReason, until: date | None, sentence: str
) -> None:
    programme = await desk.programme()
    async with desk.session() as session:
        found = await programme_by_id(session, programme.id)
        await pause_programme(session, found, desk.now, reason=reason, until=until)
    assert sentence in await asked_why(desk)


async def test_an_outage_is_told(desk: Desk) -> None:
    await desk.programme()
    await desk.tick(berlin(2, 14))
    assert "Starling was not running when the question was due." in await asked_why(desk)


async def test_that_the_chat_took_no_post_is_told(desk: Desk) -> None:
    await desk.programme()
    await desk.fire(berlin(2, 9))
    (delivery,) = await desk.deliveries(POST)
    async with desk.session() as session:
        await mark_skipped(session, delivery.id, "permission chat:write", now=desk.now)
    assert "Today's question could not be posted in the chat." in await asked_why(desk)


async def test_a_question_of_which_nobody_knows_is_told_as_that(desk: Desk) -> None:
    await desk.programme()
    await desk.fire(berlin(2, 9))
    (delivery,) = await desk.deliveries(POST)
    await desk.prepare(delivery.id)
    async with desk.session() as session:
        await question_uncertain(desk.context(session), await session.get_one(Delivery, delivery.id))
    assert "Nobody can know whether today's question was posted" in await asked_why(desk)


async def test_that_nothing_fits_is_told(desk: Desk) -> None:
    desk.content = bank_of()
    await desk.programme()
    await desk.tick(berlin(2, 9))
    assert "No question fits what the programme asks for." in await asked_why(desk)


async def test_a_programme_set_up_after_todays_time_says_so(desk: Desk) -> None:
    desk.now = berlin(2, 12)
    await desk.programme()
    assert "Today's time had passed when the programme was set up" in await asked_why(desk)


async def test_without_a_programme_the_way_to_one_is_told(desk: Desk) -> None:
    assert "No daily questions are set up yet." in await asked_why(desk)


def test_every_reason_has_a_sentence() -> None:
    reasons = [
        Reason("queued", {}),
        Reason("unasked", {"others": 1}),
        Reason("longest_ago", {"day": "2026-03-03"}),
        Reason("kind", {"kind": "situational", "share": 25, "times": 0, "of": 4}),
        Reason("archetype", {"archetype": "conflict", "times": 2}),
        Reason("fits", {"of": 12}),
        Reason("lot", {"of": 3}),
    ]
    assert sentences(why_this(reasons, CONTENT, "en")) == [
        "It was put in the queue.",
        "It was never asked here; 1 other question that fits was not either.",
        "Every question that fits was asked before. This one was asked longest ago, on Tuesday 3 March.",
        "25 percent of the questions here are to be situational; of 4 so far, 0 were.",
        'Of the kinds of story, "conflict" has come up least: 2 times.',
        "It is one of 12 that fit the levels, themes and companies of this programme.",
        "Of 3 that would have been as good, the date decided.",
    ]


def test_what_is_too_narrow_is_named_or_that_two_filters_are() -> None:
    assert sentences(why_nothing_fits(NothingFits({"themes": 2, "vetoes": 1}))) == [
        "Without the filter on the themes, 2 questions would fit.",
        "Without the filter on the vetoes, 1 question would fit.",
    ]
    assert sentences(why_nothing_fits(NothingFits({}))) == [
        "No question fits, even with any one filter lifted. Widen two of them."
    ]


def test_days_on_which_the_time_is_missing_or_comes_twice_are_known_beforehand() -> None:
    rule = WallClockRule("Europe/Berlin", time(2, 30))
    missing, twice = odd_days(rule, berlin(1, 9, month=1))
    assert (missing.day, missing.what) == (date(2026, 3, 29), "missing")
    assert missing.runs_at == berlin(29, 2, month=3)
    assert (twice.day, twice.what) == (date(2026, 10, 25), "twice")
    assert odd_days(WallClockRule("Europe/Berlin", time(9)), berlin(1, 9, month=1)) == []
    assert odd_days(WallClockRule("Europe/Berlin", time(2, 30), frozenset(range(5))), berlin(1, 9, month=1)) == []


def test_moments_and_days_read_in_the_readers_zone_and_language() -> None:
    assert moment_for(berlin(2, 9), "Asia/Seoul") == "Mon 2 Nov, 17:00"
    assert day_for(date(2026, 11, 2), "de") == "Montag 2 November"
    assert day_for(date(2026, 11, 2), "no such language") == "Monday 2 November"


@pytest.mark.parametrize(
    ("days", "phrase"),
    [({0, 2}, "Monday, Wednesday"), (set(range(7)), "every day"), (set(range(5)), "Monday to Friday"), ({6}, "Sunday")],
)
def test_weekdays_read_as_a_phrase(days: set[int], phrase: str) -> None:
    text: Text = weekdays_text(frozenset(days))
    assert render(text) == phrase
