"""The interview a member prepares for: its day and company, the message the day before, how ready they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.answers.advice import finding_names
from bot.base.errors import UserFacingError
from bot.base.ids import MemberId, new_id
from bot.base.text import t
from bot.feature.context import Context, ToMember
from bot.feature.declarations import Outcome, Send, Skip
from bot.members.identity import language_of, zone_of
from bot.members.preferences import TARGET_COMPANY
from bot.members.settings import read, write
from bot.outbox import queue
from bot.practice import interview_cards
from bot.practice.checklist import Checked, check
from bot.practice.countdown import Plan, plan_for
from bot.practice.drilling import drills_of, due_stories
from bot.practice.drills import Grade
from bot.practice.standing import ReadiedStory, Standing, coming_back
from bot.stories.coverage import FAILURE
from bot.stories.records import StoryRecord, stories_of, wholes
from content.schema import Company
from storage.tables.followups import ClosingDraft
from storage.tables.outbox import Delivery
from storage.tables.practice import Interview
from storage.tables.stories import TellingLength

BEFORE = "practice.interview"
"""The message on the day before; the subject is the `Interview`."""
TOLD_AT = time(17)
FURTHEST = timedelta(days=366)


async def interview_of(session: AsyncSession, member: MemberId) -> Interview | None:
    """The interview a member has set."""
    return await session.scalar(select(Interview).where(Interview.member_id == member))


async def coming_interview(ctx: Context) -> Interview | None:
    """The actor's interview that is still to come."""
    interview = await interview_of(ctx.session, ctx.member)
    return interview if interview is not None and interview.day >= await today_of(ctx, ctx.member) else None


async def required_interview(ctx: Context) -> Interview:
    """The actor's interview that is still to come; a sentence where there is none."""
    interview = await coming_interview(ctx)
    if interview is None:
        raise UserFacingError(interview_cards.NONE_SET)
    return interview


async def today_of(ctx: Context, member: MemberId) -> date:
    """The day it is where a member lives."""
    return ctx.now.astimezone(ZoneInfo(await zone_of(ctx.session, member))).date()


async def company_of(ctx: Context, member: MemberId) -> Company | None:
    """The company a member prepares for, as far as we know it."""
    return ctx.content.companies.get(await read(ctx.session, TARGET_COMPANY, member=member))


async def set_interview(ctx: Context, day: date, company: str, minutes: int) -> Interview:
    """Set the actor's interview, and the one message before it; a sentence for a day that is past or years away."""
    today = await today_of(ctx, ctx.member)
    if not today <= day <= today + FURTHEST:
        raise UserFacingError(t("Choose a day from today on, at most a year away."))
    interview = await interview_of(ctx.session, ctx.member)
    if interview is None:
        interview = Interview(id=new_id(), member_id=ctx.member, day=day, minutes_a_day=minutes, changes=0)
        ctx.session.add(interview)
    else:
        await queue.cancel(ctx.session, _key(interview), "the interview was set anew", now=ctx.now)
    interview.has_researched = bool(interview.has_researched) and company == await read(
        ctx.session, TARGET_COMPANY, member=ctx.member
    )
    interview.day, interview.minutes_a_day, interview.set_at = day, minutes, ctx.now
    interview.changes += 1
    await ctx.session.flush()
    await write(ctx.session, TARGET_COMPANY, "member", ctx.member, company or None, ctx.member, ctx.now)
    await _tell_before(ctx, interview)
    return interview


async def forget(session: AsyncSession, member: MemberId) -> int:
    """Take a member's interview away with its message; how many rows went."""
    interview = await interview_of(session, member)
    if interview is None:
        return 0
    await session.execute(delete(Delivery).where(Delivery.kind == BEFORE, Delivery.subject_id == interview.id))
    await session.delete(interview)
    await session.flush()
    return 1


async def standing_of(ctx: Context, member: MemberId, language: str) -> Standing:
    """What a member's records say of how ready they are."""
    drills = await drills_of(ctx.session, member)
    records = await wholes(ctx.session, await stories_of(ctx.session, member))
    stories = [_readied(one, {name: Grade(drill.grade) for name, drill in drills.items()}) for one in records]
    covered = {name for one in stories for name in one.question_types}
    types = ctx.content.question_types
    names = finding_names(ctx.content, language)
    interview = await interview_of(ctx.session, member)
    draft = await ctx.session.scalar(select(ClosingDraft.text).where(ClosingDraft.member_id == member)) or ""
    return Standing(
        stories,
        missing_types=tuple(kind.name.in_language(language) for name, kind in types.items() if name not in covered),
        failure_type=types[FAILURE].name.in_language(language),
        failures=sum(FAILURE in one.question_types for one in stories),
        weak_flags=tuple((names[code], count) for code, count in coming_back(stories) if code in names),
        due=len(await due_stories(ctx, member)),
        closing_questions=sum(any(letter.isalpha() for letter in line) for line in draft.splitlines()),
        has_researched=interview is not None and interview.has_researched,
    )


async def plan_of(ctx: Context, interview: Interview) -> Plan:
    """The plan of the actor's interview."""
    standing = await standing_of(ctx, ctx.member, ctx.language)
    company = await company_of(ctx, ctx.member)
    left = (interview.day - await today_of(ctx, ctx.member)).days
    return plan_for(standing, left, interview.minutes_a_day, company.rounds if company is not None else None)


async def checklist_of(ctx: Context, member: MemberId, language: str) -> list[Checked]:
    """The checklist of a member."""
    return check(list(ctx.content.checklist_items.values()), await standing_of(ctx, member, language))


async def prepare_before(ctx: Context, delivery: Delivery) -> Outcome:
    """The message on the day before: the checklist, unless the interview was moved or taken away."""
    interview = await ctx.session.get(Interview, delivery.subject_id)
    if interview is None or _key(interview) != delivery.key:
        return Skip("the interview was set anew")
    if interview.day <= await today_of(ctx, interview.member_id):
        return Skip("the interview has begun")
    member = interview.member_id
    language = await language_of(ctx.session, member)
    checked = await checklist_of(ctx, member, language)
    return Send(ToMember(member), interview_cards.checklist_card(checked, language, tomorrow=True))


def _readied(record: StoryRecord, grades: Mapping[str, Grade]) -> ReadiedStory:
    grade = grades.get(record.story.id)
    return ReadiedStory(
        title=record.version.title,
        parts=frozenset(record.parts),
        question_types=tuple(record.story.question_types),
        has_figures=bool(record.version.metrics),
        findings=tuple(record.version.findings),
        has_short_telling=TellingLength.TWO_MINUTES in record.tellings,
        times_told=len(record.told),
        recalled_well=None if grade is None else grade >= Grade.GOOD,
    )


def _key(interview: Interview) -> str:
    return f"{BEFORE}:{interview.id}:{interview.changes}"


async def _tell_before(ctx: Context, interview: Interview) -> None:
    """One message at five in the afternoon of the day before, where that is still to come."""
    zone = ZoneInfo(await zone_of(ctx.session, ctx.member))
    due_at = datetime.combine(interview.day - timedelta(days=1), TOLD_AT, zone).astimezone(UTC)
    if due_at <= ctx.now:
        return
    await queue.enqueue(
        ctx.session, workspace_id=ctx.workspace, kind=BEFORE, subject_id=interview.id, due_at=due_at,
        key=_key(interview), member_id=ctx.member, unprompted=True,
    )  # fmt: skip
