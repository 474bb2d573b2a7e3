from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from bot.base.errors import UserFacingError
from bot.outbox.nextrun import WallClockRule
from bot.outbox.schedules import rule_of
from bot.questions.channels import channel_lost, channel_opened, channel_renamed
from bot.questions.choosing import Wishes
from bot.questions.programmes import (
    Plan,
    change_programme,
    pause_programme,
    plan_of,
    programme_by_id,
    programmes,
    resume_programme,
    schedule_of,
    skip_next,
    undo_skips,
)
from storage.tables.people import Member
from storage.tables.questions import PauseReason, Programme
from tests.unit.questions.desk import CHANNEL, Desk, berlin, plan, words


async def test_a_programme_keeps_its_plan(any_desk: Desk) -> None:
    desk = any_desk
    wanted = Plan(
        name="Evening question",
        rule=WallClockRule("Asia/Seoul", time(18, 15), frozenset({0, 2}), holidays="KR"),
        wishes=Wishes(
            kind_mix={"behavioral": 75, "situational": 25},
            levels=("L4", "L6"),
            archetypes=frozenset({"conflict"}),
            themes=frozenset({"ai"}),
            companies=frozenset({"acme"}),
        ),
        late=timedelta(minutes=10),
        quiet=timedelta(seconds=5),
        closes_after=timedelta(days=1),
    )
    created = await desk.programme(**{name: getattr(wanted, name) for name in wanted.__slots__})
    async with desk.session() as session:
        programme = await programme_by_id(session, created.id)
        assert plan_of(programme, await schedule_of(session, programme)) == wanted


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"rule": WallClockRule("Europe/Berln", time(9))}, "Europe/Berlin"),
        ({"rule": WallClockRule("UTC", time(9), holidays="XX")}, "country code"),
        ({"rule": WallClockRule("UTC", time(9), frozenset())}, "at least one day"),
        ({"name": " "}, "name"),
        ({"late": timedelta(0)}, "at least a minute late"),
        ({"wishes": Wishes(kind_mix={"behavioral": 60})}, "100 percent"),
        ({"wishes": Wishes(kind_mix={"behavioral": 100}, levels=("L6", "L4"))}, "Swap them"),
    ],
)
async def test_a_plan_that_cannot_be_followed_is_refused_with_a_sentence(
    desk: Desk, changes: dict[str, object], sentence: str
) -> None:
    with pytest.raises(UserFacingError) as problem:
        await desk.programme(**changes)
    assert sentence in words_of(problem.value)


def words_of(problem: UserFacingError) -> str:
    from bot.base.text import render

    return render(problem.text)


async def test_a_paused_programme_asks_nothing_until_it_is_resumed_and_makes_up_for_nothing(any_desk: Desk) -> None:
    desk = any_desk
    programme = await desk.programme()
    await change(desk, programme, pause_programme)
    for day in (2, 3):
        assert await desk.tick(berlin(day, 9)) == []
    desk.now = berlin(4, 9, 30)
    await change(desk, programme, resume_programme)
    assert await desk.tick(berlin(4, 10)) == []
    assert len(await desk.tick(berlin(5, 9))) == 1


async def test_a_pause_ends_by_itself_on_the_day_it_was_set_to(any_desk: Desk) -> None:
    desk = any_desk
    programme = await desk.programme()
    async with desk.session() as session:
        found = await programme_by_id(session, programme.id)
        await pause_programme(session, found, desk.now, until=date(2026, 11, 4))
    posted = [day for day in range(2, 7) for _ in await desk.tick(berlin(day, 9))]
    assert posted == [4, 5, 6]


async def test_an_earlier_end_does_not_cut_a_later_pause_short(desk: Desk) -> None:
    programme = await desk.programme()
    async with desk.session() as session:
        found = await programme_by_id(session, programme.id)
        await pause_programme(session, found, desk.now, until=date(2026, 11, 4))
    desk.now += timedelta(minutes=5)
    async with desk.session() as session:
        found = await programme_by_id(session, programme.id)
        await resume_programme(session, found, desk.now)
        await pause_programme(session, found, desk.now)
    assert [day for day in range(2, 7) for _ in await desk.tick(berlin(day, 9))] == []


async def test_a_pause_until_a_day_that_is_over_is_refused(desk: Desk) -> None:
    programme = await desk.programme()
    async with desk.session() as session:
        with pytest.raises(UserFacingError):
            await pause_programme(
                session, await programme_by_id(session, programme.id), desk.now, until=date(2026, 11, 2)
            )


async def test_skip_next_leaves_out_one_day_and_twice_two(any_desk: Desk) -> None:
    desk = any_desk
    programme = await desk.programme()
    for expected in (date(2026, 11, 2), date(2026, 11, 3)):
        async with desk.session() as session:
            assert await skip_next(session, await programme_by_id(session, programme.id), desk.now) == expected
    posted = [day for day in range(2, 6) for _ in await desk.tick(berlin(day, 9))]
    assert posted == [4, 5]


async def test_skips_can_be_undone(desk: Desk) -> None:
    programme = await desk.programme()
    await change(desk, programme, skip_next)
    await change(desk, programme, undo_skips)
    assert [day for day in range(2, 5) for _ in await desk.tick(berlin(day, 9))] == [2, 3, 4]


async def test_a_changed_programme_keeps_its_skipped_days_and_its_pause(desk: Desk) -> None:
    programme = await desk.programme()
    async with desk.session() as session:
        found = await programme_by_id(session, programme.id)
        await skip_next(session, found, desk.now)
        await pause_programme(session, found, desk.now)
        await change_programme(session, desk.now, found, plan(rule=WallClockRule("UTC", time(18))))
        schedule = await schedule_of(session, found)
        assert rule_of(schedule).skip_dates == {date(2026, 11, 2)}
        assert (schedule.paused, schedule.next_run_at, schedule.zone) == (True, None, "UTC")


async def test_a_later_time_on_a_day_that_was_asked_already_does_not_ask_again(any_desk: Desk) -> None:
    desk = any_desk
    programme = await desk.programme()
    assert len(await desk.tick(berlin(2, 9))) == 1
    async with desk.session() as session:
        found = await programme_by_id(session, programme.id)
        await change_programme(session, desk.now, found, plan(rule=WallClockRule("Europe/Berlin", time(17))))
    assert await desk.tick(berlin(2, 17)) == []
    assert len(await desk.tick(berlin(3, 17))) == 1


@pytest.mark.parametrize("change_of_channel", ["archived", "closed"])
async def test_a_lost_channel_pauses_its_programmes_and_tells_one_admin_once(
    any_desk: Desk, change_of_channel: str
) -> None:
    desk = any_desk
    for name in ("First", "Second"):
        await desk.programme(name=name)
    for _ in range(2):
        async with desk.session() as session:
            await channel_lost(session, CHANNEL, change_of_channel, desk.now)  # type: ignore[arg-type]
        desk.now += timedelta(minutes=1)
    (told,) = await desk.tick()
    assert "First\nSecond" in words(told)
    assert desk.posts[0][0].member_id == desk.admin
    assert await desk.tick(berlin(2, 9)) == []
    async with desk.session() as session:
        reasons = {one.paused_reason for one in await programmes(session)}
    assert reasons == {PauseReason(f"channel_{change_of_channel}")}


async def test_a_channel_that_opens_again_offers_to_resume_and_resumes_nothing_by_itself(any_desk: Desk) -> None:
    desk = any_desk
    await desk.programme()
    async with desk.session() as session:
        await channel_lost(session, CHANNEL, "archived", desk.now)
        await channel_opened(session, CHANNEL, desk.now)
    _, offer = await desk.tick()
    assert "Resume" in words(offer).splitlines()
    assert await desk.tick(berlin(2, 9)) == []


async def test_another_channel_goes_on_when_one_is_lost(desk: Desk) -> None:
    await desk.programme()
    async with desk.session() as session:
        await channel_lost(session, CHANNEL.__class__("local", "rowan", "other"), "archived", desk.now)
    assert len(await desk.tick(berlin(2, 9))) == 1


async def test_where_no_admin_is_known_the_programmes_are_paused_and_the_first_admin_to_come_is_told(
    any_desk: Desk,
) -> None:
    desk = any_desk
    await desk.programme()
    async with desk.session() as session:
        (await session.get_one(Member, desk.admin)).roles = []
        assert len(await channel_lost(session, CHANNEL, "archived", desk.now)) == 1
    assert await desk.tick() == []
    async with desk.session() as session:
        (await session.get_one(Member, desk.moderator)).roles = ["admin"]
    (told,) = await desk.tick(desk.now + timedelta(hours=1))
    assert "Daily questions are paused\nTheir channel was archived." in words(told)


async def test_a_renamed_channel_is_known_by_its_new_name(desk: Desk) -> None:
    programme = await desk.programme()
    async with desk.session() as session:
        await channel_renamed(session, CHANNEL, "interviews")
    async with desk.session() as session:
        assert (await programme_by_id(session, programme.id)).channel_name == "interviews"


async def change(desk: Desk, programme: Programme, act: object) -> None:
    """Do something to a programme in one transaction."""
    async with desk.session() as session:
        await act(session, await programme_by_id(session, programme.id), desk.now)  # type: ignore[operator]
