"""What it takes to hand over and to erase somebody with very much: `python -m tests.bench.personal_data --json`.

Ana gets 10,000 answers with their reports, 1,000 stories of three versions, and 10,000 looks of a mentor's. Her archive
is written, once for the time and once for the memory of Python; then each room erases what it holds, as an erasure does
it, and the longest transaction is what others wait for.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
import tracemalloc
from collections.abc import Mapping
from datetime import datetime
from tempfile import TemporaryFile
from typing import Any

from sqlalchemy import insert

from bot.base.ids import MemberId, new_id
from bot.data.archive import write_archive
from bot.feature.gather import gather
from bot.scoring import Answer as Told
from bot.scoring import score
from content.rules import load_rules
from storage.tables.answers import Answer, AnswerPart, AnswerState, GivenAs, Revision
from storage.tables.mentoring import MentorLook
from storage.tables.stories import Story, StoryVersion, StoryVisibility
from tests.scenario.answers_scene import ACTION, RESULT, SITUATION, AnswersScene, question_posted

ANSWERS, STORIES, VERSIONS, LOOKS = 10_000, 1_000, 3, 10_000
TEXT = f"{SITUATION} {ACTION} {RESULT}"
MEGABYTE = 1_000_000


async def fill(q: AnswersScene, member: MemberId, mentor: MemberId) -> None:
    """Put it all into the tables."""
    workspace, now = await q.s.workspace_id(), q.s.clock.now()
    for model, rows in tables(member, mentor, now).items():
        for row in rows:
            row["workspace_id"] = workspace
        async with q.s.database.write_everywhere() as session:
            await session.execute(insert(model), rows)


def tables(member: MemberId, mentor: MemberId, now: datetime) -> Mapping[Any, list[dict[str, Any]]]:
    """The rows of each table."""
    report = score(Told(TEXT), load_rules()).to_json().decode()
    answers = [new_id() for _ in range(ANSWERS)]
    stories = [new_id() for _ in range(STORIES)]
    rules = {"engine": "1", "rubric": "1", "lexicon": "1"}
    return {
        Answer: [
            {"id": id_, "member_id": member, "slot_id": None, "given_as": GivenAs.TEXT, "visibility": "me",
             "state": AnswerState.WITHDRAWN, "created_at": now}
            for id_ in answers
        ],
        AnswerPart: [
            {"id": new_id(), "answer_id": id_, "message": f"local:x:c::{id_}", "text": TEXT, "posted_at": now}
            for id_ in answers
        ],
        Revision: [
            {"id": new_id(), "answer_id": id_, "number": 1, "question": "What did you change?", "text": TEXT,
             "kind": "behavioral", "rating": 4.0, "report": report, "created_at": now, **rules}
            for id_ in answers
        ],
        Story: [
            {"id": id_, "member_id": member, "form": "", "visibility": StoryVisibility.ME, "archetypes": [],
             "principles": [], "question_types": [], "tags": [], "versions": VERSIONS, "created_at": now,
             "updated_at": now}
            for id_ in stories
        ],
        StoryVersion: [
            {"id": new_id(), "story_id": id_, "number": number, "title": f"Story {id_}", "situation": SITUATION,
             "task": "", "action": ACTION, "result": RESULT, "learning": "", "tie_in": "", "metrics": [],
             "level": "L4", "rating": 4.0, "findings": [], "strengths": [], "engine": "1", "created_at": now}
            for id_ in stories
            for number in range(1, VERSIONS + 1)
        ],
        MentorLook: [
            {"id": new_id(), "mentee_id": member, "viewer_id": mentor, "what": "answers", "subject_id": "",
             "looked_at": now}
            for _ in range(LOOKS)
        ],
    }  # fmt: skip


async def export(q: AnswersScene, member: MemberId) -> dict[str, Any]:
    """Seconds, entries and size of an archive."""
    workspace = await q.s.workspace_id()
    with TemporaryFile() as file:
        async with q.s.database.read(workspace) as session:
            begun = time.perf_counter()
            counts = await write_archive(q.s.runtime.house.context(session, workspace), member, file)
            seconds = time.perf_counter() - begun
        size = file.seek(0, 2)
    return {"seconds": round(seconds, 1), "entries": sum(counts.values()), "megabytes": round(size / MEGABYTE, 1)}


async def memory_of_export(q: AnswersScene, member: MemberId) -> float:
    """The most that Python held at once, in megabytes."""
    tracemalloc.start()
    await export(q, member)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return round(most / MEGABYTE, 1)


async def erase(q: AnswersScene, member: MemberId) -> dict[str, Any]:
    """Rows, transactions and seconds over all rooms but the profile, and the longest transaction with its room."""
    workspace = await q.s.workspace_id()
    rows = 0
    took: list[tuple[float, str]] = []
    for holding in (one for one in gather(q.s.features).personal_data if not one.last):
        erased = 1
        while erased:
            begun = time.perf_counter()
            async with q.s.database.write(workspace) as session:
                erased = await holding.erase(q.s.runtime.house.context(session, workspace), member)
            took.append((time.perf_counter() - begun, holding.name))
            rows += erased
            if not holding.in_steps:
                break
    longest, room = max(took)
    return {
        "rows": rows, "transactions": len(took), "seconds": round(sum(seconds for seconds, _ in took), 1),
        "longest_milliseconds": round(1000 * longest), "longest_in": room,
    }  # fmt: skip


async def measure() -> dict[str, Any]:
    """All of it."""
    async with question_posted() as q:
        for name in ("ana", "ben"):
            await getattr(q.s, name).runs("help")
        await q.s.drain()
        ana, ben = await q.s.member(q.s.ana), await q.s.member(q.s.ben)
        await fill(q, ana, ben)
        found: dict[str, Any] = {"export": await export(q, ana), "export_megabytes": await memory_of_export(q, ana)}
        return {**found, "erasure": await erase(q, ana)}


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.parse_args()
    print(json.dumps(asyncio.run(measure()), indent=1))


if __name__ == "__main__":
    main()
