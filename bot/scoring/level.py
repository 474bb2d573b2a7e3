"""The level that the evidence supports, as a band, with a quote for each of the five signals of S3.1.

What counts is what was done and left behind, not the speaker's title. L6 language (S3.6) counts only in a sentence that
holds substance: a figure, a choice with its reason, or somebody else's changed work.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.scoring.doc import Doc, Sentence
from bot.scoring.facts import Facts
from bot.scoring.report import LEVELS, LevelEstimate, Signal, SignalName
from bot.scoring.rubric import Rubric

LOWEST = 3.0
HIGHEST = 7.0
SCOPES = ("scope_7", "scope_6", "scope_5", "scope_4")
SIGNALS: dict[SignalName, tuple[str, ...]] = {
    "scope": SCOPES,
    "ambiguity": ("ambiguity_signal",),
    "impact": (),
    "leadership": ("influence_signal", "mentorship_signal"),
    "learning": (),
}


@dataclass(frozen=True, slots=True)
class _Shown:
    sentence: Sentence
    level: int


def estimate(doc: Doc, facts: Facts, flags: frozenset[str], rubric: Rubric) -> LevelEstimate:
    """The level of a behavioural answer, the band around it, and the distance to the target level."""
    value = sum(rubric.level.get(name, 0.0) * amount for name, amount in features(doc, facts, flags).items())
    value = min(HIGHEST, max(LOWEST, value))
    level = _name(value)
    target = doc.answer.target_level if doc.answer.target_level in LEVELS else None
    return LevelEstimate(
        level=level,
        low=_name(value - rubric.level["band"]),
        high=_name(value + rubric.level["band"]),
        signals=tuple(_signal(name, doc, facts, level) for name in SIGNALS),
        target=target,
        distance=LEVELS.index(level) - LEVELS.index(target) if target else None,
    )


def features(doc: Doc, facts: Facts, flags: frozenset[str]) -> dict[str, float]:
    """What the level is made of; each from 0 to 1."""
    story = [s for s in doc.sentences if s.label != "O"]

    def spread(name: str, full: int) -> float:
        return min(1.0, sum(s.has(name) for s in story) / full)

    return {
        "base": 1.0,
        "scope_5": spread("scope_5", 2),
        "scope_6": spread("scope_6", 1),
        "scope_6_wide": spread("scope_6", 3),
        "scope_7": spread("scope_7", 1),
        "scope_7_wide": spread("scope_7", 3),
        "ambiguity": spread("ambiguity_signal", 2),
        "influence": spread("influence_signal", 2),
        "mentorship": spread("mentorship_signal", 3),
        "junior": spread("junior_signal", 1),
        "l6_language": min(1.0, sum(s.has("l6_language") and _substance(s) for s in story) / 2),
        "durable": min(1.0, (facts.durable + facts.adoption) / 3),
        "tension": min(1.0, (facts.tension + facts.obstacles) / 6),
        "reasons": min(1.0, (facts.rationale + facts.options) / 6),
        "checks": min(1.0, facts.evidence_checks / 3),
        "own": min(1.0, (facts.own + facts.bare) / 5),
        "result": float(facts.result_sentences > 0),
        "metric": float(facts.outcome_numbers > 0),
        "learning": float(facts.learning >= 2),
        "applied_lesson": float(facts.learning >= 3),
        "length": min(1.0, facts.words / 300),
        "nothing_told": float(bool(flags & {"vague", "hypothetical"})),
        "blame": float(bool(flags & {"blames_others", "escalates_first", "self_righteous"})),
    }


def _name(value: float) -> str:
    return LEVELS[round(min(HIGHEST, max(LOWEST, value))) - 3]


def _substance(sentence: Sentence) -> bool:
    told = sentence.has("rationale", "options", "adoption", "durable", "scope_5", "scope_6")
    return told or bool(sentence.quantities)


def _signal(name: SignalName, doc: Doc, facts: Facts, level: str) -> Signal:
    """The sentence that shows a signal best, with the level it speaks for where the signal has one of its own."""
    story = [s for s in doc.sentences if s.label != "O"]
    shown: _Shown | None = None
    if name == "impact":
        measured = [s for s in story if s.label == "R" and s.outcome_numbers()] or list(doc.of("R"))
        shown = _Shown(max(measured, key=lambda s: s.outcome_numbers()), 0) if measured else None
    elif name == "learning":
        lessons = list(doc.of("L"))
        shown = _Shown(max(lessons, key=lambda s: (s.has("now_practice"), len(s.words))), 0) if lessons else None
    else:
        for names in SIGNALS[name]:
            sentence = next((s for s in story if s.has(names)), None)
            if sentence is not None:
                shown = _Shown(sentence, int(names[-1]) if name == "scope" else 0)
                break
    if shown is None:
        return Signal(name, None, None)
    return Signal(name, f"L{shown.level}" if shown.level else level, doc.quote(shown.sentence))
