"""What people do about their data, and what is left of it."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any
from zipfile import ZipFile

from sqlalchemy import insert

from bot.base.ids import MemberId, new_id
from bot.data.archive import write_archive
from storage.tables.answers import Answer, AnswerState, GivenAs, SetAside
from tests.scenario.answers_scene import CHANNEL, AnswersScene


async def confirm(q: AnswersScene, word: str = "delete") -> None:
    """Ana reads what goes, and types the word."""
    await q.s.ana.runs("data delete", CHANNEL)
    await q.s.drain()
    await q.click("ana", "Delete everything about me")
    await q.s.ana.submits(word=word)


async def until_ended(q: AnswersScene) -> None:
    """Let the removals and the end come."""
    for _ in range(4):
        await q.s.clock_moves(seconds=10)


async def archive_of(q: AnswersScene, member: MemberId) -> ZipFile:
    """The archive as whoever runs Starling gets it."""
    file = io.BytesIO()
    workspace = await q.s.workspace_id()
    async with q.s.database.read(workspace) as session:
        await write_archive(q.s.runtime.house.context(session, workspace), member, file)
    return ZipFile(file)


def files_of(q: AnswersScene, person: str) -> dict[str, bytes]:
    """The files that wait for a person in the local workspace, by name."""
    rows = q.s.workspace.store.rows("SELECT message, name, data FROM documents")
    messages = q.s.workspace.messages
    seen = [(row, messages.get(row["message"])) for row in rows]
    return {row["name"]: row["data"] for row, at in seen if at is not None and messages.may_see(person, at)}


async def has_many(q: AnswersScene, member: MemberId, *, answers: int = 0, asides: int = 0) -> None:
    """Put a member's withdrawn answers, and replies that were none, straight into the tables."""
    workspace, now = await q.s.workspace_id(), q.s.clock.now()
    shared = {"workspace_id": workspace, "member_id": member}

    def rows(count: int, **more: Any) -> list[dict[str, Any]]:
        return [
            {**shared, "id": new_id(), **{name: of(number) if callable(of) else of for name, of in more.items()}}
            for number in range(count)
        ]

    async with q.s.database.write_everywhere() as session:
        if answers:
            about = {"given_as": GivenAs.TEXT, "visibility": "me", "state": AnswerState.WITHDRAWN, "created_at": now}
            await session.execute(insert(Answer), rows(answers, slot_id=None, **about))
        if asides:
            said = {"message": lambda n: f"local:x:c::{n}", "text": lambda n: f"said {n} " + "x" * 200}
            moments = {"posted_at": lambda n: now + timedelta(seconds=n)}
            await session.execute(insert(SetAside), rows(asides, reason="unsure", slot_id=None, **said, **moments))
