# ruff: noqa: T201
"""Fits the weights of the evidence for key points: logistic regression held near a prior, each weight with its sign.

usage: python -m tests.gold.fit_points [--write]

The points of our bank (`known`) are fitted on the answers that may be looked at; those of anybody (`typed`) on all
points there, as if nothing were known of them. Prints F1 with every question and with every file held out in turn, and
on the half of `writer_c.jsonl` that is never looked at. Without chance: the same answers give the same weights.
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
FILES = (
    "dev.jsonl",
    "own.jsonl",
    "writer_a.jsonl",
    "writer_b.jsonl",
    "writer_c.jsonl",
    "writer_d.jsonl",
    "writer_f.jsonl",
)
PRIOR = {
    "known": {"base": -2.5, "said": 2.0, "words": 0.97, "many_words": 1.23, "hollow": -3.0, "length": 0.89},
    "typed": {"base": 0.0, "share": 0.0, "half": 0.0, "met": 0.0, "hollow": 0.0, "length": 0.0},
}
"""`known` was fitted while the lines were what had been imagined, before they were widened by answers looked at; fitted
on those answers now it would trust the lines more than they deserve. A line alone is trusted a little more than was
fitted, so that one sentence can cover a point; hollow text costs more, as hardly one such answer covers a point."""
FIXED = {"typed": {"wordings": -0.4}}
"""Where a point brings other wordings, chance finds more: measured on our bank's points as if nothing were known."""
SIGNS = {"hollow": -1, "base": 0}
"""What speaks against a point and what may do either; all else speaks for it."""
PENALTY = {"known": 0.5, "typed": 0.02}
LEAST = {"known": 0.48, "typed": 0.45}
"""The likelihood from which on a point is covered, on the flat of the curve for answers of other hands."""
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
    names = list(PRIOR[table])
    x = np.array([[row[2][name] for name in names] for row in rows])
    y = np.array([float(row[3]) for row in rows])
    held = np.array([float(name != "base" or table == "known") for name in names])
    sign = np.array([SIGNS.get(name, 1) for name in names])
    prior = np.array([PRIOR[table][name] for name in names])
    weights = prior.copy()
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-x @ weights))
        weights -= RATE * (x.T @ (likely - y) / len(y) + PENALTY[table] * held * (weights - prior))
        weights = np.where(weights * sign < 0, 0.0, weights)
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
    for group in sorted({str(row[by]) for row in rows}):
        weights = fit([row for row in rows if row[by] != group], table)
        inside = [n for n, row in enumerate(rows) if row[by] == group]
        for n, value in zip(inside, likelihoods([rows[n] for n in inside], weights), strict=True):
            found[n] = value
    return found


def main() -> None:
    """Print what holds out of sample; write the weights when asked."""
    rules = load_rules()
    tables: dict[str, dict[str, float]] = {}
    for table in PRIOR:
        rows, hidden = samples(rules, table, False), samples(rules, table, True)
        by_question, by_file = crossed(rows, table, 1), crossed(rows, table, 0)
        least = LEAST[table]
        weights = fit(rows, table)
        tables[table] = weights | FIXED.get(table, {}) | {"least": least}
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
