"""The whole way of an answer, on SQLite and on PostgreSQL."""

from __future__ import annotations

from bot.answers import personal_data
from storage.tables.answers import Answer, Dispute, Revision, SetAside
from tests.scenario.answers_scene import ACTION, RESULT, SITUATION, question_posted


async def test_the_way_of_an_answer_is_the_same_on_each_engine(database_url: str) -> None:
    async with question_posted(database_url=database_url) as q:
        said = await q.answer("ana", SITUATION, ACTION)
        await q.edit("ana", said[1], f"{ACTION} {RESULT}")
        await q.quiet()
        await q.answer_privately("ben", situation=SITUATION, action=ACTION)
        await q.click("ben", "My answer", "Share it to the thread", "Post it under my name")
        await q.answer("ben", "I once deleted the wrong index in production.")
        assert [aside.text for aside in await q.rows(SetAside)] == ["I once deleted the wrong index in production."]
        await q.click("ben", "Yes, score it", "I disagree")
        await q.s.ben.submits(rating="4", consent=["agreed"])
        await q.s.drain()
        await q.s.ana.clicks("More", q.question)
        await q.s.drain()
        await q.s.ana.clicks("Others' answers")
        await q.s.drain()
        assert "[Read an answer" in q.seen("ana")
        await q.s.ana.opens_home()
        await q.s.drain()
        assert "2 versions, rated" in q.s.ana.home
        await q.s.ada.runs("moderate overview")
        await q.s.drain()
        assert "Nobody is blocked." in q.seen("ada")
        assert (len(await q.rows(Revision)), len(await q.rows(Dispute))) == (4, 1)
        member, workspace = await q.s.member(q.s.ben), await q.s.workspace_id()
        async with q.s.database.write(workspace) as session:
            context = q.s.runtime.house.context(session, workspace)
            assert len([entry async for entry in personal_data.export(context, member)]) == 3
            assert await personal_data.erase(context, member) > 5
            assert await personal_data.erase(context, member) == 0
        await q.s.drain()
        assert [answer.member_id for answer in await q.rows(Answer)] == [await q.s.member(q.s.ana)]
        assert "Answer of Ben" not in q.thread()
