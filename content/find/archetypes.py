"""Finds the kind of story to answer a question with, and says by which words of the question."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bot.scoring.lexicon import Lexicon
from content.find.cues import CueHit, CueIndex, weigh
from content.find.learned_archetypes import LearnedArchetypes
from content.find.reading import Reader, Reading, plain_text
from content.find.vocabulary import cue_words, known_words
from content.loader import Content
from content.lookup_weights import LookupWeights, load_lookup_weights
from content.schema import Archetype

MOST_REASONS = 4
LEAST_CLEAR = 2.0
"""The worth of cues from which on a match is more than a guess."""
OPENER = re.compile(
    r"\b(?:(?:could|can|would|will) you )?(?:please )?"
    r"(?:(?:tell|talk|speak|walk|take)(?: to)? (?:me|us)(?: (?:about|through|how))?"
    r"|(?:give|share|provide)(?: with)?(?: me| us)? (?:an?|one|some) (?:\w+ )?(?:examples?|instances?|story|stories)"
    r"|describe(?: to me| for us)?)\b"
    r"|\b(?:do|did|does|would|have|had|can|could|are|were) you(?: ever| last| once| usually)?\b"
)
"""How a question begins; none of these words says what it is about."""


@dataclass(frozen=True, slots=True)
class Match:
    """An archetype that answers a query: its number as they are counted, how much speaks for it, and which words do."""

    archetype: Archetype
    number: int
    score: float
    said: tuple[str, ...]
    clear: bool
    """Whether cues name it; else it is a guess by likeness of words."""


class ArchetypeIndex:
    """Archetypes, ready to be found by questions, scraps, slips, principles and pictures, in English and Korean.

    Cues of `content/lookup` settle most queries; where they are silent, weak or equal, what was learned of the wording
    of such questions decides.
    """

    def __init__(self, content: Content, lexicon: Lexicon, weights: LookupWeights | None = None) -> None:
        """`weights` are those that ship unless others are given."""
        weights = weights or load_lookup_weights()
        self._numbers = {archetype: number for number, archetype in enumerate(content.archetypes.values(), 1)}
        cues = tuple(content.archetype_cues.values())
        self._reader = Reader(lexicon.stems, known_words(content, lexicon) | weights.words, cue_words(content))
        self._cues = CueIndex(cues, content.word_groups, self._reader)
        self._learned = LearnedArchetypes(weights, lexicon.stop_words)

    def rank(self, query: str) -> tuple[Match, ...]:
        """The archetypes for which something speaks, the best first; empty where nothing does."""
        reading = self.reading_of(query)
        hits = self._cues.find(reading)
        by_cues = weigh(hits)
        learned = self._learned.weigh(reading)
        said = _reasons(hits)
        matches = [
            Match(
                archetype,
                number,
                round(by_cues.get(archetype.id, 0.0) + learned.get(archetype.id, 0.0), 6),
                said.get(archetype.id, ()),
                by_cues.get(archetype.id, 0.0) >= LEAST_CLEAR,
            )
            for archetype, number in self._numbers.items()
        ]
        return tuple(sorted((m for m in matches if m.score > 0), key=lambda match: (-match.score, match.number)))

    def reading_of(self, query: str) -> Reading:
        """A query as it is read: without what only opens it."""
        return self._reader.read(OPENER.sub(" ", plain_text(query)))

    def stem(self, word: str) -> str:
        """The stem by which a word is compared."""
        return self._reader.stem(word)


def _reasons(hits: Iterable[CueHit]) -> dict[str, tuple[str, ...]]:
    """By archetype the words that spoke for it, the strongest first and none within another."""
    kept: dict[str, list[CueHit]] = defaultdict(list)
    for hit in sorted(hits, key=lambda hit: (-hit.worth, -len(hit.words), sorted(hit.words))):
        if not any(hit.words <= other.words for other in kept[hit.archetype]):
            kept[hit.archetype].append(hit)
    return {archetype: tuple(hit.said for hit in found[:MOST_REASONS]) for archetype, found in kept.items()}
