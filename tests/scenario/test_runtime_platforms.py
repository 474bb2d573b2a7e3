"""What platforms do to us: limits, missing permissions, places that are gone; nothing is lost and nobody is flooded."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from adapters.local.faults import FaultKind
from bot.base.ids import MemberId
from bot.outbox.queue import enqueue
from bot.runtime import steps
from storage.tables.outbox import Delivery, DeliveryState
from tests.scenario.dsl import Scene, SimulatedCrash, Someone, states
from tests.scenario.toy_room import WHISPER, ToyRoom


async def deliveries(s: Scene) -> dict[str, Delivery]:
    """Every delivery by its title, or its kind where it has none."""
    async with s.database.read_everywhere() as session:
        rows = await session.scalars(select(Delivery))
        return {row.payload.get("title", row.kind): row for row in rows}


async def whisper(s: Scene, to: Someone, title: str, *, asked_for: bool = False) -> None:
    workspace, member = await s.workspace_id(), await s.member(to)
    async with s.database.write(workspace) as session:
        await enqueue(
            session,
            workspace_id=workspace,
            kind=WHISPER,
            subject_id=title,
            due_at=s.clock.now(),
            key=f"whisper:{title}",
            payload={"title": title, "asked_for": asked_for},
            member_id=MemberId(member),
            unprompted=not asked_for,
        )


async def test_a_rate_limited_post_waits_and_is_not_lost(s: Scene) -> None:
    s.fails("rate_limited", seconds=30)
    await s.ana.says("#general", "!hello")
    await s.drain()
    assert s.posts() == []
    await s.clock_moves(seconds=29)
    assert s.posts() == []
    await s.clock_moves(seconds=1)
    assert s.posts() == ["!hello"]
    assert (await deliveries(s))["!hello"].attempts == 1


async def test_a_limit_holds_for_its_conversation_only(s: Scene) -> None:
    s.fails("rate_limited", seconds=30)
    await s.ana.says("#general", "!first")
    await s.drain()
    await s.ana.says("#general", "!second")
    await s.ana.says("#interview-practice", "!elsewhere")
    await s.drain()
    assert s.posts("#general") == []
    assert s.posts("#interview-practice") == ["!elsewhere"]
    await s.clock_moves(seconds=30)
    assert s.posts("#general") == ["!first", "!second"]


async def test_a_platform_that_fails_is_tried_again_with_growing_pauses(s: Scene) -> None:
    s.fails("failed", times=4)
    await s.ana.says("#general", "!hello")
    await s.drain()
    waits = []
    for _ in range(4):
        row = (await deliveries(s))["!hello"]
        assert row.blocked_until is not None
        waits.append((row.blocked_until - s.clock.now()).total_seconds())
        await s.clock_moves(seconds=waits[-1])
    assert waits == [4, 8, 16, 32]
    assert s.posts() == ["!hello"]


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (
            "permission_missing",
            "I lack a permission there: post_messages. Grant it, and the next post will go out.",
        ),
        ("target_gone", "The channel or person is not there any more, or is closed to me."),
        ("rejected", "The chat platform refused the content of the message."),
    ],
)
async def test_what_cannot_be_posted_is_skipped_and_an_admin_told_once(
    s: Scene, fault: FaultKind, sentence: str
) -> None:
    await s.ada.says("#general", "Good morning")
    s.fails(fault, times=1)
    await s.ana.says("#general", "!first")
    await s.drain()
    s.fails(fault, times=1)
    await s.ana.says("#general", "!second")
    await s.drain()
    await s.ana.says("#general", "!third")
    await s.drain()
    assert s.posts() == ["!third"]
    found = await deliveries(s)
    assert found["!first"].state is found["!second"].state is DeliveryState.SKIPPED
    assert s.private(s.ada) == (
        f"Starling: A message could not be posted\n  I could not post a message.\n  Channel: #general\n  {sentence}"
    )


async def test_what_cannot_be_posted_is_told_as_soon_as_an_admin_is_known(s: Scene) -> None:
    s.fails("permission_missing")
    await s.ana.says("#general", "!hello")
    await s.drain()
    await s.ada.says("#general", "Good morning")
    await s.clock_moves(hours=1)
    assert "A message could not be posted" in s.private(s.ada)


async def test_a_delivery_whose_handler_fails_is_tried_again(s: Scene, toy: ToyRoom) -> None:
    toy.posts_fail = 2
    await s.ana.says("#general", "!hello")
    await s.drain()
    await s.clock_moves(minutes=1)
    await s.clock_moves(minutes=1)
    assert s.posts() == ["!hello"]


async def test_a_delivery_whose_handler_fails_for_good_is_skipped_and_an_admin_told(s: Scene, toy: ToyRoom) -> None:
    await s.ada.says("#general", "Good morning")
    toy.posts_fail = 100
    await s.ana.says("#general", "!hello")
    await s.drain()
    for _ in range(6):
        await s.clock_moves(minutes=2)
    row = (await deliveries(s))["!hello"]
    assert (row.state, row.attempts) == (DeliveryState.SKIPPED, 5)
    number = (row.reason or "").removeprefix("failed ")
    assert f"Something went wrong on our side. The log knows it by {number}." in s.private(s.ada)


async def test_a_kind_that_nobody_knows_is_skipped_with_its_reason(s: Scene) -> None:
    workspace = await s.workspace_id()
    async with s.database.write(workspace) as session:
        await enqueue(
            session,
            workspace_id=workspace,
            kind="gone.kind",
            subject_id="1",
            due_at=s.clock.now(),
            key="gone",
        )
    await s.drain()
    assert await states(s) == [DeliveryState.SKIPPED]


async def test_a_reply_the_platform_refuses_takes_nothing_else_with_it(s: Scene) -> None:
    s.fails("failed", "react")
    await s.ana.says("#general", "!hello")
    await s.drain()
    assert s.posts() == ["!hello"]


async def test_nobody_gets_more_than_three_unasked_messages_a_day(s: Scene) -> None:
    await s.ana.says("#general", "Good morning")
    await s.drain()
    for number in range(4):
        await whisper(s, s.ana, f"note {number}")
        await s.drain()
    assert s.private(s.ana).splitlines() == ["Starling: note 0", "Starling: note 1", "Starling: note 2"]
    await s.clock_moves(hours=10)
    assert len(s.private(s.ana).splitlines()) == 3
    await s.clock_moves(hours=14)
    assert s.private(s.ana).splitlines()[3:] == ["Starling: note 3"]


MERGED = "Starling: 3 messages from Starling\n  note 0\n  ---\n  note 1\n  ---\n  note 2"


async def test_unasked_messages_that_are_due_together_become_one(s: Scene, toy: ToyRoom) -> None:
    await s.ana.says("#general", "Good evening")
    await s.clock_moves(hours=13)
    for number in range(3):
        await whisper(s, s.ana, f"note {number}")
        await s.drain()
    await s.clock_moves(hours=10)
    assert s.private(s.ana) == MERGED
    assert await states(s) == [DeliveryState.POSTED] * 3
    assert sorted(toy.sent) == ["note 0 x1", "note 1 x1", "note 2 x1"]
    for number in range(3, 6):
        await whisper(s, s.ana, f"note {number}")
        await s.drain()
    assert s.private(s.ana).splitlines()[6:] == ["Starling: note 3", "Starling: note 4"], "the one counts as one"


@pytest.mark.parametrize("step", steps.POSTING_STEPS)
async def test_a_crash_while_several_go_out_as_one_leaves_exactly_one(s: Scene, toy: ToyRoom, step: str) -> None:
    await s.ana.says("#general", "Good morning")
    await s.drain()
    for number in range(3):
        await whisper(s, s.ana, f"note {number}")
    s.crash.step = step
    with pytest.raises(SimulatedCrash):
        await s.drain()
    await s.restarts()
    await s.drain()
    assert s.private(s.ana) == MERGED
    assert await states(s) == [DeliveryState.POSTED] * 3


async def test_when_the_one_has_to_wait_all_wait(s: Scene) -> None:
    await s.ana.says("#general", "Good morning")
    await s.drain()
    for number in range(3):
        await whisper(s, s.ana, f"note {number}")
    s.fails("rate_limited", seconds=30)
    await s.drain()
    assert await states(s) == [DeliveryState.WAITING] * 3
    await s.clock_moves(seconds=30)
    assert s.private(s.ana) == MERGED


async def test_where_the_one_finds_nobody_each_room_is_told(s: Scene, toy: ToyRoom) -> None:
    await s.ana.says("#general", "Good morning")
    await s.drain()
    for number in range(3):
        await whisper(s, s.ana, f"note {number}")
    s.fails("target_gone")
    await s.drain()
    assert await states(s) == [DeliveryState.SKIPPED] * 3
    assert sorted(toy.gone) == ["note 0", "note 1", "note 2"]


async def test_what_somebody_asked_for_is_not_held_back(s: Scene) -> None:
    await s.ana.says("#general", "Good morning")
    await s.drain()
    for number in range(4):
        await whisper(s, s.ana, f"note {number}")
    await s.clock_moves(hours=13)
    await whisper(s, s.ana, "asked for", asked_for=True)
    await s.drain()
    assert s.private(s.ana).splitlines()[-1] == "Starling: asked for"


async def test_quiet_hours_put_off_and_do_not_drop(s: Scene) -> None:
    await s.ana.says("#general", "Good evening")
    await s.clock_moves(hours=13)
    await whisper(s, s.ana, "late note")
    await s.drain()
    assert s.private(s.ana) == ""
    row = (await deliveries(s))["late note"]
    assert (row.state, row.reason) == (DeliveryState.WAITING, "they are not to be disturbed now")
    await s.clock_moves(hours=10)
    assert s.private(s.ana) == "Starling: late note"


async def test_a_delivery_may_wait_by_rule_and_then_do_without_a_post(s: Scene) -> None:
    await s.ana.says("#general", "!mark")
    await s.drain()
    assert s.channel("#general") == "Ana: !mark (seen)"
    await s.clock_moves(minutes=2, seconds=59)
    assert s.channel("#general") == "Ana: !mark (seen)"
    await s.clock_moves(seconds=2)
    assert s.channel("#general") == "Ana: !mark (done)"
    assert await states(s) == [DeliveryState.POSTED]
