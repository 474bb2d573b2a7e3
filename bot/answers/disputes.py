"""Disagreeing with a report: the person's own labels, kept beside it, and exported as a case if they agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.answers import actions
from bot.answers.records import Reviewed, report_of
from bot.base.ids import new_id
from bot.base.text import t
from bot.chat.cards import Choice
from bot.chat.forms import ChoiceInput, Form, RatingInput, TextInput
from bot.feature.context import Context
from bot.scoring.report import FLAGS, Report
from storage.tables.answers import Dispute, Revision

ANCHORS = (
    t("No usable evidence"),
    t("A story can be guessed at, but role or outcome is missing"),
    t("Complete but thin"),
    t("Good, with one thing lacking"),
    t("Outstanding: specific, owned, measured"),
)
"""What the ratings mean (the labelling guide's anchors, shortened)."""
SITUATIONAL_FLAGS = ("too_short", "too_long", "vague", "apologetic")
CONSENT = "agreed"


def dispute_form(revision: Revision, names: Mapping[str, str]) -> Form:
    """Asks for the person's own labels; every field may stay empty."""
    report = report_of(revision)
    possible = FLAGS if revision.kind == "behavioral" else SITUATIONAL_FLAGS
    found = tuple(_choice(code, names) for code in report.flags)
    others = tuple(_choice(code, names) for code in possible if code not in report.flags)
    wrong = ChoiceInput("wrong", t("Which findings are wrong?"), found, required=False, several=True)
    return Form(
        actions.FileDispute(revision=revision.id),
        t("I disagree"),
        (
            RatingInput("rating", t("How would you rate the answer?"), ANCHORS, required=False),
            *((wrong,) if found else ()),
            ChoiceInput("missed", t("What did I not see?"), others, required=False, several=True),
            TextInput("comment", t("What is wrong, in your words?"), multiline=True, required=False),
            ChoiceInput(
                "consent",
                t("May this case be used to mend the rules?"),
                (Choice(CONSENT, t("Yes: question, answer and my labels may be exported, without my name")),),
                hint=t("Without your yes it stays here, for you alone."),
                required=False,
                several=True,
            ),
        ),
        t("File it"),
    )


def _choice(code: str, names: Mapping[str, str]) -> Choice:
    return Choice(code, names.get(code, code.replace("_", " ")))


async def file(ctx: Context, reviewed: Reviewed, values: Mapping[str, Sequence[str]]) -> Dispute:
    """Store the person's labels of a revision; filed again, they replace the earlier ones."""
    revision, flags = reviewed.revision, reviewed.report.flags
    dispute = await ctx.session.scalar(select(Dispute).where(Dispute.revision_id == revision.id))
    if dispute is None:
        dispute = Dispute(id=new_id(), revision_id=revision.id, member_id=ctx.member)
        ctx.session.add(dispute)
    rating = "".join(values.get("rating", ()))
    dispute.rating = float(rating) if rating else None
    dispute.wrong_findings = [code for code in values.get("wrong", ()) if code in flags]
    dispute.missed_findings = [code for code in values.get("missed", ()) if code in FLAGS and code not in flags]
    dispute.comment = "".join(values.get("comment", ())).strip()
    dispute.consented = CONSENT in values.get("consent", ())
    dispute.filed_at = ctx.now
    await ctx.session.flush()
    return dispute


async def export_disputes(session: AsyncSession) -> list[dict[str, Any]]:
    """The cases whose authors agreed, in the format of the labelled answers, oldest first.

    Rating and flags are the person's; segments, level and points are the engine's, as `labels_from` says.
    Nothing names the person.
    """
    rows = await session.execute(
        select(Dispute, Revision)
        .join(Revision, Revision.id == Dispute.revision_id)
        .where(Dispute.consented.is_(True))
        .order_by(Dispute.filed_at, Dispute.id)
    )
    return [_case(dispute, revision) for dispute, revision in rows]


def _case(dispute: Dispute, revision: Revision) -> dict[str, Any]:
    report = Report.from_json(revision.report)
    kept = [code for code in report.flags if code not in dispute.wrong_findings]
    case: dict[str, Any] = {
        "id": dispute.id,
        "question": revision.question,
        "kind": revision.kind,
        "style": "chat",
        "text": revision.text,
        "flags": [*kept, *dispute.missed_findings],
        "rating": dispute.rating if dispute.rating is not None else report.rating,
    }
    if revision.kind == "behavioral":
        case["segments"] = [[revision.text[s.start : s.end], s.label] for s in report.segments]
        case["level"] = report.level.level if report.level else None
    else:
        case["points"] = {point.point: point.covered for point in report.points}
    case["comment"] = dispute.comment
    case["engine"] = {"engine": report.engine, "rubric": report.rubric, "lexicon": report.lexicon}
    case["labels_from"] = {
        "rating": "person" if dispute.rating is not None else "engine",
        "flags": "person",
        "segments": "engine",
        "level": "engine",
        "points": "engine",
    }
    return case
