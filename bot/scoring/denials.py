"""What turns words round: denials, distance ("people talk of ..."), and hollow words that say nothing by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.scoring.lexicon import Tree, walk

DENIAL_REACH = 3
"""Words before a place in which a denial turns it round."""


@dataclass(frozen=True, slots=True)
class Row:
    """The stems of an answer one after the other, and the number of the sentence each stands in."""

    stems: tuple[str, ...]
    sentences: tuple[int, ...]

    @classmethod
    def over(cls, sentences: Sequence[Sequence[str]]) -> Row:
        """The row over sentences given as stems."""
        stems = tuple(stem for sentence in sentences for stem in sentence)
        return cls(stems, tuple(i for i, sentence in enumerate(sentences) for _ in sentence))


@dataclass(frozen=True, slots=True)
class Denials:
    """Where an answer denies (`places` of the denying words), which sentences it tells at a distance, and where hollow
    words begin."""

    places: frozenset[int]
    distant: frozenset[int]
    hollow: frozenset[int]

    @classmethod
    def within(cls, row: Row, tree: Tree) -> Denials:
        """What a row holds of the phrases of `content/scoring/denials.yaml`."""
        found: dict[str, set[int]] = {"denial": set(), "no_denial": set(), "distance": set(), "hollow": set()}
        for hit in walk(tree, row.stems):
            found[hit.name].update(range(hit.first, hit.last) if hit.name == "no_denial" else [hit.first])
        distant = frozenset(row.sentences[place] for place in found["distance"])
        return cls(frozenset(found["denial"] - found["no_denial"]), distant, frozenset(found["hollow"]))

    def denies(self, place: int, row: Row, own: frozenset[int] = frozenset()) -> bool:
        """Whether an odd number of denials, those at `own` places left out, stands right before a place."""
        before = range(max(0, place - DENIAL_REACH), place)
        counted = (k in self.places and k not in own and row.sentences[k] == row.sentences[place] for k in before)
        return sum(counted) % 2 == 1
