"""How much of each source row the content holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import fields

from content.loader import Content, amounts


def stats(content: Content) -> dict[str, dict[str, int]]:
    """Items by source row, entries by section, and questions by kind.

    An item is what the source's amount counts: a pair is one, a company's three shares and note are four. Each kind of
    entry says which rows it counts for (`Entry.rows`) and how much it holds (`Entry.size`).
    """
    return {
        "by_source": by_source(content),
        "by_section": {field.name: len(getattr(content, field.name)) for field in fields(content)},
        "questions_by_kind": dict(sorted(Counter(q.kind for q in content.questions.values()).items())),
    }


def by_source(content: Content) -> dict[str, int]:
    """Items that stand, by source row; a row with nothing yet is 0."""
    entries = tuple(content.entries())
    return {row: sum(entry.items_for(row) for entry in entries) for row in amounts()}


def missing(content: Content) -> Mapping[str, tuple[int, int]]:
    """Rows of which something is still missing, each with (what stands, what there should be)."""
    have = by_source(content)
    return {row: (have[row], want) for row, want in amounts().items() if have[row] < want}


def surplus(content: Content) -> Mapping[str, tuple[int, int]]:
    """Rows that count more than the source holds, so that an entry cites a row it should not."""
    have = by_source(content)
    return {row: (have[row], want) for row, want in amounts().items() if have[row] > want}
