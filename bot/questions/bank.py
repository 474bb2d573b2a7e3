"""The question bank: ours from the content, and those a team added in chat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.errors import UserFacingError
from bot.base.ids import MemberId
from bot.base.text import t
from content.loader import OWN_PREFIX, Content
from content.schema import OWN, ContentText, KeyPoint, LevelName, Question, QuestionKind
from storage.tables.questions import OwnQuestion

LONGEST_QUESTION = 600
"""Characters of a question's text: more is not read on a phone."""
MOST_POINTS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody enters for a question of the team's own. Key points come by priority."""

    text: str
    kind: QuestionKind = "behavioral"
    archetypes: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    levels: tuple[LevelName, LevelName] = ("L3", "L7")
    points: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()

    def check(self) -> None:
        """Raise `UserFacingError` with the first thing that is wrong."""
        if not any(character.isalnum() for character in self.text):
            raise UserFacingError(t("Write the question in words."))
        if len(self.text) > LONGEST_QUESTION:
            raise UserFacingError(
                t(
                    "The question has {length} characters. Shorten it to {most}, so that it can be read on a phone.",
                    length=len(self.text),
                    most=LONGEST_QUESTION,
                )
            )
        if self.levels[0] > self.levels[1]:
            raise UserFacingError(t("The lowest level is above the highest. Swap them."))
        if self.kind == "situational" and not self.points:
            raise UserFacingError(
                t("A situational question needs at least one key point: answers are scored by what they cover.")
            )
        if self.kind != "situational" and (self.points or self.must_not):
            raise UserFacingError(t("Key points belong to situational questions. Choose that kind or leave them out."))
        if len(self.points) > MOST_POINTS:
            raise UserFacingError(t("Name at most {most} key points.", most=MOST_POINTS))


def bank_id(row: OwnQuestion) -> str:
    """The id by which the bank knows a question of the team's own."""
    return f"{OWN_PREFIX}{row.id}"


def as_question(row: OwnQuestion) -> Question:
    """A question of the team's own in the shape of ours."""
    return Question(
        id=bank_id(row),
        version=row.version,
        sources=(OWN,),
        text=ContentText.model_validate(row.text),
        kind=cast(QuestionKind, row.kind),
        archetypes=tuple(row.archetypes),
        themes=tuple(row.themes),
        level_range=(cast(LevelName, row.lowest_level), cast(LevelName, row.highest_level)),
        points=tuple(KeyPoint.model_validate(point) for point in row.points),
        must_not=tuple(ContentText.model_validate(text) for text in row.must_not),
    )


async def whole_bank(session: AsyncSession, content: Content) -> Mapping[str, Question]:
    """Every question that can be asked in this workspace, by id. Closing ones are for interviewers, not here."""
    own = [as_question(row) for row in await own_questions(session)]
    ours = [question for question in content.questions.values() if question.kind != "closing"]
    return {question.id: question for question in (*ours, *own)}


async def own_questions(session: AsyncSession) -> Sequence[OwnQuestion]:
    """The questions the team added in chat and still asks, oldest first."""
    rows = await session.scalars(
        select(OwnQuestion).where(OwnQuestion.retired_at.is_(None)).order_by(OwnQuestion.added_at, OwnQuestion.id)
    )
    return rows.all()


async def add_own_question(session: AsyncSession, draft: Draft, by: MemberId | None, now: datetime) -> OwnQuestion:
    """Add a question of the team's own; `UserFacingError` for a draft that cannot be asked."""
    draft.check()
    row = OwnQuestion(added_by=by, added_at=now, version=1)
    _fill(row, draft)
    session.add(row)
    await session.flush()
    return row


async def change_own_question(session: AsyncSession, own_id: str, draft: Draft) -> OwnQuestion:
    """Change a question of the team's own: its version rises, and what was posted before keeps its words."""
    draft.check()
    row = await own_question(session, own_id)
    _fill(row, draft)
    row.version += 1
    return row


async def retire_own_question(session: AsyncSession, own_id: str, now: datetime) -> OwnQuestion:
    """Ask a question of the team's own no more."""
    row = await own_question(session, own_id)
    row.retired_at = row.retired_at or now
    return row


async def own_question(session: AsyncSession, own_id: str) -> OwnQuestion:
    """The question of the team's own with this row id; `UserFacingError` for one that is gone."""
    row = await session.get(OwnQuestion, own_id)
    if row is None:
        raise UserFacingError(t("That question is not there any more."))
    return row


def find_questions(bank: Mapping[str, Question], words: str, limit: int = 10) -> Sequence[Question]:
    """The questions that `words` may mean, the nearest first: an id, words of the text, or nothing for the first."""
    if words.strip() in bank:
        return [bank[words.strip()]]
    if not words.strip():
        return [bank[id_] for id_ in sorted(bank)[:limit]]
    from rapidfuzz import fuzz, process, utils

    texts = {id_: f"{question.text} {id_}" for id_, question in bank.items()}
    found = process.extract(
        words, texts, scorer=fuzz.token_set_ratio, processor=utils.default_process, limit=limit, score_cutoff=45
    )
    return [bank[id_] for _, _, id_ in found]


def _fill(row: OwnQuestion, draft: Draft) -> None:
    row.text, row.kind = draft.text, draft.kind
    row.archetypes, row.themes = list(draft.archetypes), list(draft.themes)
    row.lowest_level, row.highest_level = draft.levels
    row.points, row.must_not = list(draft.points), list(draft.must_not)
