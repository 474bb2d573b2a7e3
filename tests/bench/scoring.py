"""Scoring time: `python -m tests.bench.scoring --json`.

Scores each labelled answer and hostile texts of 40,000 characters, and in the same run tokenises the same texts with a
plain regular expression, so that a slow machine shows in both. Prints one JSON object; times are in milliseconds, the
best of three runs for each text, and `ratio` is scoring over plain tokenising.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bot.scoring import Answer, Rules, score
from content.rules import load_rules

GOLD = Path(__file__).parent.parent / "gold" / "dev.jsonl"
SIZE = 40_000
PLAIN = re.compile(r"\w+|[^\w\s]")
WORDS = 250
ADVERSARIAL = {
    name: (unit * (SIZE // len(unit) + 1))[:SIZE]
    for name, unit in {
        "digits_and_commas": "1,", "spelled_numbers": "one hundred ", "letters": "a ", "stops": "a. ", "brackets": "[",
        "open_links": "[a](", "angles": "<@", "stars": "*", "underscores": "_a", "colons": ":a", "lines": "\n",
        "labels": "s:\nt:\na:\n", "bullets": "> - ", "combining": "e\u0301", "zero_width": "\u200b",
        "arabic": "مرحبا بك ", "quotes": '"', "fences": "```", "tasks": "i was asked to ",
        "stutter": "i, i, ", "hedges": "would i would ",
        "links": "https://a", "apostrophes": "a'", "slashes": "/\\", "initials": "a.b. ",
    }.items()
}  # fmt: skip


def best_of_three(run: Callable[[], object]) -> float:
    """Milliseconds of the fastest of three runs."""
    times = []
    for _ in range(3):
        started = time.perf_counter()
        run()
        times.append(1000 * (time.perf_counter() - started))
    return min(times)


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def at_length(text: str, words: int) -> str:
    """The text cut or repeated to so many words, its line ends kept."""
    pieces = re.findall(r"\S+\s*", text)
    return "".join((pieces * (words // len(pieces) + 1))[:words])


def measure(rules: Rules) -> dict[str, object]:
    """The times and ratios that the module prints."""
    items = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    answers = [
        Answer(at_length(i["text"], WORDS), i["kind"], i["question"], tuple(i.get("points") or ())) for i in items
    ]
    scored = [best_of_three(lambda a=a: score(a, rules)) for a in answers]  # type: ignore[misc]
    plain = [best_of_three(lambda a=a: PLAIN.findall(a.text)) for a in answers]  # type: ignore[misc]
    hostile = {name: best_of_three(lambda t=text: score(Answer(t), rules)) for name, text in ADVERSARIAL.items()}  # type: ignore[misc]
    hostile_plain = {name: best_of_three(lambda t=text: PLAIN.findall(t)) for name, text in ADVERSARIAL.items()}  # type: ignore[misc]
    slowest = max(hostile, key=lambda name: hostile[name])
    return {
        "answers": len(answers),
        "words": WORDS,
        "median_ms": round(percentile(scored, 0.5), 2),
        "p95_ms": round(percentile(scored, 0.95), 2),
        "plain_median_ms": round(percentile(plain, 0.5), 3),
        "ratio": round(percentile(scored, 0.5) / percentile(plain, 0.5), 1),
        "hostile_characters": SIZE,
        "hostile_max_ms": round(hostile[slowest], 1),
        "hostile_p95_ms": round(percentile(list(hostile.values()), 0.95), 1),
        "hostile_slowest": slowest,
        "hostile_plain_max_ms": round(max(hostile_plain.values()), 1),
        "within_limits": percentile(scored, 0.95) < 8 and hostile[slowest] < 50,
    }


def main() -> None:
    """Print the measurement."""
    result = measure(load_rules())
    print(json.dumps(result) if "--json" in sys.argv else "\n".join(f"{k:22} {v}" for k, v in result.items()))


if __name__ == "__main__":
    main()
