"""The rating from 1 to 5 in half points: a sum of what is there and what is missing, by weights of the rubric."""

from __future__ import annotations

from collections.abc import Mapping

from bot.scoring.doc import Doc
from bot.scoring.facts import Facts
from bot.scoring.report import PointCover
from bot.scoring.rubric import Rubric


def rate(doc: Doc, facts: Facts, flags: frozenset[str], points: tuple[PointCover, ...], rubric: Rubric) -> float:
    """The rating of an answer of either kind, from 1 to 5 in half points."""
    if doc.answer.kind == "situational":
        value = _situational(doc, facts, flags, points, rubric.rating)
    else:
        value = _behavioral(features(doc, facts, flags), rubric.rating)
    return min(5.0, max(1.0, round(value * 2) / 2))


def features(doc: Doc, facts: Facts, flags: frozenset[str]) -> dict[str, float]:
    """What the rating of a behavioural answer is made of; each from 0 to 1 and none falls as the answer gains."""
    return {
        "base": 1.0,
        "result": float(facts.result_sentences > 0),
        "metric": min(1.0, facts.outcome_numbers / 1),
        "two_metrics": float(facts.outcome_numbers >= 2),
        "learning": float(facts.learning >= 2),
        "applied_lesson": float(facts.learning >= 3),
        "own": min(1.0, (facts.own + facts.bare) / 4),
        "tension": min(1.0, (facts.tension + facts.obstacles) / 4),
        "rationale": min(1.0, (facts.rationale + facts.options) / 6),
        "checks": min(1.0, facts.evidence_checks / 2),
        "others": min(1.0, (facts.credit + facts.empathy) / 2),
        "length": min(1.0, facts.words / 220),
        "numbers": min(1.0, facts.number_rate / 3),
        **{f"flag:{code}": 1.0 for code in sorted(flags)},
    }


def _behavioral(values: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in values.items())


def _situational(doc: Doc, facts: Facts, flags: frozenset[str], points: tuple[PointCover, ...],
                 weights: Mapping[str, float]) -> float:  # fmt: skip
    if points:
        covered = sum(p.covered for p in points) / len(points)
    else:
        covered = min(1.0, facts.concrete_rate / weights["situational_concrete_full"])
    value = weights["situational_base"] + weights["situational_points"] * covered
    words = sum(len(s.words) for s in doc.sentences if s.substance)
    value += weights["situational_length"] * min(1.0, words / 200)
    value += weights["situational_reasons"] * min(1.0, (facts.rationale + facts.options) / 4)
    return value + sum(weights.get(f"situational_flag:{code}", 0.0) for code in sorted(flags))
