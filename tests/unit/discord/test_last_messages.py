"""Threads that moved on unseen, told from what came with the server and what was known before."""

from __future__ import annotations

from adapters.discord.last_messages import LastMessages

GUILD, THREAD = "700", "1000"


def thread(last: str | None) -> dict[str, str | None]:
    return {"id": THREAD, "last_message_id": last}


def known(last: str | None) -> LastMessages:
    """The server came with this last message in its thread."""
    made = LastMessages()
    assert made.moved(GUILD, [thread(last)]) == []
    return made


def test_a_later_message_than_the_one_that_is_known_moved_the_thread_once() -> None:
    messages = known("1001")
    assert messages.moved(GUILD, [thread("1002")]) == [(THREAD, "1002")]
    assert messages.moved(GUILD, [thread("1002")]) == []


def test_the_first_message_of_an_empty_thread_moved_it() -> None:
    assert known(None).moved(GUILD, [thread("1001")]) == [(THREAD, "1001")]


def test_ids_are_compared_as_numbers() -> None:
    assert known("999").moved(GUILD, [thread("1001")]) == [(THREAD, "1001")]


def test_what_was_seen_or_posted_meanwhile_is_known() -> None:
    messages = known("1001")
    messages.saw(THREAD, "1002")
    assert messages.moved(GUILD, [thread("1002")]) == []


def test_a_message_that_is_gone_moves_nothing() -> None:
    messages = known("1002")
    assert messages.moved(GUILD, [thread("1001"), thread(None)]) == []


def test_a_thread_opened_while_nobody_listened_moved() -> None:
    messages = LastMessages()
    messages.moved(GUILD, [])
    assert messages.moved(GUILD, [thread("1001")]) == [(THREAD, "1001")]


def test_a_server_that_was_left_and_joined_again_is_met_for_the_first_time() -> None:
    messages = known("1001")
    messages.forget_guild(GUILD)
    assert messages.moved(GUILD, [thread("1002")]) == []
