"""What one person's page is told, as JSON: everything is filtered here, by the server, for that person."""

from __future__ import annotations

from typing import Any

from adapters.local.cast import Person
from adapters.local.messages import Message
from adapters.local.workspace import Workspace
from bot.base.clock import MovedClock

View = dict[str, Any]

_SEEN_THERE = "channel = ? AND coalesce(thread, 0) = ? AND deleted = 0 AND (only_for IS NULL OR only_for = ?)"
"""The messages that a person sees in a channel, or in a thread of it."""


def person_view(person: Person) -> View:
    """A person as everybody sees them."""
    return {
        "id": person.id,
        "name": person.name,
        "about": person.about,
        "zone": person.zone,
        "language": person.language,
        "is_bot": person.is_bot,
    }


def state_view(workspace: Workspace, person: Person) -> View:
    """All that surrounds the messages: people, channels with what is unread, home, open form, time."""
    form = workspace.open_form(person.id)
    return {
        "me": person_view(person),
        "people": [person_view(each) for each in workspace.roster.people()],
        "channels": [
            {
                "id": channel.id,
                "name": channel.name,
                "topic": channel.topic,
                "state": channel.state,
                "direct": channel.direct,
                "unread": unread(workspace, person.id, channel.id),
            }
            for channel in workspace.roster.channels_of(person.id)
        ],
        "home": workspace.home(person.id),
        "form": (
            None
            if form is None
            else {**form.form, "values": form.values, "problems": form.problems, "waits": form.waits}
        ),
        "root_command": workspace.registration().root,
        "now": workspace.clock.now().isoformat(),
        "clock_moves": isinstance(workspace.clock, MovedClock),
        "last_change": last_change(workspace),
    }


def last_change(workspace: Workspace) -> int:
    """The number of the latest change, 0 where nothing has happened."""
    row = workspace.store.row("SELECT coalesce(max(number), 0) AS number FROM changes")
    return int(row["number"]) if row else 0


def message_view(workspace: Workspace, person: Person, message: Message) -> View:
    """One message as `person` sees it, with what hangs on it."""
    author = workspace.person(message.author)
    return {
        "id": message.id,
        "channel": message.channel,
        "thread": message.thread,
        "author": person_view(author),
        "mine": message.author == person.id,
        "text": message.text,
        "plain": message.plain,
        "files": message.files,
        "card": message.card,
        "reaction": message.reaction,
        "posted_at": message.posted_at.isoformat(),
        "edited": message.edited_at is not None,
        "deleted": message.deleted,
        "only_for_you": message.only_for is not None,
        "offers": [offer.model_dump() for offer in workspace.offers_on(person.id, message)],
        "pings_me": bool(workspace.pinged(message) & {person.id, "everyone"}) and message.author != person.id,
        "replies": None if message.thread else replies_view(workspace, person.id, message),
    }


def replies_view(workspace: Workspace, person: str, root: Message) -> View | None:
    """How many replies this person sees in its thread, how many of them are new to them, and when the last came."""
    row = workspace.store.row(
        f"SELECT count(*) AS number, max(posted_at) AS last FROM messages WHERE {_SEEN_THERE}",
        *(root.channel, root.id, person),
    )
    if row is None or not row["number"]:
        return None
    return {
        "number": row["number"],
        "unread": unread(workspace, person, root.channel, root.id),
        "last_at": row["last"],
    }


def unread(workspace: Workspace, person: str, channel: str, thread: int = 0) -> int:
    """How many messages of others this person has not seen in a channel, or in a thread of it."""
    row = workspace.store.row(
        f"SELECT count(*) AS number FROM messages WHERE {_SEEN_THERE} AND author <> ? AND id > coalesce("
        " (SELECT last FROM read_marks WHERE person = ? AND channel = ? AND thread = ?), 0)",
        *(channel, thread, person, person, person, channel, thread),
    )
    return int(row["number"]) if row else 0
