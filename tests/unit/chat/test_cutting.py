"""Cutting texts at natural seams."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord.limits import LIMITS as DISCORD_LIMITS
from adapters.slack.limits import LIMITS as SLACK_LIMITS
from bot.chat.cutting import numbered, pieces, shortened


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two three four.", ["One. Two three four."]),
        ("First part here.\n\nSecond. Part.", ["First part here.\n\n", "Second. Part."]),
        ("First line of it\nsecond one is", ["First line of it\n", "second one is"]),
        ("A sentence here. Another one.", ["A sentence here. ", "Another one."]),
        ("words without any stop at all", ["words without any ", "stop at all"]),
        ("a" * 25, ["a" * 20, "a" * 5]),
        ("短い文です。" * 4, ["短い文です。" * 3, "短い文です。"]),
    ],
)
def test_a_text_is_cut_at_the_best_seam(text: str, expected: list[str]) -> None:
    assert pieces(text, 20) == expected


def test_a_seam_that_would_leave_a_piece_half_empty_is_passed_over() -> None:
    assert pieces("No. Then a long one without end", 20) == ["No. Then a long one ", "without end"]


@pytest.mark.parametrize("cluster", ["e\u0301", "👩\u200d🚀", "👍🏽", "❤\ufe0f"])
def test_an_accent_or_a_composed_emoji_is_not_parted(cluster: str) -> None:
    assert pieces(cluster * 9, 7) == [cluster * (7 // len(cluster))] * (9 // (7 // len(cluster))) + [
        cluster * (9 % (7 // len(cluster)))
    ] * bool(9 % (7 // len(cluster)))


def test_white_space_alone_is_no_piece() -> None:
    assert pieces(" " * 100, 20) == []


@given(st.text(max_size=200), st.integers(1, 50))
@settings(max_examples=300, deadline=None)
def test_no_character_but_white_space_is_ever_lost(text: str, limit: int) -> None:
    found = pieces(text, limit)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(len(piece) <= limit for piece in found)


@given(
    st.text("a&<>*_ .\n", max_size=200),
    st.integers(5, 50),
    st.sampled_from([SLACK_LIMITS.measure, DISCORD_LIMITS.measure]),
)
@settings(max_examples=200, deadline=None)
def test_pieces_are_measured_as_they_are_sent(text: str, limit: int, measure) -> None:  # type: ignore[no-untyped-def]
    assert all(measure(piece) <= limit for piece in pieces(text, limit, measure))


def test_a_text_without_room_is_refused() -> None:
    with pytest.raises(ValueError, match="room"):
        pieces("a", 0)


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [("short", 5, "short"), ("a longer label", 10, "a longer…"), ("unbreakable", 6, "unbre…"), ("ab", 1, "…")],
)
def test_a_label_is_shortened_with_an_ellipsis(text: str, limit: int, expected: str) -> None:
    assert shortened(text, limit) == expected


def test_a_part_says_its_number_only_where_there_are_several() -> None:
    assert numbered("Feedback", 1, 1, 20) == "Feedback"
    assert numbered("Feedback", 1, 2, 20) == "Feedback (1/2)"
    assert numbered("Feedback on your answer", 2, 3, 20) == "Feedback on… (2/3)"


@given(st.text(min_size=1, max_size=40), st.integers(10, 30))
@settings(max_examples=200, deadline=None)
def test_a_label_never_exceeds_its_limit(text: str, limit: int) -> None:
    assert len(shortened(text, limit)) <= limit
    assert len(numbered(text, 12, 34, limit)) <= limit
