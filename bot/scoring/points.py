"""Key points of a situational question, given in plain words, held against an answer in whatever words.

A point is split into what it asks for (content words) and where it offers alternatives (`a or b`, `a / b`) or examples
(in brackets, after commas). A word is met by the same stem, by a word of the same group of the lexicon, or by a stem one
slip away. The best window of neighbouring sentences decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.scoring.doc import Doc, Sentence
from bot.scoring.lexer import lex
from bot.scoring.lexicon import Lexicon
from bot.scoring.report import PointCover
from bot.scoring.rubric import Rubric

ALTERNATIVES = re.compile(r" or |/|;")
LISTING = re.compile(r",| and ")
BRACKET = re.compile(r"\(([^()]{0,300})\)")
SAME_GROUP = 0.85
ONE_SLIP = 0.8
WINDOW = 2


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of a point: its stem and the groups it belongs to."""

    stem: str
    groups: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Window:
    sentences: tuple[Sentence, ...]
    stems: frozenset[str]
    groups: frozenset[str]


def cover(doc: Doc, rubric: Rubric) -> tuple[PointCover, ...]:
    """For each point of the answer's question whether it is covered, with the words that cover it."""
    windows = [_window(doc.sentences[i : i + WINDOW], doc.lexicon) for i in range(len(doc.sentences))]
    return tuple(_cover_one(point, doc, windows, rubric) for point in doc.answer.points)


def _cover_one(point: str, doc: Doc, windows: Sequence[_Window], rubric: Rubric) -> PointCover:
    branches = _branches(point, doc.lexicon)
    best, where = 0.0, None
    for window in windows:
        value = max((_share(branch, window) for branch in branches), default=0.0)
        if value > best + 1e-9:
            best, where = value, window
    covered = where is not None and best >= rubric.limit("point_share")
    if not covered or where is None:
        return PointCover(point, False, None)
    return PointCover(point, True, doc.quote(_best_sentence(where, branches, doc.lexicon)))


def _branches(point: str, lexicon: Lexicon) -> list[list[Term]]:
    """The ways in which a point can be met, each as terms; without a content word there is none."""
    plain = BRACKET.sub(" ", point.lower())
    branches = [_terms(part, lexicon) for part in ALTERNATIVES.split(plain)]
    inside = [part for found in BRACKET.findall(point.lower()) for part in LISTING.split(found)]
    branches += [_terms(part, lexicon) for part in inside]
    return [branch for branch in branches if branch]


def _terms(text: str, lexicon: Lexicon) -> list[Term]:
    words = [t.word for t in lex(text, lexicon.spelling) if t.kind == "word" and t.word not in lexicon.stop_words]
    return [Term(stem, lexicon.concepts.get(stem, frozenset())) for stem in map(lexicon.stems.stem, words)]


def _window(sentences: Sequence[Sentence], lexicon: Lexicon) -> _Window:
    stems: list[str] = []
    groups: set[str] = set()
    for sentence in sentences:
        row = [lexicon.stems.stem(w) for w in sentence.words]
        stems += row
        groups.update(g for s in row for g in lexicon.concepts.get(s, ()))
        groups.update(g for pair in zip(row, row[1:], strict=False) for g in lexicon.concepts.get(" ".join(pair), ()))
    return _Window(tuple(sentences), frozenset(stems), frozenset(groups))


def _share(branch: Sequence[Term], window: _Window) -> float:
    return sum(_met(term, window) for term in branch) / len(branch)


def _met(term: Term, window: _Window) -> float:
    if term.stem in window.stems:
        return 1.0
    if term.groups & window.groups:
        return SAME_GROUP
    if len(term.stem) >= 6 and any(_one_slip(term.stem, s) for s in window.stems if abs(len(s) - len(term.stem)) <= 1):
        return ONE_SLIP
    return 0.0


def _one_slip(one: str, other: str) -> bool:
    """Whether one insertion, deletion, exchange or swap turns one word into the other."""
    if one[0] != other[0]:
        return False
    head = 0
    while head < min(len(one), len(other)) and one[head] == other[head]:
        head += 1
    tail_one, tail_other = one[head:], other[head:]
    if len(tail_one) == len(tail_other):
        return tail_one[1:] == tail_other[1:] or (
            len(tail_one) > 1 and tail_one[:2] == tail_other[1::-1] and tail_one[2:] == tail_other[2:]
        )
    longer, shorter = sorted((tail_one, tail_other), key=len, reverse=True)
    return longer[1:] == shorter


def _best_sentence(window: _Window, branches: Sequence[Sequence[Term]], lexicon: Lexicon) -> Sentence:
    def value(sentence: Sentence) -> float:
        single = _window([sentence], lexicon)
        return max(_share(branch, single) for branch in branches)

    return max(window.sentences, key=value)
