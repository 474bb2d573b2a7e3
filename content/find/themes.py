"""What a story or a query is about: themes by their cues, and matters by words that belong together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from content.find.cues import AGAIN, CueIndex
from content.find.reading import Reader, Reading
from content.loader import Content

NAMED = 0.6
"""The worth of cues from which on a query names a theme outright."""
ONE_PLACE = 0.45
"""What a cue of one word says beside one of several."""


@dataclass(frozen=True, slots=True)
class _Spoken:
    """Cues of a theme, in the shape that `CueIndex` reads."""

    archetype: str
    strong: tuple[str, ...]
    fair: tuple[str, ...]
    hint: tuple[str, ...] = ()
    korean: tuple[str, ...] = ()
    korean_fair: tuple[str, ...] = ()


class ThemeIndex:
    """The themes of a text, and the matters that its words belong to."""

    def __init__(self, content: Content, reader: Reader) -> None:
        themes = content.story_themes.values()
        groups = content.word_groups
        self._usual = {theme.id: theme.usual for theme in themes}
        self._asked = CueIndex([_spoken(theme.id, theme.asked) for theme in themes], groups, reader)
        self._shown = CueIndex([_spoken(theme.id, theme.shown) for theme in themes], groups, reader)
        self._matters: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for entry in content.related_words.values():
            for words in entry.words:
                self._matters[tuple(map(reader.stem, words.split("_")))].add(entry.id)
        self._longest = max(map(len, self._matters), default=1)

    def asked(self, reading: Reading) -> dict[str, float]:
        """What a query asks for, by theme: 1 for a theme that is named outright."""
        return {theme: min(1.0, worth / NAMED) for theme, worth in _worth(self._asked, [reading]).items()}

    def shown(self, sentences: Sequence[Reading]) -> dict[str, float]:
        """What a story shows, by theme; more than 1 where much of it does."""
        return _worth(self._shown, sentences)

    def above_usual(self, shown: Mapping[str, float]) -> dict[str, float]:
        """By how many spreads a story shows a theme above what is usual, for the themes where it does."""
        found = {}
        for theme, worth in shown.items():
            mean, spread = self._usual[theme]
            if worth > mean:
                found[theme] = (worth - mean) / spread
        return found

    def matters(self, stems: Sequence[str]) -> frozenset[str]:
        """The groups of related words that these words in a row touch."""
        found: set[str] = set()
        for at in range(len(stems)):
            for length in range(1, self._longest + 1):
                found |= self._matters.get(tuple(stems[at : at + length]), set())
        return frozenset(found)


def _spoken(theme: str, cues: tuple[str, ...]) -> _Spoken:
    several = tuple(cue for cue in cues if len(cue.split()) > 1 or "_" in cue.split("/")[0])
    return _Spoken(theme, several, tuple(cue for cue in cues if cue not in several))


def _worth(index: CueIndex, sentences: Sequence[Reading]) -> dict[str, float]:
    worth: dict[str, float] = defaultdict(float)
    for reading in sentences:
        seen: dict[str, set[str]] = defaultdict(set)
        for hit in sorted(index.find(reading), key=lambda hit: (-hit.worth, -len(hit.words), sorted(hit.words))):
            words = {reading.stems[at] for at in hit.words}
            own = 1.0 if hit.worth > 2.0 else ONE_PLACE
            worth[hit.archetype] += own if not words <= seen[hit.archetype] else own * AGAIN
            seen[hit.archetype] |= words
    return dict(worth)
