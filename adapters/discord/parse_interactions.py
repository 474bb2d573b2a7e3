"""What people do: frames about commands, menus, buttons and forms to events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from adapters.discord.commands import CHAT_INPUT, IN_DIRECT, ON_MESSAGE, ON_PERSON
from adapters.discord.forms import values_of
from adapters.discord.frames import Frame, Payload, guild_of, moment
from adapters.discord.invoking import line_of
from adapters.discord.places import PLATFORM, THREADS, account, snowflake
from adapters.discord.reading import Reading
from adapters.discord.render import EPHEMERAL
from bot.chat.events import ActionClicked, CommandInvoked, Event, FormSubmitted
from bot.chat.grammar import write_line
from bot.chat.refs import ConversationRef, InstallationRef, MessageRef

COMMAND, COMPONENT, COMPLETION, SUBMISSION = 2, 3, 4, 5


def interaction(reading: Reading, frame: Frame) -> Sequence[Event]:
    """A command, an entry of a menu, a click or a form that was sent."""
    data = frame.data
    kind, details = data["type"], data.get("data") or {}
    guild, user = reading.whose(frame)
    if guild is None or kind not in (COMMAND, COMPONENT, SUBMISSION):
        return ()
    common: dict[str, Any] = {
        "delivery_id": f"interaction:{data['id']}",
        "installation": InstallationRef(PLATFORM, guild),
        "occurred_at": moment(None, snowflake(data["id"])),
        "actor": account(user, guild),
        "trigger": str(data["token"]),
        "conversation": _where(reading, frame, user),
    }
    if kind == COMMAND and details.get("type") == ON_MESSAGE:
        return _on_message(reading, frame, common)
    if kind == COMMAND:
        line = _line(reading, details)
        return (CommandInvoked(line=line, **common),) if line is not None else ()
    action = str(details["custom_id"])
    if kind == SUBMISSION:
        return (FormSubmitted(action=action, values=values_of(details.get("components") or ()), **common),)
    chosen = tuple(str(value) for value in details.get("values") or ())
    return (
        ActionClicked(action=action, chosen=chosen, message=_clicked(reading, frame, common["conversation"]), **common),
    )


def _line(reading: Reading, details: Payload) -> str | None:
    """What was typed, or what an entry of a person's menu stands for."""
    kind = details.get("type", CHAT_INPUT)
    if kind == CHAT_INPUT:
        return line_of(details)
    command = reading.on_people.get(str(details["name"])) if kind == ON_PERSON else None
    if command is None:
        return None
    return write_line(command.path, {command.options[0].name: f"<@{snowflake(details['target_id'])}>"})


def _on_message(reading: Reading, frame: Frame, common: dict[str, Any]) -> Sequence[Event]:
    """An entry of a message's menu: the message comes with it, readable whatever the intents are."""
    data = frame.data
    details = data["data"]
    action = reading.on_messages.get(str(details["name"]))
    if action is None:
        return ()
    target = details["resolved"]["messages"][details["target_id"]]
    message = _message(reading, frame, target, common["conversation"])
    chosen = (str(target["author"]["id"]), str(target.get("content") or ""))
    return (ActionClicked(action=action, chosen=chosen, message=message, **common),)


def _where(reading: Reading, frame: Frame, user: str) -> ConversationRef:
    """Where somebody acted; outside of our servers that is the person's own conversation, for nobody else."""
    data = frame.data
    if reading.is_outside(frame):
        if guild_of(data) is not None or data.get("context", IN_DIRECT) != IN_DIRECT:
            return ConversationRef(PLATFORM, frame.home or "", user)
        return reading.places.conversation(snowflake(data["channel_id"]), None)
    channel = data.get("channel") or {}
    if channel.get("type") in THREADS and channel.get("parent_id"):
        reading.places.learn_thread(
            snowflake(channel["id"]), snowflake(channel["parent_id"]), snowflake(data["guild_id"])
        )
    return reading.places.conversation(snowflake(data.get("channel_id") or channel.get("id")), guild_of(data))


def _clicked(reading: Reading, frame: Frame, where: ConversationRef) -> MessageRef | None:
    message = frame.data.get("message")
    if not message or (message.get("flags") or 0) & EPHEMERAL:
        return None
    return _message(reading, frame, message, where)


def _message(reading: Reading, frame: Frame, message: Payload, where: ConversationRef) -> MessageRef:
    """A message that came with an interaction; one outside of our servers is known by its id alone."""
    if reading.is_outside(frame):
        return MessageRef(where, snowflake(message["id"]))
    channel = snowflake(message.get("channel_id") or frame.data["channel_id"])
    return reading.places.message(channel, snowflake(message["id"]), guild_of(frame.data))
