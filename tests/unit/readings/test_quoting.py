"""Whether a colleague quotes what they read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from bot.readings.quoting import RUN, quotes

TEXT = "I stopped the job at once, told support, and refunded 212 customers by hand."
WORDS = some.lists(some.text("abcdefgh", min_size=1, max_size=4), min_size=RUN, max_size=20)


@pytest.mark.parametrize(
    "evidence",
    [
        "I stopped the job",
        "“i STOPPED the job – at once” is what a senior does",
        "The first line. Then: told support and refunded. Good.",
    ],
)
def test_four_words_in_a_row_are_a_quotation_whatever_their_marks(evidence: str) -> None:
    assert quotes(evidence, TEXT)


@pytest.mark.parametrize(
    "evidence", ["", "You act fast.", "the job was stopped at once", "stopped the customers by hand"]
)
def test_words_of_ones_own_are_none(evidence: str) -> None:
    assert not quotes(evidence, TEXT)


def test_of_a_text_of_two_words_both_are_wanted() -> None:
    assert quotes("He says: “I apologised.”", "I apologised.")
    assert not quotes("apologised", "I apologised.")
    assert not quotes("anything", "…")


@settings(max_examples=50, deadline=None)
@given(WORDS, some.data())
def test_whatever_is_copied_from_the_text_is_a_quotation(words: list[str], data: some.DataObject) -> None:
    start = data.draw(some.integers(0, len(words) - RUN))
    assert quotes("See: " + " ".join(words[start : start + RUN]), " ".join(words))
