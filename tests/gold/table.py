# ruff: noqa: T201
"""Prints the table of the scoring documentation: `python -m tests.gold.table`.

Beside the engine stand baselines that know nothing of what is said: the mean rating, the number of words (a straight
line fitted on the same answers, so flattered), the place of a sentence, and a keyword reading of STAR.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.scoring import Answer, predicted_line, score
from content.rules import load_rules
from tests.gold.evaluate import by_position, measure, spans

HERE = Path(__file__).parent
KEYS = (
    "rating_qwk", "rating_mae", "segment_macro_f1", "flag_micro_f1", "flag_surface_f1", "flag_semantic_f1",
    "false_flags_per_strong_answer", "level_qwk", "points_f1",
)  # fmt: skip
KEYWORDS = {"L": ("learn", "lesson", "next time"), "R": ("result", "reduced", "improved", "%", "increased"),
            "T": ("task", "responsible", "asked to", "goal"), "S": ("when", "was at", "there was", "company"),
            "A": ("i ", "we ")}  # fmt: skip
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


def line_fitted(items: list[Item]) -> tuple[float, float]:
    """Intercept and slope of the rating over the number of words."""
    xs, ys = [len(i["text"].split()) for i in items], [i["rating"] for i in items]
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    slope = sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True)) / sum((x - mx) ** 2 for x in xs)
    return my - slope * mx, slope


def keyword_label(sentence: str) -> str:
    """The first part of which a keyword stands in the sentence."""
    low = sentence.lower()
    return next((label for label, words in KEYWORDS.items() if any(w in low for w in words)), "O")


def baselines(items: list[Item]) -> dict[str, dict[str, Item]]:
    """Predictions by name of the baseline."""
    mean = sum(i["rating"] for i in items) / len(items)
    start, slope = line_fitted(items)
    found: dict[str, dict[str, Item]] = {"mean": {}, "words": {}, "place": {}, "keywords": {}}
    for item in items:
        words = len(item["text"].split())
        marks = spans(item) if item["kind"] == "behavioral" else []
        placed = [(s, e, p) for (s, e, _), p in zip(marks, by_position(len(marks)), strict=True)]
        keyed = [(s, e, keyword_label(item["text"][s:e])) for s, e, _ in marks]
        parts = {label for _, _, label in keyed}
        found["mean"][item["id"]] = {"rating": mean}
        found["words"][item["id"]] = {
            "rating": min(5, max(1, start + slope * words)),
            "flags": ["too_short"] * (words < 90) + ["too_long"] * (words > 450),
        }
        found["place"][item["id"]] = {"segments": _segments(placed)}
        found["keywords"][item["id"]] = {
            "rating": 1 + len(parts & set("STAR")),
            "flags": ["no_result"] * ("R" not in parts)
            + ["no_learning"] * ("L" not in parts)
            + ["no_metric"] * (not any(c.isdigit() for c in item["text"])),
            "segments": _segments(keyed),
        }
    return found


def _segments(marks: list[tuple[int, int, str]]) -> list[Item]:
    return [{"start": s, "end": e, "label": label} for s, e, label in marks]


def main() -> None:
    """Print one table for each file."""
    for name in ("dev.jsonl", "own.jsonl"):
        items = [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]
        columns = {"engine": engine(items), **baselines(items)}
        print(f"\n{name}, {len(items)} answers\n")
        print("| measure | " + " | ".join(columns) + " |\n|---|" + "---|" * len(columns))
        values = {column: measure(items, predictions)[0] for column, predictions in columns.items()}
        for key in KEYS:
            print(f"| {key} | " + " | ".join(f"{values[c][key]:.2f}" for c in columns) + " |")


if __name__ == "__main__":
    main()
