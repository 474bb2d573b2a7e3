"""Events: handled once, in order, with a sentence for everything that cannot be done."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.base.errors import ConfigurationError
from bot.chat.cards import Button, Buttons, Card
from bot.chat.events import Event, event_from_json
from bot.chat.platform import InConversation, Post
from bot.runtime import steps
from bot.runtime.actions import OpenDraft
from bot.runtime.bootstrap import declarations
from storage.tables.inbox import InboxEvent, InboxState
from storage.tables.people import Member
from tests.scenario.dsl import Scene, SimulatedCrash
from tests.scenario.toy_room import Press, ToyRoom


async def inbox(s: Scene) -> list[InboxEvent]:
    async with s.database.read_everywhere() as session:
        return list(await session.scalars(select(InboxEvent).order_by(InboxEvent.received_at, InboxEvent.id)))


async def put_button(s: Scene, packed: Press | OpenDraft) -> None:
    """A card with one button, as an older version of Starling may have left it."""
    place = s.workspace.conversation("general")
    await s.platform.send(Post("old", InConversation(place), Card("Old card", (Buttons((Button("Old", packed),)),))))


async def test_what_is_said_is_taken_and_answered_once(s: Scene, toy: ToyRoom) -> None:
    await s.ana.says("#general", "!hello")
    await s.drain()
    assert toy.said == ["!hello"]
    assert s.channel("#general") == "Ana: !hello (seen)\nStarling: !hello\n  Hello"


@pytest.mark.parametrize("times", [1, 2, 3, 4])
async def test_an_event_that_comes_again_is_handled_once(s: Scene, toy: ToyRoom, times: int) -> None:
    await s.ana.says("#general", "!hello")
    await s.comes_again(times)
    await s.drain()
    await s.comes_again(times)
    await s.drain()
    assert toy.said == ["!hello"]
    assert s.posts() == ["!hello"]


async def test_events_of_a_conversation_are_handled_in_their_order(s: Scene, toy: ToyRoom) -> None:
    words = [f"!{number}" for number in range(30)]
    for word in words:
        await s.ana.says("#general", word)
    await s.drain()
    assert toy.said == words
    assert s.posts() == words


async def test_the_text_of_a_handled_event_is_gone_and_its_id_is_kept_for_a_week(s: Scene) -> None:
    await s.ana.says("#general", "!secret")
    await s.drain()
    assert [(row.state, row.event) for row in await inbox(s)] == [(InboxState.DONE, None)] * 2
    await s.clock_moves(days=8)
    assert await inbox(s) == []


async def test_a_reply_to_a_command_is_for_its_actor_alone(s: Scene) -> None:
    await s.ana.runs("echo good morning")
    await s.drain()
    assert s.private(s.ana) == "Starling: good morning"
    assert s.channel("#general") == s.private(s.ben) == ""


async def test_a_command_declared_public_is_answered_for_all(s: Scene) -> None:
    await s.ana.runs("shout good morning")
    await s.drain()
    assert s.channel("#general") == "Starling: good morning"


async def test_an_unknown_command_is_answered_with_the_nearest(s: Scene) -> None:
    await s.ana.runs("ecko hello")
    await s.drain()
    assert s.private(s.ana) == (
        "Starling: No such command\n"
        "  There is no command “ecko hello”. Did you mean one of these?\n"
        "  - /starling echo: Say it again\n"
        "  [Choose what to do ▾]"
    )


async def test_help_lists_what_this_person_may_do(s: Scene) -> None:
    await s.ana.runs("help")
    await s.ada.runs("help")
    await s.drain()
    assert "/starling echo: Say it again" in s.private(s.ana)
    assert "/starling rule" not in s.private(s.ana)
    assert "/starling rule: For admins" in s.private(s.ada)


async def test_help_explains_one_command(s: Scene) -> None:
    await s.ana.runs("help echo")
    await s.drain()
    assert s.private(s.ana) == (
        "Starling: /starling echo\n  Say it again\n  Options\n  - words: What\n  [Choose what to do ▾]"
    )


async def test_a_command_chosen_from_the_list_runs_as_if_typed(s: Scene) -> None:
    await s.ana.runs("help")
    await s.drain()
    await s.ana.chooses("Choose what to do", "shout")
    await s.drain()
    assert s.channel("#general") == "Starling: nothing"


@pytest.mark.parametrize("said", ["what can you do", ""])
async def test_free_text_to_the_bot_gets_help_not_silence(s: Scene, said: str) -> None:
    await s.ana.says("#general", f"@starling {said}")
    await s.ben.says("@starling", said or "hm")
    await s.drain()
    for someone in (s.ana, s.ben):
        assert "Starling: I did not understand that\n" in s.private(someone)


async def test_what_is_not_said_to_the_bot_is_left_alone(s: Scene) -> None:
    await s.ana.says("#general", "lunch?")
    await s.drain()
    assert s.channel("#general") == "Ana: lunch?"
    assert s.private(s.ana) == ""


async def test_somebody_without_the_role_is_told_so(s: Scene) -> None:
    await s.ana.runs("rule")
    await s.ada.runs("rule")
    await s.drain()
    assert s.private(s.ana) == ("Starling: You cannot do that here. If you think you should be able to, ask an admin.")
    assert s.private(s.ada) == "Starling: You rule."


async def test_a_role_is_looked_up_at_the_moment_of_the_act(s: Scene) -> None:
    await s.ada.runs("rule")
    await s.drain()
    with s.workspace.store.transaction():
        s.workspace.store.write("UPDATE people SET is_admin = 0 WHERE id = 'ada'")
    await s.ada.runs("rule")
    await s.drain()
    assert s.private(s.ada).splitlines()[-1].startswith("Starling: You cannot do that here.")


async def test_a_refusal_is_told_and_changes_nothing(s: Scene, toy: ToyRoom) -> None:
    await put_button(s, Press(what="never"))
    await s.ana.clicks("Old")
    await s.drain()
    assert s.private(s.ana) == "Starling: This cannot be pressed."


async def test_a_button_of_an_older_version_says_what_to_do(
    s: Scene, toy: ToyRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    await put_button(s, Press(what="it"))
    monkeypatch.setattr(Press, "version", 2)
    await s.ana.clicks("Old")
    await s.drain()
    assert toy.pressed == []
    assert s.private(s.ana) == (
        "Starling: This button is from an older card. Use the newest card, or type /starling help."
    )


async def test_a_button_that_no_room_knows_says_what_to_do(s: Scene) -> None:
    class Gone(Press):
        name = "gone.action"

    await put_button(s, Gone(what="it"))
    await s.ana.clicks("Old")
    await s.drain()
    assert s.private(s.ana).startswith("Starling: This button is from an older card.")


async def test_a_guest_is_answered_politely_and_not_stored(s: Scene, toy: ToyRoom) -> None:
    await s.gus.says("#general", "!let me in")
    await s.gus.runs("echo hello")
    await s.robo.says("#general", "@starling beep")
    await s.drain()
    assert toy.said == []
    assert s.private(s.gus) == (
        "Starling: For members only\n"
        "  Starling is for the members of this workspace only. Nothing you wrote was kept.\n"
        "  If you belong to it, ask an admin to make you a member."
    )
    assert s.private(s.robo) == ""
    async with s.database.read_everywhere() as session:
        assert (await session.scalars(select(Member))).all() == []
    assert all(row.event is None for row in await inbox(s))


async def test_a_fault_of_ours_is_tried_again_without_a_word(s: Scene, toy: ToyRoom) -> None:
    toy.fails = 1
    await s.ana.runs("echo hello")
    await s.drain()
    assert s.private(s.ana) == "Starling: hello"


async def test_a_lasting_fault_of_ours_is_told_with_a_number_after_three_attempts(s: Scene, toy: ToyRoom) -> None:
    toy.fails = 100
    await s.ana.runs("echo hello")
    await s.clock_moves(minutes=5)
    await s.clock_moves(minutes=5)
    assert toy.fails == 97
    row = (await inbox(s))[-1]
    assert (row.state, row.event) == (InboxState.FAILED, None)
    number = (row.reason or "").removeprefix("error ")
    assert s.private(s.ana) == (
        "Starling: Something went wrong on our side, and what you did was not taken in. Please try again. "
        f"If it happens again, tell an admin this number: {number}."
    )


async def test_an_event_that_ends_the_process_each_time_is_given_up(s: Scene, toy: ToyRoom) -> None:
    await s.ana.says("#general", "!poison")
    for _ in range(3):
        s.crash.step = "handled"
        with pytest.raises(BaseException, match="handled"):
            await s.drain()
        await s.restarts()
    await s.drain()
    assert (await inbox(s))[-1].state is InboxState.FAILED
    assert "Something went wrong on our side" in s.private(s.ana)


async def test_an_event_from_somewhere_unknown_is_dropped(s: Scene, toy: ToyRoom) -> None:
    await s.ana.says("#general", "!hello")
    await s.drain()
    row = s.workspace.store.row("SELECT body FROM events ORDER BY number DESC LIMIT 1")
    assert row is not None
    event: Event = event_from_json(row["body"])
    elsewhere = replace(event.installation, installation="elsewhere")
    await s.runtime.accept(replace(event, installation=elsewhere, delivery_id="x"))
    await s.drain()
    assert toy.said == ["!hello"]
    assert (await inbox(s))[-1].state is InboxState.DONE


async def test_the_home_shows_what_all_rooms_put_there(s: Scene) -> None:
    await s.ana.opens_home()
    await s.drain()
    assert s.ana.home == "Your home in Starling\n  [Choose what to do ▾]"


async def test_somebody_who_changes_their_name_is_called_by_it(s: Scene) -> None:
    await s.ana.says("#general", "!hello")
    await s.drain()
    with s.workspace.store.transaction():
        s.workspace.store.write("UPDATE people SET name = 'Anna' WHERE id = 'ana'")
    s.clock.move(timedelta(minutes=2))
    await s.ana.says("#general", "!hello again")
    await s.drain()
    async with s.database.read_everywhere() as session:
        assert (await session.scalars(select(Member.display_name))).all() == ["Anna"]


def test_a_verb_without_a_policy_fails_at_start(toy: ToyRoom) -> None:
    room = toy.feature()
    unknown = replace(room, commands=(replace(room.commands[1], verb="story.unknown"),))
    with pytest.raises(ConfigurationError, match="has no policy"):
        declarations([unknown], "starling")


def test_a_room_cannot_take_a_name_of_the_runtime(toy: ToyRoom) -> None:
    room = toy.feature()
    taken = replace(room, actions=(replace(room.actions[0], action=OpenDraft),))
    with pytest.raises(ConfigurationError, match="belongs to the runtime"):
        declarations([taken], "starling")


async def test_while_the_platform_does_not_say_who_somebody_is_a_member_is_who_they_were(
    s: Scene, toy: ToyRoom
) -> None:
    await s.ana.says("#general", "!hello")
    await s.clock_moves(minutes=5)
    await s.restarts()
    s.fails("failed", "profile", times=100)
    await s.ana.says("#general", "!still here")
    await s.drain()
    assert toy.said == ["!hello", "!still here"]


async def test_somebody_unknown_waits_until_the_platform_says_who_they_are(s: Scene, toy: ToyRoom) -> None:
    s.fails("failed", "profile", times=6)
    await s.ben.says("#general", "!hello")
    await s.drain()
    assert toy.said == []
    for _ in range(6):
        await s.clock_moves(minutes=5)
    assert toy.said == ["!hello"]
    assert s.private(s.ben) == ""


async def test_a_role_that_cannot_be_looked_up_is_not_believed(s: Scene) -> None:
    await s.ada.runs("rule")
    await s.drain()
    s.fails("failed", "profile", times=100)
    await s.ada.runs("rule")
    await s.drain()
    assert s.private(s.ada) == "Starling: You rule."
    s.workspace.faults.clear()
    await s.clock_moves(minutes=1)
    assert s.private(s.ada) == "Starling: You rule.\nStarling: You rule."


async def test_what_waits_in_hand_for_long_is_not_taken_up_again(s: Scene, toy: ToyRoom) -> None:
    await s.ana.says("#general", "!first")
    await s.ana.says("#general", "!second")
    s.runtime._hands.side_by_side = True
    s.fails("delayed", "react", seconds=0.3)  # the first is at it all the while, and the second waits for it
    for _ in range(5):
        await s.runtime._event_round()
        s.clock.move(timedelta(minutes=2))
    assert await s.runtime._hands.finish(timedelta(seconds=10)) == 0
    async with s.database.read_everywhere() as session:
        assert set(await session.scalars(select(InboxEvent.attempts))) == {1}
    assert toy.said == ["!first", "!second"]
    assert s.private(s.ana) == ""


async def test_an_event_whose_handling_ends_the_process_each_time_is_given_up_and_told(s: Scene, toy: ToyRoom) -> None:
    await s.ana.runs("echo hello")
    for _ in range(3):
        s.crash.step = steps.HANDLED
        with pytest.raises(SimulatedCrash):
            await s.drain()
        await s.restarts()
    await s.drain()
    assert "Something went wrong on our side, and what you did was not taken in." in s.private(s.ana)
