"""Masking: names and secrets leave the text before it is sent, and come back in what its author is shown.

Each masked piece becomes a placeholder such as `[PERSON_1]`, the same one wherever the same characters stand. What
in the text looks like a placeholder already is masked too, so that restoring a masked text gives back its every
character, whatever was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.coach.recognising import Piece, names_in, secrets_in

_NAMED = r"(?:PERSON|NAME|COMPANY|EMAIL|PHONE|URL|SECRET|MENTION|ADDRESS|ACCOUNT|LITERAL)_\d{1,6}"
PLACEHOLDER = re.compile(rf"\[{_NAMED}\]")
BARE = re.compile(rf"\[?\b({_NAMED})\b\]?")
"""As a model may write it, with its brackets or without."""
SHOWN_AS = {
    "EMAIL": "[e-mail address]",
    "PHONE": "[phone number]",
    "URL": "[link]",
    "SECRET": "[key]",
    "MENTION": "[mention]",
    "ADDRESS": "[address]",
    "ACCOUNT": "[account]",
    "LITERAL": "[...]",
}
"""What stands for a piece in the coach's own sentences, where only names are restored."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without names and secrets. `originals` gives by placeholder what stood there."""

    text: str
    originals: Mapping[str, str]

    @property
    def counts(self) -> dict[str, int]:
        """How many different pieces of each kind were masked."""
        counted: dict[str, int] = {}
        for placeholder in self.originals:
            kind = placeholder[1:].rpartition("_")[0].lower()
            counted[kind] = counted.get(kind, 0) + 1
        return counted


class Mask:
    """Masks several texts of one request alike: the same characters get the same placeholder in all of them."""

    def __init__(self, texts: Iterable[str], people: Iterable[str] = (), companies: Iterable[str] = ()) -> None:
        """`people` are the names of members; names found in any of `texts` are masked in every one."""
        self._names = names_in(list(texts), people, companies)
        self._placeholders: dict[tuple[str, str], str] = {}
        self._numbers: dict[str, int] = {}

    @property
    def originals(self) -> Mapping[str, str]:
        """What stood where, by placeholder, over all texts masked so far."""
        return {placeholder: original for (_, original), placeholder in self._placeholders.items()}

    def masked(self, text: str) -> str:
        """`text` with placeholders."""
        done, end = [], 0
        for piece in self._pieces(text):
            done += [text[end : piece.start], self._placeholder(piece.kind, text[piece.start : piece.end])]
            end = piece.end
        return "".join([*done, text[end:]])

    def _pieces(self, text: str) -> list[Piece]:
        """What is to be masked, in the order of the text, nothing twice: the kinds named first come first."""
        literal = [Piece(found.start(), found.end(), "LITERAL") for found in PLACEHOLDER.finditer(text)]
        chosen: list[Piece] = []
        taken = bytearray(len(text))
        for piece in (*literal, *secrets_in(text), *self._names.pieces(text)):
            if not any(taken[piece.start : piece.end]):
                taken[piece.start : piece.end] = b"\x01" * (piece.end - piece.start)
                chosen.append(piece)
        return sorted(chosen, key=lambda piece: piece.start)

    def _placeholder(self, kind: str, original: str) -> str:
        known = self._placeholders.get((kind, original))
        if known is None:
            self._numbers[kind] = self._numbers.get(kind, 0) + 1
            known = f"[{kind}_{self._numbers[kind]}]"
            self._placeholders[kind, original] = known
        return known


def mask(text: str, people: Iterable[str] = (), companies: Iterable[str] = ()) -> Masked:
    """One text without names and secrets."""
    worker = Mask([text], people, companies)
    return Masked(worker.masked(text), worker.originals)


def restore(text: str, originals: Mapping[str, str]) -> str:
    """The text that was masked, to the character; placeholders that mask nothing stay."""
    return PLACEHOLDER.sub(lambda found: originals.get(found.group(), found.group()), text)


def restore_names(text: str, originals: Mapping[str, str]) -> str | None:
    """A sentence of the coach with names restored and other pieces as plain words.

    None where it speaks of a placeholder that masks nothing: then the coach made somebody up.
    """
    unknown = False

    def put_back(found: re.Match[str]) -> str:
        nonlocal unknown
        placeholder = f"[{found.group(1)}]"
        kind = found.group(1).rpartition("_")[0]
        unknown = unknown or placeholder not in originals
        return SHOWN_AS.get(kind) or originals.get(placeholder, "")

    restored = BARE.sub(put_back, text)
    return None if unknown else restored
