# ruff: noqa: T201
"""Fits the weights of the rating and of the level: ridge regression held near a prior, each weight with its sign.

usage: python -m tests.gold.fit_scores [--write]

Prints the quadratic weighted kappa with every writer's answers held out in turn; with `--write` fits on all answers and
replaces the two tables in `content/scoring/rubric.yaml`. A weight whose prior is positive never turns negative and the
other way round, so that what an interviewer values never costs. No chance is involved.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import numpy as np

from bot.scoring import level, rating
from bot.scoring.doc import Answer
from bot.scoring.engine import read_labelled
from bot.scoring.facts import facts
from bot.scoring.rubric import Rules
from bot.scoring.rules import find
from content.rules import FOLDER, load_rules
from tests.gold.evaluate import LEVELS, RATINGS, nearest, qwk
from tests.gold.fit_labels import FILES, writer

HERE = Path(__file__).parent
PENALTY = {"rating": 3.0, "level": 4.0}
STEPS = 20000
PRIOR: dict[str, dict[str, float]] = {
    "rating": {
        "base": 1, "result": 0.5, "metric": 0.6, "two_metrics": 0.2, "learning": 0.5, "applied_lesson": 0.2,
        "own": 0.4, "tension": 0.4, "rationale": 0.5, "checks": 0.2, "others": 0.2, "length": 0.6,
        "numbers": 0.2, "flag:vague": -1, "flag:hypothetical": -1, "flag:no_rationale": -0.4,
        "flag:blames_others": -0.8, "flag:self_righteous": -0.5, "flag:hero": -0.5,
        "flag:escalates_first": -0.3, "flag:we_over_i": -0.4, "flag:passive_action": -0.6,
        "flag:long_setup": -0.3, "flag:too_long": -0.2,
    },
    "level": {
        "base": 3, "scope_5": 0.3, "scope_6": 0.7, "scope_6_wide": 0.8, "scope_7": 0.5, "scope_7_wide": 0.8,
        "ambiguity": 0.1, "influence": 0.3, "mentorship": 0.1, "junior": -0.5, "l6_language": 0.3,
        "durable": 0.2, "tension": 0.3, "reasons": 0.3, "checks": 0.1, "own": 0.2, "metric": 0.2,
        "applied_lesson": 0.2, "length": 0.2, "nothing_told": -0.7, "blame": -0.4,
    },
}  # fmt: skip
Row = tuple[str, dict[str, float], float]


def rows(rules: Rules) -> dict[str, list[Row]]:
    """Features and gold values of all behavioural answers, by table."""
    found: dict[str, list[Row]] = {"rating": [], "level": []}
    for name in FILES:
        for line in (HERE / name).read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            if item["kind"] != "behavioral":
                continue
            doc = read_labelled(Answer(item["text"], "behavioral", item["question"]), rules)
            known = facts(doc, (), rules.rubric)
            flags = frozenset(f.code for f in find(doc, known, rules.rubric))
            found["rating"].append((writer(name, item), rating.features(doc, known, flags), float(item["rating"])))
            found["level"].append((writer(name, item), level.features(doc, known, flags), float(item["level"][1])))
    return found


def fit(data: list[Row], prior: dict[str, float], penalty: float) -> dict[str, float]:
    """Weights of least squared error plus penalty on the distance to the prior, with the prior's signs."""
    names = list(prior)
    features = np.array([[values.get(name, 0.0) for name in names] for _, values, _ in data])
    gold = np.array([each for *_, each in data])
    start = np.array([prior[name] for name in names])
    lowest = np.array([-np.inf if name == "base" or prior[name] < 0 else 0.0 for name in names])
    highest = np.array([np.inf if name == "base" or prior[name] >= 0 else 0.0 for name in names])
    rate = 1 / (np.linalg.norm(features, 2) ** 2 + penalty)
    weights = start.copy()
    for _ in range(STEPS):
        slope = features.T @ (features @ weights - gold) + penalty * (weights - start)
        weights = np.clip(weights - rate * slope, lowest, highest)
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}


def value(weights: dict[str, float], values: dict[str, float], table: str) -> float:
    """What the engine would print for these features."""
    raw = sum(weights[n] * values.get(n, 0.0) for n in weights)
    return nearest(min(5.0, max(1.0, raw))) if table == "rating" else min(7.0, max(3.0, float(round(raw))))


def agreement(pairs: list[tuple[float, float]], table: str) -> float:
    """Quadratic weighted kappa on the table's scale."""
    if table == "rating":
        return qwk(pairs, RATINGS)
    return qwk([(f"L{a:.0f}", f"L{b:.0f}") for a, b in pairs], LEVELS)


def main() -> None:
    """Print the cross-validated agreement; write the weights when asked."""
    rules = load_rules()
    data = rows(rules)
    for table, free in PRIOR.items():
        present = rules.rubric.rating if table == "rating" else rules.rubric.level
        fixed = {n: w for n, w in present.items() if n not in free}
        before = [(gold, value(free, values, table)) for _, values, gold in data[table]]
        pairs = {}
        for one in sorted({who for who, _, _ in data[table]}):
            weights = fit([row for row in data[table] if row[0] != one], free, PENALTY[table])
            pairs[one] = [(gold, value(weights, values, table)) for who, values, gold in data[table] if who == one]
        weights = fit(data[table], free, PENALTY[table])
        after = [(gold, value(weights, values, table)) for _, values, gold in data[table]]
        every = [pair for some in pairs.values() for pair in some]
        print(
            f"{table}: prior alone {agreement(before, table):.3f}  writers held out {agreement(every, table):.3f}  "
            f"fitted {agreement(after, table):.3f}"
        )
        for one, some in pairs.items():
            print(f"  held out {one:16} {agreement(some, table):.3f} of {len(some)} answers")
        if "--write" in sys.argv:
            write(FOLDER / "rubric.yaml", table, weights | fixed)


def write(file: Path, table: str, weights: dict[str, float]) -> None:
    """Replace one table of the rubric."""
    text = file.read_text(encoding="utf-8")
    lines = "".join(f"  {name}: {weight:g}\n" for name, weight in weights.items())
    file.write_text(re.sub(rf"(?m)^{table}:\n(?:  .*\n)+", f"{table}:\n{lines}", text), encoding="utf-8")


if __name__ == "__main__":
    main()
