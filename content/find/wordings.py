"""What wordings of the past say about a new one: a naive Bayes reading of the words, for where no cue is found."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Set

from content.find.reading import Reading
from content.loader import Content

SMOOTHING = 1.0
BY_PLACE = (1.0, 0.4, 0.2)
"""What a question counts for the first, second and third archetype it names."""
FAMILY, CROSSWALK, ASKED = 0.7, 0.5, 1.5
"""What the texts of families, crosswalks and collected wordings count beside an archetype's own."""


class WordingIndex:
    """How much each word speaks for each archetype, learned from the texts that content ties to archetypes."""

    def __init__(self, known: Iterable[tuple[Set[str], str, float]], archetypes: Iterable[str]) -> None:
        """`known` are the features of a text, the archetype it belongs to, and what it counts."""
        self._archetypes = tuple(archetypes)
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for features, archetype, counted in known:
            for feature in features:
                counts[feature][archetype] += counted  # type: ignore[assignment]
        totals = {a: sum(found[a] for found in counts.values()) + SMOOTHING * len(counts) for a in self._archetypes}
        self._weights: dict[str, tuple[float, ...]] = {}
        for feature, found in counts.items():
            logs = [math.log((found[a] + SMOOTHING) / totals[a]) for a in self._archetypes]
            mean = sum(logs) / len(logs)
            self._weights[feature] = tuple(value - mean for value in logs)

    def weigh(self, features: Set[str]) -> dict[str, float]:
        """How much the known features speak for each archetype; empty where none is known."""
        rows = [self._weights[feature] for feature in sorted(features) if feature in self._weights]
        if not rows:
            return {}
        return {a: sum(row[at] for row in rows) for at, a in enumerate(self._archetypes)}


def features_of(reading: Reading, stop_words: Set[str]) -> frozenset[str]:
    """Stems of the words that mean something, and pairs of Korean syllables."""
    stems = {stem for word, stem in zip(reading.meant, reading.stems, strict=True) if word not in stop_words}
    korean = reading.korean
    return frozenset({stem for stem in stems if len(stem) > 1} | {korean[at : at + 2] for at in range(len(korean) - 1)})


def texts_by_archetype(content: Content) -> Iterator[tuple[str, str, float]]:
    """Every text that content ties to an archetype: text, archetype, what it counts."""
    for question in content.questions.values():
        for archetype, counted in zip(question.archetypes, BY_PLACE, strict=False):
            for text in (str(question.text), *question.wordings):
                yield text, archetype, counted
    for family in content.retrieval_families.values():
        for archetype in family.archetypes:
            for asked in family.asked_as:
                yield str(asked), archetype, FAMILY
    for kind in content.archetypes.values():
        template = kind.template
        own = (kind.name, kind.probes, kind.story_shape, kind.tie_in.text)
        for part in (*own, template.situation, template.task, template.action, template.result):
            yield str(part), kind.id, 1.0
    for crosswalk in content.crosswalk.values():
        for name in crosswalk.archetypes:
            for part in (crosswalk.name, crosswalk.why):
                yield str(part), name, CROSSWALK
    for cues in content.archetype_cues.values():
        for wording in cues.asked_as:
            yield wording, cues.archetype, ASKED
