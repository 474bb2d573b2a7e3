"""Lists of words, written as running text."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a text that stand between blanks."""
    return frozenset(text.split())


def in_order(text: str) -> list[str]:
    """The same in their order."""
    return text.split()
