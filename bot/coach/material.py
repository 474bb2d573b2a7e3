"""From a version of an answer to the request: what is sent of it, masked, and what a reply is held against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from bot.answers.records import CLOSING, report_of
from bot.coach.config import CoachConfig
from bot.coach.guards import Sent
from bot.coach.masking import Mask, Masked
from bot.coach.prompt import Material, content_hash, request_body
from bot.feature.context import Context
from bot.scoring.abstain import TOO_FEW_WORDS
from bot.scoring.explain import UNREAD
from storage.tables.answers import Revision
from storage.tables.people import Member, Workspace


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request, ready to be sent, and all that has to be known about it afterwards."""

    body: dict[str, Any]
    content_hash: str
    sent: Sent
    masked: dict[str, int]


def is_suitable(revision: Revision) -> bool:
    """Whether there is something to coach: English, long enough, and no questions to an interviewer."""
    report = report_of(revision)
    return revision.kind != CLOSING and report.abstained not in (*UNREAD, TOO_FEW_WORDS)


async def prepare(ctx: Context, revision: Revision, config: CoachConfig) -> Prepared:
    """Everything of the request but the sending. Reads the names of members, since answers speak of colleagues."""
    report = report_of(revision)
    people = (await ctx.session.scalars(select(Member.display_name))).all()
    companies = [company.name for company in ctx.content.companies.values()]
    companies += (await ctx.session.scalars(select(Workspace.name))).all()
    points = [str(point["text"]) for point in revision.points]
    answer = revision.text[: report.scored_characters]
    masks = Mask([answer, revision.question, *points], people, companies)
    material = Material(
        question=masks.masked(revision.question),
        points=[masks.masked(point) for point in points],
        answer=masks.masked(answer),
        kind=revision.kind,
        findings=sorted(report.flags),
        target_level=revision.target_level,
    )
    body = request_body(config, material)
    rating = None if report.abstained else report.rating
    return Prepared(
        body=body,
        content_hash=content_hash(config, body),
        sent=Sent(material.answer, material.question, masks.originals, rating),
        masked=Masked(material.answer, masks.originals).counts,
    )
