"""Reviewing by buttons and forms: what people press and write, and what stands before them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot.chat.actions import Action
from bot.chat.events import ActionClicked
from bot.review.actions import OpenReview
from bot.review.reviewing_actions import WriteReview
from storage.tables.review import Entry, Review
from tests.scenario.rounds_scene import RoundsScene, handed_out, names, played_once

WRITERS = 5
SCORES = {"situation": "4", "action": "3", "result": "5", "reflection": "2"}
WORKED = {
    "A": "“I stopped the job at once” tells me who acted and when; I never had to ask, says {who}.",
    "B": "The 212 customers make the size of the harm plain, and “none of them left” closes the circle for {who}.",
    "C": "You give a reason for refunding by hand, which most people would leave out. That convinced {who}.",
    "D": "“told support and finance” shows that others knew early: a habit of senior people, as {who} sees it.",
    "E": "The last sentence is a rule one can use tomorrow. It made {who} trust the rest of the story.",
}
CHANGE = {
    "A": "Begin with the customers who paid twice; the rounding can wait until the second sentence, thinks {who}.",
    "B": "Say how long the job had run before you saw it, since {who} could not judge how fast you were.",
    "C": "Name the other way you had, a script for the refunds, and why it was worse. {who} would ask for that.",
    "D": "Two sentences less about the invoices, one more about what finance answered: {who} missed their side.",
    "E": "Tell when the new rule first caught something. Then it is a result and no promise, as {who} reads it.",
}


class Reviewing:
    """A round under review, and shorthands around it."""

    def __init__(self, r: RoundsScene) -> None:
        self.r = r
        self.s = r.s

    async def entry(self, review: Review) -> Entry:
        """The answer that a review is about."""
        (found,) = await self.r.rows(Entry, Entry.id == review.entry_id)
        return found

    async def review(self, review_id: str) -> Review:
        """A review as it is stored now."""
        (found,) = await self.r.rows(Review, Review.id == review_id)
        return found

    async def acts(self, who: str, action: Action) -> None:
        """Somebody presses a button with this payload, whether or not they see one: ids can be forged."""
        workspace = self.s.workspace
        person = workspace.person(who)
        with workspace.store.transaction():
            workspace.tell(ActionClicked, person, conversation=workspace.direct(who), action=action.encode(), chosen=())
        await self.s.acknowledged()
        await self.s.drain()

    async def reads(self, who: str, review: Review) -> None:
        """Somebody opens one review."""
        await self.acts(who, OpenReview(review=review.id))

    async def opens_form(self, who: str, review: Review) -> None:
        """Somebody opens the form of one review."""
        await self.acts(who, WriteReview(review=review.id))

    async def writes(self, who: str, review: Review, **said: str) -> None:
        """Somebody opens the form of a review and hands it in."""
        await self.opens_form(who, review)
        await self.submits(who, review, **said)

    async def submits(self, who: str, review: Review, **said: str) -> None:
        """Somebody hands in the form that stands open before them."""
        label = (await self.entry(review)).label or "A"
        words = {"worked": WORKED[label].format(who=who), "change": CHANGE[label].format(who=who)}
        await getattr(self.s, who).submits(**{**SCORES, **words, **said})
        await self.s.drain()

    async def everybody_writes(self, *who: str) -> None:
        """These people hand in all they owe, by the form."""
        for name in who:
            for review in await self.r.open_reviews(name):
                await self.writes(name, review)

    async def makes_moderator(self, who: str) -> None:
        """Ada makes somebody a moderator."""
        await self.r.known(who)
        await self.s.ada.runs(f"setup appoint @{who} moderator")
        await self.s.drain()

    async def closes(self) -> None:
        """Time passes until the round has closed."""
        await self.r.moves_to((await self.r.round()).closes_at)

    async def authored(self, who: str) -> Entry:
        """Somebody's answer in the round."""
        member = await self.s.member(getattr(self.s, who))
        (found,) = [entry for entry in await self.r.entries() if entry.author_id == member]
        return found

    async def of(self, entry: Entry) -> list[Review]:
        """The reviews of an answer."""
        return [review for review in await self.r.reviews() if review.entry_id == entry.id]

    async def who(self, review: Review) -> str:
        """The id of a review's writer among the people."""
        for name in names(8):
            if await self.s.member(getattr(self.s, name)) == review.reviewer_id:
                return name
        raise LookupError("somebody else reviews it")

    def seen(self, who: str) -> str:
        """What this person and Starling see alone."""
        return self.r.seen(who)


@asynccontextmanager
async def reviewing(count: int = 5, **wanted: Any) -> AsyncIterator[Reviewing]:
    """So many people have answered, and the answers are with their reviewers."""
    async with handed_out(count, **wanted) as r:
        yield Reviewing(r)


@asynccontextmanager
async def written() -> AsyncIterator[Reviewing]:
    """Five people have handed in all they owe, by the form; Mia is a moderator."""
    async with played_once("written", WRITERS, _written) as r:
        yield Reviewing(r)


@asynccontextmanager
async def closed() -> AsyncIterator[Reviewing]:
    """The same once the round has closed, and everybody has their results."""
    async with played_once("closed", WRITERS, _closed) as r:
        yield Reviewing(r)


@asynccontextmanager
async def _written() -> AsyncIterator[RoundsScene]:
    async with reviewing(WRITERS) as v:
        await v.makes_moderator("mia")
        await v.everybody_writes(*names(WRITERS))
        yield v.r


@asynccontextmanager
async def _closed() -> AsyncIterator[RoundsScene]:
    async with written() as v:
        await v.closes()
        yield v.r
