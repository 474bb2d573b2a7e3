from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.cli.measuring_stories import found_stories
from bot.stories import service
from bot.stories.finding import Finder, StoryText
from bot.stories.ranking import count_terms, rank
from content.loader import load_content
from content.rules import load_rules
from tests.effort import processor_seconds

GOLD = Path(__file__).parents[2] / "gold"


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder(load_content(), load_rules().lexicon)


STORIES: Mapping[str, str] = {
    "quarrel": "Their lead and I had stopped greeting each other. I asked him to lunch and wrote down his complaints.",
    "bug": "Two jobs held the same lock. I compared the logs hour by hour and found the cause in the compaction.",
    "junior": "Marek joined from university and was afraid of reviews. I paired with him until he dared to ship.",
    "korean": "재고 숫자가 매일 어긋났다. 원인을 찾아 고쳤다.",
}


def found(finder: Finder, query: str, *, typing: bool = False) -> list[str]:
    terms = {name: finder.terms_of(StoryText({"situation": text})) for name, text in STORIES.items()}
    counts = count_terms(terms.values())
    words = {term[2:] for term in counts if term.startswith("w:")}
    return [name for name, _ in rank(finder.query(query, words, typing=typing), terms, counts, len(terms))]


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("a time I handled conflict", "quarrel"),
        ("Tell me about your hardest bug", "bug"),
        ("helping a newcomer grow", "junior"),
        ("compacton lok", "bug"),
        ("재고", "korean"),
    ],
)
def test_a_story_is_found_by_what_it_shows(finder: Finder, query: str, best: str) -> None:
    assert found(finder, query)[0] == best


def test_half_a_word_finds_while_one_types(finder: Finder) -> None:
    assert found(finder, "compac", typing=True)[0] == "bug"


@pytest.mark.parametrize("query", ["", "🙂", "?", '" OR *', "tell me about a time"])
def test_a_query_that_says_nothing_finds_nothing(finder: Finder, query: str) -> None:
    assert found(finder, query) == []


def test_the_same_story_always_has_the_same_terms(finder: Finder) -> None:
    story = StoryText({"title": "Kafka", "action": STORIES["bug"]})
    assert finder.terms_of(story) == finder.terms_of(story)


@pytest.mark.parametrize(
    ("queries", "least", "least_themes"), [("heldout", 0.85, 0.75), ("fresh", 0.85, 0.75), ("last", 0.78, 0.7)]
)
def test_our_own_queries_find_their_stories(queries: str, least: float, least_themes: float) -> None:
    _, measured = found_stories(GOLD / "stories.jsonl", GOLD / f"story_queries_{queries}.jsonl")
    assert measured.values["mrr"] >= least
    assert measured.values["mrr theme"] >= least_themes
    assert measured.values["mrr theme"] > 1.5 * measured.baselines["FTS5"]["mrr theme"]


def test_once_warm_nobody_who_types_waits_for_the_words_to_be_read() -> None:
    content, rules = load_content(), load_rules()
    service.warm(content, rules)
    context = SimpleNamespace(content=content, rules=rules)
    assert processor_seconds(lambda: service.finder_for(context).query("the hardest bug")) < 0.2  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rounds", "least"),
    [("one", 0.8), ("two", 0.82), ("three", 0.83), ("four", 0.75), ("five", 0.84), ("six", 0.88), ("seven", 0.75)],
)
def test_what_was_reached_on_the_stories_of_each_round_stays_reached(rounds: str, least: float) -> None:
    _, measured = found_stories(GOLD / f"stories_{rounds}.jsonl", GOLD / f"story_queries_{rounds}.jsonl")
    assert measured.values["mrr"] >= least
    assert measured.values["mrr"] > measured.baselines["FTS5"]["mrr"]


@pytest.mark.parametrize("query", ["living with doubt", "restoring confidence"])
def test_a_word_of_the_language_is_no_slip_of_another(finder: Finder, query: str) -> None:
    assert not finder.query(query).read_as


@pytest.mark.parametrize(
    ("query", "situation"),
    [
        ("two of my colleagues had a dispute", "like-mediating"),
        ("a critique of me that stung", "like-receiving-feedback"),
        ("giving a colleague honest criticism", "like-giving-feedback"),
    ],
)
def test_of_a_theme_the_situation_is_told_that_is_meant(finder: Finder, query: str, situation: str) -> None:
    asked = {term[2:]: worth for term, worth in finder.query(query).terms.items() if term.startswith("t:like-")}
    assert max(asked, key=lambda name: asked[name]) == situation


def test_a_theme_counts_by_how_far_a_story_shows_it_above_what_is_usual(finder: Finder) -> None:
    told = STORIES["quarrel"]
    shown = finder.terms_of(StoryText({"action": told}))
    diluted = finder.terms_of(StoryText({"action": f"{told} {'We met at nine and went through the list. ' * 40}"}))
    assert shown["t:about-conflict"] > diluted.get("t:about-conflict", 0.0)


def test_queries_without_labels_are_looked_up_and_not_measured(tmp_path: Path) -> None:
    queries = tmp_path / "queries.jsonl"
    queries.write_text(json.dumps({"id": 7, "query": "yen invoices"}) + "\n", encoding="utf-8")
    said, measured = found_stories(GOLD / "stories.jsonl", queries)
    assert said[0]["id"] == "7"
    assert said[0]["stories"][0] == "a3"
    assert measured.measured == []
