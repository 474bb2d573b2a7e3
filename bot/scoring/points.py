"""Key points of a situational question: which of them an answer covers, and with which words.

The evidence for a point is a handful of figures from 0 to 1, weighed by a fitted logistic model. A point of our bank is
known by its text and looked for in the ways people say it (`knowledge`); any other by its own words (`point_words`).
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from bot.scoring.denials import Denials, Row
from bot.scoring.doc import Doc, KeyPoint
from bot.scoring.knowledge import Heard, Knowledge, KnownPoints, hear
from bot.scoring.lexer import lex
from bot.scoring.lexicon import Lexicon
from bot.scoring.point_words import Said, best_met, stems_of
from bot.scoring.report import PointCover
from bot.scoring.rubric import Rules

MASKED = "\N{MIDDLE DOT}"
"""Stands where a word was denied; no stem of any word."""
FULL_WORDS = 1.25
MANY_WORDS = 2.5
"""Weight of the words of a point's vocabulary in one sentence from which on these two figures are full."""
OTHERS = 0.5
"""What the words of a sentence speak for one point where a line says that it makes another."""
FULL_MET = 3.0
FULL_LENGTH = 200
"""Words of an answer from which on its length says nothing more."""
SURE = 0.5
"""Share of a point from which on it counts as met in words, were there nothing else."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a point, by name, and the number of the sentence that says it best; None where nothing does."""

    known: bool
    figures: Mapping[str, float]
    sentence: int | None


def content_stems(text: str, lexicon: Lexicon) -> frozenset[str]:
    """The stems of a point's text that say something; by them a point of the bank is known again."""
    words = [t.word for t in lex(text.lower(), lexicon.spelling) if t.kind != "mark"]
    return frozenset(stems_of((w for w in words if w not in lexicon.stop_words), lexicon))


def cover(doc: Doc, rules: Rules) -> tuple[PointCover, ...]:
    """For each point of the answer's question whether it is covered, with the words that cover it."""
    found = []
    for point, evidence in zip(doc.answer.key_points(), evidences(doc, rules), strict=True):
        weights = rules.known.weights["known" if evidence.known else "typed"]
        covered = evidence.sentence is not None and _likely(evidence.figures, weights) >= weights["least"]
        quote = doc.quote(doc.sentences[evidence.sentence]) if covered and evidence.sentence is not None else None
        found.append(PointCover(point.text, covered, quote))
    return tuple(found)


def evidences(doc: Doc, rules: Rules) -> tuple[Evidence, ...]:
    """What speaks for each point of the answer's question."""
    points = doc.answer.key_points()
    if not points:
        return ()
    page = _Page.of(doc, points, rules)
    knowledge = [rules.known.of(content_stems(point.text, doc.lexicon)) for point in points]
    heard = [Heard() if known is None else hear(page.row, known, page.denials) for known in knowledge]
    typed = _Typed.of(page, rules) if None in knowledge else None
    found = []
    for number, (point, known) in enumerate(zip(points, knowledge, strict=True)):
        taken = {sentence for other, one in enumerate(heard) if other != number for sentence in one.said}
        if known is not None:
            found.append(page.of_known(known, heard[number], taken, rules.known))
        elif typed is not None:
            found.append(typed.of_point(point))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Page:
    """An answer read for its points: the stems of its sentences, what is denied, and figures that all points share."""

    doc: Doc
    stems: tuple[tuple[str, ...], ...]
    row: Row
    denials: Denials
    asked: frozenset[str]
    shared: Mapping[str, float]

    @classmethod
    def of(cls, doc: Doc, points: Iterable[KeyPoint], rules: Rules) -> _Page:
        stems = tuple(tuple(stems_of(s.words, doc.lexicon)) for s in doc.sentences)
        row = Row.over(stems)
        denials = Denials.within(row, rules.known.denials)
        asked = content_stems(doc.answer.question, doc.lexicon)
        own = asked.union(*(content_stems(point.text, doc.lexicon) for point in points))
        hollow = [place for place in denials.hollow if row.stems[place] not in own]
        telling = {s.index for s in doc.sentences if s.substance}
        length = sum(len(s.words) for s in doc.sentences if s.substance)
        read = length + sum(len(stems[n]) for n in {row.sentences[place] for place in hollow} - telling)
        shared = {
            "base": 1.0,
            "hollow": float(len(hollow) > rules.rubric.limit("point_hollow") * read),
            "length": min(1.0, length / FULL_LENGTH),
        }
        return cls(doc, stems, row, denials, asked, shared)

    def of_known(self, knowledge: Knowledge, heard: Heard, taken: Container[int], known: KnownPoints) -> Evidence:
        """Evidence for a point of which the lines hear this; sentences `taken` say another point."""
        speaking = knowledge.vocabulary - self.asked
        words = [
            sum(known.stem_weights[stem] for stem in sorted(speaking.intersection(one)))
            * (0.0 if number in heard.void else OTHERS if number in taken and number not in heard.said else 1.0)
            for number, one in enumerate(self.stems)
        ]
        best = max(words, default=0.0)
        figures = {
            **self.shared,
            "said": float(bool(heard.said)),
            "words": min(1.0, best / FULL_WORDS),
            "many_words": min(1.0, best / MANY_WORDS),
        }
        found = heard.said[0] if heard.said else words.index(best) if best else None
        return Evidence(True, figures, None if heard.opposed else found)


@dataclass(frozen=True, slots=True)
class _Typed:
    """An answer read for points without knowledge: what each sentence says, in all and with what is denied left out."""

    page: _Page
    rules: Rules
    plain: tuple[Said, ...]
    undenied: tuple[Said, ...]

    @classmethod
    def of(cls, page: _Page, rules: Rules) -> _Typed:
        kept: list[list[str]] = [[] for _ in page.stems]
        for place, (stem, number) in enumerate(zip(page.row.stems, page.row.sentences, strict=True)):
            denied = number in page.denials.distant or page.denials.denies(place, page.row)
            kept[number].append(MASKED if denied else stem)
        plain = tuple(Said.of(stems, page.doc.lexicon) for stems in page.stems)
        undenied = (
            one if list(stems) == left else Said.of(left, page.doc.lexicon)
            for one, stems, left in zip(plain, page.stems, kept, strict=True)
        )
        return cls(page, rules, plain, tuple(undenied))

    def of_point(self, point: KeyPoint) -> Evidence:
        """Held against what is not denied, unless the point itself denies ("do not just fix it")."""
        asks = Row.over([stems_of(point.text.lower().split(), self.page.doc.lexicon)])
        denies = bool(Denials.within(asks, self.rules.known.denials).places)
        said = self.plain if denies else self.undenied
        met = best_met(point, self.page.asked, said, self.page.doc.lexicon, self.rules.rubric)
        figures = {
            **self.page.shared,
            "share": met.share,
            "half": min(1.0, met.share / SURE),
            "met": min(1.0, met.weight / FULL_MET),
            "wordings": float(bool(point.also) and met.share < 1),
        }
        return Evidence(False, figures, met.sentence)


def _likely(figures: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return 1 / (1 + math.exp(-sum(weights.get(name, 0.0) * value for name, value in figures.items())))
