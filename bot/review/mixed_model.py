"""A linear mixed model of scores, solved without ever writing down a matrix of reviews by reviewers.

score = effects that the review has part in + answer + noise. Some effects (the habits of reviewers) and the answers are
normal around zero. The answers are eliminated from the normal equations, which leaves as many unknowns as there are
effects; a review has part in three of them at most, so all sums go over pairs of parts that meet in one answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEAST_VARIANCE = 1e-4
NOTHING_ELSE = 1e-9
"""Share of the others in a fitted value up to which they tell nothing of it."""
Numbers = NDArray[np.float64]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Variances:
    """Of the answers, of the reviewers' habits, and of the noise of a peer's score; squared points."""

    answers: float = 0.3
    reviewers: float = 0.2
    noise: float = 0.3


@dataclass(frozen=True, slots=True)
class Solved:
    """Answers around the last effect, the effects, and how sure both are."""

    answers: Numbers
    effects: Numbers
    covariance: Numbers
    """Of the effects."""
    answer_variance: Numbers
    spread: Numbers
    """Variance of an answer together with the last effect."""
    common: Numbers
    """For each review: what its answer and its effects vary in common."""


class Model:
    """Reviews as arrays. A part is one effect of one review; parts stand in the order of the reviews."""

    def __init__(
        self,
        answer: Sequence[int],
        value: Sequence[float],
        weight: Sequence[float],
        effects: Sequence[Sequence[int]],
        *,
        habits: int,
    ) -> None:
        """For each review, in the order of its answer: answer, score, weight beside a peer's, and effects.

        The first `habits` effects are drawn to zero; the others, of which the last is in every review, are not.
        """
        self.answer = np.array(answer, np.intp)
        self.value = np.array(value)
        self.weight = np.array(weight)
        self.habits = habits
        self.answers = int(self.answer[-1]) + 1
        self._review = np.repeat(np.arange(len(effects)), [len(each) for each in effects])
        self._effect = np.array([effect for each in effects for effect in each], np.intp)
        self._of_answer = self.answer[self._review]
        self._count = int(self._effect.max()) + 1
        self._in_review = _pairs(self._review)
        self._in_answer = _pairs(self._of_answer)

    def solve(self, variances: Variances) -> Solved:
        """Answers and effects that fit best."""
        weight = self.weight / variances.noise
        part = weight[self._review]
        own = 1 / variances.answers + np.bincount(self.answer, weight)
        share = part / own[self._of_answer]
        weighted = np.bincount(self.answer, weight * self.value)
        covariance = self._covariance(variances, part, share)
        right = part * self.value[self._review] - share * weighted[self._of_answer]
        effects = covariance @ np.bincount(self._effect, right, self._count)
        one, other = self._in_answer
        meeting = covariance[self._effect[one], self._effect[other]] * share[other]
        variance = 1 / own + np.bincount(self._of_answer[one], meeting * share[one])
        with_last = np.bincount(self._of_answer, share * covariance[self._effect, -1])
        return Solved(
            (weighted - np.bincount(self._of_answer, part * effects[self._effect])) / own,
            effects,
            covariance,
            variance,
            variance - 2 * with_last + covariance[-1, -1],
            -_added(self._review[one], meeting),
        )

    def _covariance(self, variances: Variances, part: Numbers, share: Numbers) -> Numbers:
        prior = np.zeros(self._count)
        prior[: self.habits] = 1 / variances.reviewers
        one, other = self._in_review
        precision = np.diag(prior) + self._summed(one, other, part[one])
        one, other = self._in_answer
        precision -= self._summed(one, other, part[one] * share[other])
        return np.asarray(np.linalg.inv(precision), np.float64)

    def _summed(self, one: Places, other: Places, value: Numbers) -> Numbers:
        """A matrix over the effects: the values of all pairs of parts that belong to a place, added up."""
        place = self._effect[one] * self._count + self._effect[other]
        return _added(place, value, self._count**2).reshape(self._count, self._count)

    def learn(self, solved: Solved, variances: Variances) -> Variances:
        """The variances that make what was found most likely (one step of EM)."""
        gap, spread = self._gaps(solved)
        own = solved.effects[: self.habits] ** 2 + np.diag(solved.covariance)[: self.habits]
        return Variances(
            max(LEAST_VARIANCE, float(np.mean(solved.answers**2 + solved.answer_variance))),
            max(LEAST_VARIANCE, float(np.mean(own))) if self.habits else variances.reviewers,
            max(LEAST_VARIANCE, float(np.mean(self.weight * (gap**2 + spread)))),
        )

    def unexpected(self, solved: Solved, variances: Variances) -> Numbers:
        """For each review how far it lies from what all the others foretell; 0 where they foretell nothing of it.

        In a linear model that needs no fit without it: the share that it has in its own fitted value is known.
        """
        gap, spread = self._gaps(solved)
        others = 1 - self.weight / variances.noise * spread
        return np.divide(gap, others, out=np.zeros_like(gap), where=others > NOTHING_ELSE)

    def _gaps(self, solved: Solved) -> tuple[Numbers, Numbers]:
        """For each review how far it lies from what is fitted, and the variance of what is."""
        effects, covariance = solved.effects, solved.covariance
        fitted = solved.answers[self.answer] + np.bincount(self._review, effects[self._effect])
        one, other = self._in_review
        of_effects = np.bincount(self._review[one], covariance[self._effect[one], self._effect[other]])
        return self.value - fitted, solved.answer_variance[self.answer] + of_effects + 2 * solved.common


def _added(place: Places, value: Numbers, count: int = 0) -> Numbers:
    """The values added up by place, for at least `count` places."""
    return np.asarray(np.bincount(place, value, count), np.float64)


def _pairs(group: Places) -> tuple[Places, Places]:
    """All pairs of places, also of one with itself, that are in the same group; `group` rises."""
    size = np.bincount(group)
    first = np.cumsum(size) - size
    partners = size[group]
    one = np.repeat(np.arange(len(group)), partners)
    within = np.arange(len(one)) - np.repeat(np.cumsum(partners) - partners, partners)
    return one, first[group[one]] + within
