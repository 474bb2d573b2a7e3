from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from adapters.local.faults import Fault
from adapters.local.platform import LocalPlatform
from adapters.local.workspace import Workspace
from bot.base.clock import MovedClock
from bot.chat.errors import Unavailable
from bot.chat.platform import InConversation, PrivateTo
from bot.chat.refs import ConversationRef
from bot.runtime.platforms import Platforms, UnknownPlatform, place_of
from tests.contract.harness import RecordingInbound

CLOCK = MovedClock(datetime(2030, 3, 4, 9, 0, tzinfo=UTC))


@pytest.fixture
async def workspace() -> AsyncIterator[Workspace]:
    made = Workspace(None, CLOCK, mark="test")
    yield made
    made.close()


@pytest.fixture
async def platforms(workspace: Workspace) -> AsyncIterator[Platforms]:
    platform = LocalPlatform(workspace, pause=0.001)
    await platform.start(RecordingInbound())
    await platform.idle()
    yield Platforms([platform], CLOCK)
    await platform.stop()


def rename(workspace: Workspace, name: str) -> None:
    with workspace.store.transaction():
        workspace.store.write("UPDATE people SET name = ? WHERE id = 'priya'", name)


async def name_of(platforms: Platforms, workspace: Workspace, *, fresh: bool = False) -> str | None:
    profile = await platforms.profile(workspace.account("priya"), fresh=fresh)
    return profile.name if profile else None


async def test_a_profile_is_believed_for_a_minute_unless_asked_afresh(
    platforms: Platforms, workspace: Workspace
) -> None:
    assert await name_of(platforms, workspace) == "Priya"
    rename(workspace, "Pri")
    assert await name_of(platforms, workspace) == "Priya"
    assert await name_of(platforms, workspace, fresh=True) == "Pri"
    rename(workspace, "Priya again")
    CLOCK.move(timedelta(minutes=1))
    assert await name_of(platforms, workspace) == "Priya again"


async def test_while_the_platform_is_silent_what_it_said_last_holds(platforms: Platforms, workspace: Workspace) -> None:
    workspace.faults.add(Fault(kind="failed", operation="profile", times=3))
    with pytest.raises(Unavailable):
        await name_of(platforms, workspace)
    workspace.faults.clear()
    assert await name_of(platforms, workspace) == "Priya"
    CLOCK.move(timedelta(minutes=5))
    workspace.faults.add(Fault(kind="failed", operation="profile", times=2))
    assert await name_of(platforms, workspace) == "Priya"
    with pytest.raises(Unavailable):
        await name_of(platforms, workspace, fresh=True)


async def test_an_adapter_that_is_not_connected_is_named(platforms: Platforms) -> None:
    with pytest.raises(UnknownPlatform, match="telegraph"):
        platforms.capabilities(ConversationRef("telegraph", "t", "c"))


async def test_a_private_post_belongs_near_where_it_is_shown_else_to_the_person(workspace: Workspace) -> None:
    account, channel = workspace.account("priya"), workspace.conversation("general")
    assert place_of(InConversation(channel)) == channel
    assert place_of(PrivateTo(account, near=channel)) == channel
    assert place_of(PrivateTo(account)).channel == "priya"
