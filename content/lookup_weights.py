"""Reads `content/lookup/lookup_weights.json`: what words and their neighbours say of the archetype a question asks for.

The file is written by `python -m tests.gold.fit_lookup_weights` and is not meant to be edited by hand.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.base.errors import ContentError
from content.theme_weights import Weighing, weighing

FILE = Path(__file__).parent / "lookup" / "lookup_weights.json"


@dataclass(frozen=True, slots=True)
class LookupWeights:
    """What tells the archetype of a question, by place in `archetypes`; `words` are English words that are no slips."""

    archetypes: tuple[str, ...]
    words: frozenset[str]
    weighing: Weighing


@cache
def load_lookup_weights(file: Path = FILE) -> LookupWeights:
    """The weights of a file; raises `ContentError` where it cannot be read."""
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
        words = frozenset(word for line in raw["words"] for word in line.split())
        return LookupWeights(tuple(raw["archetypes"]), words, weighing(raw))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        said = f"these are no weights of archetypes ({type(problem).__name__}: {problem})"
        raise ContentError(file, 1, said) from problem
