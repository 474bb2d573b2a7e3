"""A habit told in the present is a lesson that was taken, whatever its verb."""

from __future__ import annotations

import pytest

from bot.scoring.clauses import practices
from content.rules import load_rules

LEXICON = load_rules().lexicon


@pytest.mark.parametrize(
    ("sentence", "holds"),
    [
        ("now i rehearse every migration on a copy", True),
        ("since then i always simulate the failure first", True),
        ("i now rotate the keys every month", True),
        ("now i know that it was wrong", False),
        ("now i rehearsed the migration", False),
        ("now i have a new job", False),
        ("i rehearse every migration", False),
        ("now", False),
    ],
)
def test_only_what_is_done_since_counts(sentence: str, holds: bool) -> None:
    assert bool(practices(sentence.split(), LEXICON)) is holds
