"""Private words to the other side, enqueued in the caller's transaction and built when they are sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from sqlalchemy import Text, cast, select

from bot.answers.withdrawing import remove_message_of_ours
from bot.base.ids import MemberId
from bot.feature.context import Context
from bot.outbox.queue import enqueue
from storage.tables.outbox import Delivery, DeliveryState

TOLD, DUE, SILENCE, DIGEST = "mentoring.told", "mentoring.due", "mentoring.silence", "mentoring.digest"
ABOUT = "about"
"""In a delivery's payload: the members it speaks of, so that it is found when one of them is erased."""
SHOWN = "shown"
"""In a summary's payload: what of whom it showed, so that it is written down once it was sent."""
BUILT = (ABOUT, SHOWN)
"""What of a summary's payload is known once it is built."""
What = Literal[
    "asked", "offered", "proposed", "accepted", "declined", "ended", "gone", "comment", "question", "reply",
    "assigned", "done", "note", "target_proposed", "target_taken", "target_refused",
]  # fmt: skip
"""What is told; the subject is the mentorship, comment, question, assignment, note or target, else the reader."""


async def tell(
    ctx: Context, what: What, subject: str, to: MemberId, about: Iterable[MemberId], *, once: str = ""
) -> None:
    """Tell one person something. Told again of the same subject, `once` says what makes it another message."""
    await enqueue(
        ctx.session,
        workspace_id=ctx.workspace,
        kind=TOLD,
        subject_id=subject,
        due_at=ctx.now,
        key=f"{TOLD}:{what}:{subject}:{to}:{once}",
        payload={"what": what, ABOUT: sorted(about)},
        member_id=to,
        unprompted=True,
    )


async def tell_later(
    ctx: Context, kind: str, subject: str, to: MemberId, about: Iterable[MemberId], due_at: datetime, once: str
) -> None:
    """Look again at that moment whether something has to be told."""
    await enqueue(
        ctx.session,
        workspace_id=ctx.workspace,
        kind=kind,
        subject_id=subject,
        due_at=due_at,
        key=f"{kind}:{subject}:{once}",
        payload={ABOUT: sorted(about)},
        member_id=to,
        unprompted=True,
    )


async def take_back_messages(ctx: Context, member: MemberId) -> None:
    """Have the messages of ours removed that tell others of `member`; what waits to be told is not told any more.

    A mentor's summary that waits (for the end of quiet hours, say) is about others too: it stays, and is built without
    them when it is sent.
    """
    rows = await ctx.session.scalars(
        select(Delivery).where(
            Delivery.kind.in_((TOLD, DUE, SILENCE, DIGEST)),
            Delivery.state.in_((DeliveryState.POSTED, DeliveryState.WAITING)),
            cast(Delivery.payload, Text).contains(member, autoescape=True),
        )
    )
    for row in rows.all():
        if row.state is DeliveryState.WAITING and row.kind == DIGEST and row.subject_id != member:
            row.payload = {name: value for name, value in row.payload.items() if name not in BUILT}
        elif row.state is DeliveryState.WAITING:
            await ctx.session.delete(row)
        elif row.posted_ref:
            for message in {row.posted_ref, *row.payload.get("posted_parts", ())}:
                await remove_message_of_ours(ctx, member, message)
    await ctx.session.flush()
