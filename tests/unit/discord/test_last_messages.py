"""Threads that moved on unseen, told from what came with the server and what was known before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from adapters.discord.last_messages import KEPT, MET, LastMessages
from adapters.discord.places import EPOCH

GUILD, THREAD = "700", "1000"
NOW = EPOCH + timedelta(days=1)
"""A day after the ids used here were made."""


def moved(messages: LastMessages, threads: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    return messages.moved(GUILD, threads, NOW)


def restarted(messages: LastMessages, kept: dict[str, str]) -> LastMessages:
    """Another process; `kept` is what the earlier ones asked to be kept."""
    kept |= {name: value for name, value in messages.take_changes()[GUILD].items() if value is not None}
    return LastMessages({GUILD: kept})


def thread(last: str | None) -> dict[str, str | None]:
    return {"id": THREAD, "last_message_id": last}


def known(last: str | None) -> LastMessages:
    """The server came with this last message in its thread."""
    made = LastMessages()
    assert moved(made, [thread(last)]) == []
    return made


def test_a_later_message_than_the_one_that_is_known_moved_the_thread_once() -> None:
    messages = known("1001")
    assert moved(messages, [thread("1002")]) == [(THREAD, "1002")]
    assert moved(messages, [thread("1002")]) == []


def test_the_first_message_of_an_empty_thread_moved_it() -> None:
    assert moved(known(None), [thread("1001")]) == [(THREAD, "1001")]


def test_ids_are_compared_as_numbers() -> None:
    assert moved(known("999"), [thread("1001")]) == [(THREAD, "1001")]


def test_what_was_seen_or_posted_meanwhile_is_known() -> None:
    messages = known("1001")
    messages.saw(GUILD, THREAD, "1002")
    assert moved(messages, [thread("1002")]) == []


def test_a_message_that_is_gone_moves_nothing() -> None:
    messages = known("1002")
    assert moved(messages, [thread("1001"), thread(None)]) == []


def test_a_thread_opened_while_nobody_listened_moved() -> None:
    messages = LastMessages()
    moved(messages, [])
    assert moved(messages, [thread("1001")]) == [(THREAD, "1001")]


def test_a_server_that_was_left_and_joined_again_is_met_for_the_first_time() -> None:
    messages = known("1001")
    messages.forget_guild(GUILD)
    assert moved(messages, [thread("1002")]) == []


def test_a_thread_that_moved_while_no_process_ran_is_told_once() -> None:
    kept: dict[str, str] = {}
    again = restarted(known("1001"), kept)
    assert moved(again, [thread("1002")]) == [(THREAD, "1002")]
    third = restarted(again, kept)
    assert moved(third, [thread("1002")]) == []
    assert moved(third, [thread("1003")]) == [(THREAD, "1003")]


def test_a_server_without_threads_is_known_after_a_restart() -> None:
    messages = LastMessages()
    moved(messages, [])
    assert moved(restarted(messages, {}), [thread("1001")]) == [(THREAD, "1001")]


def test_what_was_kept_of_a_server_is_forgotten_with_it() -> None:
    messages = known("1001")
    messages.forget_guild(GUILD)
    assert messages.take_changes() == {GUILD: {MET: None, THREAD: None}}


def test_what_could_not_be_kept_is_kept_the_next_time_unless_it_changed() -> None:
    messages = known("1001")
    lost = messages.take_changes()
    messages.saw(GUILD, THREAD, "1002")
    messages.put_back(lost)
    assert messages.take_changes() == {GUILD: {MET: "yes", THREAD: "1002"}}


def test_a_thread_is_forgotten_a_month_after_its_last_message_and_no_news_then() -> None:
    messages, later = known("1001"), NOW + KEPT
    messages.take_changes()
    assert messages.moved(GUILD, [], later) == []
    assert messages.take_changes() == {GUILD: {THREAD: None}}
    assert messages.moved(GUILD, [thread("1001")], later) == []
