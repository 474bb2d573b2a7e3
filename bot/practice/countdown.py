"""The plan up to an interview: what is still to do, the most needed first, in the time that stories get. Pure.

How much of the time goes to stories follows the share that the behavioural rounds of the company have (S1.1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.base.text import Text, t, tn
from bot.practice.standing import Standing
from content.schema import RoundShares

OVERALL = (35, 20, 45)
"""Coding, design and behavioural share in per cent where no company is known: 40 to 50 % are behavioural (S1.1)."""
WRITE, MEND, TELLING, RECALL, ALOUD, CLOSING, RESEARCH = 45, 20, 15, 5, 10, 20, 30
"""Minutes that a step takes, for each story where it is about several."""
LEAST_STORIES, LEAST_FAILURES, LEAST_CLOSING = 5, 2, 3
"""S2.11."""
MOST_FLAGS = 3


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do, and how many minutes it takes."""

    text: Text
    minutes: int


@dataclass(frozen=True, slots=True)
class DayPlan:
    """What one day is for; day 0 is today."""

    day: int
    steps: Sequence[Step]


@dataclass(frozen=True, slots=True)
class Plan:
    """The days up to an interview. Minutes are those of one day, by what they go to."""

    days_left: int
    coding: int
    design: int
    behavioral: int
    share: int
    """The behavioural share in per cent."""
    days: Sequence[DayPlan]
    left_over: Sequence[Step]
    """What does not fit any more."""


def steps_for(standing: Standing) -> list[Step]:
    """What is still to do by the records, the most needed first."""
    return [
        *_missing(standing),
        *_weak(standing),
        *_rehearsing(standing),
        *_around(standing),
    ]


def plan_for(standing: Standing, days_left: int, minutes_a_day: int, rounds: RoundShares | None) -> Plan:
    """Lay the steps into the days before the interview. A step begins on the day that has time left for it.

    What is too long for the days that are left is left over; shorter steps after it may still fit.
    """
    coding, design, behavioral = (rounds.coding, rounds.design, rounds.behavioral) if rounds is not None else OVERALL
    minutes = round(minutes_a_day * behavioral / 100)
    days: dict[int, list[Step]] = {}
    left_over: list[Step] = []
    used = 0
    for step in steps_for(standing):
        if used + step.minutes > minutes * days_left:
            left_over.append(step)
            continue
        days.setdefault(used // minutes, []).append(step)
        used += step.minutes
    return Plan(
        days_left,
        round(minutes_a_day * coding / 100),
        round(minutes_a_day * design / 100),
        minutes,
        behavioral,
        [DayPlan(day, steps) for day, steps in days.items()],
        left_over,
    )


def _missing(standing: Standing) -> list[Step]:
    """Failures first: they are asked in every round, and nothing else replaces them."""
    failures = max(0, LEAST_FAILURES - standing.failures)
    steps = [Step(t("Write the story of a failure of your own."), WRITE)] * failures
    steps += [
        Step(t("Write a story for questions of the type: {kind}.", kind=name), WRITE)
        for name in standing.missing_types
        if not failures or name != standing.failure_type
    ]
    more = LEAST_STORIES - standing.ready - len(steps)
    return steps + [Step(t("Write one more story: five are the least."), WRITE)] * max(0, more)


def _weak(standing: Standing) -> list[Step]:
    return [
        Step(
            tn("Mend in {count} story: {fault}.", "Mend in {count} stories: {fault}.", count, fault=name),
            MEND * count,
        )
        for name, count in standing.weak_flags[:MOST_FLAGS]
    ]


def _rehearsing(standing: Standing) -> list[Step]:
    steps = []
    if standing.untold:
        steps.append(Step(
            tn("Write the two-minute telling of {count} story.", "Write the two-minute telling of {count} stories.",
               standing.untold), TELLING * standing.untold,
        ))  # fmt: skip
    if standing.due:
        steps.append(Step(
            tn("Recall {count} story by its bullets.", "Recall {count} stories by their bullets.", standing.due),
            RECALL * standing.due,
        ))  # fmt: skip
    if standing.ready:
        steps.append(Step(
            tn("Tell {count} story aloud, three times.", "Tell {count} stories aloud, three times each.",
               standing.ready), ALOUD * standing.ready,
        ))  # fmt: skip
    return steps


def _around(standing: Standing) -> list[Step]:
    steps = []
    if standing.closing_questions < LEAST_CLOSING:
        steps.append(Step(t("Choose three to five questions for the interviewer."), CLOSING))
    if not standing.has_researched:
        steps.append(Step(t("Read up on the company and the team."), RESEARCH))
    return steps
