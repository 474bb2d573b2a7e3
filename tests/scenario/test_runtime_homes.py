from __future__ import annotations

from tests.scenario.answers_scene import ACTION, SITUATION, question_posted


async def test_a_home_that_nobody_has_opened_is_not_drawn_and_an_open_one_is_kept_up_to_date() -> None:
    async with question_posted() as q:
        await q.answer("ana", f"{SITUATION} {ACTION}")
        assert q.s.ana.home == ""
        await q.s.ana.opens_home()
        await q.s.drain()
        assert "1 version" in q.s.ana.home
        await q.answer("ana", "Afterwards our error rate fell by 40 percent, and I learned to look at it first.")
        assert "2 versions" in q.s.ana.home
