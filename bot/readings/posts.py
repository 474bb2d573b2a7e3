"""What is sent about level readings: the request to the reader, which shows nothing yet, and the reading to its author.

The words are shown where the reader opens them and at no other place, so that what is taken back is gone from the chat.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from sqlalchemy import select

from bot.answers.withdrawing import remove_message_of_ours
from bot.feature.context import Context, ToMember
from bot.feature.declarations import Outcome, Send, Skip
from bot.members.identity import name_of
from bot.outbox.queue import enqueue
from bot.readings import cards
from storage.tables.outbox import Delivery, DeliveryState
from storage.tables.readings import LevelReading

ASKED, TOLD = "reading.asked", "reading.told"
What = Literal["read", "declined", "unreachable"]


async def ask(ctx: Context, reading: LevelReading) -> None:
    """Ask a colleague."""
    await enqueue(
        ctx.session,
        workspace_id=ctx.workspace,
        kind=ASKED,
        subject_id=reading.id,
        due_at=ctx.now,
        key=f"{ASKED}:{reading.id}:{ctx.now.isoformat()}",
        member_id=reading.reader_id,
        unprompted=True,
    )


async def tell(ctx: Context, reading: LevelReading, what: What) -> None:
    """Tell the author what became of it."""
    await enqueue(
        ctx.session,
        workspace_id=ctx.workspace,
        kind=TOLD,
        subject_id=reading.id,
        due_at=ctx.now,
        key=f"{TOLD}:{reading.id}:{what}:{ctx.now.isoformat()}",
        payload={"what": what},
        member_id=reading.author_id,
    )


async def prepare_request(ctx: Context, delivery: Delivery) -> Outcome:
    """The request, unless it was taken back before it was sent."""
    reading = await ctx.session.get(LevelReading, delivery.subject_id)
    if reading is None or reading.taken_back_at is not None or reading.answered_at is not None:
        return Skip("there is nothing to read any more")
    author = await name_of(ctx.session, reading.author_id)
    return Send(ToMember(reading.reader_id), cards.request_card(reading, author))


async def request_unreachable(ctx: Context, delivery: Delivery) -> None:
    """They cannot be written to: the author hears of it, and can ask somebody else."""
    reading = await ctx.session.get(LevelReading, delivery.subject_id)
    if reading is not None and reading.answered_at is None:
        reading.declined_at = ctx.now
        await tell(ctx, reading, "unreachable")


async def prepare_word(ctx: Context, delivery: Delivery) -> Outcome:
    """What became of a request, to its author; a reading as it stands when it is sent."""
    reading = await ctx.session.get(LevelReading, delivery.subject_id)
    if reading is None:
        return Skip("what was read is gone")
    name = await name_of(ctx.session, reading.reader_id)
    if delivery.payload["what"] == "read":
        card = cards.reading_card(reading, name)
    else:
        card = cards.declined_card(reading, name, reached=delivery.payload["what"] == "declined")
    return Send(ToMember(reading.author_id, asked_for=True), card)


async def remove_posts(ctx: Context, readings: Collection[str], kind: str, subject: str) -> None:
    """Have the posts of this kind about these readings removed; `subject` is the id of what they showed."""
    rows = await ctx.session.scalars(
        select(Delivery).where(
            Delivery.kind == kind, Delivery.subject_id.in_(readings), Delivery.state == DeliveryState.POSTED
        )
    )
    for row in rows.all():
        for message in {row.posted_ref, *row.payload.get("posted_parts", ())} - {None}:
            await remove_message_of_ours(ctx, subject, message)
