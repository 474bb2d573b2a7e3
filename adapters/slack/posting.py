"""Posting: where a card goes in Slack, and what takes its place where that is not possible."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from adapters.slack.documents import document_of, hand
from adapters.slack.errors import MEMBERSHIP
from adapters.slack.limits import is_direct
from adapters.slack.pictures import Files, Pictures, place_name
from adapters.slack.render import body_of
from adapters.slack.teams import Team
from bot.chat.cards import Document
from bot.chat.errors import PermissionMissing, PlatformError, TargetGone
from bot.chat.platform import DeliveredAs, InConversation, Post, PrivateTo, Receipt
from bot.chat.refs import ConversationRef


async def send(team: Team, post: Post, pictures: Pictures) -> Receipt:
    """Post once; raises `PlatformError`s."""
    match post.audience:
        case InConversation(conversation):
            return await _to_everybody(team, post, conversation, pictures)
        case PrivateTo() as private:
            return await _to_one(team, post, private, pictures)


async def _to_everybody(team: Team, post: Post, conversation: ConversationRef, pictures: Pictures) -> Receipt:
    try:
        return await _posted(team, post, conversation.channel, conversation.thread, pictures)
    except (PermissionMissing, TargetGone) as problem:
        if post.trigger is None or not _is_closed_to_us(problem):
            raise
        await _respond(team, post, post.trigger, "in_channel", conversation.thread)
        return Receipt("thread" if conversation.thread else "channel")


async def _to_one(team: Team, post: Post, private: PrivateTo, pictures: Pictures) -> Receipt:
    user, near = private.account.user, private.near
    document = document_of(post.card)
    if document is not None:
        return await _handed(team, post, document, private)
    if near is not None and is_direct(near.channel):
        # Their own direct conversation, whichever channel they acted in.
        return await _posted(team, post, user, near.thread, pictures)
    if near is not None and await _ephemeral(team, post, near, user):
        return Receipt("ephemeral")
    match private.fallback:
        case "direct":
            return await _posted(team, post, user, None, pictures)
        case "home":
            return Receipt("home")
        case "drop":
            return Receipt("dropped")


async def _handed(team: Team, post: Post, document: Document, private: PrivateTo) -> Receipt:
    """A file goes into the direct conversation, since nothing that only one person sees in a channel can hold one."""
    near = private.near
    if near is not None and is_direct(near.channel):
        return await hand(team, post.card, document, private.account.user, post.key, near.thread)
    if private.fallback != "direct":
        return Receipt("home" if private.fallback == "home" else "dropped")
    return await hand(team, post.card, document, private.account.user, post.key)


async def _ephemeral(team: Team, post: Post, near: ConversationRef, user: str) -> bool:
    """Show it to one person in a channel; False where neither we nor their interaction can reach it."""
    body: dict[str, Any] = body_of(post.card)
    try:
        await team.api.call("chat.postEphemeral", channel=near.channel, user=user, thread_ts=near.thread, **body)
    except (PermissionMissing, TargetGone) as problem:
        if not _is_closed_to_us(problem):
            raise
        if post.trigger is None:
            return False
        await _respond(team, post, post.trigger, "ephemeral", near.thread)
    return True


async def _posted(team: Team, post: Post, channel: str, thread: str | None, pictures: Pictures) -> Receipt:
    """Post in a channel; a user's id as the channel stands for their direct conversation with us."""

    def call(files: Files) -> Awaitable[Any]:
        return team.api.call(
            "chat.postMessage",
            channel=channel,
            thread_ts=thread,
            unfurl_links=False,
            unfurl_media=False,
            **body_of(post.card, post.key, files),
        )

    def place(answer: Any) -> str:
        return place_name(str(answer["channel"]), str(answer["ts"]))

    answer = await pictures.shown(team, post.card, call, place)
    landed = team.me.message(str(answer["channel"]), str(answer["ts"]), thread)
    delivered_as: DeliveredAs = "direct" if is_direct(channel) else "thread" if thread else "channel"
    return Receipt(delivered_as, landed)


async def _respond(team: Team, post: Post, trigger: str, kind: str, thread: str | None) -> None:
    body: dict[str, Any] = body_of(post.card) | {"response_type": kind, "replace_original": False}
    await team.api.respond(trigger, body | ({"thread_ts": thread} if thread else {}))


def _is_closed_to_us(problem: PlatformError) -> bool:
    """Whether the channel exists for people but not for us: we are no member of it."""
    if isinstance(problem, PermissionMissing):
        return problem.which == MEMBERSHIP
    return problem.detail == "channel_not_found"
