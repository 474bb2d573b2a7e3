"""Whether somebody quotes what they read; pure."""

from __future__ import annotations

import re

RUN = 4
"""So many words in a row, as they stand in the text, are a quotation."""


def quotes(evidence: str, text: str) -> bool:
    """Whether a run of words of the evidence stands in the text as it is, upper case and punctuation aside.

    Of a text shorter than a run all of it is wanted.
    """
    read = _words(text)
    run = min(RUN, len(read))
    return bool(run) and not _runs(_words(evidence), run).isdisjoint(_runs(read, run))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _runs(words: list[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}
