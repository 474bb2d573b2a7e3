"""Looking a story up: on which shelves, by which terms, and in what order."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.ids import MemberId
from bot.stories.finding import SHORTEST_SLIP, Finder, Query
from bot.stories.meaning import Meaning, guesses, is_by, meant, mixed, nearness
from bot.stories.ranking import rank, worth_of
from bot.stories.records import newest_of
from storage.search import Counts, Entry, counts_of, keep_meanings, newest_of_owner, shortlist, terms_near
from storage.tables.stories import StoryVisibility

TEAM = "team"
MOST_SLIPS = 4
"""Unknown words of a query for which near ones are looked up."""
APART = 2
LEAST_SCORE = 0.8
"""What a story needs at least to be shown."""
MOST_OWN = 100
"""Of one's own stories, so many of the newest are looked through by their meaning, whatever terms find."""


@dataclass(frozen=True, slots=True)
class ByMeaning:
    """A model of meaning, and the member whose newest stories are looked through by it."""

    model: Meaning
    member: MemberId


@dataclass(frozen=True, slots=True)
class Hit:
    """A story that fits: whose it is and how well."""

    story: str
    owner: MemberId
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """What fits a query, the best first, and what slips in it were read as."""

    hits: Sequence[Hit] = ()
    read_as: Mapping[str, str] = field(default_factory=dict)
    guessed: bool = False
    """No term fits: these are the nearest in meaning, and may be wrong."""


def shelf_of(owner: MemberId, visibility: StoryVisibility) -> str:
    """The one shelf on which a story of this visibility stands."""
    return TEAM if visibility is StoryVisibility.TEAM else f"{owner}:{visibility.value}"


def shelves_for(member: MemberId, mentees: Iterable[MemberId] = ()) -> tuple[str, ...]:
    """The shelves that a member may look at: their own, the team's, and what mentees show their mentors."""
    own = (shelf_of(member, StoryVisibility.ME), shelf_of(member, StoryVisibility.MENTORS))
    shown = (shelf_of(mentee, StoryVisibility.MENTORS) for mentee in mentees)
    return tuple(dict.fromkeys((*own, TEAM, *shown)))


async def look_up(
    session: AsyncSession,
    finder: Finder,
    shelves: Sequence[str],
    text: str,
    *,
    typing: bool = False,
    by: ByMeaning | None = None,
) -> Found:
    """The stories on these shelves that fit `text`; while `typing`, its last word may be half a word.

    `by` meaning too, what terms find is put in another order, and what they do not find is guessed at; of stories that
    the model has not read yet, it is kept what it reads: that needs a session that may write.
    """
    query = finder.query(text, as_typed=True)
    stems = finder.stems_of(text)
    asked = {*query.terms, *(f"w:{stem}" for stem in stems)}
    counts = await counts_of(session, shelves, asked)
    words = {stem for stem in stems if f"w:{stem}" in counts.terms}
    unsure = [stem for stem in stems if finder.is_unknown(stem)]
    if unsure or typing:
        slips = [stem for stem in unsure if stem not in words]
        words |= await _meant(session, shelves, slips, stems[-1:] if typing else ())
        query = finder.query(text, words, typing=typing)
        if more := query.terms.keys() - asked:
            counts = _together(counts, await counts_of(session, shelves, more))
    if not query.terms:
        return Found(read_as=query.read_as)
    entries = await shortlist(session, shelves, weights_of(query, counts), counts)
    found = Found(_ranked(query, entries, counts), query.read_as)
    return found if by is None else await _by_meaning(session, by, shelves, text, entries, found)


def weights_of(query: Query, counts: Counts) -> dict[str, float]:
    """What each term of a query counts on these shelves."""
    return {
        term: weight * worth_of(term, counts.terms.get(term, 0), counts.entries) for term, weight in query.terms.items()
    }


def _ranked(query: Query, entries: Sequence[Entry], counts: Counts) -> list[Hit]:
    owners = {entry.subject: entry.owner for entry in entries}
    terms = {entry.subject: entry.terms for entry in entries}
    return [Hit(name, owners[name], score) for name, score in rank(query, terms, counts.terms, counts.entries)]


async def _by_meaning(
    session: AsyncSession, by: ByMeaning, shelves: Sequence[str], text: str, entries: Sequence[Entry], found: Found
) -> Found:
    """What terms found and the member's newest stories, in the order of both; guesses where nothing fits."""
    kept = await newest_of_owner(session, by.member, shelves, MOST_OWN)
    owners = dict.fromkeys(kept, by.member) | {entry.subject: entry.owner for entry in entries}
    kept |= {entry.subject: entry.meaning for entry in entries}
    kept |= await _read_now(session, by.model, [name for name, one in kept.items() if not is_by(by.model, one)])
    near = nearness(by.model, text, kept)
    fits = bool(found.hits) and found.hits[0].score >= LEAST_SCORE
    ranked = mixed([(hit.story, hit.score) for hit in found.hits], near) if fits else guesses(near)
    return Found([Hit(name, owners[name], score) for name, score in ranked], found.read_as, guessed=not fits)


async def _read_now(session: AsyncSession, model: Meaning, stories: Sequence[str]) -> dict[str, bytes]:
    """What the model reads of stories from before it was there; kept, so that it happens once."""
    if not stories:
        return {}
    parts = {record.story.id: record.reading.parts for record in await newest_of(session, stories)}
    written = await asyncio.to_thread(lambda: {name: meant(model, texts) for name, texts in parts.items()})
    await keep_meanings(session, written)
    return written


async def _meant(session: AsyncSession, shelves: Sequence[str], slips: Sequence[str], begun: Sequence[str]) -> set[str]:
    """Words of the stories that may be meant by words which no story has, and those that begin as `begun`."""
    near = {f"w:{stem}": 1 if len(stem) <= SHORTEST_SLIP else APART for stem in slips[:MOST_SLIPS]}
    return {term[2:] for term in await terms_near(session, shelves, near, [f"w:{stem}" for stem in begun])}


def _together(counts: Counts, more: Counts) -> Counts:
    return Counts(more.entries, {**counts.terms, **more.terms})
