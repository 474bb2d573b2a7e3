"""What stands out over all of somebody's answers, in the list of them and for themselves alone."""

from __future__ import annotations

from tests.scenario.answers_scene import ACTION, RESULT, SITUATION, WEAK, AnswersScene, question_posted

STORY = f"{SITUATION} {ACTION} {RESULT}".replace("2023", "2029")
OTHERS = (
    "Two years ago a museum had no way to book by phone. I compared three vendors with the front desk, chose the "
    "smallest because it kept our prices, and wrote the import myself. Calls that were lost fell from 40 to 6 a week, "
    "and since then I ask the front desk before I choose.",
    "Our reports took a night to run and the planners waited. I profiled the job, found one query that was run for "
    "each row, and rewrote it with Ana from the data team. They take nine minutes now, and I look at the plan of every "
    "new query before it is merged.",
)


async def tell(q: AnswersScene, who: str, text: str) -> None:
    """Somebody has a text of their own scored."""
    person = getattr(q.s, who)
    await person.runs("answer score")
    await q.s.drain()
    await person.submits(text=text)
    await q.s.drain()


async def listed(q: AnswersScene, who: str) -> str:
    """What the list adds to what they saw before."""
    before = len(q.seen(who))
    await getattr(q.s, who).runs("answer list")
    await q.s.drain()
    return q.seen(who)[before:]


async def test_what_stands_out_is_told_below_the_list_with_the_way_to_the_answers_it_means() -> None:
    async with question_posted(question="q-users-did-otherwise") as q:
        for text in (OTHERS[0], OTHERS[1], OTHERS[1]):
            await tell(q, "ana", text)
        seen = await listed(q, "ana")
        assert "None of your 3 stories answers a question about a failure." in seen
        assert "None of your 3 stories answers a question about a disagreement." in seen
        assert "2 of your answers tell the same in nearly the same words." in seen
        assert "I looked at all 3 of your answers that tell a story, by rules. Only you see this." in seen
        before = len(q.seen("ana"))
        await q.click("ana", "2030-03-04: a text of your own")
        assert "Feedback on your answer" in q.seen("ana")[before:]
        assert "Over all of your answers" not in await listed(q, "ben")


async def test_nothing_is_told_where_nothing_stands_out() -> None:
    async with question_posted() as q:
        await q.answer("ana", STORY)
        await tell(q, "ana", WEAK)
        assert "Over all of your answers" not in await listed(q, "ana")
