"""The checklist before an interview (S2.11), each item as far as records show it. Pure.

An item is done, open, or not known: what nobody told us (how often a story was told aloud, what was read about the
company) is never taken for done, nor for missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.base.text import Text, t, tn
from bot.practice.standing import Standing
from content.schema import ChecklistItem

State = Literal["done", "open", "unknown"]


@dataclass(frozen=True, slots=True)
class Checked:
    """An item with what the records say of it."""

    item: ChecklistItem
    state: State
    found: Text


def check(items: Sequence[ChecklistItem], standing: Standing) -> list[Checked]:
    """Every item in its order."""
    checked = []
    for item in sorted(items, key=lambda one: (one.order, one.id)):
        state, found = MEASURES.get(item.measure, _not_known)(standing, item.target)
        checked.append(Checked(item, state, found))
    return checked


def _stories_ready(standing: Standing, target: int) -> tuple[State, Text]:
    ready = standing.ready
    found = tn("{count} story has an action and a result.", "{count} stories have an action and a result.", ready)
    return _reached(ready, target), found


def _cover_types(standing: Standing, target: int) -> tuple[State, Text]:
    wide, stories = sum(len(one.question_types) >= target for one in standing.stories), len(standing.stories)
    if not stories:
        return "open", t("You have no story yet.")
    state: State = "done" if wide == stories else "open"
    return state, t("{count} of {stories} stories fit two types or more.", count=wide, stories=stories)


def _have_figures(standing: Standing, target: int) -> tuple[State, Text]:
    """Figures are in the records; whether they are known by heart only a recall that went well shows."""
    figured = [one for one in standing.stories if one.has_figures]
    count = len(figured)
    if count < target:
        return "open", tn("{count} story has figures.", "{count} stories have figures.", count)
    recalled = sum(bool(one.recalled_well) for one in figured)
    if recalled < target:
        return "unknown", t(
            "{count} stories have figures. Whether you know them by heart shows in a recall: {recalled} went well.",
            count=count, recalled=recalled,
        )  # fmt: skip
    return "done", t("{count} stories have figures, and you recalled {recalled} of them well.",
                     count=count, recalled=recalled)  # fmt: skip


def _failures(standing: Standing, target: int) -> tuple[State, Text]:
    found = tn("{count} story is of a failure.", "{count} stories are of failures.", standing.failures)
    return _reached(standing.failures, target), found


def _closing(standing: Standing, target: int) -> tuple[State, Text]:
    count = standing.closing_questions
    if count == 0:
        return "unknown", t("You have drafted none here.")
    return _reached(count, target), tn("{count} question is drafted.", "{count} questions are drafted.", count)


def _spoken(standing: Standing, target: int) -> tuple[State, Text]:
    told = [one.times_told for one in standing.stories]
    if not any(told):
        return "unknown", t("I do not hear you. Note on a story when you told it.")
    enough = sum(times >= target for times in told)
    state: State = "done" if enough == len(told) else "open"
    return state, t("{count} of {stories} stories are noted as told three times.", count=enough, stories=len(told))


def _researched(standing: Standing, _target: int) -> tuple[State, Text]:
    if standing.has_researched:
        return "done", t("You said so.")
    return "unknown", t("I cannot know it. Tell me once you have.")


def _not_known(_standing: Standing, _target: int) -> tuple[State, Text]:
    return "unknown", t("I cannot know it.")


def _reached(count: int, target: int) -> State:
    return "done" if count >= target else "open"


MEASURES: Mapping[str, Callable[[Standing, int], tuple[State, Text]]] = {
    "stories_ready": _stories_ready,
    "stories_cover_types": _cover_types,
    "stories_have_figures": _have_figures,
    "failure_stories": _failures,
    "closing_questions": _closing,
    "spoken_runs": _spoken,
    "research_done": _researched,
}
