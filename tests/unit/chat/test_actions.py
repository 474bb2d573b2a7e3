"""Payloads of buttons: typed, versioned, never too long."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.actions import LONGEST, Action, OutdatedAction, UnknownAction, read_action


class Open(Action):
    name = "answer.open"
    slot: str
    part: str | None
    number: int = 7
    private: bool = False
    shown: int | None = 3


class OpenAgain(Action):
    name = "answer.open"
    version = 2
    slot: str


class Plain(Action):
    name = "plain"


class Lists(Action):
    name = "lists"
    items: tuple[str, ...]


short = st.text(st.characters(max_codepoint=0x7F), max_size=5)


@given(short, st.none() | short, st.integers(-999, 999), st.booleans(), st.none() | st.integers(0, 99))
@settings(max_examples=300, deadline=None)
def test_a_payload_round_trips(slot: str, part: str | None, number: int, private: bool, shown: int | None) -> None:
    action = Open(slot=slot, part=part, number=number, private=private, shown=shown)
    assert Open.decode(action.encode()) == action
    assert read_action(action.encode(), {"answer.open": Open}) == action


@pytest.mark.parametrize("value", ["-", "~", "a~b", "%2D", "%7E", "-~-", "", " "])
def test_marks_of_the_packing_are_safe_in_values(value: str) -> None:
    action = Open(slot=value, part=value)
    assert Open.decode(action.encode()) == action


def test_nothing_and_an_empty_text_are_told_apart() -> None:
    assert Open.decode(Open(slot="", part=None, shown=None).encode()) == Open(slot="", part=None, shown=None)
    assert Open.decode(Open(slot="", part="").encode()).part == ""


def test_the_packed_form_is_readable() -> None:
    assert Open(slot="q1", part=None).encode() == "answer.open~1~q1~-~7~False~3"
    assert Plain().encode() == "plain~1"


def test_a_payload_of_a_hundred_characters_fits_and_a_longer_one_is_refused_when_made() -> None:
    room = LONGEST - len("answer.open~2~")
    assert len(OpenAgain(slot="x" * room).encode()) == LONGEST
    with pytest.raises(ValueError, match="has 101 characters"):
        OpenAgain(slot="x" * (room + 1))


def test_a_payload_holds_plain_values_only() -> None:
    with pytest.raises(ValueError, match="plain values"):
        Lists(items=("a", "b"))


def test_a_payload_longer_than_any_of_ours_is_outdated() -> None:
    with pytest.raises(OutdatedAction):
        OpenAgain.decode("answer.open~2~" + "x" * LONGEST)


def test_an_older_version_is_outdated() -> None:
    with pytest.raises(OutdatedAction):
        OpenAgain.decode("answer.open~1~q1")


@pytest.mark.parametrize("packed", ["answer.open~1", "answer.open~1~a~b", "answer.open~1~a~b~x~False~3", "answer.open"])
def test_a_payload_with_other_fields_is_outdated(packed: str) -> None:
    with pytest.raises(OutdatedAction):
        Open.decode(packed)


@pytest.mark.parametrize("packed", ["", "other~1~a", "~", "Answer.open~1~a"])
def test_a_payload_of_nobody_is_unknown(packed: str) -> None:
    with pytest.raises(UnknownAction):
        read_action(packed, {"answer.open": Open})
    with pytest.raises(UnknownAction):
        Open.decode(packed)


@given(st.text(max_size=120))
@settings(max_examples=200, deadline=None)
def test_whatever_comes_in_is_read_or_refused(packed: str) -> None:
    for text in (packed, "answer.open~1~" + packed):
        try:
            assert isinstance(read_action(text, {"answer.open": Open}), Open)
        except (UnknownAction, OutdatedAction):
            continue
