"""Key points of a situational question, given in plain words, held against an answer in whatever words.

A point is split into what it asks for (content words) and where it offers alternatives (`a or b`, `a / b`) or examples
(in brackets). A word is met by the same stem, by a word or phrase of the same group of the lexicon, or by a stem one
slip away; words of the question itself and words that say little weigh less. The best window of neighbouring sentences
decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.scoring.doc import Doc, KeyPoint, Sentence
from bot.scoring.knowledge import Row, said_in
from bot.scoring.lexer import lex
from bot.scoring.lexicon import Lexicon
from bot.scoring.report import PointCover
from bot.scoring.rubric import Rubric, Rules

ALTERNATIVES = re.compile(
    r" or |/|;| rather than .*| instead of .*| not only .*|, not .*| over .*| because .*| since .*"
)
LISTING = re.compile(r",| and ")
BRACKET = re.compile(r"\(([^()]{0,300})\)")
SHORT_STEM = 6
LIST_JOINTS = 2
"""Commas and `and`s from which on a point lists things of which some are enough."""
PHRASE_MEETS = 3
"""A phrase of several words says more than one word and may meet as many terms of its group."""


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of a point: its stem, the groups it belongs to here, and how much it says."""

    stem: str
    groups: frozenset[str]
    weight: float
    slips: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Row:
    sentence: Sentence
    stems: frozenset[str]
    groups: Counter[str]


@dataclass(frozen=True, slots=True)
class _Window:
    rows: tuple[_Row, ...]
    stems: frozenset[str]
    groups: Mapping[str, int]

    @classmethod
    def over(cls, rows: Sequence[_Row]) -> _Window:
        """The window over neighbouring sentences."""
        groups = sum((row.groups for row in rows), Counter[str]())
        return cls(tuple(rows), frozenset().union(*(row.stems for row in rows)), groups)


def content_stems(text: str, lexicon: Lexicon) -> frozenset[str]:
    """The stems of a point's text that say something; by them a point of the bank is known again."""
    words = [t.word for t in lex(text.lower(), lexicon.spelling) if t.kind != "mark"]
    return frozenset(_stems((w for w in words if w not in lexicon.stop_words), lexicon))


def cover(doc: Doc, rules: Rules) -> tuple[PointCover, ...]:
    """For each point of the answer's question whether it is covered, with the words that cover it.

    A point of our bank is known by its text and looked for in the ways people say it; any other by its own words.
    """
    row = Row.over([_stems(s.words, doc.lexicon) for s in doc.sentences])
    found = []
    for point in doc.answer.key_points():
        knowledge = rules.known.of(content_stems(point.text, doc.lexicon))
        if knowledge is None:
            found.append(_by_words(doc, point, rules.rubric))
        else:
            said = said_in(row, knowledge, rules.known)
            found.append(PointCover(point.text, bool(said), doc.quote(doc.sentences[said[0]]) if said else None))
    return tuple(found)


def _by_words(doc: Doc, point: KeyPoint, rubric: Rubric) -> PointCover:
    size = int(rubric.limit("point_window"))
    rows = [_row(s, doc.lexicon) for s in doc.sentences]
    windows = [_Window.over(rows[i : i + size]) for i in range(len(rows))]
    stems = frozenset(stem for row in rows for stem in row.stems)
    asked = frozenset(_stems([t.word for t in lex(doc.answer.question, doc.lexicon.spelling)], doc.lexicon))
    return _cover_one(point, asked, stems, doc, windows, rubric)


def _cover_one(point: KeyPoint, asked: frozenset[str], stems: frozenset[str], doc: Doc, windows: Sequence[_Window],
               rubric: Rubric) -> PointCover:  # fmt: skip
    branches = [
        [replace(term, slips=_slips(term.stem, stems)) for term in branch]
        for wording in (point.text, *point.also)
        for branch in _branches(wording, asked, doc.lexicon, rubric)
    ]
    best, where = 0.0, None
    for window in windows:
        value = max((_share(branch, window, rubric) for branch in branches), default=0.0)
        if value > best + 1e-9:
            best, where = value, window
    least = rubric.limit("point_share_of_list" if len(LISTING.findall(point.text)) >= LIST_JOINTS else "point_share")
    if where is None or best < least:
        return PointCover(point.text, False, None)
    row = max(where.rows, key=lambda row: max(_share(b, _Window.over([row]), rubric) for b in branches))
    return PointCover(point.text, True, doc.quote(row.sentence))


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
    stems = _stems(words, lexicon)
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


def _stems(words: Iterable[str], lexicon: Lexicon) -> list[str]:
    return [lexicon.stems.stem(word) for word in words]


def _row(sentence: Sentence, lexicon: Lexicon) -> _Row:
    stems = _stems(sentence.words, lexicon)
    groups: Counter[str] = Counter()
    for (name, _), length in {(h.name, h.last): h.last - h.first for h in lexicon.related(stems)}.items():
        groups[name] += PHRASE_MEETS if length > 1 else 1
    return _Row(sentence, frozenset(stems), groups)


def _share(branch: Sequence[Term], window: _Window, rubric: Rubric) -> float:
    """How much of a branch a window says; what was said once meets one term of its group."""
    left = dict(window.groups)
    said = 0.0
    for term in branch:
        group = next((g for g in sorted(term.groups) if left.get(g)), None)
        if term.stem in window.stems:
            said += term.weight
        elif group is not None:
            said += term.weight * rubric.limit("point_same_group")
        elif term.slips & window.stems:
            said += term.weight * rubric.limit("point_one_slip")
        if group is not None:
            left[group] -= 1
    whole = sum(term.weight for term in branch)
    return said / whole if whole else 0.0


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
