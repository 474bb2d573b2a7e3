"""What a person's stories cover, and what is missing among them. Pure.

Two questions are asked of every set of stories: is there one for whatever may be asked (question types, principles,
archetypes, canonical stories), and do they stand up together (levels, failures, push-back, age, over-use)?
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.base.text import Text, t, tn
from bot.scoring import Report
from bot.scoring.portfolio import FRESH_WORDS, Telling, look_over
from content.loader import Content
from content.schema import Question

EPISODES_A_PRINCIPLE = 2
"""S1.7."""
LEAST_AT_L5, SENIOR = 3, ("L5", "L6", "L7")
"""S3.9: three of the ten stories at L5 or above."""
LEAST_FAILURES = 2
"""S2.11 as the rulings settle it."""
TYPES_A_STORY = 2
"""S2.7: each story covers two or three of the five question types."""
FRESH_DAYS = 90
"""S3.7: under three months."""
MOST_TITLES = 3
FAILURE, CONFLICT = "type-failure", "type-conflict"
USED_TOO_OFTEN = 0.5
"""Share of all tellings that one story has from which on it is used too often; from four tellings on."""
LEAST_TOLD = 4
MOST_SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class CoveredStory:
    """What coverage has to know of a story."""

    id: str
    title: str
    archetypes: tuple[str, ...]
    principles: tuple[str, ...]
    question_types: tuple[str, ...]
    level: str | None
    told: int
    telling: Telling


@dataclass(frozen=True, slots=True)
class Coverage:
    """The grids by the content's ids: the stories of each row. `findings` are sentences on what is missing.

    `beside_gaps` are those of the findings that the grids do not show.
    """

    stories: int
    question_types: Mapping[str, tuple[str, ...]]
    principles: Mapping[str, tuple[str, ...]]
    archetypes: Mapping[str, tuple[str, ...]]
    canonical_stories: Mapping[str, tuple[str, ...]]
    findings: tuple[Text, ...]
    suggested: tuple[str, ...]
    """Ids of questions that would fill the widest gaps."""
    beside_gaps: tuple[Text, ...] = ()


def cover(stories: Sequence[CoveredStory], content: Content) -> Coverage:
    """What these stories cover."""
    archetypes = {name: tuple(one.id for one in stories if name in one.archetypes) for name in content.archetypes}
    types = {name: tuple(one.id for one in stories if name in one.question_types) for name in content.question_types}
    principles = {name: tuple(one.id for one in stories if name in one.principles) for name in content.principles}
    canonical = {name: _canonical(name, stories, content) for name in content.canonical_stories}
    beside_gaps = (
        *_levels(stories), *_narrow(stories), *_over_used(stories),
        *(one.text for one in look_over([story.telling for story in stories]) if one.code != "no_failure"),
    )  # fmt: skip
    findings = (*_failures(stories), *_principles(principles), *beside_gaps)
    missing = Missing(
        frozenset(gaps(archetypes)),
        frozenset({*gaps(types), *(FAILURE for _ in _failures(stories))}),
        frozenset(gaps(canonical)),
        frozenset(gaps(principles, EPISODES_A_PRINCIPLE)),
    )
    suggested = suggested_for(missing, content)
    return Coverage(len(stories), types, principles, archetypes, canonical, findings, suggested, beside_gaps)


@dataclass(frozen=True, slots=True)
class Missing:
    """What too few stories are about, by the content's ids."""

    archetypes: frozenset[str]
    question_types: frozenset[str]
    canonical_stories: frozenset[str]
    principles: frozenset[str]

    def filled_by(self, question: Question) -> tuple[bool, float]:
        """Whether a story for this question would be of a kind that is missing, and how many gaps it would fill."""
        kind = question.archetypes[0] in self.archetypes
        filled = 2.0 * (question.question_type in self.question_types) + (
            question.canonical_story in self.canonical_stories
        )
        return kind, 2.0 * kind + filled + 0.5 * len(self.principles.intersection(question.principles))

    def without(self, question: Question) -> Missing:
        """What is still missing once there is a story for this question."""
        return Missing(
            self.archetypes - {question.archetypes[0]},
            self.question_types - {question.question_type or ""},
            self.canonical_stories - {question.canonical_story or ""},
            self.principles.difference(question.principles),
        )


def suggested_for(missing: Missing, content: Content) -> tuple[str, ...]:
    """Ids of the questions that fill most of the gaps, each beside what those before it fill."""
    asked = [one for one in content.questions_where(kinds=("behavioral",)) if one.archetypes]
    found: list[str] = []
    while len(found) < MOST_SUGGESTED:
        best = max(asked, key=lambda one: (missing.filled_by(one), one.id not in found, one.id), default=None)
        if best is None or missing.filled_by(best)[1] == 0 or best.id in found:
            break
        found.append(best.id)
        missing = missing.without(best)
    return tuple(found)


def gaps(grid: Mapping[str, Sequence[str]], least: int = 1) -> tuple[str, ...]:
    """The rows of a grid with too few stories."""
    return tuple(name for name, stories in grid.items() if len(stories) < least)


def _canonical(name: str, stories: Sequence[CoveredStory], content: Content) -> tuple[str, ...]:
    """A canonical story is covered where all that the crosswalk ties it to by archetype is among a story's kinds."""
    kinds = {kind for entry in content.crosswalk_of(name) for kind in entry.archetypes}
    return tuple(one.id for one in stories if kinds & set(one.archetypes))


def _levels(stories: Sequence[CoveredStory]) -> list[Text]:
    count = sum(one.level in SENIOR for one in stories)
    if not stories or count >= LEAST_AT_L5:
        return []
    if not count:
        return [t("None of your stories reads as senior level (L5) or above; three are the goal.")]
    return [
        tn(
            "One of your stories reads as senior level (L5) or above; three are the goal.",
            "{count} of your stories read as senior level (L5) or above; three are the goal.",
            count,
        )
    ]


def _failures(stories: Sequence[CoveredStory]) -> list[Text]:
    count = sum(FAILURE in one.question_types for one in stories)
    if count >= LEAST_FAILURES:
        return []
    if not count:
        return [t("You have no failure of your own to tell; keep two, since every interview asks for one.")]
    return [t("You have one failure of your own to tell; keep two, since every interview asks for one.")]


def _narrow(stories: Sequence[CoveredStory]) -> list[Text]:
    narrow = [one.title for one in stories if len(one.question_types) < TYPES_A_STORY]
    if not narrow:
        return []
    return [
        tn(
            "One story fits fewer than two types of question: {titles}. Look for another side of it.",
            "{count} stories fit fewer than two types of question: {titles}. Look for other sides of them.",
            len(narrow),
            titles=", ".join(narrow[:MOST_TITLES]) + (" …" if len(narrow) > MOST_TITLES else ""),
        )
    ]


def _principles(grid: Mapping[str, Sequence[str]]) -> list[Text]:
    thin = gaps(grid, EPISODES_A_PRINCIPLE)
    if not thin:
        return []
    return [
        tn(
            "{count} principle has fewer than two stories. Read the stories you have once more for it, then look for a"
            " new one.",
            "{count} principles have fewer than two stories. Read the stories you have once more for these, then look"
            " for new ones.",
            len(thin),
        )
    ]


def _over_used(stories: Sequence[CoveredStory]) -> list[Text]:
    told = sum(one.told for one in stories)
    return [
        t("You told “{title}” {count} times of {told}. Keep another ready for the same question.",
          title=one.title, count=one.told, told=told)
        for one in stories
        if told >= LEAST_TOLD and len(stories) > 1 and one.told / told > USED_TOO_OFTEN
    ]  # fmt: skip


def telling_of(text: str, report: Report, written_on: date, today: date, question_types: Sequence[str]) -> Telling:
    """A story as `look_over` reads it on `today`: it ages, and what was fresh when it was written is so no more."""
    fresh = (today - written_on).days <= FRESH_DAYS
    told = text if fresh else FRESH_WORDS.sub("", text.lower())
    return Telling(
        told, report, today,
        asked_for_failure=FAILURE in question_types, asked_for_disagreement=CONFLICT in question_types,
    )  # fmt: skip
