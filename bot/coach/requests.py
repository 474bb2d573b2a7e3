"""A request to the coach, from the press of a button to its end; every step is one transaction.

What was sent is never sent twice: the result of a text is kept by the hash of the whole request. A call that was
under way when a process died counts as lost and as paid for; one more is made, and at most two are ever lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import structlog
from pydantic import ValidationError
from sqlalchemy import func, select

from bot.base.ids import MemberId, new_id
from bot.coach import budget
from bot.coach.advice import Advice, RawAdvice
from bot.coach.budget import Amount
from bot.coach.config import LONGEST_CALL, CoachConfig
from bot.coach.consent import has_agreed
from bot.coach.guards import Sent, checked
from bot.coach.material import is_suitable, prepare
from bot.coach.model import Answered, Failed
from bot.coach.prices import price_of
from bot.coach.prompt import most_input_tokens
from bot.coach.reasons import FOR_ADMINS, PASSES_BY_ITSELF, Reason
from bot.coach.trouble import tell_admin
from bot.feature.context import Context
from bot.outbox.queue import enqueue
from storage.once import insert_once
from storage.tables.answers import Answer, Revision
from storage.tables.coach import CallState, CoachCall, CoachRequest, CoachResult, RequestState

ADVICE = "coach.advice"
FORGET = "coach.forget"
KEPT = timedelta(days=400)
"""How long a line of the ledger is kept."""
SURELY_OVER = timedelta(seconds=LONGEST_CALL + 10)
"""After so long a call that is still under way was made by a process that died."""
MOST_LOST = 2
FIRST_PAUSE = timedelta(seconds=2)
ANSWERED = "answered"

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Begun:
    """A call that is about to be made: its line in the ledger stands and its cost is reserved."""

    call: str
    body: dict[str, Any]
    sent: Sent


async def ask(ctx: Context, answer: Answer, revision: Revision) -> CoachRequest:
    """Take a request down and have it worked on; one that waits already is that one."""
    values = {
        "id": new_id(),
        "workspace_id": ctx.workspace,
        "member_id": answer.member_id,
        "answer_id": answer.id,
        "revision_id": revision.id,
        "state": RequestState.WAITING,
        "asked_at": ctx.now,
        "next_try_at": ctx.now,
        "messages": [],
    }
    await insert_once(ctx.session, CoachRequest, values)
    rows = await ctx.session.scalars(
        select(CoachRequest).where(CoachRequest.revision_id == revision.id, CoachRequest.state == RequestState.WAITING)
    )
    request = rows.one()
    # Without a member: a call takes seconds, and their other messages do not wait behind it.
    await enqueue(
        ctx.session,
        workspace_id=ctx.workspace,
        kind=ADVICE,
        subject_id=request.id,
        due_at=ctx.now,
        key=f"{ADVICE}:{request.id}",
    )
    return request


async def begin(ctx: Context, request_id: str, config: CoachConfig) -> Begun | None:
    """Decide whether a call is to be made now, and reserve what it may cost; None where none is."""
    request = await ctx.session.get(CoachRequest, request_id, with_for_update=True)
    if request is None or request.state is not RequestState.WAITING or request.next_try_at > ctx.now:
        return None
    if await _is_under_way(ctx, request):
        return None
    reason = await _obstacle(ctx, request, config)
    if reason is not None:
        _fail(request, reason)
        return None
    prepared = await prepare(ctx, await ctx.session.get_one(Revision, request.revision_id), config)
    known = await _kept(ctx, request.member_id, prepared.content_hash)
    if known is not None:
        request.state, request.result_id = RequestState.ANSWERED, known.id
        return None
    most = budget.most_a_call_takes(most_input_tokens(prepared.body), config.max_tokens, price_of(config))
    if not await budget.reserve(ctx, most, await budget.daily_limit(ctx, config)):
        _fail(request, Reason.BUDGET)
        return None
    call = CoachCall(
        id=new_id(),
        member_id=request.member_id,
        request_id=request.id,
        endpoint=config.endpoint,
        model=config.model,
        content_hash=prepared.content_hash,
        day=budget.day_of(ctx.now),
        characters=len(prepared.sent.answer),
        masked=prepared.masked,
        reserved_tokens=most.tokens,
        reserved_micros=most.micros,
        begun_at=ctx.now,
    )
    ctx.session.add(call)
    await ctx.session.flush()
    await _forget_in_time(ctx)
    return Begun(call.id, prepared.body, prepared.sent)


async def finish(ctx: Context, begun: Begun, outcome: Answered | Failed, config: CoachConfig) -> None:
    """Settle what the call cost and write down what came of it, for the request if it is still wanted."""
    call = await ctx.session.get_one(CoachCall, begun.call, with_for_update=True)
    if call.state is not CallState.UNDER_WAY:
        return
    advice, reason = _judged(outcome, begun.sent)
    await _settle(ctx, call, outcome, config)
    call.outcome = reason.value if reason else ANSWERED
    request = await ctx.session.get(CoachRequest, call.request_id, with_for_update=True) if call.request_id else None
    if isinstance(outcome, Failed):
        log.warning("coach_call_failed", call=call.id, reason=outcome.reason.value, detail=outcome.detail)
    if reason in FOR_ADMINS and isinstance(outcome, Failed):
        await tell_admin(ctx, config, reason, outcome.detail)
    if request is None or request.state is not RequestState.WAITING:
        return
    if not await has_agreed(ctx, request.member_id, config):
        _fail(request, Reason.NOT_AGREED)
    elif advice is not None:
        await _keep(ctx, request, call.content_hash, advice)
    elif isinstance(outcome, Failed) and reason in PASSES_BY_ITSELF:
        await _try_again(ctx, request, outcome, config)
    else:
        _fail(request, reason or Reason.BROKEN)


async def give_up(ctx: Context, request_id: str, reason: Reason) -> None:
    """End a request that cannot be worked on; what a call for it cost is not known any more."""
    request = await ctx.session.get(CoachRequest, request_id, with_for_update=True)
    if request is not None and request.state is RequestState.WAITING:
        call = await _call_under_way(ctx, request)
        if call is not None:
            _lose(ctx, call, reason)
        _fail(request, reason)


async def next_look(ctx: Context, request: CoachRequest) -> datetime:
    """When a waiting request is to be taken up again."""
    under_way = await _call_under_way(ctx, request)
    return request.next_try_at if under_way is None else under_way.begun_at + SURELY_OVER


async def forget_old_calls(ctx: Context) -> int:
    """Take lines of the ledger away whose time is over; how many."""
    rows = await ctx.session.scalars(select(CoachCall).where(CoachCall.begun_at <= ctx.now - KEPT))
    old = rows.all()
    for call in old:
        await ctx.session.delete(call)
    return len(old)


async def _obstacle(ctx: Context, request: CoachRequest, config: CoachConfig) -> Reason | None:
    """Why no call may be made, looked at right before it."""
    if not config.on:
        return Reason.OFF
    if not await has_agreed(ctx, request.member_id, config):
        return Reason.NOT_AGREED
    if not is_suitable(await ctx.session.get_one(Revision, request.revision_id)):
        return Reason.UNSUITABLE
    if await _count(ctx, request, CallState.LOST) >= MOST_LOST:
        return Reason.INTERRUPTED
    return None


async def _is_under_way(ctx: Context, request: CoachRequest) -> bool:
    """Whether somebody is making a call for this request; one of a dead process is written down as lost."""
    call = await _call_under_way(ctx, request)
    if call is None:
        return False
    if call.begun_at + SURELY_OVER > ctx.now:
        return True
    _lose(ctx, call, Reason.INTERRUPTED)
    await ctx.session.flush()
    return False


def _lose(ctx: Context, call: CoachCall, reason: Reason) -> None:
    """Nobody knows what it cost, so it costs what was reserved."""
    call.state, call.outcome, call.ended_at = CallState.LOST, reason.value, ctx.now
    call.tokens, call.micros = call.reserved_tokens, call.reserved_micros


async def _call_under_way(ctx: Context, request: CoachRequest) -> CoachCall | None:
    return await ctx.session.scalar(
        select(CoachCall).where(CoachCall.request_id == request.id, CoachCall.state == CallState.UNDER_WAY)
    )


async def _count(ctx: Context, request: CoachRequest, state: CallState) -> int:
    statement = select(func.count(CoachCall.id)).where(CoachCall.request_id == request.id, CoachCall.state == state)
    return await ctx.session.scalar(statement) or 0


def _judged(outcome: Answered | Failed, sent: Sent) -> tuple[Advice | None, Reason | None]:
    """What of a reply may be shown, or why nothing of it is."""
    if isinstance(outcome, Failed):
        return None, outcome.reason
    try:
        raw = RawAdvice.model_validate_json(outcome.text)
    except ValidationError:
        return None, Reason.NOT_USABLE
    advice = checked(raw, sent)
    return (None, Reason.NOTHING_HELD) if advice.empty else (advice, None)


async def _settle(ctx: Context, call: CoachCall, outcome: Answered | Failed, config: CoachConfig) -> None:
    reserved = Amount(call.reserved_tokens, call.reserved_micros)
    actual = Amount(0, 0)
    if outcome.usage is not None:
        actual = budget.used(outcome.usage, price_of(config))
        call.cached_tokens = outcome.usage.cache_read
    elif isinstance(outcome, Failed) and outcome.charge != "none":
        actual = reserved
    await budget.settle(ctx, call.day, reserved, actual)
    call.state, call.ended_at = CallState.ENDED, ctx.now
    call.tokens, call.micros = actual.tokens, actual.micros


async def _keep(ctx: Context, request: CoachRequest, content_hash: str, advice: Advice) -> None:
    values = {
        "id": new_id(),
        "workspace_id": ctx.workspace,
        "member_id": request.member_id,
        "revision_id": request.revision_id,
        "content_hash": content_hash,
        "advice": advice.model_dump(mode="json"),
        "created_at": ctx.now,
    }
    await insert_once(ctx.session, CoachResult, values, unique=(CoachResult.member_id, CoachResult.content_hash))
    kept = await _kept(ctx, request.member_id, content_hash)
    request.state, request.result_id = RequestState.ANSWERED, kept.id if kept else None


async def _kept(ctx: Context, member: MemberId, content_hash: str) -> CoachResult | None:
    return await ctx.session.scalar(
        select(CoachResult).where(CoachResult.member_id == member, CoachResult.content_hash == content_hash)
    )


async def _try_again(ctx: Context, request: CoachRequest, outcome: Failed, config: CoachConfig) -> None:
    """Wait as long as the other side asks, or twice as long as before, while there are tries and time left."""
    calls = await _count(ctx, request, CallState.ENDED)
    at = ctx.now + (outcome.retry_after or FIRST_PAUSE * 2 ** (calls - 1))
    if calls >= config.tries or at > request.asked_at + timedelta(seconds=config.deadline_seconds):
        _fail(request, outcome.reason)
    else:
        request.next_try_at = at


def _fail(request: CoachRequest, reason: Reason) -> None:
    request.state, request.reason = RequestState.FAILED, reason.value


async def _forget_in_time(ctx: Context) -> None:
    """Have the ledger of this month cleared when its time is over."""
    first: date = ctx.now.date().replace(day=1)
    await enqueue(
        ctx.session,
        workspace_id=ctx.workspace,
        kind=FORGET,
        subject_id=f"{first:%Y-%m}",
        due_at=datetime(first.year, first.month, 1, tzinfo=ctx.now.tzinfo) + KEPT + timedelta(days=32),
        key=f"{FORGET}:{first:%Y-%m}",
    )
