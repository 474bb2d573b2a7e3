"""Starling comes and goes, and so do people."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from bot.chat.events import Event, Installed, MemberLeft, Uninstalled
from bot.members.identity import workspace_of
from storage.tables.outbox import DeliveryState
from storage.tables.people import Member, MemberState
from tests.scenario.dsl import Scene, states
from tests.scenario.toy_room import ToyRoom


async def happens(s: Scene, kind: type[Event], number: str, who: str | None = None, **facts: Any) -> None:
    actor = s.workspace.account(who) if who else None
    where = s.workspace.installation
    await s.runtime.accept(
        kind(delivery_id=number, installation=where, occurred_at=s.clock.now(), actor=actor, **facts)
    )
    await s.drain()


async def member_state(s: Scene) -> MemberState | None:
    async with s.database.read_everywhere() as session:
        return await session.scalar(select(Member.state).where(Member.display_name == "Ana"))


async def is_installed(s: Scene) -> bool:
    async with s.database.read_everywhere() as session:
        return await workspace_of(session, s.workspace.installation) is not None


async def test_whoever_leaves_is_marked_and_comes_back_by_speaking(s: Scene, toy: ToyRoom) -> None:
    await s.ana.says("#general", "!hello")
    await s.drain()
    await happens(s, MemberLeft, "left", "ana")
    assert await member_state(s) is MemberState.LEFT
    await s.ana.says("#general", "!back")
    await s.drain()
    assert await member_state(s) is MemberState.ACTIVE
    assert toy.said == ["!hello", "!back"]


async def test_whoever_leaves_before_being_known_is_not_made_a_member(s: Scene) -> None:
    await happens(s, MemberLeft, "left", "ana")
    assert await member_state(s) is None


async def test_after_it_was_removed_nothing_is_taken_in_until_it_is_installed_again(s: Scene, toy: ToyRoom) -> None:
    await happens(s, Uninstalled, "removed")
    assert not await is_installed(s)
    await s.ana.says("#general", "!anybody there")
    await s.drain()
    assert toy.said == []
    await happens(s, Installed, "again", name="Starling demo")
    assert await is_installed(s)
    await s.ana.says("#general", "!welcome back")
    await s.drain()
    assert toy.said == ["!welcome back"]


async def test_after_it_was_removed_nothing_is_sent_there_any_more(s: Scene) -> None:
    s.fails("rate_limited", seconds=30)
    await s.ana.says("#general", "!hello")
    await s.drain()
    await happens(s, Uninstalled, "removed")
    await s.clock_moves(minutes=5)
    assert s.posts() == []
    assert await states(s) == [DeliveryState.SKIPPED]
    await happens(s, Installed, "again", name="Starling demo")
    await s.ana.says("#general", "!welcome back")
    await s.drain()
    assert s.posts() == ["!welcome back"]
