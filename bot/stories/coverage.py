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
from bot.scoring.portfolio import Telling, look_over
from content.loader import Content

EPISODES_A_PRINCIPLE = 2
"""S1.7."""
LEAST_AT_L5, SENIOR = 3, ("L5", "L6", "L7")
"""S3.9: three of the ten stories at L5 or above."""
LEAST_FAILURES = 2
"""S2.11 as the rulings settle it."""
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
    """The grids by the content's ids: the stories of each row. `findings` are sentences on what is missing."""

    stories: int
    question_types: Mapping[str, tuple[str, ...]]
    principles: Mapping[str, tuple[str, ...]]
    archetypes: Mapping[str, tuple[str, ...]]
    canonical_stories: Mapping[str, tuple[str, ...]]
    findings: tuple[Text, ...]
    suggested: tuple[str, ...]
    """Ids of questions that would fill the widest gaps."""


def cover(stories: Sequence[CoveredStory], content: Content) -> Coverage:
    """What these stories cover."""
    archetypes = {name: tuple(one.id for one in stories if name in one.archetypes) for name in content.archetypes}
    types = {name: tuple(one.id for one in stories if name in one.question_types) for name in content.question_types}
    principles = {name: tuple(one.id for one in stories if name in one.principles) for name in content.principles}
    canonical = {name: _canonical(name, stories, content) for name in content.canonical_stories}
    findings = (
        *_levels(stories), *_failures(stories), *_principles(principles, content), *_over_used(stories),
        *(one.text for one in look_over([story.telling for story in stories]) if one.code != "no_failure"),
    )  # fmt: skip
    return Coverage(
        len(stories), types, principles, archetypes, canonical, findings, _suggested(archetypes, types, content)
    )


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
    return [t("{count} of your stories read as L5 or above; three are the goal.", count=count)]


def _failures(stories: Sequence[CoveredStory]) -> list[Text]:
    count = sum(FAILURE in one.question_types for one in stories)
    if count >= LEAST_FAILURES:
        return []
    return [
        tn(
            "You have one failure of your own to tell; keep two, since it is asked in every round.",
            "You have {count} failures of your own to tell; keep two, since it is asked in every round.",
            count,
        )
    ]


def _principles(grid: Mapping[str, Sequence[str]], content: Content) -> list[Text]:
    thin = [str(content.principles[name].name) for name in gaps(grid, EPISODES_A_PRINCIPLE)]
    if not thin:
        return []
    return [t("Fewer than two stories for: {principles}.", principles=", ".join(thin))]


def _over_used(stories: Sequence[CoveredStory]) -> list[Text]:
    told = sum(one.told for one in stories)
    return [
        t("You told “{title}” {count} times of {told}. Keep another ready for the same question.",
          title=one.title, count=one.told, told=told)
        for one in stories
        if told >= LEAST_TOLD and len(stories) > 1 and one.told / told > USED_TOO_OFTEN
    ]  # fmt: skip


def _suggested(
    archetypes: Mapping[str, Sequence[str]], types: Mapping[str, Sequence[str]], content: Content
) -> tuple[str, ...]:
    """Questions for the missing kinds, those first that a missing question type needs."""
    needed = {
        kind
        for name in gaps(types)
        for entry in content.crosswalk_of(name)
        for kind in entry.archetypes
    }  # fmt: skip
    missing = sorted(gaps(archetypes), key=lambda name: (name not in needed, list(archetypes).index(name)))
    found = []
    for name in missing:
        asked = [
            q for q in content.questions_where(kinds=("behavioral",), archetypes=(name,)) if q.archetypes[0] == name
        ]
        if asked:
            found.append(asked[0].id)
    return tuple(found[:MOST_SUGGESTED])


def telling_of(text: str, report: Report, given_on: date, question_types: Sequence[str]) -> Telling:
    """A story as `look_over` reads it."""
    return Telling(text, report, given_on, FAILURE in question_types, CONFLICT in question_types)
