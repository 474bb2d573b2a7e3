"""How well answers were scored: labels beside predictions, item by item, and the measures over all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.evaluation.labelled import LABELS, LEVELS, RATINGS, SURFACE, LabelledAnswer
from bot.evaluation.metrics import f1, macro_f1, mean, pearson, quadratic_weighted_kappa

Prediction = Mapping[str, Any]
STRONG = 4.5
"""From this rating on an answer is strong, and a flag that is not labelled disturbs most."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One answer: pairs of (labelled, said) for all that is labelled."""

    answer: LabelledAnswer
    rating: tuple[float, float] | None
    level: tuple[str, str] | None
    labels: tuple[tuple[str, str], ...]
    by_position: tuple[tuple[str, str], ...]
    flags: tuple[frozenset[str], frozenset[str]] | None
    points: tuple[tuple[bool, bool], ...]


def compare(answer: LabelledAnswer, said: Prediction) -> Compared:
    """Put what was said beside each label that people set. What was not said counts as wrong."""
    behavioral = answer.kind == "behavioral"
    sentences = answer.sentences() if behavioral and answer.by_people("segments") else []
    wanted = [label for _, _, label in sentences]
    level = said.get("level")
    return Compared(
        answer=answer,
        rating=(answer.rating or 0.0, nearest(said.get("rating", 1))) if answer.by_people("rating") else None,
        level=(answer.level or "", level if level in LEVELS else LEVELS[0])
        if behavioral and answer.by_people("level")
        else None,
        labels=tuple(zip(wanted, (label_at(said, start, end) for start, end, _ in sentences), strict=True)),
        by_position=tuple(zip(wanted, labels_by_position(len(wanted)), strict=True)),
        flags=(frozenset(answer.flags or ()), frozenset(said.get("flags") or ()))
        if answer.by_people("flags")
        else None,
        points=tuple(zip(answer.covered.values(), _points(answer, said), strict=True))
        if not behavioral and answer.by_people("points")
        else (),
    )


def measure(compared: Sequence[Compared]) -> dict[str, float]:
    """Every measure by its name; NaN where nothing is labelled that it needs."""
    rating = [item.rating for item in compared if item.rating]
    level = [item.level for item in compared if item.level]
    points = [pair for item in compared for pair in item.points]
    apart = [abs(LEVELS.index(a) - LEVELS.index(b)) for a, b in level]
    counted = flag_counts(compared)
    return {
        "rating_qwk": quadratic_weighted_kappa(rating, RATINGS),
        "rating_r": pearson(rating),
        "rating_mae": mean(abs(a - b) for a, b in rating),
        "segment_macro_f1": macro_f1([pair for item in compared for pair in item.labels], LABELS),
        "segment_position_only": macro_f1([pair for item in compared for pair in item.by_position], LABELS),
        "flag_micro_f1": _micro(counted, counted),
        "flag_surface_f1": _micro(counted, counted.keys() & SURFACE),
        "flag_semantic_f1": _micro(counted, counted.keys() - SURFACE),
        "false_flags_per_strong_answer": mean(
            len(item.flags[1] - item.flags[0])
            for item in compared
            if item.flags and item.rating and item.rating[0] >= STRONG
        ),
        "level_qwk": quadratic_weighted_kappa(level, LEVELS),
        "level_exact": mean(distance == 0 for distance in apart),
        "level_within_one": mean(distance <= 1 for distance in apart),
        "points_accuracy": mean(wanted == said for wanted, said in points),
        "points_f1": f1(
            sum(wanted and said for wanted, said in points),
            sum(said and not wanted for wanted, said in points),
            sum(wanted and not said for wanted, said in points),
        ),
    }


def flag_counts(compared: Iterable[Compared]) -> dict[str, tuple[int, int, int]]:
    """By flag: rightly set, wrongly set, missed."""
    hit: Counter[str] = Counter()
    false: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for item in compared:
        wanted, said = item.flags or (frozenset(), frozenset())
        hit.update(wanted & said)
        false.update(said - wanted)
        missed.update(wanted - said)
    return {code: (hit[code], false[code], missed[code]) for code in sorted(hit | false | missed)}


def nearest(value: object) -> float:
    """The step of the scale of ratings that is nearest to `value`."""
    number = float(value) if isinstance(value, (int, float, str)) else RATINGS[0]
    return min(RATINGS, key=lambda rating: abs(rating - number))


def label_at(said: Prediction, start: int, end: int) -> str:
    """The label that was given to most of a stretch of the text; "?" where none was."""
    shared: Counter[str] = Counter()
    for segment in said.get("segments") or ():
        overlap = min(end, segment["end"]) - max(start, segment["start"])
        if overlap > 0:
            shared[segment["label"]] += overlap
    return max(shared, key=lambda label: shared[label]) if shared else "?"


def labels_by_position(count: int) -> list[str]:
    """The label each of `count` sentences gets when nothing but its place is known."""
    bounds = ((0.20, "S"), (0.27, "T"), (0.75, "A"), (0.92, "R"), (1.0, "L"))
    return [next(label for bound, label in bounds if (at + 0.5) / count < bound) for at in range(count)]


def _points(answer: LabelledAnswer, said: Prediction) -> list[bool]:
    """What was said of each key point, by its text; by its place where the texts are others."""
    given = said.get("points") or {}
    if isinstance(given, Mapping) and set(given) == set(answer.covered):
        return [bool(given[point]) for point in answer.covered]
    values = list(given.values()) if isinstance(given, Mapping) else list(given)
    return [bool(values[at]) if at < len(values) else False for at in range(len(answer.covered))]


def _micro(counted: Mapping[str, tuple[int, int, int]], codes: Iterable[str]) -> float:
    kept = [counted[code] for code in codes]
    return f1(sum(c[0] for c in kept), sum(c[1] for c in kept), sum(c[2] for c in kept))
