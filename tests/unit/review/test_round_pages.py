"""A round as a page: figures that point at nobody, and one's own part."""

from __future__ import annotations

from typing import Any

from bot.base.ids import MemberId
from bot.base.text import render
from bot.chat.cards import resolved
from bot.chat.charts import Chart
from bot.review.results import Scored, result_of
from bot.review.round_cards import Standing
from bot.review.round_pages import (
    LEAST_ANSWERS,
    CriterionMean,
    OwnEntry,
    RoundSummary,
    countable,
    means_of,
    round_page,
)
from storage.tables.review import Entry, EntryState, RoundState

NAMES = {"story": "Story", "result": "Result"}
STANDING = Standing("r1", 3, "Weekly", RoundState.CLOSED, answers=5, people=5, given=12, asked=14, waiting=1)


def entry(author: str, *scores: int, state: EntryState = EntryState.SUMMARISED) -> Entry:
    result = result_of([Scored({"story": score, "result": score}) for score in scores], None)
    return Entry(
        id=f"e-{author}", author_id=MemberId(author), state=state, label="A", question="Tell me about a failure.",
        text="The private words of an answer", result=result.as_json,
    )  # fmt: skip


def page_text(**changes: Any) -> str:
    summary = RoundSummary(STANDING, (), 0, (), 0)
    page = round_page(RoundSummary(**{**{name: getattr(summary, name) for name in summary.__slots__}, **changes}))
    return repr(resolved(page, "en"))


def test_means_are_over_answers_with_two_reviews_that_do_not_lie_far_apart() -> None:
    entries = [entry("ana", 4, 4), entry("ben", 3), entry("cleo", 1, 5), entry("dan", 2, 2, state=EntryState.HIDDEN)]
    assert [each.author_id for each in countable(entries)] == ["ana"]


def test_fewer_than_four_people_have_no_mean() -> None:
    few = [entry(name, 4, 4) for name in ("ana", "ben", "cleo")]
    assert means_of([*few, entry("ana", 3, 3)], NAMES) == ()
    four = [*few, entry("dan", 2, 2)]
    assert len(four) == LEAST_ANSWERS
    assert means_of(four, NAMES) == (CriterionMean("Story", 3.5), CriterionMean("Result", 3.5))


def test_a_criterion_that_few_peoples_answers_were_rated_by_has_no_mean() -> None:
    four = [entry(name, 4, 4) for name in ("ana", "ben", "cleo")]
    only_story = result_of([Scored({"story": 2}), Scored({"story": 2})], None)
    fourth = entry("dan", 2, 2)
    fourth.result = only_story.as_json
    assert means_of([*four, entry("ana", 4, 4), fourth], NAMES) == (CriterionMean("Story", 3.6),)


def test_a_round_under_way_says_nothing_of_its_ratings() -> None:
    standing = Standing("r1", 3, "Weekly", RoundState.REVIEWING, answers=5)
    assert "How the answers were rated" not in page_text(standing=standing)


def test_a_closed_round_shows_its_means_and_ones_own_part() -> None:
    own = (OwnEntry("C", "Tell me about a failure.", 3.5, 3),)
    text = page_text(means=(CriterionMean("Story", 3.4),), counted=4, own=own, written=2)
    assert "3.5 of 5" in text
    assert "You wrote 2 reviews." in text
    assert "Over 4 answers with two reviews or more." in text
    assert "Means from 1 to 5: Story 3.4." in text


def test_a_small_round_says_why_it_shows_no_mean() -> None:
    text = page_text()
    assert "means that point at nobody" in text
    assert "You had no answer in this round." in text


def test_nothing_that_anybody_wrote_is_on_the_page() -> None:
    entries = [entry(name, 4, 4) for name in ("ana", "ben", "cleo", "dan")]
    summary = RoundSummary(STANDING, means_of(entries, NAMES), 4, (), 0)
    page = round_page(summary)
    assert "private words" not in repr(page)
    charts = [each for section in page.sections for each in section.elements if isinstance(each, Chart)]
    assert [render(chart.alt) for chart in charts] == ["Means from 1 to 5: Story 4.0, Result 4.0."]
