"""Asking the coach: consent first, each text once, one's own only, and a report that stays as it was."""

from __future__ import annotations

from bot.answers.declare import feature as answers
from bot.chat.events import ActionClicked
from bot.coach.actions import AgreeToCoach, AskCoach
from bot.coach.config import CoachConfig
from bot.coach.declare import feature as coach
from bot.coach.reasons import SENTENCES, Reason
from bot.members.declare import feature as members
from bot.questions.declare import feature as questions
from storage.tables.answers import Revision
from storage.tables.coach import CoachConsent, CoachRequest, CoachResult
from tests.scenario.coach_scene import rows, told
from tests.scenario.dsl import scene
from tests.wire.llm.world import LONGER, STORY, ask, do, press, score, seen


async def test_without_a_key_there_is_no_button_and_no_word_of_it_at_home() -> None:
    async with scene(features=(questions(), answers(), coach(CoachConfig()), members())) as s:
        await score(s, STORY)
        await s.ana.opens_home()
        await s.drain()
        assert "coach" not in seen(s).lower()
        assert "coach" not in s.ana.home.lower()
        assert SENTENCES[Reason.OFF].source in await do(s, "coach settings")


async def test_the_first_time_the_author_is_asked_and_the_consent_keeps_its_time() -> None:
    async with told() as (s, model):
        await score(s, STORY)
        asked = await press(s, "Ask the coach")
        assert "May I send this answer to a language model?" in asked
        assert "llm.example" in asked
        assert model.asked == []
        assert "The coach on your answer" in await press(s, "I agree")
        (consent,) = await rows(s, CoachConsent)
        assert (consent.endpoint, consent.agreed_at, consent.stopped_at) == ("llm.example", s.clock.now(), None)


async def test_the_second_answer_asks_for_no_consent_again() -> None:
    async with told() as (s, model):
        await score(s, STORY)
        await ask(s)
        await score(s, LONGER)
        assert "The coach on your answer" in await press(s, "Ask the coach")
        assert len(model.asked) == 2
        assert len(await rows(s, CoachConsent)) == 1


async def test_stopping_ends_it_at_once_and_agreeing_again_is_another_consent() -> None:
    async with told() as (s, model):
        await score(s, STORY)
        await ask(s)
        await do(s, "coach settings")
        assert "Nothing of yours is sent any more" in await press(s, "Stop sending my answers")
        await score(s, LONGER)
        assert "May I send this answer" in await press(s, "Ask the coach")
        assert len(model.asked) == 1
        assert "The coach on your answer" in await press(s, "I agree")
        assert [consent.stopped_at is None for consent in await rows(s, CoachConsent)] == [False, True]


async def test_who_stops_while_the_coach_reads_is_shown_nothing_of_it() -> None:
    async with told() as (s, model):
        await score(s, STORY)

        async def stop() -> None:
            await s.ana.runs("coach settings")
            await s.runtime._event_round()
            await s.ana.clicks("Stop sending my answers")
            await s.runtime._event_round()

        model.acts = [stop]
        await ask(s)
        assert "The coach on your answer" not in seen(s)
        assert SENTENCES[Reason.NOT_AGREED].source in seen(s)
        assert await rows(s, CoachResult) == []


async def test_another_service_needs_another_consent() -> None:
    async with told() as (s, model):
        await score(s, STORY)
        await ask(s)
        elsewhere = coach(CoachConfig(api_key="k", base_url="https://other.example"), model)
        s.features = (questions(), answers(), elsewhere, members())
        await s.restarts()
        await score(s, LONGER)
        assert "It goes to other.example" in await press(s, "Ask the coach")
        assert "Since then the service or the terms changed" in await do(s, "coach settings")
        assert len(model.asked) == 1


async def test_somebody_elses_answer_cannot_be_sent() -> None:
    async with told() as (s, model):
        await score(s, STORY)
        (revision,) = await rows(s, Revision)
        for number, payload in enumerate(
            (AskCoach(answer=revision.answer_id), AgreeToCoach(answer=revision.answer_id))
        ):
            event = ActionClicked(
                delivery_id=f"forged {number}",
                installation=s.workspace.installation,
                occurred_at=s.clock.now(),
                actor=s.workspace.account("ben"),
                conversation=s.workspace.direct("ben"),
                action=payload.encode(),
            )
            await s.runtime.accept(event)
            await s.drain()
        assert seen(s, "ben").count("You cannot do that here") == 2
        assert model.asked == []
        assert await rows(s, CoachRequest) == []


async def test_the_same_text_is_not_sent_twice() -> None:
    async with told() as (s, model):
        await score(s, STORY)
        await ask(s)
        assert "The coach on your answer" in await press(s, "Ask the coach")
        await score(s, STORY)
        assert "The coach on your answer" in await press(s, "Ask the coach")
        assert len(model.asked) == 1


async def test_pressing_twice_before_the_words_are_there_asks_once() -> None:
    async with told() as (s, model):
        await score(s, STORY)
        await ask(s, agree=False)
        for _ in range(3):
            await s.ana.clicks("I agree")
        await s.drain()
        assert len(model.asked) == 1
        assert len(await rows(s, CoachRequest)) == 1


async def test_what_is_no_story_is_not_sent() -> None:
    async with told() as (s, model):
        await score(s, "I fixed a bug and it was good.")
        assert SENTENCES[Reason.UNSUITABLE].source in await press(s, "Ask the coach")
        assert model.asked == []


async def test_whatever_the_coach_says_the_report_stays_as_it_was() -> None:
    async with told() as (s, _):
        await score(s, STORY)
        (before,) = [revision.report for revision in await rows(s, Revision)]
        await ask(s)
        assert [revision.report for revision in await rows(s, Revision)] == [before]


async def test_the_home_leads_to_the_settings_and_the_list() -> None:
    async with told() as (s, _):
        await s.ana.opens_home()
        await s.drain()
        assert "The coach" in s.ana.home
        await s.ana.clicks_home("What was sent")
        await s.drain()
        assert "Nothing of yours was sent" in seen(s)
        await s.ana.clicks_home("Coach settings")
        await s.drain()
        assert "May I send" in await press(s, "Read what I would agree to")
        assert "You agreed." in await press(s, "I agree")
