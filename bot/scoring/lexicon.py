"""The words the rules know: phrase lists, verb forms, spelling variants and groups of related words.

Filled from `content/scoring/*.yaml` by `content.rules`. Phrases are sequences of lower-case words; matching goes
through one tree of words, so its cost grows with the text and not with the number of phrases.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.scoring.report import Label
from bot.scoring.stems import Stemmer

Tree = dict[str, Any]
END = ""
"""Key of a tree node under which the names of the lists that end there stand."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found in a sentence: the list's name and the half-open range of word indices."""

    name: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every word the engine knows, with the version that a Report records.

    `everyday` are stems of words that fit any job and any story. `marks` names the lists that only rules and checks ask
    about: alone they tell nothing of a story.
    """

    version: str
    singles: Mapping[str, frozenset[str]]
    past: frozenset[str]
    participles: frozenset[str]
    base_verbs: frozenset[str]
    not_past: frozenset[str]
    spelling: Mapping[str, str]
    abbreviations: frozenset[str]
    labels: Mapping[str, Label]
    numerals: Mapping[str, float]
    number_words: Mapping[str, frozenset[str]]
    stop_words: frozenset[str]
    everyday: frozenset[str]
    generic: frozenset[str]
    stems: Stemmer
    tree: Tree = field(repr=False, compare=False, default_factory=dict)
    concept_tree: Tree = field(repr=False, compare=False, default_factory=dict)
    marks: frozenset[str] = frozenset()
    asking_tree: Tree = field(repr=False, compare=False, default_factory=dict)

    def find(self, words: Sequence[str]) -> list[Hit]:
        """All phrases in `words`, in order of their first word; overlapping phrases are all reported."""
        return walk(self.tree, words)

    def asked_for(self, words: Sequence[str]) -> list[Hit]:
        """The phrases that are looked for only where it is known what a question asks for."""
        return walk(self.asking_tree, words)

    def related(self, stems: Sequence[str]) -> list[Hit]:
        """The groups of related words that `stems` touch; names are those of the groups."""
        return walk(self.concept_tree, stems)

    def words_of(self, name: str) -> frozenset[str]:
        """The single words of one list; empty where there is none of that name."""
        return self.singles.get(name, frozenset())


def walk(tree: Tree, words: Sequence[str]) -> list[Hit]:
    """All phrases of a tree in `words`, in order of their first word."""
    hits: list[Hit] = []
    for first in range(len(words)):
        node: Tree | None = tree
        for last in range(first, len(words)):
            node = node.get(words[last]) if node else None
            if node is None:
                break
            if END in node:
                hits.extend(Hit(name, first, last + 1) for name in node[END])
    return hits


class PhraseTree:
    """Builds the tree of words from patterns; equal merges are made once, so that alternatives share their rest."""

    def __init__(self) -> None:
        self._merged: dict[tuple[int, int], Tree] = {}
        self._alive: list[Tree] = []

    def build(self, lists: Mapping[str, Iterable[str]]) -> Tree:
        """One tree for all lists; the names of the lists that end at a node stand under `END`.

        Raises `ValueError` for a pattern with unbalanced braces.
        """
        root: Tree = {}
        for name in sorted(lists):
            end = {END: (name,)}
            for pattern in lists[name]:
                for word, node in self._grow(pattern, end).items():
                    root[word] = self._merge(root[word], node) if word in root else node
        return root

    def _grow(self, pattern: str, tail: Tree) -> Tree:
        for slot in reversed(slots(pattern)):
            grown: Tree | None = None
            for alternative in slot:
                branch = tail
                for word in reversed(alternative):
                    branch = {word: branch}
                grown = branch if grown is None else self._merge(grown, branch)
            tail = grown or tail
        return tail

    def _merge(self, one: Tree, other: Tree) -> Tree:
        if one is other or not other:
            return one
        key = (id(one), id(other))
        known = self._merged.get(key)
        if known is not None:
            return known
        both = dict(one)
        for word, node in other.items():
            if word == END:
                both[END] = tuple(sorted({*both.get(END, ()), *node}))
            else:
                both[word] = self._merge(both[word], node) if word in both else node
        self._merged[key] = both
        self._alive += [one, other]
        return both


def slots(pattern: str) -> list[list[list[str]]]:
    """A pattern as slots of alternatives of words: `i {|have} {learned|learnt}` has three slots.

    Raises `ValueError` for unbalanced braces or a pattern without a word that must stand.
    """
    found: list[list[list[str]]] = []
    rest = pattern
    while rest:
        before, brace, rest = rest.partition("{")
        if "}" in before:
            raise ValueError(f"unbalanced braces in {pattern!r}")
        found += [[[word]] for word in before.split()]
        if not brace:
            break
        inside, closing, rest = rest.partition("}")
        if not closing or "{" in inside:
            raise ValueError(f"unbalanced braces in {pattern!r}")
        found.append([alternative.split() for alternative in inside.split("|")])
    if not any(all(slot) for slot in found):
        raise ValueError(f"{pattern!r} asks for no word")
    return found


def fingerprint(data: Any) -> str:
    """Eight hexadecimal digits that change with the data."""
    canonical = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=sorted)
    return hashlib.sha256(canonical.encode()).hexdigest()[:8]
