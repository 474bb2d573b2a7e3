"""What several reviews of an answer add up to: the plain mean for its author, an adjusted score for mentors.

Some reviewers are strict, some lenient. Where people review several answers their habit shows, and the adjusted score
takes it out. The model is linear and mixed: score = middle + answer + habit of all peers + own habit + noise, with
answers, reviewers and noise normal around zero and their variances estimated from the scores (EM). Mentors have no
habit: they hold the scale in place. Where reviewers do not differ it comes down to the mean drawn towards that of all
answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

import numpy as np

from bot.base.errors import StarlingError
from bot.review.mixed_model import LEAST_VARIANCE, Model, Solved, Variances

LOWEST, HIGHEST = 1.0, 5.0
ROUNDS = 12
"""Steps of EM; more change the scores by less than a hundredth."""
MENTOR_NOISE = 1 / 3
"""Variance of a mentor's score beside that of a peer's."""
MOST_HABITS = 2000
"""Where more people review, nobody's habit is learned: the work grows with the cube of their number."""
HONEST_SPREAD = 1.3
"""The model's own standard error is too small by about this factor (simulated: 80 % intervals hold 64 to 78 %)."""
SURE, FAIRLY_SURE = 0.35, 0.5
"""Standard errors, in points of the scale, up to which the confidence is high and medium."""
FAR_APART = 1.5
"""Difference of two reviews' means that asks for one more reviewer."""
CRITERION_APART = 3
"""Difference on one criterion that does."""


@dataclass(frozen=True, slots=True)
class Given:
    """One review's mean over the criteria, from 1 to 5."""

    answer: str
    reviewer: str
    value: float
    mentor: bool = False


class Confidence(StrEnum):
    """How far an adjusted score can be relied on, in a word; no intervals are shown."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Adjusted:
    """An answer's score without the habits of its reviewers, its standard error in points, and how many reviewed it."""

    value: float
    error: float
    reviews: int

    @property
    def confidence(self) -> Confidence:
        """In a word; one review alone is never more than low."""
        if self.reviews < 2 or self.error > FAIRLY_SURE:
            return Confidence.LOW
        return Confidence.HIGH if self.error <= SURE else Confidence.MEDIUM


@dataclass(frozen=True, slots=True)
class Fit:
    """Adjusted scores by answer, the habit of each peer (above zero is lenient), that of all peers, the variances."""

    scores: Mapping[str, Adjusted]
    habits: Mapping[str, float]
    peers: float
    variances: Variances


def mean_by_answer(given: Sequence[Given]) -> dict[str, float]:
    """The plain mean of each answer's reviews: what its author sees."""
    found: dict[str, list[float]] = {}
    for each in given:
        found.setdefault(each.answer, []).append(each.value)
    return {answer: fmean(values) for answer, values in found.items()}


def shrunk_mean(given: Sequence[Given]) -> dict[str, float]:
    """Means drawn towards that of all answers, as far as few reviews are worth little.

    (mu * noise/answers + sum of scores) / (noise/answers + n), the variances by the method of moments.
    """
    means = mean_by_answer(given)
    if not means:
        return {}
    count = {answer: sum(each.answer == answer for each in given) for answer in means}
    free = len(given) - len(means)
    noise = sum((each.value - means[each.answer]) ** 2 for each in given) / free if free else 0.0
    middle = fmean(means.values())
    spread = fmean((value - middle) ** 2 for value in means.values())
    ratio = noise / max(LEAST_VARIANCE, spread - noise * fmean(1 / n for n in count.values()))
    return {
        answer: (middle * ratio + value * count[answer]) / (ratio + count[answer]) for answer, value in means.items()
    }


def adjust(given: Sequence[Given], start: Variances | None = None, rounds: int = ROUNDS) -> Fit:
    """Fit the mixed model. `given` holds a programme's last rounds under one rubric; its order does not matter.

    With `rounds=0` the variances stay as given. Among more than 2,000 peers each score is the mean drawn towards that
    of all. `StarlingError` for a score outside 1 to 5.
    """
    if any(not LOWEST <= each.value <= HIGHEST for each in given):
        raise StarlingError("a review's mean lies between 1 and 5")
    variances = start or Variances()
    if not given:
        return Fit({}, {}, 0.0, variances)
    _, answers, reviewers, model = _posed(given)
    for _ in range(rounds):
        variances = model.learn(model.solve(variances), variances)
    return _fit(model, model.solve(variances), variances, answers, reviewers)


def unexpected(given: Sequence[Given], variances: Variances) -> dict[tuple[str, str], float]:
    """By answer and reviewer, how far each score lies from what all the other scores foretell, in points."""
    if not given:
        return {}
    rows, _, _, model = _posed(given)
    apart = model.unexpected(model.solve(variances), variances)
    return {(each.answer, each.reviewer): float(far) for each, far in zip(rows, apart, strict=True)}


def _posed(given: Sequence[Given]) -> tuple[list[Given], list[str], list[str], Model]:
    """The reviews in an order of their own, the answers, the peers whose habits are learned, and the model."""
    rows = sorted(given, key=lambda each: (each.answer, each.reviewer, each.value, each.mentor))
    answers = sorted({each.answer for each in rows})
    reviewers = sorted({each.reviewer for each in rows if not each.mentor})
    if len(reviewers) > MOST_HABITS:
        reviewers = []
    return rows, answers, reviewers, _model(rows, answers, reviewers)


def _model(rows: Sequence[Given], answers: Sequence[str], reviewers: Sequence[str]) -> Model:
    """The reviews as arrays: effects are a habit for each peer, that of all peers beside mentors, and the middle.

    Without `reviewers` nobody's habit is learned.
    """
    place = {name: at for at, name in enumerate(answers)}
    column = {name: at for at, name in enumerate(reviewers)}
    shared = any(each.mentor for each in rows) and bool(reviewers)
    middle = len(reviewers) + shared
    effects = [
        (column[each.reviewer], *range(len(reviewers), middle + 1)) if reviewers and not each.mentor else (middle,)
        for each in rows
    ]
    return Model(
        [place[each.answer] for each in rows],
        [each.value for each in rows],
        [1 / MENTOR_NOISE if each.mentor else 1.0 for each in rows],
        effects,
        habits=len(reviewers),
    )


def _fit(model: Model, solved: Solved, variances: Variances, answers: Sequence[str], reviewers: Sequence[str]) -> Fit:
    """What was solved, by name; scores stay on the scale."""
    values = np.clip(solved.effects[-1] + solved.answers, LOWEST, HIGHEST)
    errors = HONEST_SPREAD * np.sqrt(np.maximum(0.0, solved.spread))
    count = np.bincount(model.answer, minlength=len(answers))
    scores = {name: Adjusted(float(values[at]), float(errors[at]), int(count[at])) for at, name in enumerate(answers)}
    habits = {name: float(solved.effects[at]) for at, name in enumerate(reviewers)}
    shared = len(solved.effects) - len(reviewers) > 1
    return Fit(scores, habits, float(solved.effects[-2]) if shared else 0.0, variances)


def disagree(reviews: Sequence[Sequence[int]]) -> bool:
    """Whether the reviews of one answer, each its scores by criterion, differ so much that one more is called for."""
    if len(reviews) < 2:
        return False
    means = [fmean(scores) for scores in reviews]
    apart = max(max(column) - min(column) for column in zip(*reviews, strict=True))
    return max(means) - min(means) >= FAR_APART or apart >= CRITERION_APART
