"""Looking things up: SQLite's FTS5 and PostgreSQL's tsvector behind one interface.

What can be found stands as an entry on one shelf (`storage.tables.search`), in the transaction that changes the thing
itself. A search names the shelves it may look at. In the index a term is a number that is made of workspace, shelf and
term, so the list of a term's entries holds none from elsewhere: a search costs what its shelves hold, whatever the size
of the database, and no word can be read from the index. What is found is checked against the entry once more.

The rarest terms choose the entries that are ranked; common ones would cost much and tell little.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any, cast

from pydantic_core import from_json
from sqlalchemy import (
    CompoundSelect,
    Integer,
    String,
    Table,
    TextClause,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.ids import MemberId, WorkspaceId, new_id
from storage.tables.search import INDEX, TERM_LENGTH, SearchEntry, SearchTerm
from storage.tenancy import AS_RUNTIME, required_workspace_of

ALL = ""
"""The term that counts the entries of a shelf."""
MOST_TERMS = 24
MOST_LISTED = 3000
"""Entries that are looked at in all, and for one term."""
SHORTLIST = 24

_ENTRY = cast(Table, SearchEntry.__table__)
_TERM = cast(Table, SearchTerm.__table__)
_COUNTED = (
    select(_TERM.c.term, func.sum(_TERM.c.entries))
    .where(
        _TERM.c.workspace_id == bindparam("workspace"),
        _TERM.c.shelf.in_(bindparam("shelves", expanding=True)),
        _TERM.c.term.in_(bindparam("terms", expanding=True)),
    )
    .group_by(_TERM.c.term)
)
_NEWEST = (
    select(_ENTRY.c.subject_id, _ENTRY.c.meaning)
    .where(
        _ENTRY.c.workspace_id == bindparam("workspace"),
        _ENTRY.c.owner_id == bindparam("owner"),
        _ENTRY.c.shelf.in_(bindparam("shelves", expanding=True)),
    )
    .order_by(_ENTRY.c.number.desc())
    .limit(bindparam("most"))
)
"""Made once, both: they run with every search."""
_COUNTED_ON_POSTGRESQL = text(
    "SELECT term, SUM(entries) FROM search_term WHERE workspace_id = :workspace"
    " AND shelf = ANY(CAST(:shelves AS text[])) AND term = ANY(CAST(:terms AS text[])) GROUP BY term"
)
_BEST_ON_POSTGRESQL = text(
    "SELECT e.subject_id, e.owner_id, e.shelf, CAST(e.terms AS text), e.meaning FROM"
    " (SELECT listed.number, SUM(a.weight) AS total"
    " FROM unnest(CAST(:asked AS text[]), CAST(:weights AS real[])) AS a(asked, weight)"
    f" CROSS JOIN LATERAL (SELECT number FROM {INDEX} WHERE tokens @@ CAST(a.asked AS tsquery) LIMIT {MOST_LISTED})"
    " AS listed GROUP BY listed.number ORDER BY total DESC, listed.number DESC LIMIT :most) AS best"
    " JOIN search_entry e ON e.number = best.number"
    " WHERE e.workspace_id = :workspace AND e.shelf = ANY(CAST(:shelves AS text[]))"
    " ORDER BY best.total DESC, best.number DESC"
)
"""One statement each for any number of terms: to read and plan one takes PostgreSQL longer than to run it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What can be found: whose it is, the shelf it stands on, and its terms with how much it is about each."""

    subject: str
    owner: MemberId
    shelf: str
    terms: Mapping[str, float]
    meaning: bytes = b""
    """What a model of meaning wrote of it, which is kept and given back."""


@dataclass(frozen=True, slots=True)
class Counts:
    """In how many entries of some shelves each term stands, and how many entries there are."""

    entries: int
    terms: Mapping[str, int]


async def put(session: AsyncSession, entry: Entry) -> None:
    """Let `entry` be found, in place of what stood there for the same subject."""
    await remove(session, entry.subject)
    await put_all(session, [entry])


async def put_all(session: AsyncSession, entries: Sequence[Entry]) -> None:
    """Let many entries be found, none of whose subjects stands there yet."""
    if not entries:
        return
    workspace = required_workspace_of(session)
    await session.flush()
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for entry in entries:
        for term in (*entry.terms, ALL):
            counts[entry.shelf, term] += 1
    rows = [
        {
            "workspace_id": workspace, "subject_id": entry.subject, "owner_id": entry.owner, "shelf": entry.shelf,
            "terms": dict(entry.terms), "meaning": entry.meaning,
        }
        for entry in entries
    ]  # fmt: skip
    made = await _run_many(session, insert(_ENTRY).returning(_ENTRY.c.subject_id, _ENTRY.c.number), rows)
    numbers = {row.subject_id: row.number for row in made.all()}
    await _write_tokens(session, workspace, [(numbers[entry.subject], entry) for entry in entries])
    await _count(session, workspace, counts)


async def remove(session: AsyncSession, subject: str) -> None:
    """Let a subject be found no more; nothing happens where it cannot be found."""
    workspace = required_workspace_of(session)
    await session.flush()
    condition = (_ENTRY.c.workspace_id == workspace, _ENTRY.c.subject_id == subject)
    found = (await _run(session, select(_ENTRY).where(*condition))).one_or_none()
    if found is None:
        return
    entry = Entry(subject, found.owner_id, found.shelf, found.terms)
    if _is_sqlite(session):
        await _run(
            session,
            text(f"INSERT INTO {INDEX} ({INDEX}, rowid, tokens) VALUES ('delete', :number, :tokens)"),
            {"number": found.number, "tokens": " ".join(_tokens(workspace, entry))},
        )
    else:
        await _run(session, text(f"DELETE FROM {INDEX} WHERE number = :number"), {"number": found.number})
    await _run(session, delete(_ENTRY).where(*condition))
    gone = [_term(term) for term in (*entry.terms, ALL)]
    standing = (_TERM.c.workspace_id == workspace, _TERM.c.shelf == entry.shelf, _TERM.c.term.in_(gone))
    await _run(session, update(_TERM).where(*standing).values(entries=_TERM.c.entries - 1))
    await _run(session, delete(_TERM).where(*standing, _TERM.c.entries <= 0))


async def counts_of(session: AsyncSession, shelves: Sequence[str], terms: Iterable[str]) -> Counts:
    """How common these terms are on these shelves together."""
    workspace = required_workspace_of(session)
    asked = {_term(term): term for term in terms}
    values = {"workspace": workspace, "shelves": list(shelves), "terms": [*asked, ALL]}
    rows = await _run(session, _COUNTED if _is_sqlite(session) else _COUNTED_ON_POSTGRESQL, values)
    found = {term: int(count) for term, count in rows.all()}
    total = found.pop(ALL, 0)
    return Counts(total, {asked[term]: count for term, count in found.items()})


async def terms_near(
    session: AsyncSession, shelves: Sequence[str], near: Mapping[str, int], begun: Sequence[str] = ()
) -> frozenset[str]:
    """Terms that may be meant, all looked up at once.

    To each of `near` those of the same kind and first letter whose length is at most so much apart; those that begin
    with one of `begun`.
    """
    workspace = required_workspace_of(session)
    alike = [(term[:3], len(term) - apart, len(term) + apart, "") for term, apart in near.items()]
    alike += [(term[:3], len(term), TERM_LENGTH, term) for term in begun]
    if not alike:
        return frozenset()
    values: dict[str, Any] = {"workspace": workspace, "shelves": list(shelves)}
    for at, (beginning, shortest, longest, start) in enumerate(alike):
        values |= {
            f"beginning{at}": beginning, f"shortest{at}": shortest, f"longest{at}": longest,
            f"start{at}": start, f"length{at}": len(start),
        }  # fmt: skip
    return frozenset(term for (term,) in (await _run(session, _alike(len(alike)), values)).all())


async def shortlist(
    session: AsyncSession, shelves: Sequence[str], weights: Mapping[str, float], counts: Counts
) -> list[Entry]:
    """The entries on these shelves that hold most of what the terms weigh, at most `SHORTLIST`, the best first."""
    workspace = required_workspace_of(session)
    chosen = _telling(weights, counts)
    if not chosen or not shelves:
        return []
    values: dict[str, Any] = {"workspace": workspace, "most": SHORTLIST}
    tokens = [[_token(workspace, shelf, term) for shelf in shelves] for term, _ in chosen]
    if _is_sqlite(session):
        best = _best_on_sqlite(len(chosen), len(shelves))
        values |= {f"asked{at}": " OR ".join(each) for at, each in enumerate(tokens)}
        values |= {f"weight{at}": weight for at, (_, weight) in enumerate(chosen)}
        values |= {f"shelf{at}": shelf for at, shelf in enumerate(shelves)}
    else:
        best = _BEST_ON_POSTGRESQL
        values |= {"asked": [" | ".join(each) for each in tokens], "weights": [weight for _, weight in chosen]}
        values |= {"shelves": list(shelves)}
    rows = (await _run(session, best, values)).all()
    return [Entry(subject, owner, shelf, from_json(terms), meaning) for subject, owner, shelf, terms, meaning in rows]


async def newest_of_owner(
    session: AsyncSession, owner: MemberId, shelves: Sequence[str], most: int
) -> dict[str, bytes]:
    """The newest entries of `owner` on these shelves, at most `most`: what a model wrote of each, by its subject."""
    values = {"workspace": required_workspace_of(session), "owner": owner, "shelves": list(shelves), "most": most}
    rows = await _run(session, _NEWEST, values)
    return dict(rows.all())


async def keep_meanings(session: AsyncSession, meanings: Mapping[str, bytes]) -> None:
    """Keep what a model wrote of subjects that can be found already; their terms stay as they are."""
    if not meanings:
        return
    which = (_ENTRY.c.workspace_id == required_workspace_of(session), _ENTRY.c.subject_id == bindparam("subject"))
    rows = [{"subject": subject, "written": meaning} for subject, meaning in sorted(meanings.items())]
    await _run_many(session, update(_ENTRY).where(*which).values(meaning=bindparam("written")), rows)


async def rebuild(session: AsyncSession) -> int:
    """Make the engine's index of this workspace's entries anew; how many there are. For tests and after a loss."""
    workspace = required_workspace_of(session)
    rows = (await _run(session, select(_ENTRY).where(_ENTRY.c.workspace_id == workspace))).all()
    entries = [Entry(row.subject_id, row.owner_id, row.shelf, row.terms, row.meaning) for row in rows]
    for entry in entries:
        await put(session, entry)
    return len(entries)


def _telling(weights: Mapping[str, float], counts: Counts) -> list[tuple[str, float]]:
    """The terms that choose: those of the greatest weight, while their lists are not too long together."""
    known = [(term, weight) for term, weight in weights.items() if counts.terms.get(term)]
    chosen: list[tuple[str, float]] = []
    listed = 0
    for term, weight in sorted(known, key=lambda pair: (-pair[1], pair[0]))[:MOST_TERMS]:
        length = min(counts.terms[term], MOST_LISTED)
        if not chosen or listed + length <= MOST_LISTED:
            chosen.append((term, weight))
            listed += length
    return chosen


@lru_cache(maxsize=64)
def _alike(places: int) -> CompoundSelect[Any]:
    """Terms by kind, first letter, length and start, for so many of these; SQLite would use no index for an OR."""
    return union_all(
        *(
            select(_TERM.c.term).where(
                _TERM.c.workspace_id == bindparam("workspace"),
                _TERM.c.shelf.in_(bindparam("shelves", expanding=True)),
                _TERM.c.beginning == bindparam(f"beginning{at}"),
                _TERM.c.length.between(bindparam(f"shortest{at}"), bindparam(f"longest{at}")),
                func.substr(_TERM.c.term, 1, bindparam(f"length{at}", type_=Integer), type_=String)
                == bindparam(f"start{at}"),
            )
            for at in range(places)
        )
    )


@lru_cache(maxsize=256)
def _best_on_sqlite(terms: int, shelves: int) -> TextClause:
    """The best entries by one list for each term, of the entries that hold it on any shelf, with the term's weight."""
    lists = (
        f"SELECT * FROM (SELECT rowid AS number, CAST(:weight{at} AS REAL) AS weight FROM {INDEX}"
        f" WHERE {INDEX} MATCH :asked{at} ORDER BY rowid DESC LIMIT {MOST_LISTED}) AS list{at}"
        for at in range(terms)
    )
    held = ", ".join(f":shelf{at}" for at in range(shelves))
    return text(
        "SELECT e.subject_id, e.owner_id, e.shelf, CAST(e.terms AS text), e.meaning FROM"
        f" (SELECT number, SUM(weight) AS total FROM ({' UNION ALL '.join(lists)}) AS listed GROUP BY number"
        " ORDER BY total DESC, number DESC LIMIT :most) AS best"
        f" JOIN search_entry e ON e.number = best.number WHERE e.workspace_id = :workspace AND e.shelf IN ({held})"
        " ORDER BY best.total DESC, best.number DESC"
    )


async def _write_tokens(session: AsyncSession, workspace: WorkspaceId, numbered: Sequence[tuple[int, Entry]]) -> None:
    if _is_sqlite(session):
        written = text(f"INSERT INTO {INDEX} (rowid, tokens) VALUES (:number, :tokens)")
    else:
        written = text(
            f"INSERT INTO {INDEX} (number, tokens)"
            " VALUES (:number, array_to_tsvector(string_to_array(CAST(:tokens AS text), ' ')))"
        )
    rows = [{"number": number, "tokens": " ".join(_tokens(workspace, entry))} for number, entry in numbered]
    await _run_many(session, written, rows)


async def _count(session: AsyncSession, workspace: WorkspaceId, counts: Mapping[tuple[str, str], int]) -> None:
    """Add to the counts of terms, always in the same order, so that two transactions never wait for each other."""
    dialect: Any = sqlite if _is_sqlite(session) else postgresql
    written: dict[tuple[str, str], int] = defaultdict(int)
    for (shelf, term), count in counts.items():
        written[shelf, _term(term)] += count
    rows = [
        {
            "id": new_id(), "workspace_id": workspace, "shelf": shelf, "term": term, "beginning": term[:3],
            "length": len(term), "entries": count,
        }
        for (shelf, term), count in sorted(written.items())
    ]  # fmt: skip
    made = dialect.insert(_TERM)
    adding = made.values(
        {
            column: bindparam(column)
            for column in ("id", "workspace_id", "shelf", "term", "beginning", "length", "entries")
        }
    ).on_conflict_do_update(
        index_elements=["workspace_id", "shelf", "term"], set_={"entries": _TERM.c.entries + made.excluded.entries}
    )
    await _run_many(session, adding, rows)


def _tokens(workspace: WorkspaceId, entry: Entry) -> list[str]:
    return [_token(workspace, entry.shelf, term) for term in entry.terms]


def _token(workspace: WorkspaceId, shelf: str, term: str) -> str:
    return "t" + blake2b(f"{workspace}\n{shelf}\n{_term(term)}".encode(), digest_size=8).hexdigest()


def _term(term: str) -> str:
    return term[:TERM_LENGTH]


def _is_sqlite(session: AsyncSession) -> bool:
    return session.get_bind().dialect.name == "sqlite"


async def _run(session: AsyncSession, statement: Any, values: Any = None) -> Any:
    return await session.execute(statement, values, execution_options=AS_RUNTIME)


async def _run_many(session: AsyncSession, statement: Any, rows: list[dict[str, Any]]) -> Any:
    """One statement for many rows; on SQLite it runs on the event loop itself, which a connection would not expect."""
    return await session.run_sync(lambda opened: opened.connection().execute(statement, rows))
