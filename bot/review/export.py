"""A closed round as data for those who run rounds: scores and counts, no names, no comments, no private text.

Authors and reviewers are numbered apart from each other, so that who answered under their name in the channel is not
found again among the reviewers. The text of an answer is in it only where its author lets everybody in the channel
read it. From the reviews the shown values can be computed again.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.review.records import last_override, visibility_of
from bot.review.results import read_result
from bot.review.rounds import programme_of
from storage.tables.review import Entry, EntryState, Review, Round, RoundState

Row = Mapping[str, Any]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


async def closed_rounds(session: AsyncSession) -> Sequence[Round]:
    """The rounds that can be exported, in the order they were closed."""
    rows = await session.scalars(select(Round).where(Round.state == RoundState.CLOSED).order_by(Round.closed_at))
    return rows.all()


async def export_round(session: AsyncSession, round: Round) -> dict[str, Any]:
    """One round: what it was, its answers, its reviews."""
    entries = (
        await session.scalars(
            select(Entry).where(Entry.round_id == round.id, Entry.state == EntryState.SUMMARISED).order_by(Entry.label)
        )
    ).all()
    reviews = (
        await session.scalars(
            select(Review)
            .join(Entry, Entry.id == Review.entry_id)
            .where(Entry.round_id == round.id, Review.submitted_at.is_not(None))
        )
    ).all()
    labels = {entry.id: entry.label or "" for entry in entries}
    authors = numbered((entry.author_id for entry in entries), f"{round.seed}:authors")
    reviewers = numbered((review.reviewer_id or review.id for review in reviews), f"{round.seed}:reviewers")
    programme = await programme_of(session, round)
    return {
        "programme": programme.name,
        "round": round.number,
        "rubric": round.rubric_version,
        "criteria": list(round.criteria),
        "locked_on": _day(round.locked_at),
        "closed_on": _day(round.closed_at),
        "answers": [await _answer(session, entry, authors) for entry in entries],
        "reviews": sorted(
            (_review(review, labels[review.entry_id], reviewers) for review in reviews if review.entry_id in labels),
            key=lambda row: (row["answer"], row["reviewer"]),
        ),
    }


def numbered(ids: Iterable[str], seed: str) -> dict[str, int]:
    """A number for each id, by lot and not by who came first; the same lot gives the same numbers."""
    drawn = sorted(set(ids))
    random.Random(seed).shuffle(drawn)
    return {each: number for number, each in enumerate(drawn, 1)}


async def _answer(session: AsyncSession, entry: Entry, authors: Mapping[str, int]) -> Row:
    result = read_result(entry)
    given = await last_override(session, entry)
    public = not entry.private and await visibility_of(session, entry) == "channel"
    return {
        "answer": entry.label,
        "author": authors[entry.author_id],
        "question": entry.question,
        "text": entry.text if public else None,
        "late": entry.late,
        **(result.as_json if result is not None else {}),
        "mentor_score": given.value if given is not None else None,
    }


def _review(review: Review, label: str, reviewers: Mapping[str, int]) -> dict[str, Any]:
    """Scores and what became of it; no comment, since it was written for one person."""
    return {
        "answer": label,
        "reviewer": reviewers[review.reviewer_id or review.id],
        "state": review.state.value,
        "mentor": review.mentor,
        "scores": dict(review.scores),
        "level": review.level,
        "helpful": review.helpful,
    }


def as_csv(rows: Sequence[Row]) -> str:
    """Rows as CSV with a header; a map becomes a column for each of its keys. No cell is taken for a formula."""
    flat = [_flat(row) for row in rows]
    names = list(dict.fromkeys(name for row in flat for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _safe(value) for name, value in row.items()} for row in flat)
    return out.getvalue()


def _flat(row: Row) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, Mapping):
            found.update({f"{name}_{key}": each for key, each in sorted(value.items())})
        else:
            found[name] = value
    return found


def _safe(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _day(moment: Any) -> str | None:
    return moment.date().isoformat() if moment is not None else None
