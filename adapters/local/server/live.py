"""Live updates for one person's page, as server-sent events that resume where a page left off."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from adapters.local.cast import Person
from adapters.local.server.views import last_change, message_view
from adapters.local.workspace import Workspace

HEARTBEAT = 15.0
"""Seconds without news after which a comment is sent, so that a dead connection is noticed."""


async def updates(workspace: Workspace, person: Person, after: int, closing: asyncio.Event) -> AsyncIterator[str]:
    """Everything that changed for `person` after change number `after`, then what changes from now on."""
    yield ": connected\n\n"
    after = min(after, last_change(workspace))
    while not closing.is_set():
        rows = workspace.store.rows(
            "SELECT number, kind, subject FROM changes WHERE number > ? AND (person IS NULL OR person = ?)"
            " ORDER BY number LIMIT 200",
            *(after, person.id),
        )
        for row in rows:
            after = row["number"]
            update = _update(workspace, person, row["kind"], row["subject"])
            if update is not None:
                yield f"id: {after}\ndata: {json.dumps(update)}\n\n"
        if not rows and not await workspace.store.bell.wait(HEARTBEAT):
            yield ": still here\n\n"


def _update(workspace: Workspace, person: Person, kind: str, subject: str) -> dict[str, Any] | None:
    """What the page is told: the whole message as it is now, or only that something has to be looked at again."""
    if kind != "message":
        return {"kind": kind}
    message = workspace.messages.get(subject)
    if message is None or not workspace.messages.may_see(person.id, message):
        return None
    root = workspace.messages.get(message.thread) if message.thread else None
    return {
        "kind": kind,
        "message": message_view(workspace, person, message),
        "root": message_view(workspace, person, root) if root else None,
    }
