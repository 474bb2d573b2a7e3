"""What mentoring keeps of people: taken out, erased on both sides, kept for a time, on both engines."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.mentoring import agreeing, assignments, conversing, notes, personal_data, service, targets
from bot.mentoring.telling import ABOUT, DIGEST, SHOWN
from storage.tables.answers import Answer
from storage.tables.mentoring import (
    MentorComment,
    MentoringTarget,
    MentorLook,
    Mentorship,
    NoteSeenBy,
)
from storage.tables.outbox import Delivery
from tests.scenario.answers_scene import question_posted
from tests.scenario.mentoring_scene import MentoringScene, first, mentoring
from tests.scenario.test_data_erased import rows_with, until_ended


@pytest.fixture
async def m() -> AsyncIterator[MentoringScene]:
    async with mentoring() as made:
        yield made


async def test_what_a_person_has_here_is_taken_out_and_erased_on_both_sides(m: MentoringScene) -> None:
    await m.answers()
    await m.click("ben", "Look", "Read it", "Comment")
    await m.submit("ben", text="The result has no figure.")
    await m.run("ben", "mentor assign mentee:@ana question:Why? by:2030-03-08")
    await m.submit("ben")
    ana, ben = await m.s.member(m.s.ana), await m.s.member(m.s.ben)
    async with m.acting("ana") as ctx:
        hers, his = [[row async for row in personal_data.export(ctx, whose)] for whose in (ana, ben)]
        assert {row["what"] for row in hers} == {"mentorship", "assigned question", "comment", "look"}
        assert {row["what"] for row in his} == {"mentorship", "assigned question", "comment", "look of yours"}
        assert [row["mine"] for row in (*hers, *his) if row["what"] == "comment"] == [False, True]
        assert [row["with"] for row in (*hers, *his) if row["what"] == "mentorship"] == ["Ben", "Ana"]
        assert await personal_data.erase(ctx, ben) >= 4
        looks = (await ctx.session.scalars(select(MentorLook))).all()
        assert looks
        assert {look.viewer_id for look in looks} == {None}
        assert {look.name for look in await service.looks_at(ctx.session, ana)} == {""}
    assert not await m.rows(Mentorship)
    assert not await m.rows(MentorComment)
    await m.s.drain()
    assert "Ben on your answer" not in m.seen("ana"), "our message that told of them is gone"
    await m.s.clock_moves(days=1)
    assert "One of your mentors is not here any more" in m.seen("ana")


async def test_after_a_deletion_no_row_holds_the_person_as_mentee_or_as_mentor(m: MentoringScene) -> None:
    await m.agree("ana", "cleo")
    await m.answers("ana")
    ana, cleo = await m.s.member(m.s.ana), await m.s.member(m.s.cleo)
    async with m.acting("ben") as ctx:
        answer = await first(ctx.session, Answer)
        await conversing.comment(ctx, answer.id, "zqvcomment")
        for who in NoteSeenBy:
            await notes.write(ctx, ana, "zqvnote", who)
        await assignments.assign(ctx, ana, "zqvassigned", date(2030, 3, 20))
        await targets.propose(ctx, ana, "L6", date(2030, 6, 30))
    async with m.acting("ana") as ctx:
        await conversing.ask(ctx, await m.s.member(m.s.ben), "zqvasked")
        await notes.write(ctx, cleo, "zqvmentor", NoteSeenBy.MENTEE)
        await targets.propose(ctx, cleo, "L5", date(2030, 6, 30))
    await m.s.drain()
    await m.answers("cleo")
    await m.s.clock_moves(days=7)
    marks = [ana, "zqvcomment", "zqvnote", "zqvassigned", "zqvasked", "zqvmentor"]
    assert {mark for mark in marks if any(mark in row for row in await rows_with(m.q, marks))} == set(marks)
    assert "Your mentees this week" in m.seen("ben")
    assert "Ana asks you something" in m.seen("ben")
    await m.run("ana", "data delete")
    await m.click("ana", "Delete everything about me")
    await m.submit("ana", word="delete")
    await until_ended(m.q)
    assert await rows_with(m.q, marks) == []
    for told in ("Your mentees this week", "Ana asks you something"):
        assert told not in m.seen("ben"), "what told the mentor of her is gone from their conversation"
    assert not await m.rows(MentoringTarget), "what she proposed and nobody took goes too"


async def test_a_summary_that_waits_outlives_the_erasure_of_one_mentee(m: MentoringScene) -> None:
    ana, ben = await m.s.member(m.s.ana), await m.s.member(m.s.ben)
    payload = {"local_date": "2030-03-11", ABOUT: [ana], SHOWN: {ana: ["scores"]}}
    async with m.acting("ben") as ctx:
        ctx.session.add(Delivery(kind=DIGEST, subject_id=ben, payload=payload, key="week", due_at=ctx.now))
        await ctx.session.flush()
        await personal_data.erase(ctx, ana)
        waiting = await first(ctx.session, Delivery, Delivery.kind == DIGEST)
        assert waiting.payload == {"local_date": "2030-03-11"}


async def test_it_all_works_on_both_engines(database_url: str) -> None:
    async with question_posted(database_url=database_url) as q:
        m = MentoringScene(q)
        for name in ("ana", "ben"):
            await m.run(name, "mentor list")
        await m.agree()
        assert "Ben is Ana's mentor already" in await m.run("ben", "mentor offer member:@ana")
        await m.s.clock_moves(hours=1)
        await m.answers()
        await m.click("ben", "Look", "Read it", "Comment")
        await m.submit("ben", text="The result has no figure.")
        await m.run("ben", "mentor assign mentee:@ana question:Why? by:2030-03-12")
        await m.submit("ben")
        await m.s.clock_moves(days=7)
        assert "1 answer, rated" in m.seen("ben")
        assert "Ben, what reviewers found" not in await m.run("ana", "mentor log")
        ana = await m.s.member(m.s.ana)
        async with m.acting("ana") as ctx:
            assert await personal_data.erase(ctx, ana) >= 5
        assert "Your mentees this week" in m.seen("ben")
        await m.s.drain()
        assert "Your mentees this week" not in m.seen("ben")


async def test_the_log_and_what_ended_are_kept_for_a_time_only(m: MentoringScene) -> None:
    await m.click("ben", "Look")
    async with m.acting("ana") as ctx:
        await agreeing.end(ctx, await first(ctx.session, Mentorship), by=ctx.member)
        assert await service.forget_looks(ctx.session, ctx.now, 100) == 0
        later = ctx.now + timedelta(days=1)
        assert await service.forget_looks(ctx.session, later, 2) == 2
        assert await service.forget_looks(ctx.session, later, 100) == 1
        assert await service.forget_mentorships(ctx.session, later, 100) == 1
