"""The coach from the button to the last word: consent, stopping, memory, budget, crashes, and going with the answer."""

from __future__ import annotations

import json

import pytest

from bot.answers.declare import feature as answers
from bot.base.ids import MemberId
from bot.chat.events import ActionClicked
from bot.coach.actions import AgreeToCoach, AskCoach
from bot.coach.config import CoachConfig
from bot.coach.declare import feature as coach
from bot.coach.model import Failed
from bot.coach.prices import Usage
from bot.coach.reasons import SENTENCES, Reason
from bot.feature.gather import gather
from bot.members.declare import feature as members
from bot.questions.declare import feature as questions
from storage.tables.answers import Revision
from storage.tables.coach import CallState, CoachCall, CoachConsent, CoachDay, CoachRequest, CoachResult
from tests.scenario.coach_scene import rows, told
from tests.scenario.dsl import Scene, SimulatedCrash, scene
from tests.wire.llm.world import STORY, ask, score, seen, since

LONGER = STORY + " My own part was the script and the calls, and I would do it again."


async def do(s: Scene, line: str, who: str = "ana") -> str:
    """What running this command shows."""
    before = seen(s, who)
    await getattr(s, who).runs(line)
    await s.drain()
    return since(before, seen(s, who))


async def press(s: Scene, label: str, who: str = "ana") -> str:
    """What pressing this button adds."""
    before = seen(s, who)
    await getattr(s, who).clicks(label)
    await s.drain()
    return since(before, seen(s, who))


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


class TestTheBudget:
    async def test_a_call_that_might_go_over_it_is_not_made(self) -> None:
        async with told(daily_tokens=5_000) as (s, model):
            await score(s, STORY)
            await ask(s)
            assert SENTENCES[Reason.BUDGET].source in seen(s)
            assert model.asked == []

    async def test_money_is_limited_too(self) -> None:
        async with told(daily_usd=0.001) as (s, model):
            await score(s, STORY)
            await ask(s)
            assert SENTENCES[Reason.BUDGET].source in seen(s)
            assert model.asked == []

    async def test_what_was_reserved_and_not_used_is_given_back(self) -> None:
        async with told() as (s, _):
            await score(s, STORY)
            await ask(s)
            (call,) = await rows(s, CoachCall)
            (day,) = await rows(s, CoachDay)
            assert (day.tokens, day.micros) == (call.tokens, call.micros) == (2500, 450)
            assert call.reserved_tokens > 2500

    async def test_it_starts_anew_on_the_next_day(self) -> None:
        async with told(daily_tokens=16_500) as (s, model):
            model.usage = Usage(4000, 500)
            await score(s, STORY)
            await ask(s)
            await score(s, LONGER)
            assert SENTENCES[Reason.BUDGET].source in await press(s, "Ask the coach")
            await s.clock_moves(days=1)
            assert "The coach on your answer" in await press(s, "Ask the coach again")
            assert len(model.asked) == 2

    async def test_an_admin_sets_a_smaller_one_and_sees_sums_only(self) -> None:
        async with told() as (s, model):
            await score(s, STORY)
            await ask(s)
            await s.ada.runs("setup coach")
            await s.drain()
            await s.ada.submits(tokens="0")
            await s.drain()
            shown = seen(s, "ada")
            assert "1 call, 2500 tokens" in shown
            assert "Ana" not in shown
            await score(s, LONGER)
            assert SENTENCES[Reason.BUDGET].source in await press(s, "Ask the coach")
            assert len(model.asked) == 1

    async def test_an_admin_cannot_raise_it(self) -> None:
        async with told(daily_tokens=5_000) as (s, model):
            await s.ada.runs("setup coach")
            await s.drain()
            await s.ada.submits(tokens="900000000")
            await s.drain()
            await score(s, STORY)
            await ask(s)
            assert SENTENCES[Reason.BUDGET].source in seen(s)
            assert model.asked == []

    @pytest.mark.parametrize("entered", ["many", "-1", "1.5", "²"])
    async def test_what_is_no_number_is_asked_for_again(self, entered: str) -> None:
        async with told() as (s, _):
            await s.ada.runs("setup coach")
            await s.drain()
            await s.ada.submits(tokens=entered)
            await s.drain()
            assert "is saved" not in seen(s, "ada")

    async def test_a_model_without_a_price_is_limited_by_tokens(self) -> None:
        async with told(model="house-model", daily_usd=0) as (s, _):
            await score(s, STORY)
            await ask(s)
            assert "The coach on your answer" in seen(s)
            (call,) = await rows(s, CoachCall)
            assert (call.tokens, call.micros) == (2500, 0)


class TestTheLedger:
    async def test_a_person_sees_their_own_calls(self) -> None:
        async with told() as (s, _):
            await score(s, STORY)
            await ask(s)
            shown = await do(s, "coach ledger")
            assert "1 call to the coach's service" in shown
            assert "claude-haiku-5-5 at llm.example" in shown
            assert "2500 tokens, $0.0005" in shown
            assert "Nothing of yours was sent" in await do(s, "coach ledger", "ben")

    async def test_a_failed_call_stands_in_it_too(self) -> None:
        async with told() as (s, model):
            model.fails = [Failed(Reason.TIMEOUT, "unknown")]
            await score(s, STORY)
            await ask(s)
            assert SENTENCES[Reason.TIMEOUT].source in await do(s, "coach ledger")

    async def test_lines_are_kept_for_a_good_year(self) -> None:
        async with told() as (s, _):
            await score(s, STORY)
            await ask(s)
            await s.clock_moves(days=395)
            assert len(await rows(s, CoachCall)) == 1
            await s.clock_moves(days=45)
            assert await rows(s, CoachCall) == []


class TestACrash:
    async def test_before_the_call_loses_nothing(self) -> None:
        async with told() as (s, model):
            await score(s, STORY)
            await ask(s, agree=False)
            await s.ana.clicks("I agree")
            await s.runtime._event_round()
            await s.restarts()
            await s.drain()
            assert "The coach on your answer" in seen(s)
            assert len(model.asked) == 1

    async def test_during_the_call_costs_at_most_one_call_more(self) -> None:
        async with told() as (s, model):
            await score(s, STORY)
            model.acts = [dies]
            await ask(s, agree=False)
            await s.ana.clicks("I agree")
            with pytest.raises(SimulatedCrash):
                await s.drain()
            await s.restarts()
            await s.drain()
            await s.clock_moves(minutes=2)
            assert seen(s).count("The coach on your answer") == 1
            assert len(model.asked) == 2
            lost, ended = sorted(await rows(s, CoachCall), key=lambda call: call.begun_at)
            assert (lost.state, ended.state) == (CallState.LOST, CallState.ENDED)
            assert lost.tokens == lost.reserved_tokens

    async def test_a_text_that_kills_every_process_is_given_up(self) -> None:
        async with told() as (s, model):
            await score(s, STORY)
            model.acts = [dies] * 5
            await ask(s, agree=False)
            await s.ana.clicks("I agree")
            for _ in range(2):
                with pytest.raises(SimulatedCrash):
                    await s.drain()
                await s.restarts()
            await s.drain()
            await s.clock_moves(minutes=3)
            assert SENTENCES[Reason.INTERRUPTED].source in seen(s)
            assert len(model.asked) == 2

    @pytest.mark.parametrize("step", ["prepared", "sending", "sent", "recorded"])
    async def test_while_the_words_are_sent_makes_no_second_call_and_no_second_message(self, step: str) -> None:
        async with told() as (s, model):
            await score(s, STORY)
            await ask(s, agree=False)
            await s.ana.clicks("I agree")
            s.crash.reached = []
            await s.runtime._event_round()
            s.crash.step = step
            with pytest.raises(SimulatedCrash):
                await s.drain()
            await s.restarts()
            await s.drain()
            assert seen(s).count("The coach on your answer") == 1
            assert len(model.asked) == 1


async def dies() -> None:
    raise SimulatedCrash("during the call")


async def test_a_defect_of_ours_is_told_in_a_sentence() -> None:
    async with told() as (s, model):

        async def breaks() -> None:
            raise RuntimeError("a defect")

        model.acts = [breaks]
        await score(s, STORY)
        await ask(s)
        assert SENTENCES[Reason.BROKEN].source in seen(s)
        (call,) = await rows(s, CoachCall)
        assert call.state is CallState.LOST


async def test_the_words_go_with_the_answer() -> None:
    async with told() as (s, _):
        await score(s, STORY)
        await ask(s)
        await s.ana.clicks("My answer")
        await s.drain()
        await press(s, "Withdraw my answer")
        await s.ana.clicks("Withdraw it")
        await s.drain()
        assert "The coach on your answer" not in seen(s)
        assert await rows(s, CoachResult) == []
        assert await rows(s, CoachRequest) == []
        (call,) = await rows(s, CoachCall)
        assert (call.request_id, call.tokens) == (None, 2500)


async def test_an_answer_that_is_withdrawn_while_the_coach_reads_gets_no_words() -> None:
    async with told() as (s, model):
        await score(s, STORY)

        async def withdraw() -> None:
            for label in ("My answer", "Withdraw my answer", "Withdraw it"):
                await s.ana.clicks(label)
                await s.runtime._event_round()

        model.acts = [withdraw]
        await ask(s)
        assert "The coach on your answer" not in seen(s)
        assert await rows(s, CoachResult) == []
        (call,) = await rows(s, CoachCall)
        assert call.state is CallState.ENDED


async def test_a_person_takes_out_all_of_it_and_has_it_erased() -> None:
    async with told() as (s, _):
        await score(s, STORY)
        await ask(s)
        (held,) = [each for each in gather(s.features).personal_data if each.name == "coach"]
        member: MemberId = await s.member(s.ana)
        async with s.database.write(await s.workspace_id()) as session:
            ctx = s.runtime.house.context(session, await s.workspace_id())
            taken = await held.export(ctx, member)
            assert [row["what"] for row in taken] == [
                "consent to the coach", "words of the coach", "call to the coach's service",
            ]  # fmt: skip
            json.dumps(taken)
            assert await held.erase(ctx, member) == 4
            assert await held.export(ctx, member) == []
        await s.drain()
        assert "The coach on your answer" not in seen(s)
        (call,) = await rows(s, CoachCall)
        assert (call.member_id, call.tokens) == (None, 2500)


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
