"""Looking at a conversation: what it is, and what was posted in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.wire.slack.credentials import Refused
from tests.wire.slack.world import HISTORY, Channel, Message, World

Arguments = Mapping[str, Any]
READING = {"channel": "channels:read", "group": "groups:read", "im": "im:read"}
USUAL_PAGE, LARGEST_PAGE = 100, 999
FOR_DISTRIBUTED = 15
"""Messages of a page for an app that is distributed outside the Marketplace."""


def about(world: World, given: Arguments) -> dict[str, Any]:
    """The method `conversations.info`."""
    channel = world.channels.get(str(given.get("channel")))
    if channel is None or (channel.kind == "group" and not channel.bot_is_member):
        raise Refused("channel_not_found")
    _needs(world, READING[channel.kind])
    facts = {"name": channel.name, "is_member": channel.bot_is_member, "is_archived": channel.archived}
    return {"channel": {"id": channel.id, "is_private": channel.kind == "group", **facts}}


def opened(world: World, given: Arguments) -> dict[str, Any]:
    """The method `conversations.open`, for one person."""
    person = world.people.get(str(given.get("users")))
    if person is None:
        raise Refused("user_not_found")
    if person.is_bot:
        raise Refused("cannot_dm_bot")
    if person.deleted:
        raise Refused("user_disabled")
    return {"channel": {"id": world.direct(person.id).id}}


def history(world: World, given: Arguments, most: int) -> dict[str, Any]:
    """The method `conversations.history`: the latest first, without the replies in threads."""
    channel = _read(world, given)
    found = [each for each in _posted(world, channel, given) if each.thread in (None, each.ts)]
    return _page(world, sorted(found, key=_moment, reverse=True), given, most)


def replies(world: World, given: Arguments, most: int) -> dict[str, Any]:
    """The method `conversations.replies`: the first message of a thread, then its replies from the oldest on."""
    channel, top = _read(world, given), str(given.get("ts"))
    if world.find(channel.id, top) is None:
        raise Refused("thread_not_found")
    found = [each for each in _posted(world, channel, given) if top in (each.ts, each.thread)]
    return _page(world, sorted(found, key=_moment), given, most)


def _read(world: World, given: Arguments) -> Channel:
    channel = world.channels.get(str(given.get("channel")))
    if channel is None or (channel.kind == "group" and not channel.bot_is_member):
        raise Refused("channel_not_found")
    _needs(world, HISTORY[channel.kind])
    if not channel.bot_is_member:
        raise Refused("not_in_channel")
    return channel


def _posted(world: World, channel: Channel, given: Arguments) -> list[Message]:
    oldest = float(given.get("oldest") or 0)
    there = [each for each in world.messages if each.channel == channel.id and each.only_for is None]
    return [each for each in there if float(each.ts) > oldest]


def _moment(message: Message) -> tuple[int, int]:
    seconds, _, number = message.ts.partition(".")
    return int(seconds), int(number)


def _page(world: World, found: Sequence[Message], given: Arguments, most: int) -> dict[str, Any]:
    size = int(given.get("limit") or USUAL_PAGE)
    if not 1 <= size <= LARGEST_PAGE:
        raise Refused("invalid_limit")
    start = int(given.get("cursor") or 0)
    end = start + min(size, most)
    with_metadata = str(given.get("include_all_metadata")).lower() in ("1", "true")
    shown = with_metadata and "metadata.message:read" in world.scopes
    cursor = str(end) if end < len(found) else ""
    return {
        "messages": [
            each.json() | ({"metadata": each.metadata} if shown and each.metadata else {}) for each in found[start:end]
        ],
        "has_more": bool(cursor),
        "response_metadata": {"next_cursor": cursor},
    }


def _needs(world: World, scope: str) -> None:
    if scope not in world.scopes:
        raise Refused("missing_scope", needed=scope, provided=",".join(sorted(world.scopes)))
