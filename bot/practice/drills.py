"""Recalling a story: what is shown before, what after, and when it comes again. Pure.

A story is written in full, cut to bullets, and the bullets are rehearsed (S3.12). When it comes again is reckoned by
FSRS, whose library is asked for whole days and no chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from fsrs import Scheduler

T = TypeVar("T")

BULLET_WORDS = 10
MOST_BULLETS = 4
"""Of one part."""
NEW_A_DAY = 2
"""Stories that were never recalled and are brought on one day."""
LONGEST_DAYS = 180
"""No story stays away for longer."""
SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+(?!\s|$)[^.!?\n]*)*[.!?]*")
"""A figure such as 1.4 ends no sentence."""


class Grade(IntEnum):
    """How well a story was recalled."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class Memory:
    """How well a story is remembered: FSRS' stability in days and difficulty from 1 to 10."""

    stability: float
    difficulty: float
    last_at: datetime
    due_at: datetime


def graded(memory: Memory | None, grade: Grade, now: datetime) -> Memory:
    """The memory of a story after it was recalled at `now` (aware, UTC); `memory` is None the first time."""
    from fsrs import Card, Rating, State

    card = Card(card_id=1)
    if memory is not None:
        card = Card(
            card_id=1, state=State.Review, stability=memory.stability, difficulty=memory.difficulty,
            due=memory.due_at, last_review=memory.last_at,
        )  # fmt: skip
    card, _ = _scheduler().review_card(card, Rating(grade), now)
    if card.stability is None or card.difficulty is None:
        raise ValueError("a card that was graded has a stability and a difficulty")
    return Memory(card.stability, card.difficulty, now, card.due)


def bullets_of(parts: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The parts of a story as bullets: the beginning of each of the first sentences."""
    return {name: bullets for name, text in parts.items() if (bullets := _bullets(text))}


def due_first(due: Iterable[tuple[datetime, T]], new: Sequence[T], begun_today: int, until: datetime) -> list[T]:
    """What is to be recalled before `until`: what is due, the longest due first, then new ones.

    A day has room for few new ones; `begun_today` says how many were recalled for the first time today.
    """
    waiting = sorted((pair for pair in due if pair[0] < until), key=lambda pair: pair[0])
    return [one for _, one in waiting] + list(new[: max(0, NEW_A_DAY - begun_today)])


def _bullets(text: str) -> tuple[str, ...]:
    sentences = [match[0].split() for match in SENTENCE.finditer(text)]
    return tuple(_shortened(words) for words in sentences if words)[:MOST_BULLETS]


def _shortened(words: Sequence[str]) -> str:
    beginning = " ".join(words[:BULLET_WORDS]).rstrip(" .,;:")
    return beginning + (" …" if len(words) > BULLET_WORDS else "")


@lru_cache(maxsize=1)
def _scheduler() -> Scheduler:
    from fsrs import Scheduler

    return Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False, maximum_interval=LONGEST_DAYS)
