"""Writes what the engine says about labelled answers, in the PREDICTED format of `evaluate.py`.

usage: python -m tests.gold.predict GOLD.jsonl > PREDICTED.jsonl
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bot.scoring import Answer, predicted_line, score
from content.rules import load_rules


def main() -> None:
    """Score every item of the file named on the command line."""
    rules = load_rules()
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        points = tuple(item.get("points") or ())
        report = score(Answer(item["text"], item["kind"], item["question"], points), rules)
        sys.stdout.write(json.dumps(predicted_line(item["id"], report), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
