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
from bot.readings import cards, reader_cards
from bot.readings.records import may_be_read, readers_of, takes_part, waits
from storage.tables.outbox import Delivery, DeliveryState
from storage.tables.people import Member, MemberState
from storage.tables.readings import LevelReading

ASKED, TOLD = "reading.asked", "reading.told"
News = Literal["read", "declined", "unreached"]


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


async def tell(ctx: Context, reading: LevelReading, news: News) -> None:
    """Tell the author what became of it."""
    await enqueue(
        ctx.session,
        workspace_id=ctx.workspace,
        kind=TOLD,
        subject_id=reading.id,
        due_at=ctx.now,
        key=f"{TOLD}:{reading.id}:{news}:{ctx.now.isoformat()}",
        payload={"news": news},
        member_id=reading.author_id,
    )


async def not_reached(ctx: Context, reading: LevelReading) -> None:
    """This reader cannot be written to, or is not here any more: the author hears of it, and can ask somebody else."""
    reading.unreached_at = ctx.now
    await tell(ctx, reading, "unreached")


async def prepare_request(ctx: Context, delivery: Delivery) -> Outcome:
    """The request, unless it was taken back before it was sent, or one of the two takes no part any more."""
    reading = await ctx.session.get(LevelReading, delivery.subject_id)
    if reading is None or not waits(reading) or not await may_be_read(ctx.session, reading):
        return Skip("there is nothing to read any more")
    if not await takes_part(ctx.session, reading.reader_id):
        await not_reached(ctx, reading)
        return Skip("they take no part any more")
    author = await name_of(ctx.session, reading.author_id)
    return Send(ToMember(reading.reader_id), reader_cards.request_card(reading, author))


async def request_unreachable(ctx: Context, delivery: Delivery) -> None:
    """They cannot be written to."""
    reading = await ctx.session.get(LevelReading, delivery.subject_id)
    if reading is not None and waits(reading):
        await not_reached(ctx, reading)


async def prepare_word(ctx: Context, delivery: Delivery) -> Outcome:
    """What became of a request, to its author; a reading as it stands when it is sent."""
    reading = await ctx.session.get(LevelReading, delivery.subject_id)
    if reading is None or not _holds(reading, delivery.payload["news"]):
        return Skip("it is not so any more")
    author = await ctx.session.get(Member, reading.author_id)
    if author is None or author.state is MemberState.LEFT:
        return Skip("whoever asked is not here any more")
    reader = (await readers_of(ctx.session, [reading]))[reading.reader_id]
    match delivery.payload["news"]:
        case "read":
            card = cards.reading_card(reading, reader.name)
        case "declined":
            card = cards.declined_card(reading, reader.name)
        case _:
            card = cards.unreached_card(reading, reader)
    return Send(ToMember(reading.author_id, asked_for=True), card)


def _holds(reading: LevelReading, news: str) -> bool:
    """Whether this can still be said: meanwhile they may have read it, or have been asked once more."""
    since = {"read": reading.answered_at, "declined": reading.declined_at, "unreached": reading.unreached_at}[news]
    return since is not None and (news == "read" or not (reading.answered_at or reading.taken_back_at))


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
