"""The timers of a round as deliveries: half time, last call, end of reviewing, end of the grace.

A timer is due at a moment that stands in the round. When it is taken up it looks at the round again: where the moment
has moved it comes back then, where the round has gone on without it nothing happens.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from bot.feature.context import Context
from bot.feature.declarations import Done, Later, Outcome, Skip
from bot.outbox.queue import cancel, enqueue, reschedule
from bot.review import posts
from bot.review.ending import close
from bot.review.moments import Moments, after_outage, moved
from bot.review.rounds import moments_of, programme_of
from bot.review.states import TAKING_REVIEWS
from bot.review.steps import note, step_round
from storage.tables.outbox import Delivery, DeliveryState
from storage.tables.review import Round, RoundState

HALF = "round.half"
LAST_CALL = "round.last_call"
END = "round.end"
CLOSE = "round.close"
KINDS = (HALF, LAST_CALL, END, CLOSE)
GONE_ON = "the round has gone on without it"
OUTAGE_REASON = "extended by the time lost while Starling was not running"


def due_moments(found: Moments) -> Mapping[str, datetime | None]:
    """When each timer is due."""
    return {HALF: found.half_at, LAST_CALL: found.last_call_at, END: found.review_until, CLOSE: found.closes_at}


async def set_timers(context: Context, round: Round, at_work: Delivery | None = None) -> None:
    """Bring the timers in line with the round's moments, save for the one `at_work`, which sees to itself.

    One that was through does not come again. A moment that lies behind us gets no new timer, save for the ends, which
    must come.
    """
    for kind, due in due_moments(moments_of(round)).items():
        rows = await context.session.scalars(
            select(Delivery).where(Delivery.kind == kind, Delivery.subject_id == round.id).order_by(Delivery.id)
        )
        known = rows.all()
        waiting = next((row for row in known if row.state is DeliveryState.WAITING), None)
        if waiting is not None and at_work is not None and waiting.id == at_work.id:
            continue
        if waiting is not None and due is not None:
            await reschedule(context.session, waiting.key, due)
        elif waiting is not None:
            await cancel(context.session, waiting.key, GONE_ON, now=context.now)
        elif due is not None and (due > context.now or kind in (END, CLOSE)) and not _through(kind, known):
            await _set(context, round, kind, len(known), due)


def _through(kind: str, known: object) -> bool:
    """Half time and the last call come once in a round, whatever happens to its end."""
    return kind in (HALF, LAST_CALL) and bool(known)


async def _set(context: Context, round: Round, kind: str, number: int, due: datetime) -> None:
    programme = await programme_of(context.session, round)
    await enqueue(
        context.session,
        workspace_id=context.workspace,
        kind=kind,
        subject_id=round.id,
        due_at=due,
        key=f"{kind}:{round.id}:{number}",
        audience={"conversation": programme.conversation},
    )


async def move_end(
    context: Context, round: Round, until: datetime, reason: str | None, at_work: Delivery | None = None
) -> None:
    """Give a round another end of reviewing; half time, last call and grace follow where they are still to come."""
    programme = await programme_of(context.session, round)
    found = moved(moments_of(round), round.locked_at or context.now, programme.zone, until, context.now)
    await set_moments(context, round, found, at_work)
    note(context, round, round.state, reason=reason)
    await posts.renew_hub(context, programme, round)


async def set_moments(context: Context, round: Round, found: Moments, at_work: Delivery | None = None) -> None:
    """Store the moments of a round and set its timers by them."""
    round.half_at, round.last_call_at = found.half_at, found.last_call_at
    round.review_until, round.closes_at = found.review_until, found.closes_at
    await context.session.flush()
    await set_timers(context, round, at_work)


async def _due(context: Context, delivery: Delivery, states: frozenset[RoundState]) -> Round | Outcome:
    """The round, if the timer's moment has come for it; else what becomes of the timer."""
    round = await context.session.get(Round, delivery.subject_id, with_for_update=True)
    if round is None or round.state not in states or round.review_until is None:
        return Skip(GONE_ON)
    moment = due_moments(moments_of(round))[delivery.kind]
    if moment is None:
        return Skip(GONE_ON)
    if moment > context.now:
        return Later(moment, "its moment was moved")
    return round


async def _make_up_for_outage(context: Context, round: Round, timer: Delivery) -> bool:
    """Where an outage has taken people's time, extend the round by what was lost; whether it was."""
    due_at = due_moments(moments_of(round))[timer.kind] or context.now
    until = after_outage(moments_of(round), round.locked_at or due_at, due_at, context.now)
    if until is None:
        return False
    await move_end(context, round, until, OUTAGE_REASON, timer)
    return True


async def prepare_half(context: Context, delivery: Delivery) -> Outcome:
    """Half of the time is over: what nobody has begun goes to others, and those who owe a review are reminded."""
    return await _plan_again(context, delivery, "half")


async def prepare_last_call(context: Context, delivery: Delivery) -> Outcome:
    """The last day: mentors take up answers with few reviews, and those who still owe one are reminded."""
    return await _plan_again(context, delivery, "last_call")


async def _plan_again(context: Context, delivery: Delivery, occasion: posts.Occasion) -> Outcome:
    round = await _due(context, delivery, frozenset({RoundState.REVIEWING}))
    if not isinstance(round, Round):
        return round
    await _make_up_for_outage(context, round, delivery)
    await posts.plan_for(context, await programme_of(context.session, round), round, occasion, once="once")
    return Done()


async def prepare_end(context: Context, delivery: Delivery) -> Outcome:
    """The time for reviewing is over; what comes within the grace still counts."""
    round = await _due(context, delivery, frozenset({RoundState.REVIEWING}))
    if not isinstance(round, Round):
        return round
    if await _make_up_for_outage(context, round, delivery):
        return Later(round.review_until or context.now, OUTAGE_REASON)
    programme = await programme_of(context.session, round)
    if programme.grace_hours > 0:
        await step_round(context, round, RoundState.GRACE)
        await posts.renew_hub(context, programme, round)
    else:
        await close(context, round)
    return Done()


async def prepare_close(context: Context, delivery: Delivery) -> Outcome:
    """The grace is over: the round closes, whatever is missing."""
    round = await _due(context, delivery, TAKING_REVIEWS)
    if not isinstance(round, Round):
        return round
    if round.state is RoundState.REVIEWING and await _make_up_for_outage(context, round, delivery):
        return Later(round.closes_at or context.now, OUTAGE_REASON)
    await close(context, round)
    return Done()
