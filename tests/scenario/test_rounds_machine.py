"""Rounds under whatever happens in whatever order: random events, deaths, repeated events, jumps of the clock."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from adapters.local import administration
from bot.chat.refs import MessageRef
from bot.review.actions import SwapReview
from bot.review.freezing import hash_of
from bot.review.states import OVER, ROUND
from bot.runtime import steps
from storage.tables.answers import AnswerPart
from storage.tables.outbox import DeliveryState
from storage.tables.people import Member, MemberState
from storage.tables.review import Entry, EntryState, Review, ReviewState, Round, RoundEvent, RoundState
from tests.scenario.answers_scene import ACTION, SITUATION
from tests.scenario.dsl import SimulatedCrash
from tests.scenario.reviewing_scene import Reviewing
from tests.scenario.rounds_scene import CHANNEL, DAY, RoundsScene, names, played_once, rounds

PEOPLE = 5
FINAL = {ReviewState.COUNTED, ReviewState.LATE, ReviewState.RELEASED, ReviewState.EXCLUDED}
STANDING = {ReviewState.ASSIGNED, ReviewState.OPENED, ReviewState.SUBMITTED, ReviewState.COUNTED}
PEOPLE_IDS = st.sampled_from(names(PEOPLE))
STEPS = st.sampled_from([steps.CLAIMED, steps.PREPARED, steps.SENDING, steps.SENT, steps.RECORDED, steps.HANDLED])


class Rounds(RuleBasedStateMachine):
    """One round of five people, one of whom answers late or not at all."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        self.r: RoundsScene
        self.v: Reviewing
        self.gone: set[str] = set()
        self.hashes: dict[str, str] = {}
        self.results: dict[str, Any] = {}
        self.forms: dict[str, str] = {}

    def run(self, doing: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(doing)

    @initialize()
    def begin(self) -> None:
        self.run(self._begin())

    async def _begin(self) -> None:
        self.r = await self.stack.enter_async_context(played_once("machine", PEOPLE, _four_of_five))
        self.v = Reviewing(self.r)

    @rule(who=PEOPLE_IDS)
    def opens_one(self, who: str) -> None:
        self.run(self._with_first(who, self.r.opens, {ReviewState.ASSIGNED}))

    @rule(who=PEOPLE_IDS)
    def hands_one_in(self, who: str) -> None:
        self.run(self._with_first(who, self.r.gives, {ReviewState.ASSIGNED, ReviewState.OPENED}))

    async def _with_first(self, who: str, act: Any, states: set[ReviewState]) -> None:
        round = await self.r.round()
        if who in self.gone or round.state not in (RoundState.REVIEWING, RoundState.GRACE):
            return
        if who not in await self._known():
            return
        open_reviews = [review for review in await self.r.open_reviews(who) if review.state in states]
        if open_reviews:
            await act(open_reviews[0])

    async def _known(self) -> set[str]:
        return {member.display_name.lower() for member in await self.r.rows(Member)}

    @rule(who=PEOPLE_IDS)
    def opens_a_form(self, who: str) -> None:
        self.run(self._with_first(who, self._opens_form, {ReviewState.ASSIGNED, ReviewState.OPENED}))

    async def _opens_form(self, review: Review) -> None:
        who = await self.v.who(review)
        await self.v.opens_form(who, review)
        self.forms[who] = review.id

    @rule(change=st.sampled_from(["", "Good.", "Say when the rule first caught something, {who}."]))
    def sends_the_form_that_stands_open_twice(self, change: str) -> None:
        """However long it stood open, and whatever became of the review and the round meanwhile."""
        for who in self.forms.keys() - self.gone:
            self.run(self._sends(who, {"change": change.format(who=who)} if change else {}))

    async def _sends(self, who: str, said: dict[str, str]) -> None:
        if getattr(self.r.s, who).has_a_form:
            await self.v.submits(who, await self.v.review(self.forms[who]), **said)
            await self.r.s.comes_again()
            await self.r.s.drain()

    @rule(who=PEOPLE_IDS, text=st.sampled_from([None, "I would tell it shorter now.", f"{SITUATION} {ACTION}"]))
    def changes_or_deletes_their_answer(self, who: str, text: str | None) -> None:
        if who not in self.gone and who in self.run(self._known()):
            self.run(self._changes(who, text))

    async def _changes(self, who: str, text: str | None) -> None:
        mine = [answer.id for answer in await self.r.answers(who)]
        parts = await self.r.rows(AnswerPart, AnswerPart.answer_id.in_(mine), AnswerPart.text != "")
        for message in [MessageRef.decode(part.message) for part in parts if part.message]:
            if text is None:
                await self.r.delete(who, message)
            else:
                await self.r.edit(who, message, text)
        await self.r.quiet()

    @rule(who=PEOPLE_IDS)
    def swaps_one_twice(self, who: str) -> None:
        self.run(self._with_first(who, self._swaps, {ReviewState.ASSIGNED, ReviewState.OPENED}))

    async def _swaps(self, review: Review) -> None:
        await self.v.acts(await self.v.who(review), SwapReview(review=review.id))
        await self.r.s.comes_again()
        await self.r.s.drain()

    @rule(who=PEOPLE_IDS)
    def leaves_the_round_twice(self, who: str) -> None:
        self.run(self._opts_out(who))

    async def _opts_out(self, who: str) -> None:
        if who in self.gone or "[Not this time]" not in self.r.seen(who):
            return
        await getattr(self.r.s, who).clicks("Not this time")
        await self.r.s.comes_again()
        await self.r.s.drain()

    @rule(who=PEOPLE_IDS)
    def leaves_for_good(self, who: str) -> None:
        if len(self.gone) < 2 and who not in self.gone:
            self.gone.add(who)
            self.run(self._leaves(who))

    async def _leaves(self, who: str) -> None:
        await administration.leave(self.r.s.workspace, who)
        await self.r.s.acknowledged()
        await self.r.s.drain()

    @rule()
    def the_last_one_answers(self) -> None:
        who = names(PEOPLE)[-1]
        if who not in self.gone:
            self.run(self.r.answered(who))

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        self.run(self.r.moves_to(self.r.s.clock.now() + timedelta(hours=hours)))

    @rule(hours=st.integers(2, 200))
    def starling_sleeps(self, hours: int) -> None:
        self.run(self.r.sleeps_until(self.r.s.clock.now() + timedelta(hours=hours)))

    @rule(step=STEPS, hours=st.integers(1, 50))
    def the_process_dies(self, step: str, hours: int) -> None:
        self.run(self._dies(step, hours))

    async def _dies(self, step: str, hours: int) -> None:
        self.r.s.crash.step = step
        self.r.s.clock.move(timedelta(hours=hours))
        try:
            await self.r.s.drain()
        except (SimulatedCrash, BaseExceptionGroup):
            await self.r.s.restarts()
        self.r.s.crash.step = None
        await self.r.s.drain()

    @rule(line=st.sampled_from(["round now", "round extend 1", "round pause", "round resume", "round cancel"]))
    def an_admin_does_something_twice(self, line: str) -> None:
        self.run(self._admin(line))

    async def _admin(self, line: str) -> None:
        if line == "round cancel" and len(self.gone) < 2:
            return
        await self.r.s.ada.runs(line, CHANNEL)
        await self.r.s.comes_again()
        await self.r.s.drain()

    @invariant()
    def everything_holds(self) -> None:
        if hasattr(self, "r"):
            self.run(self._check())

    async def _check(self) -> None:
        every = {round.id: round for round in await self.r.rows(Round)}
        for event in await self.r.rows(RoundEvent):
            before, after = RoundState(event.came_from), RoundState(event.went_to)
            assert before is after or after in ROUND[before], "invariant 20"
        assert sum(round.state is RoundState.COLLECTING for round in every.values()) == 1, "edge 36"
        entries = {entry.id: entry for entry in await self.r.rows(Entry)}
        reviews = await self.r.rows(Review)
        by_id = {review.id: review for review in reviews}
        pairs = Counter((review.entry_id, review.reviewer_id) for review in reviews)
        assert max(pairs.values(), default=0) <= 1, "invariant 2"
        for entry in entries.values():
            self._check_entry(entry)
            self._check_result(entry, [review for review in reviews if review.entry_id == entry.id])
        for review in reviews:
            entry = entries[review.entry_id]
            assert review.reviewer_id != entry.author_id, "invariant 1"
            kept = every[entry.round_id].state is RoundState.CANCELLED and review.state is ReviewState.SUBMITTED
            if every[entry.round_id].state in OVER:
                assert review.state in FINAL or kept, "invariant 22"
            if review.replaced_by is not None:
                came_after_all = review.reason is not None and review.submitted_at is not None
                assert review.state is ReviewState.RELEASED or came_after_all, "invariant 24, edge 26"
                assert by_id[review.replaced_by].entry_id == review.entry_id, "invariant 24"
        replacing = Counter(review.replaced_by for review in reviews if review.replaced_by)
        assert set(replacing.values()) <= {1}, "invariant 24"
        load = Counter(
            (review.reviewer_id, entries[review.entry_id].round_id) for review in reviews if review.state in STANDING
        )
        assert max(load.values(), default=0) <= 4, "nobody is overloaded"
        await self._check_messages(every)

    def _check_entry(self, entry: Entry) -> None:
        if entry.state is EntryState.WITHDRAWN:
            assert entry.text == "", "invariant 32"
        elif entry.text_hash is not None:
            assert entry.text_hash == hash_of(entry.text), "invariant 31"
            assert self.hashes.setdefault(entry.id, entry.text_hash) == entry.text_hash, "invariant 31"

    def _check_result(self, entry: Entry, reviews: Sequence[Review]) -> None:
        if entry.state is EntryState.SUMMARISED:
            counted = sum(review.state is ReviewState.COUNTED for review in reviews)
            assert entry.result["reviews"] == counted, "invariant 21"
            assert self.results.setdefault(entry.id, entry.result) == entry.result, "invariant 23"

    async def _check_messages(self, every: dict[str, Round]) -> None:
        reminders = await self.r.deliveries("round.reminder")
        a_person = Counter((row.subject_id, row.member_id) for row in reminders)
        assert max(a_person.values(), default=0) <= 2, "invariant 27"
        for row in reminders:
            until = every[row.subject_id].review_until
            if row.state is DeliveryState.POSTED and until and row.finished_at:
                assert row.finished_at < until, "invariant 27: none after the end"
        left = {member.id for member in await self.r.rows(Member) if member.state is MemberState.LEFT}
        standing = [review for review in await self.r.rows(Review) if review.reviewer_id in left]
        open_states = {ReviewState.ASSIGNED, ReviewState.OPENED}
        assert not any(review.state in open_states for review in standing), "nobody who left owes a review"

    def teardown(self) -> None:
        try:
            if hasattr(self, "r"):
                self.run(self._ends())
        finally:
            self.run(self.stack.aclose())
            self.runner.close()

    async def _ends(self) -> None:
        """Whatever happened, the round comes to its end."""
        await self.r.s.ada.runs("round resume", CHANNEL)
        await self.r.s.drain()
        await self.r.moves_to(self.r.s.clock.now() + 2 * DAY)
        round = await self.r.round()
        if round.closes_at is not None and round.state not in OVER:
            await self.r.moves_to(round.closes_at)
        assert (await self.r.round()).state in OVER, "invariant 29"
        await self._check()


@asynccontextmanager
async def _four_of_five() -> AsyncIterator[RoundsScene]:
    """Four of the five people have answered, and the answers are with their reviewers."""
    async with rounds(PEOPLE) as r:
        await r.answered(*names(PEOPLE - 1))
        await r.hands_out()
        yield r


def test_whatever_happens_in_a_round_the_invariants_hold_and_it_closes() -> None:
    run_state_machine_as_test(
        Rounds,
        settings=settings(
            max_examples=4,
            stateful_step_count=10,
            deadline=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        ),
    )
