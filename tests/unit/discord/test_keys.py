"""A post is known again by its key."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord.keys import carries, marks, nonce
from adapters.discord.render import rendered
from bot.chat.cards import Card


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_every_key_gives_a_nonce_and_marks_that_discord_takes(key: str) -> None:
    first, second = marks(key)
    assert len(nonce(key)) <= 25
    assert first != second
    assert all(1000 < number < 2**31 for number in (first, second))


def test_a_card_of_nothing_but_a_title_carries_its_key() -> None:
    message = rendered(Card("Question"), key="slot-7").body
    assert carries(message, "slot-7")
    assert not carries(message, "slot-8")
    assert not carries(rendered(Card("Question")).body, "slot-7")


def test_messages_of_another_make_carry_no_key() -> None:
    others: list[dict[str, Any]] = [{}, {"components": []}, {"components": [{"type": 1, "id": 1, "components": []}]}]
    for message in others:
        assert not carries(message, "slot-7")
