"""Runs of words in a row, by which two texts are compared."""

from __future__ import annotations

from collections.abc import Sequence


def runs_of(words: Sequence[str], length: int) -> frozenset[tuple[str, ...]]:
    """Every `length` words in a row; none where there are fewer."""
    return frozenset(tuple(words[at : at + length]) for at in range(len(words) - length + 1))
