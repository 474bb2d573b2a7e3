# ruff: noqa: T201
"""Measures the engine as a stranger would find it: what is fitted is fitted without the writer it is tried on.

usage: python -m tests.gold.held_out

Sentence labels, weights and thresholds of the flags, and the weights of rating and level are fitted anew for every
writer, on the answers of all others (some minutes). The phrase lists have seen all writers, which no fitting undoes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.scoring import level, rating
from bot.scoring.facts import facts
from bot.scoring.points import cover
from bot.scoring.rubric import Rules
from bot.scoring.rules import find
from bot.scoring.signs import SIGNS
from content.rules import load_rules
from tests.gold import fit_flags, fit_scores
from tests.gold.evaluate import measure
from tests.gold.fit_flags import Told

KEYS = (
    "rating_qwk", "segment_macro_f1", "flag_micro_f1", "flag_surface_f1", "flag_semantic_f1",
    "false_flags_per_strong_answer", "level_qwk", "points_f1",
)  # fmt: skip


def without(one: str, answers: list[Told], defined: list[Told], rules: Rules) -> Rules:
    """The rules with weights of flags, rating and level from the answers of all writers but one."""
    others = [a for a in answers if a.who != one]
    flags = {code: fit_flags.fitted(code, others + defined) for code in SIGNS}
    rubric = replace(rules.rubric, flags=flags)
    rows: dict[str, list[fit_scores.Row]] = {"rating": [], "level": []}
    for a in others:
        if a.item["kind"] == "behavioral":
            found = frozenset(f.code for f in find(a.doc, a.facts, replace(a.rubric, flags=flags)))
            rows["rating"].append((a.who, rating.features(a.doc, a.facts, found), float(a.item["rating"])))
            rows["level"].append((a.who, level.features(a.doc, a.facts, found), float(a.item["level"][1])))
    for table, free in fit_scores.PRIOR.items():
        present = getattr(rubric, table)
        weights = fit_scores.fit(rows[table], free, fit_scores.PENALTY[table])
        weighed = {n: w for n, w in present.items() if n not in free} | weights
        rubric = replace(rubric, rating=weighed) if table == "rating" else replace(rubric, level=weighed)
    return replace(rules, rubric=rubric)


def predicted(a: Told, rules: Rules) -> dict[str, Any]:
    """What the engine says of one answer, in the format of `evaluate.py`."""
    rubric = replace(rules.rubric, emissions=a.rubric.emissions, transitions=a.rubric.transitions)
    points = cover(a.doc, rules) if a.item["kind"] == "situational" else ()
    known = facts(a.doc, points, rubric)
    flags = frozenset(f.code for f in find(a.doc, known, rubric))
    said = {"rating": rating.rate(a.doc, known, flags, points, rubric), "flags": sorted(flags)}
    if a.item["kind"] == "situational":
        return said | {"points": {p.point: p.covered for p in points}}
    spans = [(*a.doc.mapped.raw(s.start, s.end), s.label) for s in a.doc.sentences]
    return said | {
        "level": level.estimate(a.doc, known, flags, rubric).level,
        "segments": [{"start": start, "end": end, "label": label} for start, end, label in spans],
    }


def main() -> None:
    """Print every measure for each writer and for all of them."""
    rules = load_rules()
    answers = fit_flags.told(rules)
    defined = fit_flags.defined(rules)
    said: dict[str, dict[str, Any]] = {}
    for one in sorted({a.who for a in answers}):
        own = [a for a in answers if a.who == one]
        fitted = without(one, answers, defined, rules)
        said |= {a.item["id"]: predicted(a, fitted) for a in own}
        show(one, [a.item for a in own], said)
    flags = show("all", [a.item for a in answers], said)
    for code, (right, false, missed) in sorted(flags.items()):
        print(f"{code:18} right {right} false {false} missed {missed}")


def show(name: str, items: list[dict[str, Any]], said: dict[str, dict[str, Any]]) -> dict[str, list[int]]:
    """Print a row of the table; the counts of each flag."""
    values, flags = measure(items, said)
    print(f"{name:16} " + " ".join(f"{key} {values[key]:.3f}" for key in KEYS))
    return flags


if __name__ == "__main__":
    main()
