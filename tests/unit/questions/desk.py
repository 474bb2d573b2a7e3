"""A workspace to test daily questions in: real tables and declarations, and a worker that posts into a list."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from types import MappingProxyType
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.ids import MemberId, WorkspaceId
from bot.base.policy import Actor, Role
from bot.base.text import render
from bot.chat.capabilities import Capabilities, Limits
from bot.chat.cards import Card, resolved
from bot.chat.events import ActionClicked, CommandInvoked, FormSubmitted
from bot.chat.platform import Receipt
from bot.chat.refs import AccountRef, ConversationRef, InstallationRef, MessageRef
from bot.feature.context import Context, Reply
from bot.feature.declarations import Done, Edit, Later, Send, Skip
from bot.feature.gather import gather
from bot.members.identity import install
from bot.outbox.nextrun import WallClockRule
from bot.outbox.schedules import fire_due_schedules
from bot.questions.choosing import Wishes
from bot.questions.declare import feature
from bot.questions.programmes import Plan, create_programme
from bot.scoring.rubric import Rules
from content.loader import Content
from content.schema import SECTIONS, Question
from storage.engine import Database
from storage.tables.outbox import Delivery, DeliveryState
from storage.tables.people import Member
from storage.tables.questions import Programme, Slot
from tests.unit.questions.test_choosing import question, situational

INSTALLATION = InstallationRef("local", "rowan")
CHANNEL = ConversationRef("local", "rowan", "practice")
MONDAY_EIGHT = datetime(2026, 11, 2, 7, 0, tzinfo=UTC)
"""Eight o'clock in Berlin."""
LIMITS = Limits(
    text=3000,
    message=4000,
    elements=50,
    title=150,
    buttons_in_row=5,
    button_label=75,
    choices=100,
    choice_label=75,
    fields=10,
    form_inputs=100,
    form_title=24,
    input_label=150,
    input_text=3000,
)
CHAT = Capabilities(
    limits=LIMITS,
    reads_replies=True,
    ephemeral=True,
    threads=True,
    edits=True,
    deletes=True,
    reactions=True,
    form_errors=True,
    completion=True,
    home=True,
    member_left=True,
    finds_own_posts=True,
    images=True,
)


def plan(**changes: Any) -> Plan:
    """Every working day at nine in Berlin, one story a day."""
    usual = Plan(
        name="Morning question",
        rule=WallClockRule("Europe/Berlin", time(9), frozenset(range(5))),
        wishes=Wishes(kind_mix={"behavioral": 100}),
    )
    return replace(usual, **changes)


def bank_of(*questions: Question) -> Content:
    """Content that has these questions and nothing else."""
    sections: dict[str, Any] = {section: MappingProxyType({}) for section in SECTIONS}
    return Content(**{**sections, "questions": MappingProxyType({one.id: one for one in questions})})


STORIES = tuple(question(f"q-{name}") for name in ("one", "two", "three", "four", "five"))
SITUATION = situational(
    "q-outage", points=("Say who is affected.", "Stop the harm first."), must_not=("Blame a colleague.",)
)


@dataclass
class Desk:
    """One workspace, its clock, and what was posted."""

    database: Database
    workspace: WorkspaceId
    admin: MemberId
    moderator: MemberId
    member: MemberId
    content: Content
    now: datetime = MONDAY_EIGHT
    posts: list[tuple[Delivery, Card]] = field(default_factory=list)
    edits: list[tuple[MessageRef, Card]] = field(default_factory=list)
    reads_replies: bool = True

    @classmethod
    async def open(cls, database: Database, content: Content | None = None) -> Desk:
        async with database.write_everywhere() as session:
            workspace = await install(session, INSTALLATION, "Rowan", MONDAY_EIGHT)
        async with database.write(workspace) as session:
            people = [Member(display_name=name, created_at=MONDAY_EIGHT, roles=roles) for name, roles in PEOPLE]
            for person in people:
                person.time_zone = "Europe/Berlin"
            session.add_all(people)
        admin, moderator, member = (MemberId(person.id) for person in people)
        return cls(database, workspace, admin, moderator, member, content or bank_of(*STORIES, SITUATION))

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        async with self.database.write(self.workspace) as session:
            yield session

    @asynccontextmanager
    async def acting(self, who: MemberId, *roles: Role) -> AsyncIterator[Context]:
        """A context in which somebody acts, in one transaction."""
        async with self.session() as session:
            held: frozenset[Role] = frozenset({"member", *roles})
            yield self.context(session, Actor(self.workspace, who, held))

    def context(self, session: AsyncSession, actor: Actor | None = None) -> Context:
        capabilities = replace(CHAT, reads_replies=self.reads_replies)

        async def nobody(_account: AccountRef) -> None:
            return None

        return Context(
            session=session,
            workspace=self.workspace,
            now=self.now,
            content=self.content,
            rules=cast(Rules, None),
            actor=actor,
            account=None,
            language="en",
            capabilities=lambda _conversation: capabilities,
            profile=nobody,
            buttons_for=lambda _place, _subject: (),
        )

    async def programme(self, **changes: Any) -> Programme:
        async with self.session() as session:
            return await create_programme(session, self.now, CHANNEL, plan(**changes), by=self.admin)

    async def tick(self, to: datetime | None = None) -> Sequence[Card]:
        """Move the clock, work everything due; the cards that were posted by it."""
        before = len(self.posts)
        await self.fire(to or self.now)
        while due := await self._due():
            for delivery_id in due:
                await self.work(delivery_id)
            await self.fire(self.now)
        return [card for _, card in self.posts[before:]]

    async def fire(self, now: datetime) -> None:
        """Move the clock and make the deliveries that came due, without working them."""
        self.now = now
        async with self.database.write_everywhere() as session:
            await fire_due_schedules(session, now)

    async def _due(self) -> Sequence[str]:
        async with self.session() as session:
            rows = await session.scalars(
                select(Delivery.id)
                .where(Delivery.state == DeliveryState.WAITING, Delivery.due_at <= self.now)
                .order_by(Delivery.due_at, Delivery.id)
            )
            return rows.all()

    async def prepare(self, delivery_id: str) -> Send | Edit | None:
        """The first half of the work: decide and say `sending`. None where that ended the delivery."""
        async with self.session() as session:
            delivery = await session.get_one(Delivery, delivery_id)
            outcome = await gather([feature()]).deliveries[delivery.kind].prepare(self.context(session), delivery)
            match outcome:
                case Send() | Edit():
                    delivery.state = DeliveryState.SENDING
                    return outcome
                case Skip(reason):
                    delivery.state, delivery.reason, delivery.finished_at = DeliveryState.SKIPPED, reason, self.now
                case Done():
                    delivery.state, delivery.finished_at = DeliveryState.POSTED, self.now
                case Later(until):
                    delivery.due_at = until
                case other:
                    raise AssertionError(other)
        return None

    async def work(self, delivery_id: str) -> None:
        """Both halves."""
        outcome = await self.prepare(delivery_id)
        if outcome is None:
            return
        async with self.session() as session:
            delivery = await session.get_one(Delivery, delivery_id)
            delivery.state, delivery.finished_at = DeliveryState.POSTED, self.now
            if isinstance(outcome, Edit):
                self.edits.append((outcome.message, resolved(outcome.card, "en")))
                return
            self.posts.append((delivery, resolved(outcome.card, "en")))
            receipt = Receipt("channel", MessageRef(CHANNEL, f"m{len(self.posts)}"))
            sent = gather([feature()]).deliveries[delivery.kind].sent
            if sent is not None:
                await sent(self.context(session), delivery, [receipt])

    async def slots(self) -> Sequence[Slot]:
        async with self.session() as session:
            return (await session.scalars(select(Slot).order_by(Slot.local_date))).all()

    async def deliveries(self, kind: str) -> Sequence[Delivery]:
        async with self.session() as session:
            rows = await session.scalars(
                select(Delivery).where(Delivery.kind == kind).order_by(Delivery.due_at, Delivery.id)
            )
            return rows.all()

    def clicked(self) -> ActionClicked:
        return ActionClicked(**self._event(), action="-")

    def invoked(self, line: str = "") -> CommandInvoked:
        return CommandInvoked(**self._event(), line=line)

    def submitted(self, values: Mapping[str, str | Sequence[str]]) -> FormSubmitted:
        texts = {name: (value,) if isinstance(value, str) else tuple(value) for name, value in values.items()}
        return FormSubmitted(**self._event(), action="-", values=texts)

    def _event(self) -> dict[str, Any]:
        return {
            "delivery_id": "e1",
            "installation": INSTALLATION,
            "occurred_at": self.now,
            "conversation": CHANNEL,
        }


PEOPLE: Sequence[tuple[str, list[str]]] = (("Ada", ["admin"]), ("Mo", ["moderator"]), ("Mia", []))


def berlin(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """A moment of November 2026 (or another month) by the clock of Berlin in winter, in UTC."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=1)


def replied(context: Context) -> Card:
    """The one card that answered the interaction."""
    (courtesy,) = [one for one in context.courtesies if isinstance(one, Reply)]
    return resolved(courtesy.card, "en")


def words(card: Card) -> str:
    """All that can be read in a card, line by line; for comparing with what people should see."""
    return "\n".join(_texts(card))


def _texts(thing: Any) -> list[str]:
    if isinstance(thing, str):
        return [thing] if thing else []
    if isinstance(thing, tuple):
        return [text for item in thing for text in _texts(item)]
    texts: list[str] = []
    for name in ("title", "elements", "text", "items", "label", "value", "choices"):
        texts += _texts(getattr(thing, name, ""))
    return texts


def sentences(texts: Sequence[Any]) -> list[str]:
    """Catalogue texts in English."""
    return [render(text) for text in texts]
