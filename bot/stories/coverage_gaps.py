"""What is missing among one's stories, as a list with the largest gap first. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.base.text import Text, t
from bot.stories.coverage import EPISODES_A_PRINCIPLE, FAILURE, LEAST_FAILURES, Coverage, gaps
from content.loader import Content


def largest_gaps(coverage: Coverage, content: Content) -> tuple[Text, ...]:
    """Every gap in a line, the largest first.

    Failures come first, since every interview asks for one; then a whole type of question without a story, a kind of
    story, a classic topic, and last principles, those with no story before those with one.
    """
    types = [name for name in gaps(coverage.question_types) if name != FAILURE]
    return (
        *_failures(coverage, content),
        *(t("{name}: no story for this type of question", name=name) for name in _names(types, content.question_types)),
        *(
            t("{name}: no story of this kind", name=name)
            for name in _names(gaps(coverage.archetypes), content.archetypes)
        ),
        *(
            t("{name}: no story on this topic", name=name)
            for name in _names(gaps(coverage.canonical_stories), content.canonical_stories)
        ),
        *_principles(coverage, content),
    )


def _failures(coverage: Coverage, content: Content) -> list[Text]:
    name, count = str(content.question_types[FAILURE].name), len(coverage.question_types[FAILURE])
    if count >= LEAST_FAILURES:
        return []
    if not count:
        return [t("{name}: no story, and every interview asks for one", name=name)]
    return [t("{name}: one story; keep a second one", name=name)]


def _principles(coverage: Coverage, content: Content) -> list[Text]:
    none = gaps(coverage.principles)
    thin = [name for name in gaps(coverage.principles, EPISODES_A_PRINCIPLE) if name not in none]
    return [
        *(t("{name}: no story for this principle", name=name) for name in _names(none, content.principles)),
        *(t("{name}: one story for this principle; two are the goal", name=name)
          for name in _names(thin, content.principles)),
    ]  # fmt: skip


def _names(ids: Sequence[str], entries: Mapping[str, Any]) -> list[str]:
    return [str(entries[name].name) for name in ids]
