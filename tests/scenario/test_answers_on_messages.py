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


async def test_the_log_of_moderators_names_whom_an_act_was_about_and_knows_the_acts_of_other_rooms() -> None:
    async with question_posted() as q:
        await q.s.ben.says("#general", "Good morning")
        await q.s.drain()
        await q.s.ada.runs("setup appoint member:<@ben> role:moderator")
        await q.s.ada.runs("moderate block member:<@ben>")
        await q.s.ada.runs("moderate overview")
        await q.s.drain()
        assert "Ada changed a member's role: Ben." in q.seen("ada")
        assert "Ada blocked a member: Ben." in q.seen("ada")
