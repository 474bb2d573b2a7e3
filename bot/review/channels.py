"""What happens to rounds when their channel is archived, closed to us, renamed or opened again."""

from __future__ import annotations

from typing import Literal

from bot.chat.events import ChannelChanged, MemberLeft
from bot.chat.refs import ConversationRef
from bot.feature.context import Context
from bot.members.identity import member_of
from bot.review import posts
from bot.review.programmes import pause, programmes
from bot.review.replacing import reviewer_gone
from bot.review.rounds import collecting_round, owner_of, round_under_way

CHANNEL_REASONS = ("archived", "closed")


async def channel_lost(context: Context, conversation: ConversationRef, change: Literal["archived", "closed"]) -> None:
    """Pause the channel's rounds and tell whoever runs them, once."""
    for programme in await programmes(context.session, conversation):
        round = await round_under_way(context.session, programme) or await collecting_round(context, programme)
        if await pause(context, programme, change):
            owner = await owner_of(context.session, programme)
            await posts.tell(context, round, "paused", owner, once=context.now.isoformat(), reason=change)


async def channel_changed(context: Context, event: ChannelChanged) -> bool:
    """Pause, rename, or offer to go on; others may want the event too."""
    match event.change:
        case "archived" | "closed":
            await channel_lost(context, event.conversation, event.change)
        case "renamed":
            for programme in await programmes(context.session, event.conversation):
                programme.channel_name = event.name
        case "opened":
            for programme in await programmes(context.session, event.conversation):
                if programme.paused_reason in CHANNEL_REASONS:
                    round = await round_under_way(context.session, programme)
                    round = round or await collecting_round(context, programme)
                    owner = await owner_of(context.session, programme)
                    await posts.tell(context, round, "opened_again", owner, once=context.now.isoformat())
    return False


async def member_left(context: Context, event: MemberLeft) -> bool:
    """Somebody left: their reviews go to others, their answers out of the rounds under way."""
    member = await member_of(context.session, event.actor) if event.actor is not None else None
    if member is not None:
        await reviewer_gone(context, member)
    return False
