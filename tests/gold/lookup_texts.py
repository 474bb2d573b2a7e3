"""The texts from which the wording of questions is learned, and the words that are no slips in them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from content.find.reading import WORD, plain_text
from content.find.wordings import texts_by_archetype
from content.loader import Content

HERE = Path(__file__).parent
VOICES = "lookup_voices.jsonl"
CONTENT = "content"
LEAST_TEXTS = 2
"""In how many stories or answers a word must stand to be taken as typed; what stands in one may be a slip."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A text that asks for an archetype: what it counts, its class, and the voice that it belongs to."""

    text: str
    archetype: str
    counts: float
    kind: str
    voice: str


def asked_texts(content: Content) -> list[Asked]:
    """The texts of the content and those that were written in many voices."""
    names = list(content.archetypes)
    texts = [Asked(text, name, counts, CONTENT, CONTENT) for text, name, counts in texts_by_archetype(content)]
    for item in _lines(HERE / VOICES):
        voice = item["id"].rpartition("-")[0]
        texts.append(Asked(item["query"], names[item["relevant"][0] - 1], 1.0, item["class"], voice))
    return texts


def plain_words(known: frozenset[str]) -> list[str]:
    """English words beyond those `known`: of the questions in many voices, and of labelled stories and answers."""
    asked = {word for item in _lines(HERE / VOICES) for word in _words(item["query"])}
    counts: Counter[str] = Counter()
    for file in sorted(HERE.glob("*.jsonl")):
        if not file.name.startswith("lookup_"):
            counts.update(word for item in _lines(file) for word in _words(" ".join(_texts(item))))
    often = {word for word, count in counts.items() if count >= LEAST_TEXTS}
    return sorted((asked | often) - known)


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _texts(item: dict[str, Any]) -> Iterator[str]:
    yield from (item[key] for key in ("text", "query", "question", "title") if isinstance(item.get(key), str))


def _words(text: str) -> set[str]:
    return {word for word in WORD.findall(plain_text(text)) if word.isascii() and word.isalpha()}
