"""Taking one's data out, deleting them under crashes and repeats, leaving, restoring, and how long things are kept."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from adapters.local.administration import leave
from adapters.local.options import Options
from bot.base.ids import new_id
from bot.chat.events import Uninstalled
from bot.data.cards import README
from bot.data.keeping import keep_house
from bot.data.leaving import AFTER_REMOVAL
from bot.data.restoring import forget_again, marks_kept, read_marks
from storage.tables.answers import Answer, AnswerPart, AnswerState, GivenAs
from storage.tables.erasure import Erasure
from storage.tables.outbox import Delivery, DeliveryState
from storage.tables.people import Account, Member, Workspace
from storage.tables.settings import SettingChange, SettingValue
from tests.scenario.answers_scene import ACTION, CHANNEL, RESULT, SITUATION, AnswersScene, question_posted
from tests.scenario.data_scene import archive_of, confirm, until_ended
from tests.scenario.dsl import SimulatedCrash

STORY = f"{SITUATION} {ACTION} {RESULT}"


@pytest.fixture
async def q() -> AsyncIterator[AnswersScene]:
    async with question_posted() as made:
        yield made


async def test_before_anything_is_deleted_it_says_what_goes_what_stays_and_what_cannot_be_taken_back(
    q: AnswersScene,
) -> None:
    await q.answer("ana", STORY)
    await q.s.ana.runs("data delete", CHANNEL)
    await q.s.drain()
    seen = q.seen("ana")
    for heading in ("What goes", "What stays", "What I cannot take back"):
        assert heading in seen
    assert len(await q.answers("ana")) == 1


async def test_a_wrong_word_deletes_nothing_and_says_what_to_type(q: AnswersScene) -> None:
    await q.answer("ana", STORY)
    await confirm(q, "no")
    await q.s.drain()
    assert await q.rows(Erasure) == []
    assert 'Type "delete" to confirm' in (q.seen("ana") + str(q.s.ana.form))


async def test_the_word_counts_in_any_letters_and_quotes(q: AnswersScene) -> None:
    await q.answer("ana", STORY)
    await confirm(q, ' "Delete" ')
    await q.s.drain()
    await until_ended(q)
    assert (await q.rows(Erasure))[0].ended_at is not None


@pytest.mark.parametrize("step", ["prepared", "recorded"])
async def test_a_deletion_goes_on_where_it_was_after_the_process_ended(q: AnswersScene, step: str) -> None:
    await q.answer("ana", STORY)
    member = await q.s.member(q.s.ana)
    await confirm(q)
    for _ in range(3):
        q.s.crash.step = step
        try:
            await q.s.drain()
        except SimulatedCrash:
            await q.s.restarts()
    q.s.crash.step = None
    await q.s.drain()
    await until_ended(q)
    (receipt,) = await q.rows(Erasure)
    assert receipt.ended_at is not None
    assert await q.rows(Member, Member.id == member) == []
    assert q.s.private(q.s.ana).count("Receipt: your data are deleted") == 1


async def test_asking_twice_is_one_deletion(q: AnswersScene) -> None:
    await q.answer("ana", STORY)
    await confirm(q)
    await q.s.ana.runs("data delete", CHANNEL)
    await q.s.drain()
    await until_ended(q)
    assert len(await q.rows(Erasure)) == 1
    assert "Your data are being deleted" in q.seen("ana")


async def test_afterwards_the_person_is_new_and_others_have_lost_nothing(q: AnswersScene) -> None:
    await q.answer("ana", STORY)
    await q.answer("ben", STORY)
    before = await q.s.member(q.s.ana)
    await confirm(q)
    await q.s.drain()
    await until_ended(q)
    assert len(await q.answers("ben")) == 1
    await q.s.ana.runs("preferences", CHANNEL)
    await q.s.drain()
    assert await q.s.member(q.s.ana) != before


async def test_somebody_who_is_blocked_may_still_take_out_and_delete(q: AnswersScene) -> None:
    await q.answer("ana", STORY)
    workspace = await q.s.workspace_id()
    async with q.s.database.write(workspace) as session:
        row = await session.get_one(Member, await q.s.member(q.s.ana))
        row.state = type(row.state).BLOCKED
    await q.s.ana.runs("data export", CHANNEL)
    await q.s.drain()
    assert "Your data as an archive" in q.seen("ana")
    await confirm(q)
    await q.s.drain()
    await until_ended(q)
    assert (await q.rows(Erasure))[0].ended_at is not None


async def test_an_admin_is_told_once_a_day_that_somebody_asks_for_their_data_where_no_files_can_be_sent() -> None:
    async with question_posted(Options(files=False)) as q:
        await q.s.ada.runs("help", CHANNEL)
        await q.s.drain()
        for _ in range(2):
            await q.s.ana.runs("data export", CHANNEL)
            await q.s.drain()
        assert q.seen("ada").count("Ana asks for their data") == 1
        member = await q.s.member(q.s.ana)
        assert f"--member {member}" in q.seen("ada")
        await confirm(q)
        await q.s.drain()
        await until_ended(q)
        assert member not in q.seen("ada"), "what an admin was told of them goes too"


async def test_the_archive_holds_every_part_as_json_and_says_what_each_file_is(q: AnswersScene) -> None:
    await q.answer("ana", STORY)
    archive = await archive_of(q, await q.s.member(q.s.ana))
    names = {holding.name for holding in q.s.runtime.house.gathered.personal_data}
    assert {f"{name}.json" for name in names} | {README} <= set(archive.namelist())
    (answer,) = json.loads(archive.read("answers.json"))
    assert answer["parts"][0]["text"] == STORY
    readme = archive.read(README).decode()
    assert all(f"{name}.json: " in readme for name in names)
    json.loads(archive.read("coach.json"))


async def test_whoever_left_is_erased_after_the_time_unless_they_come_back(q: AnswersScene) -> None:
    await q.answer("ana", STORY)
    await q.answer("ben", STORY)
    ana = await q.s.member(q.s.ana)
    for who in ("ana", "ben"):
        await leave(q.s.workspace, who)
    await q.s.drain()
    await q.s.clock_moves(days=30)
    with q.s.workspace.store.transaction():
        q.s.workspace.store.write('UPDATE people SET "left" = 0 WHERE id = ?', "ben")
    await q.s.ben.says("#general", "I am back")
    await q.s.drain()
    await q.s.clock_moves(days=61)
    await until_ended(q)
    assert await q.rows(Member, Member.id == ana) == []
    assert len(await q.answers("ben")) == 1
    assert "Receipt" not in q.seen("ben")


async def test_after_a_restore_whoever_was_erased_is_erased_again(q: AnswersScene) -> None:
    await q.answer("ana", STORY)
    workspace, member = await q.s.workspace_id(), await q.s.member(q.s.ana)
    await confirm(q)
    await q.s.drain()
    await until_ended(q)
    async with q.s.database.write(workspace) as session:
        lines = [json.dumps(entry) for entry in await marks_kept(q.s.runtime.house.context(session, workspace))]
        assert member not in "".join(lines)
        session.add(Member(id=member, display_name="Ana", time_zone=None, roles=[], created_at=q.s.clock.now()))
        await session.flush()
        session.add(
            Answer(
                id=new_id(), member_id=member, slot_id=None, given_as=GivenAs.TEXT, visibility="me",
                state=AnswerState.CLOSED, created_at=q.s.clock.now(),
            )
        )  # fmt: skip
    async with q.s.database.write(workspace) as session:
        assert await forget_again(q.s.runtime.house.context(session, workspace), read_marks(lines)) == 1
    await q.s.drain()
    await until_ended(q)
    assert await q.rows(Member, Member.id == member) == []
    assert await q.rows(Answer, Answer.member_id == member) == []


async def test_what_was_kept_for_long_enough_is_purged_and_the_rest_stays(q: AnswersScene) -> None:
    await q.answer("ana", STORY)
    workspace, now = await q.s.workspace_id(), q.s.clock.now()
    async with q.s.database.write(workspace) as session:
        for days in (1, 181):
            session.add(
                Delivery(
                    kind="x", subject_id="x", key=f"old {days}", state=DeliveryState.POSTED, due_at=now,
                    finished_at=now - timedelta(days=days),
                )
            )  # fmt: skip
        for days in (1, 366):
            session.add(
                SettingChange(
                    layer="workspace", layer_id="x", key=f"{days}", before=None, after=1, changed_by=None,
                    changed_at=now - timedelta(days=days),
                )
            )  # fmt: skip
    house = q.s.runtime.house
    await keep_house(q.s.database, q.s.clock, house.gathered.retentions)
    kept = {row.key for row in await q.rows(Delivery, Delivery.kind == "x")}
    assert kept == {"old 1"}
    assert "366" not in {row.key for row in await q.rows(SettingChange)}


async def test_an_admin_sets_how_long_things_are_kept(q: AnswersScene) -> None:
    await q.s.ada.runs("setup retention", CHANNEL)
    await q.s.drain()
    name = "data.keep_deliveries"
    assert q.s.ada.form.values[name] == ("180",)
    await q.s.ada.submits(**{name: "forever"})
    await q.s.drain()
    assert await q.rows(SettingValue, SettingValue.key == name) == []
    await q.s.ada.submits(**{name: "14"})
    await q.s.drain()
    assert [row.value for row in await q.rows(SettingValue, SettingValue.key == name)] == [14]


async def test_a_workspace_is_deleted_a_month_after_starling_was_removed_from_it(q: AnswersScene) -> None:
    await q.answer("ana", STORY)
    event = Uninstalled(delivery_id="removed", installation=q.s.workspace.installation, occurred_at=q.s.clock.now())
    await q.s.runtime.accept(event)
    await q.s.drain()
    q.s.clock.move(AFTER_REMOVAL - timedelta(hours=1))
    await q.s.drain()
    async with q.s.database.read_everywhere() as session:
        assert await session.scalar(select(func.count(Answer.id))) == 1
    q.s.clock.move(timedelta(hours=2))
    await q.s.drain()
    await q.s.clock_moves(minutes=1)
    async with q.s.database.read_everywhere() as session:
        for table in (Workspace, Member, Account, Answer, AnswerPart, Delivery):
            assert (await session.scalars(select(table))).all() == [], table.__name__
