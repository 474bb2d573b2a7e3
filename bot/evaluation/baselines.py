"""Predictions that know nothing of what is said; whatever reads answers has to beat them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.evaluation.answers import Prediction, labels_by_position
from bot.evaluation.labelled import LabelledAnswer
from bot.evaluation.metrics import mean

KEYWORDS = {
    "L": ("learn", "lesson", "next time"),
    "R": ("result", "reduced", "improved", "%", "increased"),
    "T": ("task", "responsible", "asked to", "goal"),
    "S": ("when", "was at", "there was", "company"),
    "A": ("i ", "we "),
}
FEWEST_WORDS, MOST_WORDS = 90, 450
Marked = Sequence[tuple[int, int, str]]


def baselines(answers: Sequence[LabelledAnswer]) -> dict[str, dict[str, Prediction]]:
    """Predictions by the baseline's name and the answer's id.

    `mean` gives every answer the mean rating, `words` a line fitted to the number of words (both on these very answers,
    so they are flattered), `position` labels sentences by their place, `keywords` reads STAR by its key words.
    """
    start, slope = _fitted(answers)
    level = mean(a.rating for a in answers if a.rating is not None)
    made: dict[str, Callable[[LabelledAnswer], Prediction]] = {
        "mean": lambda answer: {"rating": level},
        "words": lambda answer: _by_words(answer, start, slope),
        "position": _by_position,
        "keywords": _by_keywords,
    }
    return {name: {answer.id: predict(answer) for answer in answers} for name, predict in made.items()}


def _fitted(answers: Sequence[LabelledAnswer]) -> tuple[float, float]:
    """Intercept and slope of the rating over the number of words; a rating of 1 where there is nothing to fit."""
    rated = [(len(a.text.split()), a.rating) for a in answers if a.rating is not None]
    if not rated:
        return 1.0, 0.0
    words, rating = mean(w for w, _ in rated), mean(r for _, r in rated)
    spread = sum((w - words) ** 2 for w, _ in rated)
    slope = sum((w - words) * (r - rating) for w, r in rated) / spread if spread else 0.0
    return rating - slope * words, slope


def _by_words(answer: LabelledAnswer, start: float, slope: float) -> Prediction:
    words = len(answer.text.split())
    flags = ["too_short"] * (words < FEWEST_WORDS) + ["too_long"] * (words > MOST_WORDS)
    return {"rating": min(5.0, max(1.0, start + slope * words)), "flags": flags}


def _by_position(answer: LabelledAnswer) -> Prediction:
    places = answer.sentences()
    labels = labels_by_position(len(places))
    return {"segments": _segments([(s, e, label) for (s, e, _), label in zip(places, labels, strict=True)])}


def _by_keywords(answer: LabelledAnswer) -> Prediction:
    marked = [(start, end, keyword_label(answer.text[start:end])) for start, end, _ in answer.sentences()]
    parts = {label for _, _, label in marked}
    missing = {"no_result": "R" not in parts, "no_learning": "L" not in parts}
    missing["no_metric"] = not any(character.isdigit() for character in answer.text)
    flags = [flag for flag, holds in missing.items() if holds]
    return {"rating": 1 + len(parts & set("STAR")), "flags": flags, "segments": _segments(marked)}


def keyword_label(sentence: str) -> str:
    """The first part of which a key word stands in the sentence; "O" where none does."""
    low = sentence.lower()
    return next((label for label, words in KEYWORDS.items() if any(word in low for word in words)), "O")


def _segments(marked: Marked) -> list[Mapping[str, Any]]:
    return [{"start": start, "end": end, "label": label} for start, end, label in marked]
