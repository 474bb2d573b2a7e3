"""What `starling eval stories` does: looks labelled queries up among stories of a file, and measures what is found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.cli.measuring import read_items
from bot.evaluation import stories
from bot.evaluation.metrics import bootstrap
from bot.evaluation.stories import FoundStories, LabelledStory, PlainFullText, StoryQuery
from bot.evaluation.table import Measured
from bot.stories.finding import Finder, StoryText, count_terms, rank
from content.loader import load_content
from content.rules import load_rules


def found_stories(story_file: Path, query_file: Path) -> tuple[Sequence[Mapping[str, Any]], Measured]:
    """What is found for each query, and how near the top the right stories come."""
    told, asked = read_items(story_file, LabelledStory), read_items(query_file, StoryQuery)
    texts = {story.id: story.texts for story in told}
    finder = Finder(load_content(), load_rules().lexicon)
    terms = {name: finder.terms_of(StoryText(parts)) for name, parts in texts.items()}
    counts = count_terms(terms.values())
    words = {term[2:] for term in counts if term.startswith("w:")}
    items = [
        FoundStories(
            query, tuple(name for name, _ in rank(finder.query(query.query, words), terms, counts, len(terms)))
        )
        for query in asked
    ]
    plain = PlainFullText({name: " ".join(parts.values()) for name, parts in texts.items()})
    baseline = [
        FoundStories(query, ranked)
        for query, ranked in zip(asked, plain.rank([query.query for query in asked]), strict=True)
    ]
    said = [{"id": item.query.id, "stories": list(item.found)} for item in items]
    values, intervals = stories.measure(items), bootstrap(items, stories.measure)
    return said, Measured(len(items), values, intervals, {"FTS5": stories.measure(baseline)}, stories.misses(items))
