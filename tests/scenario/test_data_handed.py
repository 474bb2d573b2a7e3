"""An archive asked for in chat: made apart, handed to the person alone, and gone with them."""

from __future__ import annotations

import io
import json
import tracemalloc
from collections.abc import AsyncIterator
from zipfile import ZipFile

import pytest

from bot.chat.platform import Receipt
from bot.data.handing import handed
from storage.tables.archives import PreparedArchive
from storage.tables.outbox import Delivery
from tests.scenario.answers_scene import ACTION, CHANNEL, RESULT, SITUATION, AnswersScene, question_posted
from tests.scenario.data_scene import archive_of, confirm, files_of, has_many, until_ended
from tests.scenario.dsl import SimulatedCrash

STORY = f"{SITUATION} {ACTION} {RESULT}"


@pytest.fixture
async def q() -> AsyncIterator[AnswersScene]:
    async with question_posted() as made:
        yield made


async def asks(q: AnswersScene) -> None:
    await q.s.ana.runs("data export", CHANNEL)
    await q.s.drain()


async def test_the_archive_comes_as_a_file_to_the_person_alone_and_is_kept_nowhere_else(database_url: str) -> None:
    async with question_posted(database_url=database_url) as q:
        await q.answer("ana", STORY)
        await asks(q)
        ((name, data),) = files_of(q, "ana").items()
        assert name == "starling-2030-03-04.zip"
        (answer,) = json.loads(ZipFile(io.BytesIO(data)).read("answers.json"))
        assert answer["parts"][0]["text"] == STORY
        assert files_of(q, "ben") == {}
        assert "Here are your data" in q.s.private(q.s.ana)
        assert await q.rows(PreparedArchive) == []


async def test_asking_again_within_the_hour_makes_no_second_archive(q: AnswersScene) -> None:
    for _ in range(2):
        await asks(q)
    assert q.s.private(q.s.ana).count("Here are your data") == 1
    await q.s.clock_moves(hours=1)
    await asks(q)
    assert q.s.private(q.s.ana).count("Here are your data") == 2


@pytest.mark.parametrize("step", ["prepared", "sent", "recorded"])
async def test_one_archive_comes_also_where_the_process_ends_in_between(q: AnswersScene, step: str) -> None:
    await q.answer("ana", STORY)
    await q.s.ana.runs("data export", CHANNEL)
    q.s.crash.step = step
    with pytest.raises(SimulatedCrash):
        await q.s.drain()
    await q.s.restarts()
    await q.s.drain()
    assert q.s.private(q.s.ana).count("Here are your data") == 1
    assert len(files_of(q, "ana")) == 1
    assert await q.rows(PreparedArchive) == []


async def test_the_file_goes_with_the_person(q: AnswersScene) -> None:
    await q.answer("ana", STORY)
    await asks(q)
    await confirm(q)
    await q.s.drain()
    await until_ended(q)
    assert files_of(q, "ana") == {}
    assert await q.rows(Delivery, Delivery.kind == "data.archive") == []


async def test_who_asks_and_is_erased_meanwhile_gets_the_receipt_and_no_archive(q: AnswersScene) -> None:
    await q.answer("ana", STORY)
    await q.s.ana.runs("data export", CHANNEL)
    await confirm(q)
    await q.s.drain()
    await until_ended(q)
    assert "Receipt: your data are deleted" in q.s.private(q.s.ana)
    assert await q.rows(PreparedArchive) == []


async def test_who_takes_no_direct_messages_gets_it_by_an_admins_hand(q: AnswersScene) -> None:
    await q.s.ada.runs("help", CHANNEL)
    await q.answer("ana", STORY)
    member, workspace = await q.s.member(q.s.ana), await q.s.workspace_id()
    async with q.s.database.write(workspace) as session:
        delivery = Delivery(id="d" * 26, kind="data.archive", subject_id=member, key="k", due_at=q.s.clock.now())
        session.add(PreparedArchive(delivery_id=delivery.id, member_id=member, data=b"PK", made_at=q.s.clock.now()))
        await session.flush()
        await handed(q.s.runtime.house.context(session, workspace), delivery, [Receipt("home")])
    await q.s.drain()
    assert "Ana asks for their data" in q.seen("ada")
    assert await q.rows(PreparedArchive) == []


async def test_an_archive_of_ten_thousand_entries_is_whole_and_needs_the_memory_of_a_few(q: AnswersScene) -> None:
    await q.answer("ana", STORY)
    member, workspace = await q.s.member(q.s.ana), await q.s.workspace_id()
    await has_many(q, member, asides=10_000)
    archive = await archive_of(q, member)
    assert len(json.loads(archive.read("answers.json"))) == 10_001
    async with q.s.database.read(workspace) as session:
        context = q.s.runtime.house.context(session, workspace)
        (answers,) = [each for each in context.holdings if each.name == "answers"]
        entries = answers.entries(context, member)
        tracemalloc.start()
        try:
            for _ in range(600):
                await anext(entries)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < 6_000_000, "pages of entries and all their keys, not all of the entries"
