"""A key point in plain words, as an admin types it, held against sentences in whatever words.

A point is split into what it asks for (content words) and where it offers alternatives (`a or b`, `a / b`) or examples
(in brackets). A word is met by the same stem, by a word or phrase of the same group of the lexicon, or by a stem one
slip away; words of the question itself and words that say little weigh less.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.scoring.doc import KeyPoint
from bot.scoring.lexer import lex
from bot.scoring.lexicon import Lexicon
from bot.scoring.rubric import Rubric

ALTERNATIVES = re.compile(
    r" or |/|;| rather than .*| instead of .*| not only .*|, not .*| over .*| because .*| since .*"
)
LISTING = re.compile(r",| and ")
BRACKET = re.compile(r"\(([^()]{0,300})\)")
SHORT_STEM = 6
PHRASE_MEETS = 3
"""A phrase of several words says more than one word and may meet as many terms of its group."""

OTHER_WORDING = 0.7
"""What a part of another wording counts: of many wordings one is met in part by chance."""
WHOLE = 0.95


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of a point: its stem, the groups it belongs to here, and how much it says."""

    stem: str
    groups: frozenset[str]
    weight: float
    slips: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Said:
    """The stems of one sentence or of neighbouring ones, and how much they say of each group of related words."""

    stems: frozenset[str]
    groups: Mapping[str, int]

    @classmethod
    def of(cls, stems: Sequence[str], lexicon: Lexicon) -> Said:
        """What one sentence says."""
        groups: Counter[str] = Counter()
        for (name, _), length in {(h.name, h.last): h.last - h.first for h in lexicon.related(stems)}.items():
            groups[name] += PHRASE_MEETS if length > 1 else 1
        return cls(frozenset(stems), groups)

    def with_next(self, other: Said) -> Said:
        """What two neighbouring sentences say."""
        groups = {name: self.groups.get(name, 0) + other.groups.get(name, 0) for name in (*self.groups, *other.groups)}
        return Said(self.stems | other.stems, groups)


@dataclass(frozen=True, slots=True)
class Met:
    """How much of a point is met best: its share, the weight of the words met, and the number of the sentence."""

    share: float = 0.0
    weight: float = 0.0
    sentence: int | None = None


def best_met(point: KeyPoint, asked: frozenset[str], said: Sequence[Said], lexicon: Lexicon, rubric: Rubric) -> Met:
    """The best that a sentence, alone or with the next one, meets of a point; `asked` are stems of the question."""
    stems = frozenset(stem for one in said for stem in one.stems)
    branches = [
        (k > 0, [replace(term, slips=_slips(term.stem, stems)) for term in branch])
        for k, wording in enumerate((point.text, *point.also))
        for branch in _branches(wording, asked, lexicon, rubric)
    ]
    best = Met()
    for number, one in enumerate(said):
        window = one.with_next(said[number + 1]) if number + 1 < len(said) else one
        for other, branch in branches:
            met, whole = _met(branch, window, rubric), sum(term.weight for term in branch)
            counts = OTHER_WORDING if other and met < WHOLE * whole else 1.0
            if whole and counts * met / whole > best.share + 1e-9:
                best = Met(counts * met / whole, counts * met, number)
    if best.sentence is None or best.sentence + 1 == len(said):
        return best
    alone = [max(_met(branch, said[n], rubric) for _, branch in branches) for n in (best.sentence, best.sentence + 1)]
    return replace(best, sentence=best.sentence + (alone[1] > alone[0] + 1e-9))


def stems_of(words: Iterable[str], lexicon: Lexicon) -> list[str]:
    """The stem of each word."""
    return [lexicon.stems.stem(word) for word in words]


def _branches(wording: str, asked: frozenset[str], lexicon: Lexicon, rubric: Rubric) -> list[list[Term]]:
    """The ways in which a point can be met, each as terms; without a content word there is none."""
    text = wording.lower()
    plain = BRACKET.sub(" ", text)
    plain = plain.partition(": ")[2] or plain
    parts = [part for part in ALTERNATIVES.split(plain) if part]
    whole = _terms(plain, asked, lexicon, rubric)
    branches = [whole] + [_terms(part, asked, lexicon, rubric) for part in parts]
    inside = [part for found in BRACKET.findall(text) for part in LISTING.split(found)]
    examples = [term for part in inside for term in _terms(part, asked, lexicon, rubric)]
    least = rubric.limit("point_branch_weight")
    return [b for b in [*branches, examples] if sum(t.weight for t in b) >= least] or [b for b in [whole] if b]


def _terms(text: str, asked: frozenset[str], lexicon: Lexicon, rubric: Rubric) -> list[Term]:
    words = [t.word for t in lex(text, lexicon.spelling) if t.kind != "mark"]
    stems = stems_of(words, lexicon)
    hits = lexicon.related(stems)
    found: list[Term] = []
    at = 0
    while at < len(words):
        here = [h for h in hits if h.first == at]
        last = max((h.last for h in here), default=at + 1)
        if last > at + 1 and _each_says(stems[at:last], lexicon):
            last = at + 1
        names = frozenset(h.name for h in here if h.last == last)
        if last > at + 1:
            weight = max(_weight(s, asked, lexicon, rubric) for s in stems[at:last])
            found.append(Term(" ".join(stems[at:last]), names, weight))
        elif words[at] not in lexicon.stop_words:
            found.append(Term(stems[at], names, _weight(stems[at], asked, lexicon, rubric)))
        at = last
    return found


def _each_says(stems: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether several words of a phrase say something of their own, so that each has to be met."""
    telling = (s for s in stems if s not in lexicon.generic and s not in lexicon.stop_words)
    return sum(bool(lexicon.related([s])) for s in telling) >= 2


def _weight(stem: str, asked: frozenset[str], lexicon: Lexicon, rubric: Rubric) -> float:
    weight = rubric.limit("point_generic") if stem in lexicon.generic or stem in lexicon.stop_words else 1.0
    return min(weight, rubric.limit("point_asked")) if stem in asked else weight


def _met(branch: Sequence[Term], said: Said, rubric: Rubric) -> float:
    """The weight of the words of a branch that are said; what was said once meets one term of its group."""
    left = dict(said.groups)
    met = 0.0
    for term in branch:
        group = next((g for g in sorted(term.groups) if left.get(g)), None)
        if term.stem in said.stems:
            met += term.weight
        elif group is not None:
            met += term.weight * rubric.limit("point_same_group")
        elif term.slips & said.stems:
            met += term.weight * rubric.limit("point_one_slip")
        if group is not None:
            left[group] -= 1
    return met


def _slips(stem: str, stems: frozenset[str]) -> frozenset[str]:
    """The stems of the answer that are one slip of the pen away from a long stem."""
    if len(stem) < SHORT_STEM or stem in stems:
        return frozenset()
    close = (s for s in stems if s[0] == stem[0] and abs(len(s) - len(stem)) <= 1)
    return frozenset(s for s in close if one_slip(stem, s))


def one_slip(one: str, other: str) -> bool:
    """Whether one insertion, deletion, exchange or swap turns one word into the other."""
    head = 0
    while head < min(len(one), len(other)) and one[head] == other[head]:
        head += 1
    tail_one, tail_other = one[head:], other[head:]
    if len(tail_one) == len(tail_other):
        swapped = tail_one[:2] == tail_other[:2][::-1] and tail_one[2:] == tail_other[2:]
        return tail_one[1:] == tail_other[1:] or swapped
    longer, shorter = sorted((tail_one, tail_other), key=len, reverse=True)
    return longer[1:] == shorter
