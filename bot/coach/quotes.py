"""Quotes are verbatim: what a model says it read is looked for in what was sent, and shown from there."""

from __future__ import annotations

import re

SHORTEST_WORDS = 2
LONGEST = 300
_ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "‐": "-", "‑": "-", "–": "-", "—": "-"})
_EDGES = " \t\r\n\"'“”‘’.…"


def find_quote(quote: str, text: str) -> str | None:
    """The characters of `text` that `quote` repeats, or None where it does not.

    Only runs of blanks, the shapes of quotation marks and dashes, and marks around the quote may differ. A quote of
    a single word is none, nor is one of more than 300 characters: it would point nowhere.
    """
    words = quote.translate(_ALIKE).strip(_EDGES).split()
    if len(words) < SHORTEST_WORDS or sum(map(len, words)) > LONGEST:
        return None
    pattern = r"\s+".join(re.escape(word) for word in words)
    found = re.search(rf"(?<![\w\[]){pattern}(?![\w\]])", text.translate(_ALIKE))
    return text[found.start() : found.end()] if found else None
