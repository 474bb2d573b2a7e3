"""Erasing a person: one holding a transaction, so that after a crash it goes on where it was.

    begin ─> steps for each holding ─> receipt to the person ─> what the others were found by ─> files scrubbed

Each step is a delivery, enqueued by the one before in its transaction, and erases so little that nobody has to wait for
it. Meanwhile the person takes no part, and nothing new is stored of them. What ends an erasure waits for the removal of
messages, an hour at most: what the platform has not removed by then stays there.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.ids import MemberId, new_id
from bot.chat.refs import MessageRef
from bot.data import cards
from bot.data.traces import OPEN, clear_events, delete_page_about, direct_places, open_deliveries_about
from bot.feature.context import Context, Outside, ToMember
from bot.feature.declarations import Delete, Done, Later, Outcome, PersonalData, Send, Skip
from bot.outbox.queue import enqueue
from storage.tables.erasure import Erasure
from storage.tables.outbox import Delivery
from storage.tables.people import Member, MemberState

STEP, RECEIPT, END, SCRUB = "data.erase", "data.receipt", "data.end", "data.scrub"
MESSAGES = "removed_messages"
SWEPT = "queues"
"""Stands among what is erased once no delivery names the person any more."""
AT_MOST = timedelta(hours=1)
"""How long the end waits for messages to be removed and for the receipt to reach the person."""
AGAIN = timedelta(seconds=5)


async def begin(context: Context, member: MemberId, *, asked: bool) -> Erasure:
    """Begin to erase `member`, or push on what was begun before."""
    session = context.session
    erasure = await under_way(session, member)
    if erasure is None:
        salt = secrets.token_hex(16)
        erasure = Erasure(
            id=new_id(),
            number=_number(),
            member_id=member,
            asked=asked,
            begun_at=context.now,
            done=[],
            counts={},
            places=await direct_places(session, member),
            salt=salt,
            mark=mark_of(member, salt),
        )
        session.add(erasure)
        await session.execute(update(Member).where(Member.id == member).values(state=MemberState.ERASING))
        await session.flush()
    await _next(context, erasure, STEP, new_id())
    return erasure


async def under_way(session: AsyncSession, member: MemberId) -> Erasure | None:
    """The erasure of `member` that has not ended, if there is one."""
    return await session.scalar(select(Erasure).where(Erasure.member_id == member, Erasure.ended_at.is_(None)))


def mark_of(member: MemberId, salt: str) -> str:
    """The keyed hash by which an erased member is known again."""
    return hmac.new(bytes.fromhex(salt), member.encode(), hashlib.sha256).hexdigest()


async def prepare_step(context: Context, delivery: Delivery) -> Outcome:
    """Erase the next holding; after the last but those that the others are found by, see to the receipt."""
    erasure = await _held(context, delivery)
    if erasure is None or erasure.member_id is None:
        return Done()
    holding = next((one for one in context.holdings if not one.last and one.name not in erasure.done), None)
    if holding is not None:
        await _erase(context, erasure, holding, erasure.member_id)
        await _next(context, erasure, STEP, delivery.id)
        return Done()
    context.refresh_home(erasure.member_id)
    removing = await open_deliveries_about(context.session, erasure.member_id, erasure.places)
    erasure.counts = {**erasure.counts, MESSAGES: await _removals(context.session, removing)}
    if erasure.asked:
        await _next(context, erasure, RECEIPT, "", to=erasure.member_id)
    await _next(context, erasure, END, delivery.id)
    return Done()


async def _erase(context: Context, erasure: Erasure, holding: PersonalData, member: MemberId) -> None:
    """Erase a holding, or the next part of one that is erased in steps."""
    erased = await holding.erase(context, member)
    erasure.counts = {**erasure.counts, holding.name: erasure.counts.get(holding.name, 0) + erased}
    if not holding.in_steps or not erased:
        erasure.done = [*erasure.done, holding.name]
    await context.session.flush()


async def go_on(session: AsyncSession, now: datetime) -> None:
    """Take up again every erasure of the session's workspace of which no step waits, as after one that failed."""
    for erasure in await session.scalars(select(Erasure).where(Erasure.ended_at.is_(None))):
        waiting = select(Delivery.id).where(Delivery.subject_id == erasure.id, Delivery.state.in_(OPEN)).limit(1)
        if await session.scalar(waiting) is None:
            await _enqueue(session, erasure, STEP, new_id(), now)


async def _removals(session: AsyncSession, deliveries: Sequence[str]) -> int:
    messages = await session.scalars(select(Delivery.payload).where(Delivery.id.in_(deliveries)))
    return len({payload["message"] for payload in messages if "message" in payload})


async def prepare_receipt(context: Context, delivery: Delivery) -> Outcome:
    """The receipt, to the person alone, while they can still be reached."""
    erasure = await _held(context, delivery)
    if erasure is None or erasure.member_id is None:
        return Skip("the erasure has ended")
    return Send(ToMember(erasure.member_id, asked_for=True), cards.receipt(_facts(context, erasure)))


async def receipt_unreachable(_context: Context, _delivery: Delivery) -> None:
    """Whoever cannot be reached any more gets no receipt; the erasure goes on."""


def _facts(context: Context, erasure: Erasure) -> cards.Facts:
    kinds = [(one.what, int(erasure.counts[one.name])) for one in context.holdings if one.name in erasure.counts]
    return cards.Facts(erasure.number, context.now.date(), kinds, int(erasure.counts.get(MESSAGES, 0)))


async def sweep(outside: Outside, delivery: Delivery) -> None:
    """Once messages are removed and the receipt is out: nothing in the queues names the person any more."""
    after: str | None = ""
    while after is not None:
        async with outside.transaction() as context:
            erasure = await _held(context, delivery)
            if erasure is None or erasure.member_id is None or await _still_removing(context, erasure):
                return
            member, places = erasure.member_id, erasure.places
            after = await delete_page_about(context.session, member, places, after)
            if after is None:
                erasure.done = [*erasure.done, SWEPT]
        await asyncio.sleep(0)


async def _still_removing(context: Context, erasure: Erasure) -> bool:
    """Whether messages are being removed, or the receipt is on its way, and that may still take its time."""
    if erasure.member_id is None or context.now - erasure.begun_at >= AT_MOST:
        return False
    return bool(await open_deliveries_about(context.session, erasure.member_id, erasure.places))


async def prepare_end(context: Context, delivery: Delivery) -> Outcome:
    """Once the queues are swept: what the others were found by goes, and who it was."""
    erasure = await _held(context, delivery)
    if erasure is None or erasure.member_id is None:
        return Done()
    if SWEPT not in erasure.done or await _still_removing(context, erasure):
        erasure.done = [each for each in erasure.done if each != SWEPT]
        return Later(context.now + AGAIN, "messages are being removed")
    member = erasure.member_id
    await clear_events(context, member)
    for holding in context.holdings:
        if holding.last and holding.name not in erasure.done:
            await _erase(context, erasure, holding, member)
    erasure.member_id, erasure.places, erasure.ended_at = None, [], context.now
    await _next(context, erasure, SCRUB, "")
    return Done()


async def scrub(outside: Outside, _delivery: Delivery) -> None:
    """Leave no byte of what was deleted in the database's files."""
    await outside.scrub()


async def prepare_nothing(_context: Context, _delivery: Delivery) -> Outcome:
    """All was done before."""
    return Done()


async def prepare_removal(_context: Context, delivery: Delivery) -> Outcome:
    """Remove the message that the delivery names."""
    return Delete(MessageRef.decode(delivery.payload["message"]))


async def _held(context: Context, delivery: Delivery) -> Erasure | None:
    """The erasure a delivery is about; nobody else works on it until the transaction ends."""
    return await context.session.scalar(
        select(Erasure)
        .where(Erasure.id == delivery.subject_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


async def _next(context: Context, erasure: Erasure, kind: str, what: str, to: MemberId | None = None) -> None:
    await _enqueue(context.session, erasure, kind, what, context.now, to)


async def _enqueue(
    session: AsyncSession, erasure: Erasure, kind: str, what: str, now: datetime, to: MemberId | None = None
) -> None:
    await enqueue(
        session,
        workspace_id=erasure.workspace_id,
        kind=kind,
        subject_id=erasure.id,
        due_at=now,
        key=f"{kind}:{erasure.id}:{what}",
        member_id=to,
    )


def _number() -> str:
    digits = f"{secrets.randbelow(10**12):012}"
    return "-".join(digits[at : at + 4] for at in (0, 4, 8))
