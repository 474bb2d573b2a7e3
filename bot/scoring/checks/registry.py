"""The registry of checks: a check is a function from a looked-through answer to what it noted, with its papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.base.text import Text
from bot.scoring.doc import Answer, Asking, Doc
from bot.scoring.facts import Facts
from bot.scoring.rating import rate
from bot.scoring.report import Evidence, Finding, Kind, LevelEstimate
from bot.scoring.rubric import Rules


@dataclass(frozen=True, slots=True)
class Looked:
    """An answer with all that is known of it when the checks look: its facts, flags and level."""

    doc: Doc
    facts: Facts
    flags: frozenset[str]
    level: LevelEstimate | None
    rules: Rules

    def limit(self, name: str) -> float:
        """A threshold of the rubric."""
        return self.rules.rubric.limit(name)

    @property
    def rating(self) -> float:
        """The rating of a story, which a check may ask and never moves."""
        return rate(self.doc, self.facts, self.flags, (), self.rules.rubric)

    def asks(self, *names: str) -> bool:
        """Whether the question touches one of these phrase lists."""
        return not self.doc.asked.isdisjoint(names)


@dataclass(frozen=True, slots=True)
class Noted:
    """The words that show it, and a why of its own where the check's general one does not say enough."""

    evidence: tuple[Evidence, ...]
    why: Text | None = None


THIN = 3.0
"""Rating under which what is not heard is likely not there; above it was rather told in words that no list holds."""
GOOD = 4.0
"""Rating from which on an answer has not done what is wrong by its kind, whatever words it uses."""
FAULT_ASKED = "fault_question"
Look = Callable[[Looked], Noted | None]


@dataclass(frozen=True, slots=True)
class Check:
    """A look with its code, name for people, version, sources (rows of the content checklist), texts and examples."""

    code: str
    name: Text
    version: int
    sources: tuple[str, ...]
    why: Text
    advice: Text
    examples: tuple[Answer, ...]
    counterexamples: tuple[Answer, ...]
    kinds: tuple[Kind, ...]
    look: Look

    @property
    def id(self) -> str:
        """The name under which findings refer to the check."""
        return f"check.{self.code}"


_CHECKS: dict[str, Check] = {}


def check(
    *,
    code: str,
    name: Text,
    version: int,
    source: tuple[str, ...],
    why: Text,
    advice: Text,
    examples: tuple[Answer, ...],
    counterexamples: tuple[Answer, ...],
    kinds: tuple[Kind, ...] = ("behavioral",),
) -> Callable[[Look], Look]:
    """Register a look under a code of its own; `ValueError` for one that is taken.

    `examples` are answers in which it must note something, `counterexamples` in which it must not; both run as tests.
    """
    if code in _CHECKS:
        raise ValueError(f"{code!r} is taken")

    def register(look: Look) -> Look:
        _CHECKS[code] = Check(code, name, version, source, why, advice, examples, counterexamples, kinds, look)
        return look

    return register


def all_checks() -> tuple[Check, ...]:
    """Every check, in the order in which they are told."""
    return tuple(_CHECKS.values())


def look(looked: Looked) -> tuple[Finding, ...]:
    """What the checks note in an answer of their kind, in the order in which they are told."""
    if looked.doc.answer.asking != Asking() or looked.asks(FAULT_ASKED):
        looked = replace(looked, doc=_with_asked_phrases(looked.doc))
    found = []
    for one in all_checks():
        noted = one.look(looked) if looked.doc.answer.kind in one.kinds else None
        if noted is not None:
            why = noted.why or one.why
            found.append(
                Finding(one.code, one.id, one.version, "minor", noted.evidence[:3], why, one.advice, one.sources)
            )
    return tuple(found)


def _with_asked_phrases(doc: Doc) -> Doc:
    """The answer with the phrases that count only where it is known what was asked for."""
    sentences = []
    for sentence in doc.sentences:
        hits = dict(sentence.hits)
        for hit in doc.lexicon.asked_for(sentence.words):
            hits[hit.name] = (*hits.get(hit.name, ()), hit)
        sentences.append(replace(sentence, hits=hits))
    return replace(doc, sentences=tuple(sentences))
