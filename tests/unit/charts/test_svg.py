"""Charts as SVG: right to the byte, safe to stand in a page, told to whoever cannot see them."""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.base.text import t
from bot.charts.looks import COLOURS, labelled, luminance, scale_of
from bot.charts.svg import svg
from bot.charts.words import in_words
from bot.chat.charts import Chart, Series
from tests.unit.charts.charts import CHARTS, COVERAGE, FLAGS, RATING

GOLDEN = Path(__file__).parents[2] / "golden" / "charts"
SPACE = "{http://www.w3.org/2000/svg}"
values = st.none() | st.floats(-1e6, 1e6)


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_drawn_as_it_was_looked_at(name: str) -> None:
    drawn, file = svg(CHARTS[name]).replace("><", ">\n<") + "\n", GOLDEN / f"{name}.svg"
    if os.environ.get("STARLING_WRITE_GOLDEN"):
        file.write_text(drawn, encoding="utf-8")
    assert drawn == file.read_text(encoding="utf-8")


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["line", "bars", "stacked", "grid"]),
    st.text(max_size=30),
    st.lists(st.lists(values, min_size=3, max_size=3), min_size=1, max_size=8),
    st.lists(st.integers(0, 2), max_size=2),
)
def test_whatever_stands_in_a_chart_its_drawing_is_one_well_formed_image(
    kind: str, words: str, rows: list[list[float | None]], breaks: list[int]
) -> None:
    series = tuple(Series(words, tuple(row)) for row in rows)
    chart = Chart(kind, words, words, (words, "b", "c"), series, words, breaks=tuple(breaks))  # type: ignore[arg-type]
    root = fromstring(svg(chart))
    assert (root.tag, root.get("role")) == (f"{SPACE}svg", "img")
    assert not [
        each for each in root.iter() if each.tag.removeprefix(SPACE) in ("script", "image", "use", "a", "style")
    ]


def test_words_in_a_chart_are_escaped_and_stay_words() -> None:
    drawn = svg(FLAGS)
    assert "<script>" not in drawn
    assert "&lt;script&gt;" in drawn


def test_a_chart_is_named_and_described_to_whoever_cannot_see_it() -> None:
    root = fromstring(svg(RATING))
    ids = {each.get("id"): each.text for each in root if each.get("id")}
    assert [ids[name] for name in (root.get("aria-labelledby") or "").split()] == ["Rating of your answers", RATING.alt]


def test_nothing_in_a_chart_points_anywhere_else() -> None:
    for chart in CHARTS.values():
        drawn = svg(chart).replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert "http" not in drawn
        assert "href" not in drawn


def test_a_title_that_stands_beside_the_drawing_is_not_drawn_again() -> None:
    texts = [each.text for each in fromstring(svg(RATING, headed=False)).iter(f"{SPACE}text")]
    assert "Rating of your answers" not in texts
    assert "Last telling" in texts


def test_two_charts_on_a_page_share_no_id() -> None:
    ids = [each.get("id") for chart in CHARTS.values() for each in fromstring(svg(chart)).iter() if each.get("id")]
    assert len(ids) == len(set(ids))


def test_no_line_joins_what_was_measured_differently() -> None:
    whole = replace(RATING, series=(Series("Rating", (4.0, 5.0, 6.0, 4.0, 5.0, 6.0)),), breaks=())
    for chart, runs in ((whole, 1), (replace(whole, breaks=(3,)), 2)):
        assert len(list(fromstring(svg(chart)).iter(f"{SPACE}path"))) == runs
        assert ("measured anew" in svg(chart)) is (runs == 2)


def test_colours_stay_apart_in_grey() -> None:
    assert all(abs(luminance(one) - luminance(other)) >= 0.1 for one, other in combinations(COLOURS, 2))


def test_series_differ_by_more_than_their_colour() -> None:
    lines = {each.get("stroke-dasharray") for each in fromstring(svg(RATING)).iter(f"{SPACE}path")}
    assert len(lines) == 2
    areas = fromstring(svg(CHARTS["stacked"])).iter(f"{SPACE}pattern")
    assert len({each[1].get("d") for each in areas}) == 4


def test_a_chart_is_told_in_words_with_every_figure() -> None:
    assert in_words(RATING)[2] == "17 Feb: –"
    assert in_words(RATING)[3] == "24 Feb (measured anew): Last telling 6, First telling 4.2"
    assert in_words(FLAGS)[0] == "No result figure: 4"
    assert in_words(CHARTS["stacked"])[0].startswith("3 Feb: Situation 30 %, Task 10 %")
    assert in_words(COVERAGE) == ("Conflict: Stories 2, Told 3", "Failure: Stories 0")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.floats(0.001, 1e9), min_size=1, max_size=5))
def test_a_scale_is_round_and_holds_every_value(heights: list[float]) -> None:
    chart = Chart("bars", "a", "b", tuple("x" * len(heights)), (Series("s", tuple(heights)),))
    scale = scale_of(chart)
    assert scale.highest >= max(heights) * (1 - 1e-6)
    assert 2 <= len(scale.ticks) <= 7
    assert all(0 <= scale.share(value) <= 1 for value in heights)


@given(st.integers(1, 200), st.integers(1, 20))
def test_labels_along_an_axis_never_crowd_and_the_last_is_always_named(count: int, most: int) -> None:
    shown = labelled(count, most)
    assert len(shown) <= most
    assert shown[-1] == count - 1


def test_the_words_of_starling_in_a_chart_are_in_the_readers_language() -> None:
    chart = replace(RATING, title=t("Rating of your answers"))
    assert "Rating of your answers" in svg(chart, "xx")
