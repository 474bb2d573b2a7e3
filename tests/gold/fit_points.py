# ruff: noqa: T201
"""Fits the weights of the evidence for key points: logistic regression held near zero, each weight with its sign.

usage: python -m tests.gold.fit_points [--write]

The points of our bank (`known`) are fitted on the answers that may be looked at; those of anybody (`typed`) on all
points there, as if nothing were known of them. Prints F1 with every question held out in turn and every file held out in
turn, and on the half of `writer_c.jsonl` that is never looked at. Without chance: the same answers give the same weights.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from bot.scoring import Answer
from bot.scoring.engine import read_labelled
from bot.scoring.knowledge import KnownPoints
from bot.scoring.points import evidences
from bot.scoring.rubric import Rules
from content.rules import FOLDER, load_rules

HERE = Path(__file__).parent
FILES = ("dev.jsonl", "own.jsonl", "writer_a.jsonl", "writer_b.jsonl", "writer_c.jsonl")
SIGNS = {
    "known": {"base": 0, "said": 1, "words": 1, "many_words": 1, "hollow": -1, "length": 1},
    "typed": {"base": 0, "share": 1, "half": 1, "met": 1, "hollow": -1, "length": 1},
}
PENALTY = 0.02
STEPS = 4000
RATE = 0.5
Sample = tuple[str, str, dict[str, float], bool]
"""File, question, figures, and whether the point is covered."""


def held_out(item: dict[str, Any]) -> bool:
    """Whether an answer belongs to the half of `writer_c.jsonl` that is only measured."""
    return str(item["id"]).startswith("wc") and int(item["id"][2:]) % 2 == 0


def situational(file: str) -> Iterator[dict[str, Any]]:
    """The situational answers of a file."""
    for line in (HERE / file).read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        if item["kind"] == "situational":
            yield item


def samples(rules: Rules, table: str, hidden: bool) -> list[Sample]:
    """All points of the answers that are held out (`hidden`) or not, as the evidence of `table` sees them."""
    if table == "typed":
        rules = replace(rules, known=replace(rules.known, points=KnownPoints().points))
    found: list[Sample] = []
    for file in FILES:
        for item in situational(file):
            if held_out(item) != hidden:
                continue
            doc = read_labelled(Answer(item["text"], "situational", item["question"], tuple(item["points"])), rules)
            for evidence, covered in zip(evidences(doc, rules), item["points"].values(), strict=True):
                if evidence.known == (table == "known"):
                    figures = dict(evidence.figures) | {"none": float(evidence.sentence is None)}
                    found.append((file, item["question"], figures, bool(covered)))
    return found


def fit(rows: Sequence[Sample], table: str) -> dict[str, float]:
    """Weights that keep their sign."""
    names = list(SIGNS[table])
    x = np.array([[row[2][name] for name in names] for row in rows])
    y = np.array([float(row[3]) for row in rows])
    free = np.array([float(name != "base") for name in names])
    sign = np.array([SIGNS[table][name] for name in names])
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-x @ weights))
        weights -= RATE * (x.T @ (likely - y) / len(y) + PENALTY * free * weights)
        weights = np.where((sign != 0) & (weights * sign < 0), 0.0, weights)
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}


def likelihoods(rows: Sequence[Sample], weights: dict[str, float]) -> list[float]:
    """How likely each point is covered; nothing to quote is not covered."""
    sums = [sum(weights[name] * row[2][name] for name in weights) for row in rows]
    return [0.0 if row[2]["none"] else float(1 / (1 + np.exp(-s))) for row, s in zip(rows, sums, strict=True)]


def f1(rows: Sequence[Sample], likely: Sequence[float], least: float) -> float:
    """F1 of the points covered."""
    hit = sum(p >= least and row[3] for row, p in zip(rows, likely, strict=True))
    wrong = sum((p >= least) != row[3] for row, p in zip(rows, likely, strict=True))
    return 2 * hit / (2 * hit + wrong) if hit else 0.0


def crossed(rows: Sequence[Sample], table: str, by: int) -> list[float]:
    """Likelihoods by weights that never saw the row's own file (`by` 0) or question (`by` 1)."""
    found = [0.0] * len(rows)
    for group in sorted({row[by] for row in rows}):
        weights = fit([row for row in rows if row[by] != group], table)
        inside = [n for n, row in enumerate(rows) if row[by] == group]
        for n, value in zip(inside, likelihoods([rows[n] for n in inside], weights), strict=True):
            found[n] = value
    return found


def main() -> None:
    """Print what holds out of sample; write the weights when asked."""
    rules = load_rules()
    tables: dict[str, dict[str, float]] = {}
    for table in SIGNS:
        rows, hidden = samples(rules, table, False), samples(rules, table, True)
        by_question, by_file = crossed(rows, table, 1), crossed(rows, table, 0)
        least = max((round(0.3 + 0.01 * k, 2) for k in range(31)), key=lambda t: f1(rows, by_question, t))
        weights = fit(rows, table)
        tables[table] = weights | {"least": least}
        print(f"{table}: {len(rows)} points, least {least}, weights {weights}")
        print(f"  questions held out {f1(rows, by_question, least):.3f}  files held out {f1(rows, by_file, least):.3f}")
        print(f"  fitted {f1(rows, likelihoods(rows, weights), least):.3f}")
        for file in FILES:
            own = [(row, p) for row, p in zip(rows, by_question, strict=True) if row[0] == file]
            if own:
                print(f"    {file:16} {f1([r for r, _ in own], [p for _, p in own], least):.3f} of {len(own)}")
        print(f"  never looked at {f1(hidden, likelihoods(hidden, weights), least):.3f} of {len(hidden)}")
    if "--write" in sys.argv:
        write(tables)


def write(tables: dict[str, dict[str, float]]) -> None:
    """Replace the tables of the weights file, its opening kept."""
    file = FOLDER / "point_weights.yaml"
    opening = file.read_text(encoding="utf-8").partition("known:\n")[0]
    body = "".join(
        f"{table}:\n" + "".join(f"  {name}: {weight:g}\n" for name, weight in weights.items())
        for table, weights in tables.items()
    )
    file.write_text(opening + body, encoding="utf-8")


if __name__ == "__main__":
    main()
