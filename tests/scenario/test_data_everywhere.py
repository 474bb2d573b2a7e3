"""After a deletion no table holds a word of the person's, whichever tables there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.coach import personal_data as coach
from bot.feature.gather import gather
from bot.followups import personal_data as followups
from bot.mentoring import personal_data as mentoring
from bot.practice import personal_data as practice
from bot.readings import personal_data as readings
from bot.review import given_data as reviews
from bot.review import personal_data as rounds
from storage.base import Base
from storage.tables.erasure import Erasure
from tests.scenario.answers_scene import AnswersScene, question_posted
from tests.scenario.data_scene import confirm, until_ended
from tests.scenario.planting import Planter
from tests.scenario.test_data_erased import bytes_with, rows_with

STAY = frozenset(
    {
        "coach_call.endpoint", "coach_call.masked", "coach_call.model", "coach_call.outcome",
        "review_round_event.came_from", "review_round_event.went_to", "veto.question_id",
    }
)  # fmt: skip
"""What stays without the person: what the coach cost the team, and steps and questions of the team's programmes."""


async def plant(q: AnswersScene) -> Planter:
    workspace = await q.s.workspace_id()
    member, other = await q.s.member(q.s.ana), await q.s.member(q.s.ben)
    async with q.s.database.write(workspace) as session:
        planter = Planter(session, workspace, member, other, q.s.clock.now())
        await planter.everywhere()
    return planter


async def test_no_table_holds_a_planted_word_or_the_id_of_somebody_erased(database_url: str) -> None:
    async with question_posted(database_url=database_url) as q:
        for name in ("ana", "ben"):
            await getattr(q.s, name).runs("help")
        await q.s.drain()
        planter = await plant(q)
        marks = {planter.member: "the id", **planter.words}
        before = await hits(q, marks)
        assert before >= {f"{place} in {place.split('.')[0]}" for place in planter.words.values()}
        await confirm(q)
        await q.s.drain()
        await until_ended(q)
        (erasure,) = await q.rows(Erasure)
        assert erasure.ended_at is not None
        left = {hit for hit in await hits(q, marks) if hit.split(" in ")[0] not in STAY}
        assert left == set(), "\n".join(sorted(left))
        if q.s.database.is_sqlite:
            gone = [mark for mark, place in marks.items() if place not in STAY]
            assert bytes_with(Path(q.s.database.url.database or "").parent, gone) == set()


ROOMS_IN_STEPS = {
    "followups": followups, "coach": coach, "rounds": rounds, "reviews": reviews, "mentoring": mentoring,
    "practice": practice, "readings": readings,
}  # fmt: skip
FEW = 3
"""A reminder, its schedule and an interview go together; nothing else does."""


async def test_a_transaction_of_an_erasure_takes_no_more_rows_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ROOMS_IN_STEPS.values():
        monkeypatch.setattr(module, "AT_ONCE", 1)
    async with question_posted() as q:
        for name in ("ana", "ben"):
            await getattr(q.s, name).runs("help")
        await q.s.drain()
        planter, workspace = await plant(q), await q.s.workspace_id()
        for name in ROOMS_IN_STEPS:
            (held,) = [one for one in gather(q.s.features).personal_data if one.name == name]
            assert held.in_steps, name
            erased: list[int] = []
            while not erased or erased[-1]:
                async with q.s.database.write(workspace) as session:
                    context = q.s.runtime.house.context(session, workspace)
                    erased.append(await held.erase(context, planter.member))
            assert max(erased) <= FEW, name
            assert len(erased) > 2, f"{name}: there were several rows"


def test_whatever_names_a_member_refers_to_them_so_that_nobody_is_overlooked() -> None:
    named = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.c
        if column.name.endswith("member_id") and not column.foreign_keys
    }
    assert named == {"erasure.member_id"}, "an erasure outlives its member until it has ended"


async def hits(q: AnswersScene, marks: dict[str, str]) -> set[str]:
    """What was planted where, and in which table it stands now."""
    rows = [row.split(": ", 1) for row in await rows_with(q, list(marks))]
    return {f"{marks[rest.split(' in ')[0]]} in {table}" for table, rest in rows}
