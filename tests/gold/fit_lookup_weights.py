# ruff: noqa: T201
"""Learns how people ask for each archetype, and writes `content/lookup/lookup_weights.json`.

usage: python -m tests.gold.fit_lookup_weights [--across]

`--across` writes nothing and prints, by class and by voice, how often the best archetype comes first where no text of a
query's voice was learned from. Learned from are the texts of the content and `lookup_voices.jsonl`; the other labelled
files are read for which words are plain English, apart from the queries that the look-up is measured on. One ridge
regression for all archetypes, solved in the space of the texts, on words, pairs of neighbours and parts of Korean
words; a word also speaks for what words like it speak for, so that words no text holds have weights too.
"""

from __future__ import annotations

import json
import sys
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from content.find.archetypes import ArchetypeIndex
from content.find.learned import scaled
from content.find.learned_archetypes import counted, features_of
from content.find.vocabulary import known_words
from content.loader import load_content
from content.lookup_weights import FILE, LookupWeights
from content.rules import load_rules
from content.theme_weights import HUNDREDTHS, Weighing
from tests.gold.lookup_texts import CONTENT, Asked, asked_texts, plain_words
from tests.gold.word_likeness import likeness, vectors

RIDGE = 1.0
"""What large weights cost beside a miss."""
ALIKE = 1.0
"""What a word like another counts beside the same word."""
LEAST_TEXTS = 2
"""In how many texts neighbours must stand."""
WORTH = 16.0
"""What a text that is surely of an archetype counts for it, in the worth of cues."""
LEAST_WEIGHT = 0.3
WIDTH = 110

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Read:
    """The texts in numbers: a row each of the shares of its features, and how alike the texts are."""

    rarity: dict[str, float]
    stems: list[str]
    columns: list[str]
    """The features that stand in texts; the places of the stems among them are `of_stems`."""
    of_stems: npt.NDArray[np.intp]
    shares: Matrix
    near: Matrix
    """By stem (rows) how alike the stems that stand in texts are, in the order of `of_stems`."""

    def alike(self) -> Matrix:
        """How alike the texts are: by the same features and by words that are alike; what all share is 1."""
        said = self.shares[:, self.of_stems]
        place = {stem: at for at, stem in enumerate(self.stems)}
        between = self.near[[place[self.columns[at]] for at in self.of_stems]]
        return np.asarray(self.shares @ self.shares.T + ALIKE * said @ between @ said.T + 1.0)


def main() -> None:
    """Fit and write, or measure across voices."""
    content, lexicon = load_content(), load_rules().lexicon
    names = tuple(content.archetypes)
    known = known_words(content, lexicon)
    words = plain_words(known)
    unlearned = LookupWeights(names, frozenset(words), Weighing({}, (0.0,) * len(names)))
    index = ArchetypeIndex(content, lexicon, unlearned)
    texts = asked_texts(content)
    read = _read([features_of(index.reading_of(text.text)) for text in texts], _by_stem({*known, *words}, index))
    wanted = np.array([[text.archetype == name for name in names] for text in texts]) - 1 / len(names)
    held = read.alike() + np.diag([RIDGE / text.counts for text in texts])
    if "--across" in sys.argv:
        _tell(texts, names, index, WORTH * _left_out(held, wanted, [text.voice for text in texts]))
        return
    pull = np.linalg.solve(held, wanted).astype(np.float64)
    written = {
        "archetypes": names,
        "words": textwrap.wrap(" ".join(words), WIDTH),
        "start": [round(WORTH * float(value), 3) for value in pull.sum(axis=0)],
        "features": _lines(read, pull),
    }
    FILE.write_text(json.dumps(written, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def _by_stem(words: Iterable[str], index: ArchetypeIndex) -> dict[str, list[str]]:
    """English words by their stem, both in the order of the alphabet."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in sorted(word for word in words if word.isascii() and word.isalpha()):
        found[index.stem(word)].append(word)
    return dict(sorted(found.items()))


def _read(said: Sequence[frozenset[str]], by_stem: Mapping[str, Sequence[str]]) -> Read:
    counts = Counter(feature for one in said for feature in one)
    kept = {feature for feature, count in counts.items() if count >= LEAST_TEXTS} | by_stem.keys()
    rarity = {feature: log(1 + len(said) / (1 + counts[feature])) for feature in sorted(kept)}
    columns = sorted(kept & counts.keys())
    place = {feature: at for at, feature in enumerate(columns)}
    shares = np.zeros((len(said), len(columns)))
    for row, one in zip(shares, said, strict=True):
        for feature, share in scaled(one, rarity).items():
            row[place[feature]] = share
    of_stems = np.array([at for at, feature in enumerate(columns) if feature in by_stem])
    rows = vectors(list(by_stem.values()))
    stems = list(by_stem)
    at_stem = {stem: at for at, stem in enumerate(stems)}
    near = likeness(rows, rows[[at_stem[columns[at]] for at in of_stems]])
    return Read(rarity, stems, columns, of_stems, shares, near)


def _lines(read: Read, pull: Matrix) -> list[str]:
    """A line for each feature, as `content.theme_weights.weighing` reads them."""
    own = read.shares.T @ pull
    weights = dict(zip(read.columns, own, strict=True))
    for stem, row in zip(read.stems, ALIKE * read.near @ own[read.of_stems], strict=True):
        weights[stem] = weights.get(stem, 0.0) + row
    lines = []
    for feature, rarity in read.rarity.items():
        worths = [(place, WORTH * float(weight)) for place, weight in enumerate(weights[feature])]
        pairs = [f"{place}:{round(worth * HUNDREDTHS)}" for place, worth in worths if abs(worth) >= LEAST_WEIGHT]
        lines.append(" ".join([feature, str(round(rarity * HUNDREDTHS)), *pairs]))
    return lines


def _left_out(held: Matrix, wanted: Matrix, voices: Sequence[str]) -> Matrix:
    """What is said of each text by the other voices alone, without solving anew for each."""
    inverse = np.linalg.inv(held)
    pull = inverse @ wanted
    said = np.zeros_like(wanted)
    for voice in sorted(set(voices) - {CONTENT}):
        rows = [at for at, one in enumerate(voices) if one == voice]
        said[rows] = wanted[rows] - np.linalg.solve(inverse[np.ix_(rows, rows)], pull[rows])
    return said


def _tell(texts: Sequence[Asked], names: Sequence[str], cues: ArchetypeIndex, learned: Matrix) -> None:
    """Print how often the best comes first by cues, by what was learned of other voices, and by both."""
    right: dict[str, list[tuple[bool, bool, bool]]] = defaultdict(list)
    for text, row in zip(texts, learned, strict=True):
        if text.voice == CONTENT:
            continue
        by_cues = {match.archetype.id: match.score for match in cues.rank(text.text)}
        worths = np.array([by_cues.get(name, 0.0) for name in names])
        both = worths + counted(cues.reading_of(text.text)) * row
        found = [names[int(said.argmax())] == text.archetype for said in (worths, row, both)]
        for group in (f"class {text.kind}", text.voice):
            right[group].append((found[0], found[1], found[2]))
    print(f"{'':24}{'texts':>6}{'cues':>7}{'learned':>9}{'both':>6}")
    for group, found_in in sorted(right.items()):
        shares = np.mean(found_in, axis=0)
        print(f"{group:24}{len(found_in):6}{shares[0]:7.2f}{shares[1]:9.2f}{shares[2]:6.2f}")


if __name__ == "__main__":
    main()
