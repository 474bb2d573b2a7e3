"""What one's stories cover, drawn: the question matrix, and how many stories there are of each kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.base.text import Text, t
from bot.chat.charts import Chart, Series
from bot.stories.coverage import EPISODES_A_PRINCIPLE, Coverage, CoveredStory
from content.loader import Content

MOST_ROWS = 12


def matrix_chart(stories: Sequence[CoveredStory], content: Content) -> Chart | None:
    """Which story answers which question type (S2.7): a row for each story, the newest first."""
    if not stories:
        return None
    shown, types = stories[:MOST_ROWS], content.question_types
    counts = {name: sum(name in one.question_types for one in stories) for name in types}
    said = ", ".join(f"{types[name].name} {count}" for name, count in counts.items())
    return Chart(
        "grid",
        t("Which story answers which kind of question"),
        t("Stories for each kind of question: {counts}.", counts=said),
        tuple(str(each.name) for each in types.values()),
        tuple(Series(one.title, tuple(1.0 if name in one.question_types else None for name in types)) for one in shown),
        highest=1.0,
    )


def kinds_chart(coverage: Coverage, content: Content) -> Chart:
    """How many stories there are of each kind."""
    return _counted(t("Stories of each kind"), coverage.archetypes, content.archetypes)


def principles_chart(coverage: Coverage, content: Content) -> Chart:
    """How many stories there are for each principle, of which there should be two."""
    title = t("Stories for each principle; {count} are the goal", count=EPISODES_A_PRINCIPLE)
    return _counted(title, coverage.principles, content.principles)


def _counted(title: Text, grid: Mapping[str, Sequence[str]], named: Mapping[str, Any]) -> Chart:
    names = tuple(str(named[name].name) for name in grid)
    said = ", ".join(f"{name} {len(stories)}" for name, stories in zip(names, grid.values(), strict=True))
    counts = tuple(float(len(stories)) for stories in grid.values())
    return Chart(
        "bars", title, t("{title}: {counts}.", title=title, counts=said), names, (Series(t("Stories"), counts),)
    )
