"""What people typed is shown as typed, and measured as it is sent."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord.markdown import MARKS, escaped, measure, unescaped
from tests.wire.discord.reading import shown

PIECES = st.sampled_from([*MARKS, "a", "1", ".", " ", "\n", "é", "@", "!", "+", "https://a.b/c_d", "<https://a.b>"])
TYPED = st.lists(PIECES, max_size=40).map("".join)


@pytest.mark.parametrize(
    "typed",
    [
        "**bold** __under__ ~~gone~~ ||spoiler|| `code` ```block```",
        "# heading\n## smaller\n-# quiet\n> quote\n>>> all of it\n- item\n* item\n1. first",
        "[text](https://example.org) <https://example.org> <t:1700000000> <:blob:1234> </help:1234> :tada:",
        "a \\ backslash \\* and snake_case_name",
    ],
)
def test_marks_are_shown_as_they_were_typed(typed: str) -> None:
    assert shown(escaped(typed)) == typed


def test_web_addresses_stay_as_they_are() -> None:
    assert escaped("see https://example.org/a_b-c(d)#e now") == "see https://example.org/a_b-c(d)#e now"


@given(TYPED)
@settings(max_examples=300, deadline=None)
def test_whatever_is_typed_is_shown_and_measured(typed: str) -> None:
    assert len(escaped(typed)) <= measure(typed)
    assert shown(escaped(typed)) == typed
    if "https://" not in typed:
        assert unescaped(escaped(typed)) == typed


@given(st.text(max_size=30), st.text(max_size=30))
@settings(max_examples=100, deadline=None)
def test_a_text_measures_what_its_parts_measure_together(first: str, second: str) -> None:
    assert measure(first + second) == measure(first) + measure(second)
