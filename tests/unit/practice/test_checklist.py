from __future__ import annotations

from dataclasses import replace

from bot.practice.checklist import MEASURES, State, check
from bot.practice.standing import ReadiedStory, Standing
from content.loader import load_content

ITEMS = list(load_content().checklist_items.values())
STORY = ReadiedStory(
    "A", frozenset({"action", "result"}), ("type-conflict", "type-failure"), True, (), True, 3, True
)  # fmt: skip
READY = Standing((STORY,) * 5, (), "Failure", 2, (), 0, 3, True)


def states(standing: Standing) -> dict[str, State]:
    return {one.item.measure: one.state for one in check(ITEMS, standing)}


def test_every_item_of_the_content_is_computed() -> None:
    assert {item.measure for item in ITEMS} == set(MEASURES)
    assert len(ITEMS) == 7


def test_records_that_show_everything_have_everything_done() -> None:
    assert set(states(READY).values()) == {"done"}


def test_what_cannot_be_known_is_neither_done_nor_open() -> None:
    quiet = replace(STORY, times_told=0, recalled_well=None)
    found = states(replace(READY, stories=(quiet,) * 5, closing_questions=0, has_researched=False))
    assert {name for name, state in found.items() if state == "unknown"} == {
        "spoken_runs", "research_done", "closing_questions", "stories_have_figures",
    }  # fmt: skip
    assert found["stories_ready"] == "done"


def test_what_the_records_show_as_missing_is_open() -> None:
    poor = replace(STORY, has_figures=False, question_types=("type-conflict",), times_told=1)
    found = states(replace(READY, stories=(poor,), failures=1, closing_questions=2))
    assert {name for name, state in found.items() if state == "open"} == {
        "stories_ready", "stories_cover_types", "stories_have_figures", "failure_stories", "closing_questions",
        "spoken_runs",
    }  # fmt: skip


def test_an_item_of_ones_own_that_nothing_computes_is_not_known() -> None:
    own = ITEMS[0].model_copy(update={"measure": "brought_water"})
    assert [one.state for one in check([own], READY)] == ["unknown"]


def test_without_stories_nothing_is_done_but_what_was_said() -> None:
    empty = Standing((), (), "Failure", 0, (), 0, 0, True)
    assert [name for name, state in states(empty).items() if state == "done"] == ["research_done"]
