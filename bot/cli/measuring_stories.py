"""What `starling eval stories` does: looks labelled queries up among stories of a file, and measures what is found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.cli.measuring import read_items
from bot.evaluation import stories
from bot.evaluation.metrics import bootstrap
from bot.evaluation.stories import FoundStories, LabelledStory, PlainFullText, StoryQuery
from bot.evaluation.table import Measured
from bot.stories.finding import Finder, StoryText
from bot.stories.lookup import MOST_OWN
from bot.stories.meaning import Meaning, guesses, meant, mixed, nearness
from bot.stories.ranking import count_terms, rank
from content.loader import load_content
from content.rules import load_rules
from storage.search import SHORTLIST

Ranked = list[tuple[str, float]]


def found_stories(
    story_file: Path, query_file: Path, model: Meaning | None = None
) -> tuple[Sequence[Mapping[str, Any]], Measured]:
    """What is found for each query, and how near the top the right stories come: with `model` by meaning too.

    Beside it stand plain full text and, with a model, what terms alone find. The stories count as one person's own.
    """
    told, asked = read_items(story_file, LabelledStory), read_items(query_file, StoryQuery)
    texts = {story.id: story.texts for story in told}
    by_terms = _by_terms(texts, asked)
    plain = PlainFullText({name: " ".join(parts.values()) for name, parts in texts.items()})
    baselines = {"FTS5": stories.measure(_items(asked, plain.rank([query.query for query in asked])))}
    if model is None:
        items = _items(asked, map(_names, by_terms))
    else:
        items = _items(asked, map(_names, _by_meaning(model, texts, asked, by_terms)))
        baselines["terms"] = stories.measure(_items(asked, map(_names, by_terms)))
    said = [{"id": item.query.id, "stories": list(item.found)} for item in items]
    values, intervals = stories.measure(items), bootstrap(items, stories.measure)
    return said, Measured(len(items), values, intervals, baselines, stories.misses(items))


def _by_terms(texts: Mapping[str, Mapping[str, str]], asked: Sequence[StoryQuery]) -> list[Ranked]:
    finder = Finder(load_content(), load_rules().lexicon)
    terms = {name: finder.terms_of(StoryText(parts)) for name, parts in texts.items()}
    counts = count_terms(terms.values())
    words = {term[2:] for term in counts if term.startswith("w:")}
    return [rank(finder.query(query.query, words), terms, counts, len(terms)) for query in asked]


def _by_meaning(
    model: Meaning, texts: Mapping[str, Mapping[str, str]], asked: Sequence[StoryQuery], by_terms: Sequence[Ranked]
) -> list[Ranked]:
    """As the look-up does it: the best by terms and the newest of all in the order of both, the others behind them."""
    kept = {name: meant(model, parts) for name, parts in texts.items()}
    newest = list(texts)[-MOST_OWN:]
    found = []
    for query, ranked in zip(asked, by_terms, strict=True):
        first, others = ranked[:SHORTLIST], ranked[SHORTLIST:]
        near = nearness(model, query.query, {name: kept[name] for name in (*newest, *_names(first))})
        best = mixed(first, near) if first else guesses(near)
        listed = set(_names(best))
        found.append(best + [pair for pair in others if pair[0] not in listed])
    return found


def _names(ranked: Ranked) -> tuple[str, ...]:
    return tuple(name for name, _ in ranked)


def _items(asked: Sequence[StoryQuery], found: Iterable[tuple[str, ...]]) -> list[FoundStories]:
    return [FoundStories(query, ranked) for query, ranked in zip(asked, found, strict=True)]
