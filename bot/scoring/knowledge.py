"""What is known of single key points: the ways people say them, and what only sounds like them.

A line is a phrase pattern or several that stand near one another: `a . b` is a and soon b, `a .. b` is a and then b in
the same sentence, `a & b` is both, in any order, within some words, `a && b` within a few sentences. Patterns are
matched over stems. A match that is denied ("I would not ...") or told at a distance ("people talk of ...") is none,
unless the line itself holds the denial.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from types import MappingProxyType

from bot.scoring.denials import Denials, Row
from bot.scoring.lexicon import PhraseTree, Tree, slots, walk

TOGETHER = re.compile(r" (&&?) ")
IN_ORDER = re.compile(r" (\.\.?) ")
TOGETHER_REACH = {"&": 14, "&&": 45}
"""Words at most between what these joints join, in any order."""
ORDER_REACH = {".": 3, "..": 7}
"""Words at most between what these joints join, in this order."""
NEIGHBOURS = 14
"""Matches looked at before a place, so that the cost stays linear."""
SAME_POINT = 0.75
"""Share of words in common from which on two texts ask for the same point."""

NOTHING_NAMED: Mapping[str, Sequence[str]] = MappingProxyType({})

Span = tuple[int, int]
Chain = tuple[tuple[str, int], ...]
"""Patterns that follow one another, each with the words at most between it and the one before."""
Line = tuple[tuple[Chain, int], ...]
"""Chains, each with the words at most between it and the first."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The lines that say a point, and one tree with their patterns.

    `against` voids the sentence it stands in; `contrary` says the opposite and voids the whole answer. Where a point is
    not `deniable`, denials belong to it ("the data must not leave the house"). `vocabulary` are the stems of all that
    says it.
    """

    said: tuple[Line, ...]
    against: tuple[Line, ...]
    contrary: tuple[Line, ...]
    deniable: bool
    vocabulary: frozenset[str]
    tree: Tree = field(repr=False, compare=False)

    @classmethod
    def of(cls, said: Iterable[str], against: Iterable[str] = (), contrary: Iterable[str] = (), deniable: bool = True,
           words: Iterable[str] = (), named: Mapping[str, Sequence[str]] = NOTHING_NAMED,
           silent: frozenset[str] = frozenset()) -> Knowledge:  # fmt: skip
        """Knowledge of lines whose words are stems; `<name>` in a line is any of `named[name]`; `words` are stems that
        speak for the point beside those of its lines, `silent` are words of no vocabulary.

        Raises `ValueError` for an unknown name or a pattern that is none.
        """
        covers, voids, opposes = (tuple(map(_line, lines)) for lines in (said, against, contrary))
        parts = {part for line in (*covers, *voids, *opposes) for chain, _ in line for part, _ in chain}
        patterns = {part: _patterns(part, named) for part in sorted(parts)}
        speaking = {part for line in covers for chain, _ in line for part, _ in chain}
        stems = {word for part in speaking for pattern in patterns[part] for word in _words(pattern)}
        return cls(covers, voids, opposes, deniable, frozenset({*stems, *words}) - silent, PhraseTree().build(patterns))


@dataclass(frozen=True, slots=True)
class KnownPoints:
    """All points with knowledge, by the stems of each of their texts.

    `denials` holds the phrases of `bot.scoring.denials`; `weights` are those of the evidence for a point, `known` and
    `typed`; `stem_weights` say how much a word of a vocabulary says: less where it speaks for many points.
    """

    version: str = ""
    points: Mapping[frozenset[str], Knowledge] = field(default_factory=dict)
    stem_weights: Mapping[str, float] = field(repr=False, default_factory=dict)
    denials: Tree = field(repr=False, compare=False, default_factory=dict)
    weights: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def of(self, words: frozenset[str]) -> Knowledge | None:
        """The knowledge of the point whose text has (nearly) these stems; None for a point of another's making."""
        exact = self.points.get(words)
        if exact is not None or not words:
            return exact
        close = [known for known in self.points if _alike(known, words) >= SAME_POINT]
        return self.points[max(close, key=lambda known: (_alike(known, words), sorted(known)))] if close else None


@dataclass(frozen=True, slots=True)
class Heard:
    """What the lines of a point hear in an answer: sentences that say it, in the order of the lines, sentences that are
    void for it, and whether the answer says the opposite."""

    said: tuple[int, ...] = ()
    void: frozenset[int] = frozenset()
    opposed: bool = False


def hear(row: Row, knowledge: Knowledge, denials: Denials) -> Heard:
    """What an answer says of a point; one that says the opposite says it nowhere."""
    spans: dict[str, list[Span]] = {}
    for hit in walk(knowledge.tree, row.stems):
        spans.setdefault(hit.name, []).append((hit.first, hit.last))

    def meant(lines: Iterable[Line], deniable: bool = True) -> Iterable[int]:
        for line in lines:
            for match in _matches(line, spans, row):
                own = frozenset(place for first, last in match for place in range(first, last))
                if not deniable or not any(denials.denies(first, row, own) for first, _ in match):
                    yield row.sentences[match[0][0]]

    void = denials.distant.union(meant(knowledge.against))
    if any(True for _ in meant(knowledge.contrary)):
        return Heard(void=void, opposed=True)
    return Heard(tuple(number for number in meant(knowledge.said, knowledge.deniable) if number not in void), void)


def _line(text: str) -> Line:
    first, *rest = TOGETHER.split(text)
    others = zip(rest[::2], rest[1::2], strict=True)
    return ((_chain(first), 0), *((_chain(chain), TOGETHER_REACH[joint]) for joint, chain in others))


def _chain(text: str) -> Chain:
    first, *rest = IN_ORDER.split(text)
    others = zip(rest[::2], rest[1::2], strict=True)
    return ((first.strip(), 0), *((part.strip(), ORDER_REACH[joint]) for joint, part in others))


def _patterns(part: str, named: Mapping[str, Sequence[str]]) -> list[str]:
    """The patterns a part stands for: a name alone is its whole list, within a pattern it is a slot."""
    if part.startswith("<") and part.endswith(">") and part.count("<") == 1:
        return list(_named(part[1:-1], named))
    pieces = part.split("<")
    filled = pieces[0]
    for piece in pieces[1:]:
        name, _, rest = piece.partition(">")
        filled += "{" + "|".join(flat for pattern in _named(name, named) for flat in _spelled_out(pattern)) + "}" + rest
    return [filled]


def _words(pattern: str) -> Iterable[str]:
    return (word for slot in slots(pattern) for alternative in slot for word in alternative)


def _spelled_out(pattern: str) -> Iterable[str]:
    """The phrases of a pattern one by one, so that they can stand in a slot."""
    for words in product(*slots(pattern)):
        yield " ".join(word for alternative in words for word in alternative)


def _named(name: str, named: Mapping[str, Sequence[str]]) -> Sequence[str]:
    if name not in named:
        raise ValueError(f"there is no list of words named {name!r}")
    return named[name]


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)


def _matches(line: Line, spans: Mapping[str, list[Span]], row: Row) -> Iterable[tuple[Span, ...]]:
    """The places where all chains of a line stand near its first one."""
    if any(part not in spans for chain, _ in line for part, _ in chain):
        return
    first, *others = [(_chains(chain, spans, row), reach) for chain, reach in line]
    for start in first[0]:
        near = [_nearest(start, other, reach) for other, reach in others]
        if all(near):
            yield start + tuple(span for chain in near if chain for span in chain)


def _chains(chain: Chain, spans: Mapping[str, list[Span]], row: Row) -> list[tuple[Span, ...]]:
    """Where the parts of a chain follow one another, each as near as can be, within a sentence."""
    found = []
    for span in spans[chain[0][0]]:
        run = [span]
        for part, reach in chain[1:]:
            later = spans[part]
            at = bisect_left(later, (run[-1][1], 0))
            if at == len(later) or not _follows(run[-1], later[at], reach, row):
                break
            run.append(later[at])
        else:
            found.append(tuple(run))
    return found


def _follows(one: Span, other: Span, reach: int, row: Row) -> bool:
    return other[0] - one[1] <= reach and row.sentences[one[0]] == row.sentences[other[0]]


def _nearest(start: tuple[Span, ...], others: Sequence[tuple[Span, ...]], reach: int) -> tuple[Span, ...] | None:
    """A chain of `others` that stands before or after `start` within reach and shares no word with it."""
    first, last = start[0][0], start[-1][1]
    after = bisect_left(others, ((last, 0),))
    if after < len(others) and others[after][0][0] - last <= reach:
        return others[after]
    for other in reversed(others[max(0, after - NEIGHBOURS) : after]):
        if other[-1][1] <= first and first - other[-1][1] <= reach:
            return other
    return None
