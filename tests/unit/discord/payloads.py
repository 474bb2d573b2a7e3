"""Frames as Discord sends them, to be changed by the tests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from adapters.discord.frames import Frame
from adapters.discord.parse import Reader
from adapters.discord.places import Places

Payload = dict[str, Any]

US, ANA, GUILD, CHANNEL, THREAD, MESSAGE = "900", "801", "700", "701", "1100000000000000001", "1100000000000000002"
CAME = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
USER: Payload = {"id": ANA, "username": "ana", "global_name": "Ana"}
TEXT_CHANNEL: Payload = {"id": CHANNEL, "type": 0, "name": "practice"}
A_THREAD: Payload = {"id": THREAD, "type": 11, "parent_id": CHANNEL, "owner_id": US, "name": "Question"}
GUILD_CREATE: Payload = {
    "id": GUILD,
    "name": "Team",
    "joined_at": "2026-01-01T00:00:00+00:00",
    "channels": [TEXT_CHANNEL],
    "threads": [A_THREAD],
}
WRITTEN: Payload = {
    "id": MESSAGE,
    "channel_id": THREAD,
    "guild_id": GUILD,
    "type": 0,
    "author": USER,
    "member": {"roles": []},
    "content": "My answer",
    "timestamp": "2026-05-04T09:29:59.123000+00:00",
    "edited_timestamp": None,
    "mentions": [],
    "attachments": [],
}
INTERACTION: Payload = {
    "id": "1100000000000000003",
    "token": "a-token",
    "guild_id": GUILD,
    "channel_id": CHANNEL,
    "channel": TEXT_CHANNEL,
    "member": {"user": USER},
    "locale": "ko",
}
COMMAND: Payload = {
    **INTERACTION,
    "type": 2,
    "data": {
        "name": "starling",
        "type": 1,
        "options": [
            {
                "name": "guide",
                "type": 2,
                "options": [
                    {
                        "name": "archetype",
                        "type": 1,
                        "options": [
                            {"name": "name", "type": 3, "value": "conflict at work"},
                            {"name": "examples", "type": 4, "value": 2},
                        ],
                    }
                ],
            }
        ],
    },
}
CLICK: Payload = {
    **INTERACTION,
    "type": 3,
    "message": {"id": MESSAGE, "channel_id": CHANNEL, "flags": 1 << 15},
    "data": {"custom_id": "pressed~1~q1", "component_type": 3, "values": ["failure"]},
}
SUBMISSION: Payload = {
    **INTERACTION,
    "type": 5,
    "data": {
        "custom_id": "sent~1~q1",
        "components": [
            {"type": 10, "id": 1},
            {"type": 18, "id": 2, "component": {"type": 4, "custom_id": "situation", "value": "Late."}},
            {"type": 18, "id": 3, "component": {"type": 3, "custom_id": "level", "values": ["L4"]}},
            {"type": 18, "id": 4, "component": {"type": 5, "custom_id": "mentor", "values": []}},
        ],
    },
}
FRAMES: list[tuple[str, Payload]] = [
    ("MESSAGE_CREATE", WRITTEN),
    ("MESSAGE_UPDATE", {**WRITTEN, "edited_timestamp": "2026-05-04T09:31:00+00:00"}),
    ("MESSAGE_DELETE", {"id": MESSAGE, "channel_id": THREAD, "guild_id": GUILD}),
    ("MESSAGE_DELETE_BULK", {"ids": [MESSAGE], "channel_id": THREAD, "guild_id": GUILD}),
    ("INTERACTION_CREATE", COMMAND),
    ("INTERACTION_CREATE", CLICK),
    ("INTERACTION_CREATE", SUBMISSION),
    ("GUILD_CREATE", GUILD_CREATE),
    ("GUILD_CREATE", {**GUILD_CREATE, "threads": [{**A_THREAD, "last_message_id": MESSAGE}]}),
    ("GUILD_DELETE", {"id": GUILD}),
    ("CHANNEL_UPDATE", {**TEXT_CHANNEL, "guild_id": GUILD, "name": "new-name"}),
    ("CHANNEL_DELETE", {**TEXT_CHANNEL, "guild_id": GUILD}),
    ("THREAD_UPDATE", {**A_THREAD, "guild_id": GUILD, "name": "new name"}),
    ("THREAD_LIST_SYNC", {"guild_id": GUILD, "threads": [A_THREAD]}),
]


def frame(kind: str, data: Any, number: int = 5) -> Frame:
    """A frame that came at a fixed moment."""
    return Frame(kind, number, data, CAME)


def reader() -> Reader:
    """A reader that knows the server."""
    made = Reader(US, Places(), {"Score this": "score~1"})
    made.events(frame("GUILD_CREATE", GUILD_CREATE))
    return made
