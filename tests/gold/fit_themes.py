"""Writes how much an ordinary answer shows each theme into `content/lookup/story_themes.yaml`.

usage: python -m tests.gold.fit_themes

Read are the labelled answers to behavioural questions, which are no stories that the look-up is measured on. Nothing
is fitted to any query.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from statistics import fmean, pstdev

from bot.stories.finding import Finder, StoryText
from content.loader import load_content
from content.rules import load_rules

HERE = Path(__file__).parent
TARGET = HERE.parent.parent / "content" / "lookup" / "story_themes.yaml"
ANSWERS = ("dev", "own", "writer_a", "writer_b", "writer_d", "writer_e", "writer_f")
LEAST_SPREAD = 0.05


def main() -> None:
    """Measure the answers and write the mean and the spread of each theme."""
    finder = Finder(load_content(), load_rules().lexicon)
    told = [finder.themes_of(StoryText({"action": text})) for text in _texts()]
    written = TARGET.read_text(encoding="utf-8")
    for theme in load_content().story_themes:
        worths = [themes.get(theme, 0.0) for themes in told]
        usual = f"    usual: [{fmean(worths):.2f}, {pstdev(worths) + LEAST_SPREAD:.2f}]\n"
        entry = re.compile(
            rf"(?P<before>  - id: {re.escape(theme)}\n(?:    .*\n)*?)(?:    usual: .*\n)?(?P<after>    asked: )"
        )
        written = entry.sub(rf"\g<before>{usual}\g<after>", written, count=1)
    TARGET.write_text(written, encoding="utf-8")


def _texts() -> list[str]:
    found = []
    for name in ANSWERS:
        for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            if item["kind"] == "behavioral":
                found.append(item["text"])
    return found


if __name__ == "__main__":
    main()
