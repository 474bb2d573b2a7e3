"""The text as posted, made safe to read: cut at the cap, composed, without invisible characters.

Each character of the guarded text knows which characters of the text as posted it stands for.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

LOOKALIKES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "`", "“": '"', "”": '"', "„": '"', "‐": "-", "‑": "-",
                            "\u00a0": " ", "\u202f": " ", "\u2007": " ", "\t": " ", "\u2028": "\n", "\u2029": "\n",
                            "\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n"})  # fmt: skip
INVISIBLE = frozenset({"Cf", "Cc", "Cs", "Co"})


@dataclass(frozen=True, slots=True)
class MappedText:
    """A text each of whose characters stands for a range of the text as posted."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """The range of the text as posted for a non-empty range of this one."""
        return self.starts[start], self.ends[end - 1]

    def keep(self, wanted: Sequence[bool]) -> MappedText:
        """Only the characters whose place in `wanted` is true."""
        places = [i for i, w in enumerate(wanted) if w]
        return MappedText(
            "".join(self.text[i] for i in places),
            [self.starts[i] for i in places],
            [self.ends[i] for i in places],
        )

    def replaced(self, text: str) -> MappedText:
        """The same map with another text of the same length."""
        if len(text) != len(self.text):
            raise ValueError("a replaced text keeps its length")
        return MappedText(text, self.starts, self.ends)


def guard(raw: str, cap: int) -> tuple[MappedText, int]:
    """The readable text and how many characters of `raw` it was made from (`cap` at most, cut at a blank)."""
    cut = len(raw)
    if cut > cap:
        cut = cap
        blank = max(raw.rfind(" ", cap - 200, cap), raw.rfind("\n", cap - 200, cap))
        if blank > 0:
            cut = blank
    text = raw[:cut].translate(LOOKALIKES)
    if _plain(text):
        return MappedText(text, range(cut), range(1, cut + 1)), cut
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        for char in unicodedata.normalize("NFC", text[start:end]):
            if char != "\n" and unicodedata.category(char) in INVISIBLE:
                continue
            chars.append(char)
            starts.append(start)
            ends.append(end)
    return MappedText("".join(chars), starts, ends), cut


def _plain(text: str) -> bool:
    """Whether every character stands for itself: composed, and none invisible but line ends."""
    return unicodedata.is_normalized("NFC", text) and not any(
        unicodedata.category(char) in INVISIBLE for char in set(text) - {"\n"}
    )


def _clusters(text: str) -> list[tuple[int, int]]:
    """Ranges of a base character with the combining marks after it."""
    bounds = [i for i, char in enumerate(text) if i == 0 or not unicodedata.combining(char)]
    return list(zip(bounds, [*bounds[1:], len(text)], strict=True))
