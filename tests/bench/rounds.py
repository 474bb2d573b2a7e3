"""Rounds as the product plans and counts them: `python -m tests.bench.rounds --json`.

- `stable`: the same people with an answer and three reviews each, round after round. Repeated pairs over the least that
  any plan can have, couples that review each other, and the spread of the load.
- `drop_out`: 30 people, three reviews each; 75 % are reliable, 15 % flaky, 10 % never start. With nothing done; with
  the reviews not opened at half time given to others, one more each; and with a mentor who takes four in the end.
- `grading`: error of an answer's score against the truth in a world of biased reviewers (A) and one without (C), beside
  median, mean and shrunk mean.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from bot.review.aggregation import Given, adjust, mean_by_answer, shrunk_mean
from bot.review.assignment import Demand, Pair, Past, Problem, Reviewer, assign
from bot.review.assignment.again import fill
from bot.review.assignment.sizes import least_repeats

REVIEWS = 3
GROUPS = ((12, 10), (30, 12), (60, 20))
SEEDS = 40


def group(size: int, seed: int, history: tuple[Past, ...] = ()) -> Problem:
    """So many people with an answer each."""
    people = [f"p{number:03}" for number in range(size)]
    demands = tuple(Demand(f"a-{person}", person, REVIEWS) for person in people)
    return Problem(demands, tuple(Reviewer(person, REVIEWS) for person in people), seed, history)


def stable(size: int, rounds: int) -> dict[str, Any]:
    """Rounds of a group in which nobody comes or goes."""
    pairs: list[tuple[Pair, int]] = []
    repeats, couples, spread = 0, [], 0
    for number in range(rounds):
        history = tuple(Past(pair.reviewer, pair.answer[2:], number - when) for pair, when in pairs)
        plan = assign(group(size, number, history))
        load = plan.load().values()
        spread = max(spread, max(load) - min(load), REVIEWS * size - sum(load))
        repeats += plan.repeats
        couples.append(plan.reciprocal)
        pairs += [(pair, number) for pair in sorted(plan.pairs)]
    least = sum(least_repeats(size, REVIEWS, number) for number in range(rounds))
    return {
        "people": size, "rounds": rounds, "repeats": repeats, "least_repeats": least,
        "ratio_to_least": round(repeats / least, 4), "reciprocal_pairs": sum(couples), "load_spread": spread,
    }  # fmt: skip


SUBMITTED = {"reliable": 0.70, "flaky": 0.25, "ghost": 0.0}
"""Share of reviews handed in by half time."""
OPENED = {"reliable": 0.27, "flaky": 0.15, "ghost": 0.0}
"""Share that is open then and handed in later."""
LEFT_OPEN = {"reliable": 0.0, "flaky": 0.10, "ghost": 0.0}
"""Share that is open then and never handed in."""
TAKES_MORE = {"reliable": 0.97, "flaky": 0.40, "ghost": 0.0}
"""Share of reviews taken over at half time that are handed in."""
MENTOR = Reviewer("mentor", 0, spare=REVIEWS)
MENTOR_SLOTS = 4


def drop_out(seed: int) -> dict[str, Counter[str]]:
    """Reviews handed in by answer, under three ways to deal with those who do not."""
    draw = random.Random(seed)
    problem = group(30, seed)
    drawn = draw.choices(("reliable", "flaky", "ghost"), (75, 15, 10), k=30)
    kinds = dict(zip((reviewer.id for reviewer in problem.reviewers), drawn, strict=True))
    plan = assign(problem)
    state: dict[Pair, str] = {}
    for pair in sorted(plan.pairs):
        kind, chance = kinds[pair.reviewer], draw.random()
        bounds = ((SUBMITTED[kind], "submitted"), (OPENED[kind], "later"), (LEFT_OPEN[kind], "open"))
        for share, name in bounds:
            chance -= share
            if chance < 0:
                state[pair] = name
                break
    first = Counter(pair.answer for pair, name in state.items() if name != "open")
    more = _at_half_time(problem, plan.pairs, state)
    taken = {pair for pair in sorted(more) if draw.random() < TAKES_MORE[kinds[pair.reviewer]]}
    half = first + Counter(pair.answer for pair in taken)
    done = frozenset(pair for pair, name in state.items() if name != "open") | taken
    mentored = Counter(pair.answer for pair in _in_the_end(problem, done))
    return {"nothing": first, "half_time": half, "half_time_and_mentor": mentored}


def _at_half_time(problem: Problem, pairs: frozenset[Pair], state: Mapping[Pair, str]) -> frozenset[Pair]:
    """Who takes over what was not opened: those who have handed everything in take one more."""
    released = pairs - set(state)
    busy = {pair.reviewer for pair in pairs if state.get(pair) != "submitted"}
    willing = {reviewer.id: 1 for reviewer in problem.reviewers if reviewer.id not in busy}
    standing = frozenset(state)
    return assign(fill(problem, standing, willing, released)).pairs - standing


def _in_the_end(problem: Problem, done: frozenset[Pair]) -> frozenset[Pair]:
    """The day before the end a mentor's reviews go where there are fewest."""
    with_mentor = replace(problem, reviewers=(*problem.reviewers, MENTOR))
    wanting = fill(with_mentor, done, {MENTOR.id: MENTOR_SLOTS})
    return assign(wanting).pairs


def drop_outs() -> dict[str, dict[str, float]]:
    """Shares of answers over all seeds."""
    found: dict[str, list[int]] = {}
    for seed in range(SEEDS):
        answers = [demand.answer for demand in group(30, seed).demands]
        for way, counts in drop_out(seed).items():
            found.setdefault(way, []).extend(counts[answer] for answer in answers)
    return {
        way: {
            "without_review": round(sum(c == 0 for c in counts) / len(counts), 4),
            "two_or_more": round(sum(c >= 2 for c in counts) / len(counts), 4),
            "mean": round(statistics.fmean(counts), 2),
        }
        for way, counts in found.items()
    }


PEOPLE, ROUNDS, CRITERIA = 30, 8, 4


def world(seed: int, *, biased: bool) -> tuple[list[Given], dict[str, float]]:
    """Eight rounds of 30 people: the reviews, and the true score of each answer of the last round.

    Biased reviewers have a habit (standard deviation half a point); one in ten is careless and gives 4, three in a
    hundred are hostile. A review has a halo of its own and noise on each of four criteria; 12 % are never written.
    """
    draw = np.random.default_rng(seed)
    able, habit = draw.normal(3.2, 0.5, PEOPLE), draw.normal(0, 0.5, PEOPLE) * biased
    noise, kind = np.exp(draw.normal(np.log(0.6), 0.3, PEOPLE)), draw.random(PEOPLE) + (not biased)
    given: list[Given] = []
    truth: dict[str, float] = {}
    for number in range(ROUNDS):
        scores = np.clip(
            (able + draw.normal(0, 0.45, PEOPLE))[:, None] + draw.normal(0, 0.35, (PEOPLE, CRITERIA)), 1, 5
        )
        circle, shifts = draw.permutation(PEOPLE), draw.choice(np.arange(1, PEOPLE), REVIEWS, replace=False)
        for place in range(PEOPLE):
            for shift in shifts:
                reviewer, author = circle[place], circle[(place + shift) % PEOPLE]
                if draw.random() < 0.12:
                    continue
                if kind[reviewer] < 0.10:
                    seen = 4 + draw.normal(0, 0.3, CRITERIA)
                elif kind[reviewer] < 0.13:
                    seen = 6 - scores[author] - 0.8 + draw.normal(0, 0.3, CRITERIA)
                else:
                    seen = (
                        scores[author]
                        + habit[reviewer]
                        + draw.normal(0, 0.4)
                        + draw.normal(0, noise[reviewer], CRITERIA)
                    )
                value = float(np.clip(np.round(seen), 1, 5).mean())
                given.append(Given(f"{number}-{author}", f"r{reviewer}", value))
        truth = {f"{number}-{person}": float(scores[person].mean()) for person in range(PEOPLE)}
    return given, truth


def grading(*, biased: bool) -> dict[str, float]:
    """Root mean squared error of the last round's scores, over all seeds."""
    errors: dict[str, list[float]] = {}
    for seed in range(SEEDS):
        given, truth = world(seed, biased=biased)
        median = {
            answer: statistics.median(x.value for x in given if x.answer == answer)
            for answer in {x.answer for x in given}
        }
        model = {answer: score.value for answer, score in adjust(given).scores.items()}
        for name, found in (
            ("median", median),
            ("mean", mean_by_answer(given)),
            ("shrunk_mean", shrunk_mean(given)),
            ("model", model),
        ):
            squares = [(found[answer] - true) ** 2 for answer, true in truth.items() if answer in found]
            errors.setdefault(name, []).append(statistics.fmean(squares) ** 0.5)
    means = {name: statistics.fmean(values) for name, values in errors.items()}
    return {
        **{name: round(value, 4) for name, value in means.items()},
        "model_below_median": round(1 - means["model"] / means["median"], 4),
        "model_over_shrunk_mean": round(means["model"] / means["shrunk_mean"] - 1, 4),
    }


def measure() -> dict[str, Any]:
    """The object that the module prints."""
    return {
        "stable": [stable(size, rounds) for size, rounds in GROUPS],
        "drop_out": drop_outs(),
        "grading": {"A_biased": grading(biased=True), "C_unbiased": grading(biased=False)},
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on one line")
    given = parser.parse_args()
    print(json.dumps(measure(), indent=None if given.json else 2))


if __name__ == "__main__":
    main()
