from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.runtime.storable import storable


@given(st.text())
def test_whole_characters_stay_as_they_are(text: str) -> None:
    assert storable(text) == text.replace("\0", "\ufffd")


@given(st.text(st.characters(codec=None, categories=["Cs", "Lu"])))
def test_the_result_can_be_encoded_and_doing_it_twice_is_doing_it_once(text: str) -> None:
    once = storable(text)
    once.encode("utf-8")
    assert storable(once) == once
