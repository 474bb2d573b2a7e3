"""Looking a story up: on which shelves, by which terms, and in what order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.ids import MemberId
from bot.stories.finding import SHORTEST_SLIP, Finder, Query, rank, worth_of
from storage.search import Counts, Entry, counts_of, shortlist, terms_near
from storage.tables.stories import StoryVisibility

TEAM = "team"
MOST_SLIPS = 4
"""Unknown words of a query for which near ones are looked up."""
APART = 2


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


def shelf_of(owner: MemberId, visibility: StoryVisibility) -> str:
    """The one shelf on which a story of this visibility stands."""
    return TEAM if visibility is StoryVisibility.TEAM else f"{owner}:{visibility.value}"


def shelves_for(member: MemberId, mentees: Iterable[MemberId] = ()) -> tuple[str, ...]:
    """The shelves that a member may look at: their own, the team's, and what mentees show their mentors."""
    own = (shelf_of(member, StoryVisibility.ME), shelf_of(member, StoryVisibility.MENTORS))
    shown = (shelf_of(mentee, StoryVisibility.MENTORS) for mentee in mentees)
    return tuple(dict.fromkeys((*own, TEAM, *shown)))


async def look_up(
    session: AsyncSession, finder: Finder, shelves: Sequence[str], text: str, *, typing: bool = False
) -> Found:
    """The stories on these shelves that fit `text`; while `typing`, its last word may be half a word."""
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
    return Found(_ranked(query, entries, counts), query.read_as)


def weights_of(query: Query, counts: Counts) -> dict[str, float]:
    """What each term of a query counts on these shelves."""
    return {
        term: weight * worth_of(term, counts.terms.get(term, 0), counts.entries) for term, weight in query.terms.items()
    }


def _ranked(query: Query, entries: Sequence[Entry], counts: Counts) -> list[Hit]:
    owners = {entry.subject: entry.owner for entry in entries}
    terms = {entry.subject: entry.terms for entry in entries}
    return [Hit(name, owners[name], score) for name, score in rank(query, terms, counts.terms, counts.entries)]


async def _meant(session: AsyncSession, shelves: Sequence[str], slips: Sequence[str], begun: Sequence[str]) -> set[str]:
    """Words of the stories that may be meant by words which no story has, and those that begin as `begun`."""
    near = {f"w:{stem}": 1 if len(stem) <= SHORTEST_SLIP else APART for stem in slips[:MOST_SLIPS]}
    return {term[2:] for term in await terms_near(session, shelves, near, [f"w:{stem}" for stem in begun])}


def _together(counts: Counts, more: Counts) -> Counts:
    return Counts(more.entries, {**counts.terms, **more.terms})
