"""A mentor who neither looks nor writes for weeks: the mentee is asked whether to find another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.base.settings import Setting
from bot.base.text import t
from bot.chat.platform import Receipt
from bot.feature.context import Context, ToMember
from bot.feature.declarations import Later, Outcome, Send, Skip
from bot.members.identity import name_of
from bot.members.settings import read
from bot.mentoring import agreement_cards
from bot.mentoring.telling import SILENCE, tell_later
from bot.mentoring.waiting import unseen_since
from storage.tables.mentoring import Mentorship, MentorshipState
from storage.tables.outbox import Delivery

SILENT_WEEKS = Setting(
    "mentoring.silent_weeks", int, 3, ("workspace",), t("Weeks after which a mentor counts as silent")
)
LOOK_AGAIN = timedelta(days=7)


async def watch(ctx: Context, mentorship: Mentorship) -> None:
    """Look again when the mentor would have been silent for as long as it takes from now on."""
    due = ctx.now + await _patience(ctx)
    people = (mentorship.mentor_id,)
    await tell_later(ctx, SILENCE, mentorship.id, mentorship.mentee_id, people, due, once=due.isoformat())


async def prepare_silence(ctx: Context, delivery: Delivery) -> Outcome:
    """Ask the mentee, unless the mentor was there since, or had nothing to look at."""
    mentorship = await ctx.session.get(Mentorship, delivery.subject_id)
    if mentorship is None or mentorship.state is not MentorshipState.ACTIVE:
        return Skip("the mentorship is over")
    last = mentorship.mentor_active_at or mentorship.asked_at
    patient_until = last + await _patience(ctx)
    if patient_until > ctx.now:
        return Later(patient_until, "the mentor was there")
    if not await unseen_since(ctx.session, mentorship, last):
        return Later(ctx.now + LOOK_AGAIN, "there was nothing for the mentor to look at")
    name = await name_of(ctx.session, mentorship.mentor_id)
    return Send(ToMember(mentorship.mentee_id), agreement_cards.silent_card(mentorship.id, name, (ctx.now - last).days))


async def silence_told(ctx: Context, delivery: Delivery, _receipts: Sequence[Receipt]) -> None:
    """Told; look again after as long."""
    await _watch_on(ctx, delivery)


async def silence_uncertain(ctx: Context, delivery: Delivery) -> None:
    """The same where nobody can know whether the mentee was told, so that the watch does not end there."""
    await _watch_on(ctx, delivery)


async def _watch_on(ctx: Context, delivery: Delivery) -> None:
    mentorship = await ctx.session.get(Mentorship, delivery.subject_id)
    if mentorship is not None and mentorship.state is MentorshipState.ACTIVE:
        await watch(ctx, mentorship)


async def _patience(ctx: Context) -> timedelta:
    return timedelta(weeks=max(1, await read(ctx.session, SILENT_WEEKS)))
