"""Payloads of commands, buttons, selects, shortcuts and forms to events. Pure.

Slack delivers an interaction once, so its single-use trigger id, made unreadable, is the delivery's id. The
`response_url` is what answers an interaction anywhere, and for half an hour: it becomes the event's trigger.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from adapters.slack.forms import entered
from adapters.slack.payloads import Malformed, Me, Payload, maybe, needed, part, parts
from adapters.slack.render import LINK
from adapters.slack.words import as_typed, readable, unescaped
from bot.chat.events import ActionClicked, CommandInvoked, Event, FormSubmitted
from bot.chat.refs import ConversationRef, MessageRef


def read_command(payload: Payload, me: Me, now: datetime) -> CommandInvoked:
    """A slash command."""
    return CommandInvoked(
        delivery_id=_delivery_id(payload),
        installation=me.installation,
        occurred_at=now,
        actor=me.account(needed(payload, "user_id")),
        conversation=me.place(needed(payload, "channel_id"), maybe(payload, "thread_ts")),
        line=as_typed(maybe(payload, "text") or "").strip(),
        trigger=maybe(payload, "response_url"),
    )


def read_interaction(payload: Payload, me: Me, now: datetime) -> Event | None:
    """A press, a choice, a shortcut or a form; None for what is no concern of ours."""
    match payload.get("type"):
        case "block_actions":
            return _pressed(payload, me, now)
        case "message_action" | "shortcut":
            return _shortcut(payload, me, now)
        case "view_submission":
            return _submitted(payload, me, now)
        case _:
            return None


def _pressed(payload: Payload, me: Me, now: datetime) -> Event | None:
    actions = parts(payload, "actions")
    if not actions:
        raise Malformed("the payload lacks actions")
    action = needed(actions[0], "action_id")
    if action.startswith(LINK):
        return None
    place, message = _where(payload, me)
    return ActionClicked(
        delivery_id=_delivery_id(payload),
        installation=me.installation,
        occurred_at=now,
        actor=me.account(needed(payload, "user", "id")),
        conversation=place,
        action=action,
        chosen=_chosen(actions[0]),
        message=message,
        trigger=maybe(payload, "response_url"),
    )


def _chosen(action: Payload) -> tuple[str, ...]:
    option = maybe(action, "selected_option", "value")
    return (unescaped(option),) if option is not None else ()


def _where(payload: Payload, me: Me) -> tuple[ConversationRef, MessageRef | None]:
    """Where somebody acted, and on which message; in the home that is their direct conversation, on none."""
    channel = maybe(payload, "channel", "id") or maybe(payload, "container", "channel_id")
    if channel is None:
        return me.place(needed(payload, "user", "id")), None
    container = payload.get("container")
    ephemeral = isinstance(container, Mapping) and container.get("is_ephemeral") is True
    ts = maybe(payload, "container", "message_ts") or maybe(payload, "message", "ts")
    thread = maybe(payload, "container", "thread_ts") or maybe(payload, "message", "thread_ts")
    if ts is None:
        return me.place(channel, thread), None
    message = me.message(channel, ts, thread)
    return message.conversation, None if ephemeral else message


def _shortcut(payload: Payload, me: Me, now: datetime) -> ActionClicked:
    """A shortcut's callback id is a packed payload; one on a message brings its author and text along."""
    place, message = _where(payload, me)
    chosen: tuple[str, ...] = ()
    if payload.get("type") == "message_action":
        on = part(payload, "message")
        author = maybe(on, "user") or maybe(on, "bot_id") or ""
        chosen = (author, readable(maybe(on, "text") or ""))
    return ActionClicked(
        delivery_id=_delivery_id(payload),
        installation=me.installation,
        occurred_at=now,
        actor=me.account(needed(payload, "user", "id")),
        conversation=place,
        action=needed(payload, "callback_id"),
        chosen=chosen,
        message=message,
        trigger=maybe(payload, "response_url"),
    )


def _submitted(payload: Payload, me: Me, now: datetime) -> FormSubmitted:
    view = part(payload, "view")
    user = needed(payload, "user", "id")
    return FormSubmitted(
        delivery_id=_delivery_id(payload),
        installation=me.installation,
        occurred_at=now,
        actor=me.account(user),
        conversation=_opened_in(view, me) or me.place(user),
        action=needed(view, "callback_id"),
        values=entered(part(view, "state", "values")),
    )


def _opened_in(view: Payload, me: Me) -> ConversationRef | None:
    kept = maybe(view, "private_metadata")
    try:
        place = ConversationRef.decode(kept) if kept else None
    except ValueError as problem:
        raise Malformed("the form does not say where it was opened") from problem
    return place if place is not None and place.installation_ref == me.installation else None


def _delivery_id(payload: Payload) -> str:
    return "interaction:" + hashlib.sha256(needed(payload, "trigger_id").encode(errors="replace")).hexdigest()[:32]
