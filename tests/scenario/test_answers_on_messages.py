"""What is offered on messages: "Score this" on one's own, hiding for moderators."""

from __future__ import annotations

from adapters.local.messages import Message
from bot.answers.actions import HideMessage, ScoreMessage
from tests.scenario.answers_scene import ACTION, RESULT, SITUATION, question_posted
from tests.scenario.dsl import Scene

STORY = f"{SITUATION} {ACTION} {RESULT}"


def offers(s: Scene, who: str, message: str) -> list[str]:
    found = s.workspace.messages.get(message)
    assert isinstance(found, Message)
    return [offer.label for offer in s.workspace.offers_on(who, found)]


async def test_score_this_is_offered_on_ones_own_messages_only() -> None:
    async with question_posted() as q:
        said = await q.s.ana.says("#general", STORY)
        assert "Score this" in offers(q.s, "ana", said.message)
        assert "Score this" not in offers(q.s, "ben", said.message)
        assert offers(q.s, "ana", q.question.message) == []


async def test_score_this_scores_a_message_outside_any_thread() -> None:
    async with question_posted() as q:
        said = await q.s.ana.says("#general", STORY)
        await q.s.workspace.act("ana", said, ScoreMessage().encode())
        await q.s.drain()
        assert "Rating" in q.seen("ana")
        assert "Rating" not in q.s.channel("#general")


async def test_a_member_who_is_no_moderator_cannot_hide_an_answer() -> None:
    async with question_posted() as q:
        (said,) = await q.answer("ana", STORY)
        await q.s.workspace.act("ben", said, HideMessage().encode())
        await q.s.drain()
        assert "You cannot do that here" in q.seen("ben")
