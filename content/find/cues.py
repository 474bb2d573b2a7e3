"""Cues: what in a wording speaks for a kind of story, and the words of the query that showed it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from content.find.reading import Reader, Reading
from content.schema import WordGroup

STRONG, FAIR, HINT = 4.0, 2.0, 0.7
"""What a cue of each strength is worth; the proportion matters, not the size."""
AGAIN = 0.3
"""What a cue counts whose words have all counted already."""


class Cues(Protocol):
    """The cues that speak for one kind of story or theme, as an entry of the content holds them."""

    @property
    def archetype(self) -> str: ...
    @property
    def strong(self) -> tuple[str, ...]: ...
    @property
    def fair(self) -> tuple[str, ...]: ...
    @property
    def hint(self) -> tuple[str, ...]: ...
    @property
    def korean(self) -> tuple[str, ...]: ...
    @property
    def korean_fair(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class CueHit:
    """A cue that was found: whom it speaks for, what it is worth, and where in the query it stands."""

    archetype: str
    worth: float
    words: frozenset[int]
    said: str


@dataclass(frozen=True, slots=True, eq=False)
class _Cue:
    archetype: str
    worth: float
    places: int


class CueIndex:
    """All cues, ready to be found in a reading; the time grows with the query and not with the cues."""

    def __init__(self, entries: Iterable[Cues], groups: Mapping[str, WordGroup], reader: Reader) -> None:
        self._groups = groups
        self._places: dict[tuple[str, ...], list[tuple[_Cue, int]]] = defaultdict(list)
        self._korean: list[tuple[_Cue, tuple[tuple[str, ...], ...]]] = []
        for entry in entries:
            for worth, cues in ((STRONG, entry.strong), (FAIR, entry.fair), (HINT, entry.hint)):
                for cue in cues:
                    self._add(_Cue(entry.archetype, worth, len(cue.split())), cue, reader)
            for worth, cues in ((STRONG, entry.korean), (FAIR, entry.korean_fair)):
                for cue in cues:
                    places = tuple(tuple(place.split("/")) for place in cue.split())
                    self._korean.append((_Cue(entry.archetype, worth, len(places)), places))
        self._longest = max(map(len, self._places), default=0)

    def _add(self, cue: _Cue, written: str, reader: Reader) -> None:
        for place, alternatives in enumerate(written.split()):
            for stems in {tuple(map(reader.stem, words)) for words in expanded(alternatives, self._groups)}:
                self._places[stems].append((cue, place))

    def find(self, reading: Reading) -> list[CueHit]:
        """Every cue of which all places are found, each by words of its own."""
        found: dict[_Cue, dict[int, frozenset[int]]] = defaultdict(dict)
        for at in range(len(reading.stems)):
            for end in range(at + 1, min(at + self._longest, len(reading.stems)) + 1):
                if matched := self._places.get(reading.stems[at:end]):
                    words = frozenset(range(at, end))
                    for cue, place in matched:
                        if len(words) > len(found[cue].get(place, ())):
                            found[cue][place] = words
        hits = []
        for cue, places in found.items():
            words = frozenset[int]().union(*places.values())
            if len(places) == cue.places and len(words) >= cue.places:
                said = " … ".join(reading.words[at] for at in sorted(words))
                hits.append(CueHit(cue.archetype, cue.worth, words, said))
        return hits + self._find_korean(reading)

    def _find_korean(self, reading: Reading) -> list[CueHit]:
        if not reading.korean:
            return []
        hits = []
        for cue, places in self._korean:
            said = [next((a for a in alternatives if a in reading.korean), None) for alternatives in places]
            if None not in said:
                parts = [part for part in said if part]
                covered = frozenset(
                    at
                    for part in parts
                    for at in range(reading.korean.find(part), reading.korean.find(part) + len(part))
                )
                hits.append(CueHit(cue.archetype, cue.worth, covered, " … ".join(parts)))
        return hits


def expanded(place: str, groups: Mapping[str, WordGroup]) -> Iterator[tuple[str, ...]]:
    """The alternatives of a place as sequences of words, groups taken apart."""
    for alternative in place.split("/"):
        for written in groups[alternative[1:]].words if alternative.startswith("+") else (alternative,):
            yield tuple(written.split("_"))


def weigh(hits: Iterable[CueHit]) -> dict[str, float]:
    """The worth of the cues by archetype; words that have counted for it count little a second time."""
    seen: dict[str, set[int]] = defaultdict(set)
    total: dict[str, float] = defaultdict(float)
    for hit in sorted(hits, key=lambda hit: (-hit.worth, -len(hit.words), hit.archetype, sorted(hit.words))):
        fresh = not hit.words <= seen[hit.archetype]
        total[hit.archetype] += hit.worth * (1.0 if fresh else AGAIN)
        seen[hit.archetype] |= hit.words
    return dict(total)
