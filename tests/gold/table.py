# ruff: noqa: T201
"""Prints the table of the scoring documentation: `python -m tests.gold.table`.

Beside the engine stand baselines that know nothing of what is said: the mean rating, the number of words (a straight
line fitted on the same answers, so flattered), the place of a sentence, and a keyword reading of STAR.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.evaluation.baselines import baselines
from bot.evaluation.labelled import LabelledAnswer
from bot.scoring import Answer, predicted_line, score
from content.rules import load_rules
from tests.gold.evaluate import measure

HERE = Path(__file__).parent
KEYS = (
    "rating_qwk", "rating_mae", "segment_macro_f1", "flag_micro_f1", "flag_surface_f1", "flag_semantic_f1",
    "false_flags_per_strong_answer", "level_qwk", "points_f1",
)  # fmt: skip
Item = dict[str, Any]


def engine(items: list[Item]) -> dict[str, Item]:
    """What the engine says."""
    rules = load_rules()
    return {
        i["id"]: predicted_line(
            i["id"], score(Answer(i["text"], i["kind"], i["question"], tuple(i.get("points") or ())), rules)
        )
        for i in items
    }


def main() -> None:
    """Print one table for each file."""
    for name in ("dev.jsonl", "own.jsonl"):
        items = [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]
        answers = [LabelledAnswer.model_validate(item) for item in items]
        columns: dict[str, Mapping[str, Mapping[str, Any]]] = {"engine": engine(items), **baselines(answers)}
        print(f"\n{name}, {len(items)} answers\n")
        print("| measure | " + " | ".join(columns) + " |\n|---|" + "---|" * len(columns))
        values = {column: measure(items, predictions)[0] for column, predictions in columns.items()}
        for key in KEYS:
            print(f"| {key} | " + " | ".join(f"{values[c][key]:.2f}" for c in columns) + " |")


if __name__ == "__main__":
    main()
