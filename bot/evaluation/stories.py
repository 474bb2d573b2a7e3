"""How well a look-up finds the story that somebody has in mind."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field

from bot.evaluation.metrics import mean
from bot.evaluation.misses import NONE, Miss

WORD = re.compile(r"[^\W_]+")
PARTS = ("title", "situation", "task", "action", "result", "learning")


class LabelledStory(BaseModel):
    """A story as files hold it. Keys that are not named here are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)

    id: str
    title: str = ""
    situation: str = ""
    task: str = ""
    action: str = ""
    result: str = ""
    learning: str = ""
    tags: tuple[str, ...] | str | None = None

    @property
    def texts(self) -> dict[str, str]:
        """The parts by their names, the tags as one text."""
        tags = self.tags or ()
        return {part: getattr(self, part) for part in PARTS} | {
            "tags": tags if isinstance(tags, str) else " ".join(tags)
        }


class StoryQuery(BaseModel):
    """A query with the ids of the stories that answer it, in any order."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True, coerce_numbers_to_str=True)

    id: str
    query: str
    relevant: tuple[str, ...] | str | None = None
    group: str = Field(default="", alias="class")

    @property
    def wanted(self) -> frozenset[str]:
        """What answers it; empty where that is not labelled."""
        relevant = self.relevant or ()
        return frozenset((relevant,) if isinstance(relevant, str) else relevant)


@dataclass(frozen=True, slots=True)
class FoundStories:
    """A query and the stories that were found for it, the best first."""

    query: StoryQuery
    found: tuple[str, ...]


def reciprocal_rank(item: FoundStories) -> float:
    """One over the place of the first story that answers the query; 0 where none was found."""
    return next((1 / place for place, story in enumerate(item.found, 1) if story in item.query.wanted), 0.0)


def measure(items: Sequence[FoundStories]) -> dict[str, float]:
    """The mean reciprocal rank of all labelled queries, and of each class."""
    labelled = [item for item in items if item.query.wanted]
    groups = sorted({item.query.group for item in labelled} - {""})
    overall = {"mrr": mean(reciprocal_rank(item) for item in labelled)}
    return overall | {
        f"mrr {name}": mean(reciprocal_rank(item) for item in labelled if item.query.group == name) for name in groups
    }


def misses(items: Sequence[FoundStories]) -> list[Miss]:
    """Every labelled query whose first story does not answer it."""
    return [
        Miss(
            item.query.id,
            "first",
            ", ".join(sorted(item.query.wanted)),
            ", ".join(item.found[:3]) or NONE,
            item.query.query,
        )
        for item in items
        if item.query.wanted and reciprocal_rank(item) < 1
    ]


class PlainFullText:
    """The baseline: SQLite's FTS5 with its English stemmer, any word of the query, ranked by bm25."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = dict(texts)

    def rank(self, queries: Sequence[str]) -> list[tuple[str, ...]]:
        """The stories that share a word with each query, the best first."""
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.execute("CREATE VIRTUAL TABLE story USING fts5(id UNINDEXED, text, tokenize='porter unicode61')")
            connection.executemany("INSERT INTO story VALUES (?, ?)", self._texts.items())
            return [self._rank(connection, query) for query in queries]

    def _rank(self, connection: sqlite3.Connection, query: str) -> tuple[str, ...]:
        words = " OR ".join(f'"{word}"' for word in WORD.findall(query.lower()))
        if not words:
            return ()
        rows = connection.execute("SELECT id FROM story WHERE story MATCH ? ORDER BY bm25(story), id", (words,))
        return tuple(found for (found,) in rows)
