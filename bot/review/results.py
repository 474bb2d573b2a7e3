"""What the counted reviews of an answer come to, and where it is stored; recomputed it is the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from statistics import fmean
from typing import Any, Literal

from sqlalchemy import select

from bot.feature.context import Context
from bot.review.aggregation import Adjusted, Given, disagree
from bot.review.steps import step_entries
from storage.tables.review import Entry, EntryState, Review, ReviewState, Round

HISTORY = timedelta(weeks=12)
"""How far back the habits of reviewers are learned from."""
MODEL = "mixed-1"
"""Which model adjusted a score; a change of it is a break in every trend."""
FULL = 2
"""Reviews from which an answer counts as fully reviewed."""
DIGITS = 4
Tier = Literal["full", "partial", "none"]


@dataclass(frozen=True, slots=True)
class Scored:
    """What one counted review adds to a result: its scores by criterion id, and whether a mentor gave them."""

    scores: Mapping[str, int]
    mentor: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What an answer's counted reviews come to; numbers from 1 to 5, None where there is no review."""

    means: Mapping[str, float]
    """By criterion id: what the author sees."""
    mean: float | None
    reviews: int
    mentors: int
    tier: Tier
    adjusted: float | None
    """Without the habits of its reviewers: for mentors and moderators."""
    error: float | None
    confidence: str | None
    apart: bool
    """The reviews lie so far apart that the result is held back from any summary."""
    model: str = MODEL

    @property
    def as_json(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)


def tier_of(reviews: int) -> Tier:
    """Full from two reviews on, partial with one, none without."""
    return "full" if reviews >= FULL else "partial" if reviews else "none"


def result_of(scored: Sequence[Scored], adjusted: Adjusted | None) -> Result:
    """The plain means of the reviews beside the adjusted score; the order of the reviews does not matter."""
    names = sorted({name for each in scored for name in each.scores})
    by_name = {name: [each.scores[name] for each in scored if name in each.scores] for name in names}
    whole = [[each.scores[name] for name in names] for each in scored if set(each.scores) == set(names)]
    means = [fmean(each.scores.values()) for each in scored if each.scores]
    return Result(
        means={name: round(fmean(values), DIGITS) for name, values in by_name.items()},
        mean=round(fmean(means), DIGITS) if means else None,
        reviews=len(scored),
        mentors=sum(each.mentor for each in scored),
        tier=tier_of(len(scored)),
        adjusted=round(adjusted.value, DIGITS) if adjusted is not None else None,
        error=round(adjusted.error, DIGITS) if adjusted is not None else None,
        confidence=adjusted.confidence.value if adjusted is not None else None,
        apart=disagree(whole),
    )


def is_owed(reviews: int, wanted: int) -> bool:
    """Whether an answer got so little that its author comes first in the next round."""
    return reviews == 0 or reviews < min(FULL, wanted)


def read_result(entry: Entry) -> Result | None:
    """The stored result of an answer; None before the close."""
    return Result(**entry.result) if entry.result else None


async def sum_up(
    context: Context, round: Round, entries: Sequence[Entry], adjusted: Mapping[str, Adjusted] | None = None
) -> None:
    """Store what each of these answers came to, with the adjusted scores by entry id where they are learned."""
    scores = adjusted or {}
    counted = await counted_in(context, round)
    values = {}
    for entry in entries:
        mine = counted.get(entry.id, [])
        result = result_of([Scored(review.scores, review.mentor) for review in mine], scores.get(entry.id))
        values[entry.id] = {"result": result.as_json, "owed": is_owed(result.reviews, entry.wanted)}
    await step_entries(context.session, entries, EntryState.SUMMARISED, values)


async def given_until(context: Context, round: Round) -> list[Given]:
    """The counted reviews from which habits are learned: the programme's last weeks under the round's rubric."""
    rows = await context.session.execute(
        select(Entry.id, Review.id, Review.reviewer_id, Review.scores, Review.mentor)
        .join(Entry, Entry.id == Review.entry_id)
        .join(Round, Round.id == Entry.round_id)
        .where(
            Round.programme_id == round.programme_id,
            Round.rubric_version == round.rubric_version,
            Round.locked_at >= (round.locked_at or context.now) - HISTORY,
            Round.number <= round.number,
            Review.state == ReviewState.COUNTED,
        )
    )
    return [
        Given(entry_id, reviewer or review_id, fmean(scores.values()), mentor)
        for entry_id, review_id, reviewer, scores, mentor in rows
        if scores
    ]


def as_given(review: Review) -> Given:
    """A review as habits are learned from it."""
    return Given(review.entry_id, review.reviewer_id or review.id, fmean(review.scores.values()), review.mentor)


async def counted_in(context: Context, round: Round) -> dict[str, list[Review]]:
    """The counted reviews of a round by entry id."""
    rows = await context.session.scalars(
        select(Review)
        .join(Entry, Entry.id == Review.entry_id)
        .where(Entry.round_id == round.id, Review.state == ReviewState.COUNTED)
    )
    found: dict[str, list[Review]] = {}
    for review in rows:
        found.setdefault(review.entry_id, []).append(review)
    return found
