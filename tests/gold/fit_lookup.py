"""Writes the collected wordings of `content/lookup/wordings.yaml` from the queries for tuning.

usage: python -m tests.gold.fit_lookup

The held-out queries are never among them.
"""

from __future__ import annotations

import json
from pathlib import Path

import yaml

from content.loader import load_content

HERE = Path(__file__).parent
SOURCES = ("lookup_tuning.jsonl", "lookup_fresh.jsonl")
TARGET = HERE.parent.parent / "content" / "lookup" / "wordings.yaml"
HEAD = "# Whole questions by the archetype that answers them best; written by tests/gold/fit_lookup.py.\n"


def main() -> None:
    """Gather the queries by their best archetype."""
    names = list(load_content().archetypes)
    found: dict[str, list[str]] = {name: [] for name in names}
    for source in SOURCES:
        for line in (HERE / source).read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            if item["class"] != "typo":
                found[names[item["relevant"][0] - 1]].append(item["query"])
    entries = [
        {"id": f"cues-{name}-wordings", "version": 1, "sources": ["own"], "archetype": name, "asked_as": sorted(asked)}
        for name, asked in found.items()
    ]
    text = yaml.safe_dump({"archetype_cues": entries}, allow_unicode=True, sort_keys=False, width=120)
    TARGET.write_text(HEAD + text, encoding="utf-8")


if __name__ == "__main__":
    main()
