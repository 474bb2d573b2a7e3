"""What feedback owes to more than the answer: the company somebody prepares for, and the round of its question."""

from __future__ import annotations

from bot.scoring.explain import shown
from bot.scoring.lens import LENSES
from bot.scoring.report import Report
from storage.tables.answers import Revision
from tests.scenario.answers_scene import RESULT, AnswersScene, question_posted

TEAM = (
    "In 2023 our team looked after the billing service and we changed how invoices were rounded. We stopped the job, "
    "we told support, and we wrote a script. We refunded everybody by hand. In the end everything was fine again."
)
BUILT = (
    "In 2022 our search had no owner and two shops waited for it. I drew the first design, I built the index and I "
    "tested it on a copy of the catalogue, because nobody knew the load. I deployed it in May. Searches that found "
    "nothing fell from 31% to 12%, and since then I measure that figure before every release."
)
SITUATION = "q-junior-is-stuck"


async def prepares_for(q: AnswersScene, company: str) -> None:
    """Ana chooses a company in her preferences, which she opens by the command."""
    await q.s.ana.runs("preferences")
    await q.s.drain()
    await q.s.ana.submits(company=company)
    await q.s.drain()


async def last_report(q: AnswersScene) -> tuple[Revision, Report]:
    revision = max(await q.rows(Revision), key=lambda one: one.created_at)
    return revision, Report.from_json(revision.report)


async def test_the_company_one_prepares_for_orders_the_feedback_and_leaves_the_report_alone() -> None:
    async with question_posted() as q:
        await q.answer("ana", TEAM)
        assert "Ordered for" not in q.seen("ana")
        before, report = await last_report(q)
        assert shown(report).findings[0].code not in LENSES["meta"].codes[:1]
        await prepares_for(q, "meta")
        await q.click("ana", "My answer", "Feedback")
        seen = q.seen("ana")
        assert "Ordered for Meta, which stresses impact reached quickly, and decisions from data." in seen
        after, same = await last_report(q)
        assert (after.id, same.to_json(), after.rating) == (before.id, report.to_json(), before.rating)
        assert {f.code for f in shown(same, "meta").findings[:1]} <= set(LENSES["meta"].codes)
        assert "Meta" not in q.thread()


async def test_a_question_of_a_lead_round_is_heard_for_both_sides_of_leading() -> None:
    async with question_posted(question="q-led-end-to-end") as q:
        await q.answer("ana", BUILT)
        await q.click("ana", "More detail")
        seen = q.seen("ana")
        assert (
            "Only one side of leading: What you tell of yourself here is building; how you led was not heard." in seen
        )


async def test_elsewhere_nobody_is_asked_for_both_sides_of_leading() -> None:
    async with question_posted(question="q-built-from-nothing") as q:
        await q.answer("ana", BUILT)
        await q.click("ana", "More detail")
        assert "Only one side of leading" not in q.seen("ana")


WOULD = (
    "I would first measure where the time goes, by tracing a hundred slow requests end to end, because guesses about "
    "latency are mostly wrong. If the model takes longest, I would try a smaller one on the easy half and compare the "
    "answers on our evaluation set. If retrieval does, I would cache the embeddings. I would agree on two seconds with "
    "product and stop there."
)


async def score_text(q: AnswersScene, text: str, question: str) -> None:
    """Ana has a text of her own scored, with the question it answers."""
    await q.s.ana.runs("answer score")
    await q.s.drain()
    await q.s.ana.submits(text=text, question=question)
    await q.s.drain()


async def test_what_one_would_do_is_an_answer_where_the_question_asks_for_it() -> None:
    async with question_posted() as q:
        await score_text(q, WOULD, "How would you bring down the latency of an answer?")
        seen = q.seen("ana")
        assert "I know no key points for this question" in seen
        assert "Rating: " in seen
        assert "Practise a follow-up" not in seen
        await score_text(q, WOULD, "Tell me about a time you made something faster.")
        assert "I cannot find something that you did" in q.seen("ana")[len(seen) :]


async def test_a_story_stays_a_story_where_the_question_could_be_answered_either_way() -> None:
    async with question_posted() as q:
        await score_text(q, BUILT, "How do you go about a search that nobody owns?")
        assert "I know no key points" not in q.seen("ana")
        assert "Practise a follow-up" in q.seen("ana")


async def test_follow_ups_are_offered_after_a_story_and_not_after_what_one_would_do() -> None:
    async with question_posted(question=SITUATION) as q:
        await q.answer("ana", f"I would sit down with them, ask what they tried, and pair for an hour. {RESULT} " * 2)
        assert "key points found" in q.seen("ana")
        assert "[Practise a follow-up]" not in q.seen("ana")
    async with question_posted() as q:
        await q.answer("ana", TEAM)
        assert "Practise a follow-up" in q.seen("ana")
