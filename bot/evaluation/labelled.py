"""Answers and queries with labels, as files hold them; any label may be missing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Label = Literal["S", "T", "A", "R", "L", "O"]
Level = Literal["L3", "L4", "L5", "L6", "L7"]
LEVELS: tuple[Level, ...] = ("L3", "L4", "L5", "L6", "L7")
RATINGS = tuple(1 + half / 2 for half in range(9))
LABELS = "STARL"
SURFACE = frozenset(
    {"too_long", "too_short", "long_setup", "no_metric", "passive_action", "we_over_i", "hypothetical", "no_result"}
)
"""The flags that the surface of a text shows; the others need its meaning."""


class LabelledAnswer(BaseModel):
    """An answer with the labels it has. Keys that are not named here are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    question: str = ""
    kind: Literal["behavioral", "situational"] = "behavioral"
    text: str
    rating: Annotated[float, Field(ge=1, le=5, multiple_of=0.5)] | None = None
    flags: tuple[str, ...] | None = None
    level: Level | None = None
    segments: tuple[tuple[str, Label], ...] | None = None
    points: Mapping[str, bool] | tuple[str, ...] | None = None
    """What is covered; or the key points alone, without a label."""
    labels_from: Mapping[str, str] = Field(default_factory=dict)
    """Who set a label; what the engine set itself says nothing about it and is not measured."""

    def by_people(self, label: str) -> bool:
        """Whether there is such a label, and the engine did not set it."""
        value = getattr(self, label)
        return value is not None and self.labels_from.get(label) != "engine"

    @property
    def key_points(self) -> tuple[str, ...]:
        """The key points that a situational answer is held against."""
        return tuple(self.points or ())

    @property
    def covered(self) -> Mapping[str, bool]:
        """The labels of the key points; empty where there are none."""
        return self.points if isinstance(self.points, Mapping) else {}

    def sentences(self) -> list[tuple[int, int, Label]]:
        """Where each labelled sentence stands in the text, whatever the white space."""
        found, at = [], 0
        for sentence, label in self.segments or ():
            place = re.compile(r"\s+".join(map(re.escape, sentence.split()))).search(self.text, at)
            start, end = place.span() if place else (at, at)
            found.append((start, end, label))
            at = end
        return found


class LabelledQuery(BaseModel):
    """A query with the numbers of the archetypes that answer it, the best first."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    id: str | int
    query: str
    relevant: tuple[int, ...] | None = None
    group: str = Field(default="", alias="class")
    """The kind of query, by which accuracy is told apart."""
