"""The criteria of a round: those of the content, or a team's own; data, versioned, frozen for each round."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.errors import UserFacingError
from bot.base.ids import new_id
from bot.base.text import Text, t
from bot.feature.context import Context
from content.loader import Content
from content.schema import ContentText, Criterion, ReviewRubric
from storage.tables.review import ReviewProgramme, Round, Rubric

SHIPPED = "rubric-story"
MOST_CRITERIA = 6
MARKS = (1, 3, 5)
_ANCHOR = re.compile(r"([135])\s*[:.)-]\s*(.+)")
_NOT_FOR_IDS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Frozen:
    """A rubric as a round keeps it: `Round.rubric_version` and `Round.criteria`."""

    version: str
    criteria: tuple[Criterion, ...]

    @property
    def as_json(self) -> list[Any]:
        """The criteria as they are stored."""
        return [criterion.model_dump(mode="json") for criterion in self.criteria]


def shipped(content: Content) -> Frozen:
    """The rubric that comes with the content."""
    rubric: ReviewRubric = content.review_rubrics[SHIPPED]
    return Frozen(f"{rubric.id}-{rubric.version}", rubric.criteria)


async def current_rubric(session: AsyncSession, content: Content, programme: ReviewProgramme | None = None) -> Frozen:
    """What a round locked now is reviewed by: the programme's own, else the team's newest, else the content's."""
    row = None
    if programme is not None and programme.rubric_id is not None:
        row = await session.get(Rubric, programme.rubric_id)
    if row is None:
        row = await session.scalar(select(Rubric).order_by(Rubric.version.desc()).limit(1))
    return shipped(content) if row is None else Frozen(f"team-{row.version}", _read(row.criteria))


def criteria_of(round: Round, content: Content) -> tuple[Criterion, ...]:
    """The criteria a round was locked with."""
    return _read(round.criteria) or shipped(content).criteria


async def save_rubric(context: Context, criteria: Sequence[Criterion]) -> str:
    """Make the team's next version; rounds that were locked keep theirs. The version that holds now."""
    before = await current_rubric(context.session, context.content)
    if before.criteria == tuple(criteria):
        return before.version
    newest = await context.session.scalar(select(Rubric.version).order_by(Rubric.version.desc()).limit(1))
    frozen = Frozen(f"team-{(newest or 0) + 1}", tuple(criteria))
    row = Rubric(
        id=new_id(),
        version=(newest or 0) + 1,
        criteria=frozen.as_json,
        made_by=context.member,
        made_at=context.now,
    )
    context.session.add(row)
    await context.session.flush()
    for programme in await context.session.scalars(select(ReviewProgramme)):
        programme.rubric_id = row.id
    return frozen.version


def written(criterion: Criterion, language: str = "en") -> str:
    """A criterion as lines that can be edited: name, question, then what 1, 3 and 5 look like."""
    anchors = zip(MARKS, (criterion.one, criterion.three, criterion.five), strict=True)
    lines = [criterion.name.in_language(language), criterion.asks.in_language(language)]
    return "\n".join([*lines, *(f"{mark}: {text.in_language(language)}" for mark, text in anchors)])


def read_criterion(text: str, known: str | None = None) -> Criterion:
    """A criterion from such lines, under the id `known` or one made of its name; a sentence where a line is missing."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    anchors = {int(found.group(1)): found.group(2) for line in lines if (found := _ANCHOR.fullmatch(line))}
    rest = [line for line in lines if not _ANCHOR.fullmatch(line)]
    if len(rest) < 2 or set(anchors) != set(MARKS):
        raise UserFacingError(HOW_TO_WRITE)
    name, asks = rest[0], " ".join(rest[1:])
    made = _NOT_FOR_IDS.sub("_", name.lower()).strip("_")[:30].strip("_")
    one, three, five = (ContentText({"en": anchors[mark]}) for mark in MARKS)
    return Criterion(
        id=known or (made if made[:1].isalpha() else f"c_{made}"[:30]),
        name=ContentText({"en": name}),
        asks=ContentText({"en": asks}),
        one=one,
        three=three,
        five=five,
    )


HOW_TO_WRITE: Text = t(
    "Write a criterion in five lines: its name, the question to ask, then one line each that begins with "
    "1:, 3: and 5: and says what that looks like."
)


def _read(stored: Sequence[Any]) -> tuple[Criterion, ...]:
    return tuple(Criterion.model_validate(each) for each in stored)
