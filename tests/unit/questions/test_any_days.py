"""Whatever people do to a programme and however long Starling is away, the promises about its posts hold."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.base.errors import UserFacingError
from bot.questions.programmes import (
    POST,
    pause_programme,
    post_now,
    programme_by_id,
    resume_programme,
    skip_next,
    undo_skips,
)
from storage.engine import Database
from storage.tables.outbox import DeliveryState
from storage.tables.questions import Programme, SlotState
from tests.scenario.dsl import empty_database
from tests.unit.questions.desk import STORIES, Desk

ACTS = {
    "pause": pause_programme,
    "resume": resume_programme,
    "skip": skip_next,
    "undo": undo_skips,
    "post": post_now,
}
days = st.lists(st.sampled_from(sorted(ACTS)) | st.sampled_from([1, 5, 20, 24, 24, 24, 80, 200]), max_size=16)


@given(days)
@settings(max_examples=30, deadline=None)
async def test_a_date_has_one_question_at_most_and_none_repeats_while_another_is_left(steps: list[str | int]) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "starling.sqlite3"
        file.write_bytes(empty_database())
        database = Database(f"sqlite:///{file}")
        desk = await Desk.open(database)
        programme = await desk.programme()
        for step in steps:
            if isinstance(step, int):
                before = len(desk.posts)
                await desk.tick(desk.now + timedelta(hours=step))
                assert len(desk.posts) <= before + 1, "time that passes brings one question, however much it is"
            else:
                await do(desk, programme, step)
        await keeps_its_promises(desk)
        await database.close()


async def do(desk: Desk, programme: Programme, act: str) -> None:
    """Somebody acts; a sentence in reply is as good as the deed. What is asked for at once is posted at once."""
    async with desk.session() as session:
        try:
            await ACTS[act](session, await programme_by_id(session, programme.id), desk.now)
        except UserFacingError:
            return
    await desk.tick()


async def keeps_its_promises(desk: Desk) -> None:
    slots = await desk.slots()
    assert all(slot.state is SlotState.POSTED for slot in slots)
    assert max(Counter(slot.local_date for slot in slots).values(), default=0) <= 1
    posted = [one for one in await desk.deliveries(POST) if one.state is DeliveryState.POSTED]
    assert len(posted) == len(slots) == len(desk.posts)
    in_order = [slot.question_id for slot in sorted(slots, key=lambda slot: slot.chosen_at)]
    for start in range(0, len(in_order), len(STORIES)):
        cycle = in_order[start : start + len(STORIES)]
        assert len(set(cycle)) == len(cycle)
