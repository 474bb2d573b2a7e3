"""The process dies between any two steps: each post is made exactly once, and nothing acknowledged is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from adapters.local.options import Options
from bot.chat.events import MessagePosted
from bot.chat.platform import Accepted
from bot.chat.refs import MessageRef
from bot.runtime import steps
from storage.tables.outbox import DeliveryState
from tests.scenario.dsl import Scene, SimulatedCrash, scene, states
from tests.scenario.toy_room import ToyRoom


@pytest.mark.parametrize("step", [*steps.POSTING_STEPS, steps.HANDLED, steps.FINISHED])
async def test_a_crash_at_any_step_leaves_exactly_one_post(s: Scene, toy: ToyRoom, step: str) -> None:
    s.crash.step = step
    await s.ana.says("#general", "!hello")
    with pytest.raises(SimulatedCrash):
        await s.drain()
    await s.restarts()
    await s.drain()
    assert s.posts() == ["!hello"]
    assert await states(s) == [DeliveryState.POSTED]
    assert toy.sent[-1] == "!hello x1"


async def test_a_crash_before_the_acknowledgement_loses_nothing(s: Scene, toy: ToyRoom) -> None:
    s.crash.step = steps.RECEIVED
    message = MessageRef(s.workspace.conversation("general"), "7")
    event = MessagePosted(
        delivery_id="late-1",
        installation=s.workspace.installation,
        occurred_at=s.clock.now(),
        actor=s.workspace.account("ana"),
        message=message,
        text="!hello",
    )
    with pytest.raises(SimulatedCrash):
        await s.runtime.accept(event)
    await s.restarts()
    assert await s.runtime.accept(event) == Accepted()
    await s.drain()
    assert toy.said == ["!hello"]
    assert s.posts() == ["!hello"]


@pytest.mark.parametrize("step", steps.POSTING_STEPS)
async def test_a_post_in_several_parts_is_made_once_in_each_part(s: Scene, toy: ToyRoom, step: str) -> None:
    toy.text = "A long sentence that goes on. " * 2000
    s.crash.step = step
    await s.ana.says("#general", "!long")
    with pytest.raises(SimulatedCrash):
        await s.drain()
    await s.restarts()
    await s.drain()
    assert s.posts() == ["!long (1/2)", "!long (2/2)"]
    assert toy.sent[-1] == "!long x2"


async def test_a_part_that_was_accepted_before_a_rate_limit_is_not_posted_again(s: Scene, toy: ToyRoom) -> None:
    toy.text = "A long sentence that goes on. " * 2000
    await s.ana.says("#general", "!long")
    s.fails("delayed", seconds=0)
    s.fails("rate_limited", seconds=7)
    await s.drain()
    assert s.posts() == ["!long (1/2)"]
    await s.restarts()
    await s.drain()
    assert s.posts() == ["!long (1/2)", "!long (2/2)"]


async def test_what_follows_an_edited_message_is_not_posted_again_after_a_rate_limit(s: Scene, toy: ToyRoom) -> None:
    await s.ana.says("#general", "!short")
    await s.drain()
    toy.edits, toy.text = s.workspace.reference(s.workspace.messages.of_bot()[-1]), "A long sentence. " * 6000
    await s.ana.says("#general", "!long")
    s.fails("delayed", seconds=0)
    s.fails("rate_limited", seconds=7)
    await s.drain()
    assert s.posts() == ["!long (1/3)", "!long (2/3)"]
    await s.clock_moves(seconds=7)
    assert s.posts() == ["!long (1/3)", "!long (2/3)", "!long (3/3)"]


async def test_an_answer_that_is_lost_does_not_make_a_second_post(s: Scene) -> None:
    s.fails("answer_lost")
    await s.ana.says("#general", "!hello")
    await s.drain()
    assert await states(s) == [DeliveryState.SENDING]
    await s.clock_moves(minutes=2)
    assert s.posts() == ["!hello"]
    assert await states(s) == [DeliveryState.POSTED]


async def test_a_call_that_never_arrived_is_made_after_looking(s: Scene) -> None:
    s.fails("dropped")
    await s.ana.says("#general", "!hello")
    await s.drain()
    assert s.posts() == []
    await s.clock_moves(minutes=2)
    assert s.posts() == ["!hello"]


async def test_while_the_platform_cannot_be_asked_nothing_is_posted(s: Scene) -> None:
    s.fails("answer_lost")
    s.fails("failed", "find_own_post", times=3)
    await s.ana.says("#general", "!hello")
    await s.drain()
    for _ in range(3):
        await s.clock_moves(minutes=2)
        assert await states(s) == [DeliveryState.SENDING]
    await s.clock_moves(minutes=2)
    assert s.posts() == ["!hello"]
    assert await states(s) == [DeliveryState.POSTED]


async def test_what_a_dead_process_was_posting_comes_before_what_is_newer(s: Scene) -> None:
    s.crash.step = steps.SENDING
    await s.ana.says("#general", "!first")
    with pytest.raises(SimulatedCrash):
        await s.drain()
    await s.ana.says("#general", "!second")
    await s.restarts(wait=False)
    await s.drain()
    assert s.posts() == []
    await s.clock_moves(minutes=2)
    assert s.posts() == ["!first", "!second"]


@pytest.fixture
async def blind(toy: ToyRoom) -> AsyncIterator[Scene]:
    """A platform that cannot look for posts of its own."""
    async with scene(features=[toy.feature()], options=Options(finds_own_posts=False)) as made:
        yield made


async def make_uncertain(s: Scene) -> None:
    await s.ada.says("#general", "Good morning")
    s.fails("answer_lost")
    await s.ana.says("#general", "!hello")
    await s.drain()
    await s.clock_moves(minutes=2)


async def test_of_a_post_nobody_can_find_an_admin_is_asked(blind: Scene) -> None:
    await make_uncertain(blind)
    assert DeliveryState.UNCERTAIN in await states(blind)
    assert blind.private(blind.ada) == (
        "Starling: A post may be missing\n"
        "  I was interrupted while posting a message, and cannot find out whether it arrived.\n"
        "  Channel: #general\n"
        "  Please look there. If it is missing, press “Post it”; if it is there, press “Leave it”.\n"
        "  [Post it] [Leave it]"
    )
    assert blind.private(blind.ana) == ""


async def test_an_admin_has_an_uncertain_post_made(blind: Scene) -> None:
    await make_uncertain(blind)
    await blind.ada.clicks("Post it")
    await blind.drain()
    assert blind.posts() == ["!hello", "!hello"]
    assert DeliveryState.UNCERTAIN not in await states(blind)


async def test_an_admin_leaves_an_uncertain_post(blind: Scene) -> None:
    await make_uncertain(blind)
    await blind.ada.clicks("Leave it")
    await blind.drain()
    await blind.ada.clicks("Post it")
    await blind.drain()
    assert blind.posts() == ["!hello"]
    assert blind.private(blind.ada).endswith("Starling: This is settled already.")


async def test_the_question_waits_until_an_admin_is_known(blind: Scene) -> None:
    s = blind
    s.fails("answer_lost")
    await s.ana.says("#general", "!hello")
    await s.drain()
    await s.clock_moves(minutes=2)
    assert DeliveryState.WAITING in await states(s)
    await s.ada.says("#general", "Good morning")
    await s.clock_moves(hours=1)
    assert "A post may be missing" in s.private(s.ada)


async def test_a_post_that_is_uncertain_once_more_is_asked_about_once_more(blind: Scene) -> None:
    await make_uncertain(blind)
    blind.fails("answer_lost", times=2)  # that of the reply to the press, and that of the post
    await blind.ada.clicks("Post it")
    await blind.drain()
    await blind.clock_moves(minutes=2)
    assert blind.private(blind.ada).count("A post may be missing") == 2


async def test_a_question_to_an_admin_that_may_not_have_come_waits_in_their_home(blind: Scene) -> None:
    s = blind
    await s.ada.says("#general", "Good morning")
    s.fails("answer_lost", times=2)  # that of the post, and that of the question about it
    await s.ana.says("#general", "!hello")
    await s.drain()
    await s.clock_moves(minutes=2)
    await s.clock_moves(minutes=2)
    await s.ada.opens_home()
    await s.drain()
    assert "One message may not have reached you." in s.ada.home
