"""A scene with a question in the practice channel, people who answer it, and peer-review rounds."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from adapters.local.cast import Person
from adapters.local.options import Options
from bot.base.ids import MemberId
from bot.chat.refs import MessageRef
from bot.feature.context import Context
from bot.members.settings import write
from bot.outbox.nextrun import WallClockRule
from bot.questions.programmes import pause_programme
from bot.review.handing_out import came_in
from bot.review.pool import MENTOR_SLOTS
from bot.review.programmes import Plan, create_programme
from bot.review.rounds import round_by_id
from bot.review.steps import step_review
from storage.tables.outbox import Delivery, DeliveryState, Schedule
from storage.tables.questions import Programme
from storage.tables.review import Cadence, Entry, EntryState, Review, ReviewProgramme, ReviewState, Round, RoundState
from tests.scenario.answers_scene import ACTION, CHANNEL, QUESTION, RESULT, SITUATION, AnswersScene, post_question
from tests.scenario.dsl import Scene, Someone, scene
from tests.scenario.kept import Kept, begun_again, keep

NAMES = ("Ana", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gina", "Hugo", "Ida", "Jan")
ADMIN, MENTOR = Person("ada", "Ada", is_admin=True), Person("mia", "Mia")
FRIDAY = 4


def people(count: int) -> tuple[Person, ...]:
    """So many peers, an admin and a mentor."""
    return (*(Person(name.lower(), name) for name in NAMES[:count]), ADMIN, MENTOR)


class RoundsScene(AnswersScene):
    """Shorthands for what happens in a round."""

    async def answered(self, *who: str) -> None:
        """These people answer in the thread, each with a story of their own, and the quiet time passes."""
        for name in who:
            text = f"{SITUATION} {ACTION} {RESULT} That is how I, {name.title()}, remember it."
            await getattr(self.s, name).says(CHANNEL, text, self.question)
        await self.s.drain()
        await self.quiet()

    async def set_up(self, **wanted: Any) -> str:
        """Rounds in the practice channel, as an admin would set them up; the programme's id."""
        plan = {
            "name": "Peer reviews",
            "cadence": Cadence.WEEKLY,
            "rule": WallClockRule("UTC", time(15), frozenset({FRIDAY})),
            **wanted,
        }
        async with self.context() as context:
            channel = self.s.workspace.conversation(self.s.channel_id(CHANNEL, self.s.ana))
            programme = await create_programme(context, channel, Plan(**plan))
            found = programme.id
        await self.s.drain()
        return found

    @asynccontextmanager
    async def context(self) -> AsyncIterator[Context]:
        """A transaction in which nobody in person acts."""
        house = self.s.runtime.house
        workspace = await self.s.workspace_id()
        async with self.s.database.write(workspace) as session:
            yield house.context(session, workspace)

    async def mentor(self, who: str, slots: int) -> None:
        """An admin makes somebody a mentor of rounds."""
        member = await self.known(who)
        async with self.context() as context:
            await write(context.session, MENTOR_SLOTS, "member", member, slots, None, context.now)

    async def known(self, who: str) -> MemberId:
        """Somebody who has said something, so that Starling knows them."""
        someone: Someone = getattr(self.s, who)
        await someone.says("#general", "Good morning")
        await self.s.drain()
        return await self.s.member(someone)

    async def hands_out(self) -> None:
        """Ada hands out the answers by the command."""
        await self.s.ada.runs("round now", CHANNEL)
        await self.s.drain()

    async def round(self, number: int = 1) -> Round:
        """One round of the first programme."""
        (found,) = await self.rows(Round, Round.number == number)
        return found

    async def programme(self) -> ReviewProgramme:
        (found,) = await self.rows(ReviewProgramme)
        return found

    async def entries(self, number: int = 1) -> Sequence[Entry]:
        """The answers of a round by label."""
        round = await self.round(number)
        found = await self.rows(Entry, Entry.round_id == round.id)
        return sorted(found, key=lambda entry: entry.label or "")

    async def reviews(self, who: str | None = None, number: int = 1) -> list[Review]:
        """The reviews of a round: one person's, or all."""
        entries = {entry.id for entry in await self.entries(number)}
        member = await self.s.member(getattr(self.s, who)) if who else None
        found = await self.rows(Review, Review.entry_id.in_(entries))
        return sorted((r for r in found if member in (None, r.reviewer_id)), key=lambda review: review.id)

    async def open_reviews(self, who: str, number: int = 1) -> list[Review]:
        """What somebody has still to hand in."""
        mine = await self.reviews(who, number)
        return [review for review in mine if review.state in (ReviewState.ASSIGNED, ReviewState.OPENED)]

    async def opens(self, review: Review) -> None:
        """Its reviewer begins a review."""
        async with self.context() as context:
            row = await context.session.get_one(Review, review.id)
            await step_review(context.session, row, ReviewState.OPENED, opened_at=context.now)

    async def gives(self, review: Review, *scores: int) -> None:
        """Its reviewer hands a review in, and what follows is done."""
        await self._hand_in(review, scores)
        await self.s.drain()

    async def _hand_in(self, review: Review, scores: Sequence[int] = ()) -> None:
        async with self.context() as context:
            row = await context.session.get_one(Review, review.id)
            entry = await context.session.get_one(Entry, row.entry_id)
            given = dict(zip(("a", "b", "c", "d"), scores or (3, 3, 3, 3), strict=True))
            await step_review(
                context.session,
                row,
                ReviewState.SUBMITTED,
                scores=given,
                worked="The refund by hand is explained well.",
                change="Say who decided it, and when.",
                submitted_at=context.now,
                text_hash_seen=entry.text_hash,
            )
            await came_in(context, await round_by_id(context.session, entry.round_id), entry.id)

    async def reviews_all(self, *who: str, number: int = 1) -> None:
        """These people hand in everything they owe."""
        for name in who:
            for review in await self.open_reviews(name, number):
                await self._hand_in(review)
        await self.s.drain()

    async def moves_to(self, moment: datetime | None) -> None:
        """Time passes until a moment, and whatever comes due on the way is done when it is due."""
        assert moment is not None
        while (now := self.s.clock.now()) < moment:
            async with self.s.database.read_everywhere() as session:
                rows = await session.execute(
                    select(Delivery.due_at, Delivery.blocked_until).where(Delivery.state == DeliveryState.WAITING)
                )
                due = [max(due_at, blocked_until or due_at) for due_at, blocked_until in rows]
                due += [at for at in await session.scalars(select(Schedule.next_run_at)) if at is not None]
            following = min([moment, *(at for at in due if at > now)])
            await self.s.clock_moves(seconds=(following - now).total_seconds())

    async def sleeps_until(self, moment: datetime | None) -> None:
        """Starling does not run until a moment; then it does what has come due."""
        assert moment is not None
        await self.s.clock_moves(seconds=(moment - self.s.clock.now()).total_seconds())

    async def another_question(self) -> RoundsScene:
        """A further question in the same channel."""
        posted = await post_question(self.s, "q-mistake-you-owned")
        return RoundsScene(posted.s, posted.question, posted.slot)

    async def deliveries(self, kind: str) -> Sequence[Delivery]:
        """Stored deliveries of a kind, in the order they were due."""
        async with self.s.database.read_everywhere() as session:
            found = await session.scalars(
                select(Delivery).where(Delivery.kind == kind).order_by(Delivery.due_at, Delivery.id)
            )
            return found.all()

    def hub(self) -> str:
        """What the channel shows of rounds."""
        lines = self.s.channel(CHANNEL).split("Starling: ")
        return "\n".join(line for line in lines if line.startswith("Peer reviews, round"))


@asynccontextmanager
async def rounds(
    count: int = 7, *, options: Options | None = None, database_url: str | None = None, **wanted: Any
) -> AsyncIterator[RoundsScene]:
    """So many people, a posted question, and rounds set up in its channel; nobody has answered yet."""
    if options is None and database_url is None:
        async with played_once(f"rounds {count} {wanted}", count, lambda: _rounds(count, **wanted)) as r:
            yield r
    else:
        async with _rounds(count, options=options, database_url=database_url, **wanted) as r:
            yield r


@asynccontextmanager
async def handed_out(count: int = 7, *, database_url: str | None = None, **wanted: Any) -> AsyncIterator[RoundsScene]:
    """So many people have answered, and their answers are with their reviewers."""
    if database_url is None:
        async with played_once(f"handed out {count} {wanted}", count, lambda: _handed_out(count, **wanted)) as r:
            yield r
    else:
        async with _handed_out(count, database_url=database_url, **wanted) as r:
            yield r


@asynccontextmanager
async def all_answered(count: int) -> AsyncIterator[RoundsScene]:
    """So many people have answered, and nothing is handed out yet."""
    async with played_once(f"answered {count}", count, lambda: _all_answered(count)) as r:
        yield r


@asynccontextmanager
async def _all_answered(count: int) -> AsyncIterator[RoundsScene]:
    async with rounds(count) as r:
        await r.answered(*names(count))
        yield r


@asynccontextmanager
async def _rounds(
    count: int, *, options: Options | None = None, database_url: str | None = None, **wanted: Any
) -> AsyncIterator[RoundsScene]:
    async with scene(people=people(count), options=options, database_url=database_url) as s:
        await s.drain()
        made = await question_in(s)
        await made.set_up(**wanted)
        yield made


@asynccontextmanager
async def _handed_out(count: int, *, database_url: str | None = None, **wanted: Any) -> AsyncIterator[RoundsScene]:
    async with rounds(count, database_url=database_url, **wanted) as r:
        await r.answered(*names(count))
        await r.hands_out()
        yield r


Play = Callable[[], AbstractAsyncContextManager[RoundsScene]]
_PLAYED: dict[str, tuple[Kept, MessageRef, str]] = {}


@asynccontextmanager
async def played_once(name: str, count: int, play: Play) -> AsyncIterator[RoundsScene]:
    """What `play` comes to: played the first time, and begun again from there by every other test."""
    if name not in _PLAYED:
        async with play() as r:
            _PLAYED[name] = keep(r.s), r.question, r.slot
    kept, question, slot = _PLAYED[name]
    async with begun_again(kept, people(count)) as s:
        yield RoundsScene(s, question, slot)


async def question_in(s: Scene) -> RoundsScene:
    """A question in the practice channel of a scene, and no further one on the days of the round."""
    posted = await post_question(s, QUESTION)
    async with s.database.write(await s.workspace_id()) as session:
        for programme in await session.scalars(select(Programme)):
            await pause_programme(session, programme, s.clock.now())
    return RoundsScene(s, posted.question, posted.slot)


def names(count: int) -> tuple[str, ...]:
    """The ids of so many peers."""
    return tuple(name.lower() for name in NAMES[:count])


DAY = timedelta(days=1)
__all__ = [
    "CHANNEL",
    "DAY",
    "Entry",
    "EntryState",
    "RoundState",
    "RoundsScene",
    "all_answered",
    "handed_out",
    "names",
    "people",
    "played_once",
    "rounds",
]
