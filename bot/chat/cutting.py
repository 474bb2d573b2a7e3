"""Cutting texts to a length: whole, in pieces at natural seams, or to a label with an ellipsis.

Lengths are counted by a `Measure`, since a platform counts what is sent, and escaping can make a text longer.
A measure is a sum over the characters, at least one for each, so a text measures what its parts measure together.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator

Measure = Callable[[str], int]

_SEAMS = (
    re.compile(r"\n\s*\n"),
    re.compile(r"\n"),
    re.compile(r"[.!?…。！？]['\"”’)\]]*\s+|[。！？]"),
    re.compile(r"\s+"),
)
"""Where a text may be cut, best first: between paragraphs, lines, sentences, words."""

_JOINERS = ("\u200d", "\ufe0f", "\ufe0e")
_LONGEST_CLUSTER = 16


def pieces(text: str, limit: int, measure: Measure = len) -> list[str]:
    """`text` in pieces of at most `limit`, cut at the best seam that leaves no piece less than half full.

    The pieces together are the text, character for character; those of nothing but white space are left out.
    """
    return [piece for piece in _pieces(text, limit, measure) if piece.strip()]


def _pieces(text: str, limit: int, measure: Measure) -> Iterator[str]:
    if limit < 1:
        raise ValueError("a piece needs room for a character")
    while len(text) > limit or measure(text) > limit:
        cut = _cut(text, _longest_beginning(text, limit, measure))
        yield text[:cut]
        text = text[cut:]
    yield text


def _longest_beginning(text: str, limit: int, measure: Measure) -> int:
    """How many characters of `text` measure at most `limit`; never none, so that cutting comes to an end."""
    lengths = range(1, min(len(text), limit) + 1)
    return max(1, bisect_right(lengths, limit, key=lambda length: measure(text[:length])))


def _cut(text: str, most: int) -> int:
    for seam in _SEAMS:
        found = [match.end() for match in seam.finditer(text, 0, most) if match.end() * 2 >= most]
        if found:
            return found[-1]
    return _between_clusters(text, most)


def _between_clusters(text: str, most: int) -> int:
    """The last place up to `most` that parts no accent from its letter and no composed emoji."""
    for cut in range(most, max(0, most - _LONGEST_CLUSTER), -1):
        if cut == len(text) or not (_continues(text[cut]) or text[cut - 1] == "\u200d"):
            return cut
    return most


def _continues(character: str) -> bool:
    return unicodedata.combining(character) > 0 or character in _JOINERS or "\U0001f3fb" <= character <= "\U0001f3ff"


def shortened(text: str, limit: int, measure: Measure = len) -> str:
    """`text` whole where it fits, else its beginning with an ellipsis. For labels only: what is cut off is lost."""
    if measure(text) <= limit:
        return text
    for room in range(limit, 0, -1):
        short = next(_pieces(text, room, measure)).rstrip() + "…"
        if measure(short) <= limit:
            return short
    return "…"


def numbered(title: str, number: int, count: int, limit: int, measure: Measure = len) -> str:
    """`title` as the one of part `number` of `count`: shortened where the number would not fit behind it."""
    if count == 1:
        return shortened(title, limit, measure)
    tail = f" ({number}/{count})"
    return shortened(title, limit - measure(tail), measure) + tail
