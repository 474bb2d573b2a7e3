"""What a round sends, enqueued in the caller's transaction: its post in the channel, notices, reminders, plans."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from sqlalchemy import func, or_, select

from bot.base.ids import MemberId
from bot.feature.context import Context
from bot.outbox.queue import enqueue
from storage.tables.outbox import Delivery, DeliveryState
from storage.tables.review import ReviewProgramme, Round

HUB = "round.hub"
"""The post in the channel: sent once, then edited as the round goes on."""
NOTICE = "round.notice"
"""What one person is asked to review."""
RENEWS = "renews"
"""In a notice's payload: the message of ours that it brings up to date."""
REMINDER = "round.reminder"
NOTE = "round.note"
"""A private word about a round, to its author, a reviewer or whoever runs it."""
PLAN = "round.plan"
"""Somebody has to be found for reviews: solved outside of any transaction."""
SUM_UP = "round.sum_up"
"""Adjusted scores are to be learned: outside of any transaction."""
Occasion = Literal["lock", "late", "half", "last_call", "released", "disagreement"]
Note = Literal["alone", "too_late", "paused", "opened_again", "shortage"]


async def renew_hub(context: Context, programme: ReviewProgramme, round: Round) -> None:
    """Bring the post in the channel up to date; asked for often before it is done it is done once."""
    kind_of_round = [Delivery.kind == HUB, Delivery.subject_id == round.id]
    waiting = await context.session.scalar(
        select(func.count(Delivery.id)).where(*kind_of_round, Delivery.state == DeliveryState.WAITING)
    )
    if not waiting:
        await _send(context, HUB, round, f"{await _how_many(context, HUB, round)}", audience=_channel(programme))


async def tell_reviewer(context: Context, round: Round, member: MemberId) -> None:
    """Send somebody their list of reviews; told again later it is a further message."""
    told = await context.session.scalar(
        select(func.count(Delivery.id)).where(
            Delivery.kind == NOTICE, Delivery.subject_id == round.id, Delivery.member_id == member
        )
    )
    await _send(context, NOTICE, round, f"{member}:{told}", member=member)


async def renew_list(context: Context, round: Round, member: MemberId) -> None:
    """Bring somebody's list up to date where it stands, without a further message; where none stands they get one.

    A list that waits to be sent is made when it is sent. One that went out together with other messages is left as it
    is, and a fresh one is sent.
    """
    theirs = (Delivery.kind == NOTICE, Delivery.subject_id == round.id, Delivery.member_id == member)
    latest = await context.session.scalar(select(Delivery).where(*theirs).order_by(Delivery.id.desc()).limit(1))
    if latest is not None and latest.state is DeliveryState.WAITING:
        return
    message = latest.posted_ref if latest is not None and latest.state is DeliveryState.POSTED else None
    others = select(func.count(Delivery.id)).where(
        Delivery.member_id == member,
        Delivery.posted_ref == message,
        or_(Delivery.kind != NOTICE, Delivery.subject_id != round.id),
    )
    if message is None or await context.session.scalar(others):
        await tell_reviewer(context, round, member)
        return
    told = await context.session.scalar(select(func.count(Delivery.id)).where(*theirs))
    await _send(context, NOTICE, round, f"{member}:{told}", member=member, payload={RENEWS: message}, unprompted=False)


async def remind(context: Context, round: Round, member: MemberId, when: Literal["half", "last_call"]) -> None:
    """Remind somebody who owes a review; at each of the two occasions once, whatever happens to the deadlines."""
    await _send(context, REMINDER, round, f"{when}:{member}", member=member, payload={"when": when})


async def tell(
    context: Context, round: Round, note: Note, member: MemberId | None, *, once: str, **payload: Any
) -> None:
    """Send one private word; `member` None is whoever runs the programme."""
    await _send(context, NOTE, round, f"{note}:{once}", member=member, payload={"note": note, **payload})


async def plan_for(
    context: Context, programme: ReviewProgramme, round: Round, occasion: Occasion, *, once: str = "", **payload: Any
) -> None:
    """Have somebody found for what is missing; one at a time of each occasion."""
    waiting = await context.session.scalar(
        select(func.count(Delivery.id)).where(
            Delivery.kind == PLAN,
            Delivery.subject_id == round.id,
            Delivery.state == DeliveryState.WAITING,
            Delivery.key.startswith(f"{PLAN}:{round.id}:{occasion}:"),
            Delivery.lease_until.is_(None),
        )
    )
    if waiting and not once:
        return
    number = once or str(await _how_many(context, PLAN, round))
    payload = {"occasion": occasion, **payload}
    await _send(context, PLAN, round, f"{occasion}:{number}", audience=_channel(programme), payload=payload)


async def sum_up_later(context: Context, round: Round) -> None:
    """Have the results of a round computed; what is being computed at this moment is done once more."""
    await _send(context, SUM_UP, round, str(await _how_many(context, SUM_UP, round)))


def _channel(programme: ReviewProgramme) -> dict[str, str]:
    """Names the channel, so that what happens in a round keeps its order."""
    return {"conversation": programme.conversation}


async def _how_many(context: Context, kind: str, round: Round) -> int:
    found = select(func.count(Delivery.id)).where(Delivery.kind == kind, Delivery.subject_id == round.id)
    return await context.session.scalar(found) or 0


async def _send(
    context: Context,
    kind: str,
    round: Round,
    what: str,
    *,
    member: MemberId | None = None,
    audience: Mapping[str, Any] | None = None,
    payload: Mapping[str, Any] | None = None,
    unprompted: bool = True,
) -> None:
    await enqueue(
        context.session,
        workspace_id=context.workspace,
        kind=kind,
        subject_id=round.id,
        due_at=context.now,
        key=f"{kind}:{round.id}:{what}",
        audience=audience,
        payload=payload,
        member_id=member,
        unprompted=unprompted and member is not None,
    )
