"""Practice on examples whose rating is agreed: one's own scale beside it; a help, never a wall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from bot.base.errors import UserFacingError
from bot.base.ids import new_id
from bot.base.text import t
from bot.feature.context import Context
from bot.review.rubric import shipped
from content.loader import Content
from content.schema import AgreedRating, Criterion
from storage.once import insert_once
from storage.tables.review import CalibrationTry

AGREES_WITHIN = 1
"""Points apart that still count as agreeing: people who know the scale well differ by as much."""
GONE = t("This example is not there any more. Choose another one.")


@dataclass(frozen=True, slots=True)
class Compared:
    """One criterion of a try: one's own score, the agreed one, and why it is that."""

    name: str
    mine: int
    agreed: int
    why: str

    @property
    def agrees(self) -> bool:
        """Whether the two are at most a point apart."""
        return abs(self.mine - self.agreed) <= AGREES_WITHIN


def examples(content: Content) -> Sequence[AgreedRating]:
    """The examples that can be tried, in the order of their ids."""
    return [rating for _, rating in sorted(content.agreed_ratings.items())]


def example_by_id(content: Content, example_id: str) -> AgreedRating:
    """One of them; a sentence where it is gone."""
    found = content.agreed_ratings.get(example_id)
    if found is None:
        raise UserFacingError(GONE)
    return found


def text_of_example(content: Content, rating: AgreedRating, language: str) -> tuple[str, str]:
    """The question and the answer that are rated."""
    example = content.examples[rating.example]
    answer = example.weak if rating.which == "weak" and example.weak is not None else example.strong
    return example.question.in_language(language), answer.in_language(language)


def criteria_of_example(content: Content, rating: AgreedRating) -> tuple[Criterion, ...]:
    """The criteria that have an agreed score, in the order of the content's rubric."""
    rated = {each.criterion for each in rating.scores}
    return tuple(criterion for criterion in shipped(content).criteria if criterion.id in rated)


def compare(content: Content, rating: AgreedRating, scores: Mapping[str, int], language: str) -> Sequence[Compared]:
    """One's own scores beside the agreed ones, criterion by criterion."""
    agreed = {each.criterion: each for each in rating.scores}
    return [
        Compared(
            criterion.name.in_language(language),
            scores[criterion.id],
            agreed[criterion.id].score,
            agreed[criterion.id].why.in_language(language),
        )
        for criterion in criteria_of_example(content, rating)
        if criterion.id in scores
    ]


async def keep_try(context: Context, example_id: str, scores: Mapping[str, int]) -> None:
    """Keep what somebody gave an example; tried again, the newest holds."""
    values = {
        "id": new_id(),
        "member_id": context.member,
        "example_id": example_id,
        "scores": dict(scores),
        "at": context.now,
    }
    unique = (CalibrationTry.member_id, CalibrationTry.example_id)
    if not await insert_once(context.session, CalibrationTry, values, unique=unique):
        found = await context.session.scalars(
            select(CalibrationTry).where(
                CalibrationTry.member_id == context.member, CalibrationTry.example_id == example_id
            )
        )
        row = found.one()
        row.scores, row.at = dict(scores), context.now


async def tried(context: Context) -> set[str]:
    """The examples that the actor has tried."""
    rows = await context.session.scalars(
        select(CalibrationTry.example_id).where(CalibrationTry.member_id == context.member)
    )
    return set(rows)
