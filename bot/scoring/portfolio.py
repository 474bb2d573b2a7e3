"""Findings over all of a person's answers: what is missing among the stories, and what comes back in each.

Pure functions over Reports with their texts. How old a story is, is read from the years that its text names and from
the day on which it was given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.base.runs import runs_of
from bot.base.text import Text, t, tn
from bot.scoring.doc import Asking
from bot.scoring.lexer import lex
from bot.scoring.lexicon import Lexicon
from bot.scoring.report import Report

Code = Literal["no_failure", "no_pushback", "hero_everywhere", "near_identical", "story_too_fresh", "story_too_old"]
LEAST_STORIES = 3
"""Stories from which on something can be said to be missing among them (S2.5, S2.7: five to ten are the goal)."""
OLDEST_YEARS = 5
FRESH_WORDS = re.compile(r"\b(?:(?:last|this) week|(?:two|three|a few) weeks ago|last month|yesterday|a month ago)\b")
YEAR = re.compile(r"\b(19[89]\d|20[0-4]\d)\b")
WORD = re.compile(r"[^\W_]+")
SHINGLE = 4
ALIKE = 0.5
"""Share of the shorter telling's word runs from which on two tellings are near-identical."""
MOST_WORDS = 600
"""Words of each telling that are compared; a story is told in fewer, and every pair costs."""
FAILURE_WORDS = re.compile(r"\b(?:fail|fails|failed|failing|failures?|mistakes?|setbacks?|regrets?)\b")
"""Words of a question that ask for a failure, beside the phrases of the lexicon."""
OF_FAILURE = frozenset(
    {"type-failure", "story-wrong-big", "story-project-failed", "incident-you-caused", "decide-differently"}
)
OF_DISAGREEMENT = frozenset(
    {"type-conflict", "story-disagreed-with-senior", "story-pushed-back", "disagreement"}
)  # fmt: skip
"""Question types, canonical stories and archetypes of the content that ask for a failure, or for a disagreement."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One answer of a person: its text and Report, the question with what is known of it, and the day it was given."""

    text: str
    report: Report
    given_on: date
    question: str = ""
    asked_for_failure: bool = False
    asked_for_disagreement: bool = False


@dataclass(frozen=True, slots=True)
class PortfolioFinding:
    """Something noted over several answers; `tellings` are their places in what was handed in."""

    code: Code
    text: Text
    tellings: tuple[int, ...]
    sources: tuple[str, ...]


Shingles = frozenset[tuple[str, ...]]
Stories = list[tuple[int, Telling]]


def asked_for(question: str, asking: Asking, lexicon: Lexicon) -> tuple[bool, bool]:
    """Whether a question asks for a failure, and whether for a disagreement: by what is known of it, or by its words.

    When in doubt it does, since what is missing among somebody's stories is said only where that is sure.
    """
    known = {asking.question_type, asking.canonical_story, *asking.archetypes}
    words = {hit.name for hit in lexicon.find([token.word for token in lex(question, lexicon.spelling)])}
    failure = "fault_question" in words or FAILURE_WORDS.search(question.lower()) is not None
    disagreement = "conflict_asked" in words
    return failure or not known.isdisjoint(OF_FAILURE), disagreement or not known.isdisjoint(OF_DISAGREEMENT)


def look_over(tellings: Sequence[Telling]) -> tuple[PortfolioFinding, ...]:
    """What stands out over all stories of a person, the weightiest first; answers without a story are left out."""
    stories = [
        (k, one) for k, one in enumerate(tellings) if one.report.kind == "behavioral" and not one.report.abstained
    ]
    found = [*_missing(stories), *_hero(stories), *_alike(stories), *_ages(stories)]
    return tuple(found)


def told_years_ago(telling: Telling) -> int | None:
    """How many years before the answer its story lies, by the latest year it names; None where it names none."""
    years = [int(year) for year in YEAR.findall(telling.text) if int(year) <= telling.given_on.year]
    return telling.given_on.year - max(years) if years else None


def alike(one: str, other: str) -> float:
    """Share of the runs of four words that the shorter text has in common with the longer, from 0 to 1."""
    return _shared(_shingles(one), _shingles(other))


def _shared(first: Shingles, second: Shingles) -> float:
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else 0.0


def _missing(stories: Stories) -> list[PortfolioFinding]:
    count = len(stories)
    if count < LEAST_STORIES:
        return []
    every = tuple(k for k, _ in stories)
    found = []
    if not any(one.asked_for_failure for _, one in stories):
        text = t(
            "None of your {count} stories answers a question about a failure. It is asked in every round: keep two "
            "whose harm was real.",
            count=count,
        )
        found.append(PortfolioFinding("no_failure", text, every, ("S2.3", "S3.7")))
    if not any(one.asked_for_disagreement for _, one in stories):
        text = t(
            "None of your {count} stories answers a question about a disagreement. Keep one in which you pushed back "
            "and both sides had reasons.",
            count=count,
        )
        found.append(PortfolioFinding("no_pushback", text, every, ("S3.4", "S3.7")))
    return found


def _hero(stories: Stories) -> list[PortfolioFinding]:
    heroes = tuple(k for k, one in stories if "hero" in one.report.flags)
    if len(stories) < LEAST_STORIES or len(heroes) < len(stories):
        return []
    text = t(
        "You are the hero of all {count} stories. Tell in at least half of them who helped, and with what.",
        count=len(heroes),
    )
    return [PortfolioFinding("hero_everywhere", text, heroes, ("S0.10",))]


def _ages(stories: Stories) -> list[PortfolioFinding]:
    fresh = tuple(k for k, one in stories if FRESH_WORDS.search(one.text.lower()))
    old = tuple(k for k, one in stories if (told_years_ago(one) or 0) > OLDEST_YEARS)
    found = []
    if fresh:
        text = tn(
            "One story is under three months old, and lacks distance. Mix in older ones.",
            "{count} stories are under three months old, and lack distance. Mix in older ones.",
            len(fresh),
        )
        found.append(PortfolioFinding("story_too_fresh", text, fresh, ("S3.7",)))
    if old:
        text = tn(
            "One story is over five years old; a listener asks what has come since.",
            "{count} stories are over five years old; a listener asks what has come since.",
            len(old),
        )
        found.append(PortfolioFinding("story_too_old", text, old, ("S3.7",)))
    return found


def _alike(stories: Stories) -> list[PortfolioFinding]:
    """One finding for each group of answers that tell the same; the same question answered again is none."""
    groups: list[list[tuple[int, Telling, Shingles]]] = []
    for k, one in stories:
        runs = _shingles(one.text)
        group = next((group for group in groups if any(_same(one, runs, *other[1:]) for other in group)), None)
        if group is None:
            groups.append([(k, one, runs)])
        else:
            group.append((k, one, runs))
    return [
        PortfolioFinding("near_identical", _told_alike(len(group)), tuple(k for k, _, _ in group), ("S0.11", "S1.7"))
        for group in groups
        if len(group) > 1
    ]


def _same(one: Telling, runs: Shingles, other: Telling, others: Shingles) -> bool:
    return not (one.question and one.question == other.question) and _shared(runs, others) >= ALIKE


def _told_alike(count: int) -> Text:
    return t(
        "{count} of your answers tell the same in nearly the same words. Tell another story, or another side of it.",
        count=count,
    )


def _shingles(text: str) -> Shingles:
    return runs_of(WORD.findall(text.lower())[:MOST_WORDS], SHINGLE)
