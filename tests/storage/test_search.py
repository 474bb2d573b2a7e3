"""Looking things up on the real engines: in step with the rows, and never past the shelves that were named."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.base.ids import MemberId, WorkspaceId, new_id
from bot.stories.finding import Finder, StoryText
from bot.stories.lookup import Found, look_up, shelf_of, shelves_for
from content.loader import load_content
from content.rules import load_rules
from storage.engine import Database
from storage.search import Counts, Entry, counts_of, put, put_all, rebuild, remove, shortlist, terms_near
from storage.tables.people import Member, Workspace
from storage.tables.stories import StoryVisibility

NOW = datetime(2026, 11, 23, tzinfo=UTC)
ME, MENTORS, TEAM = StoryVisibility.ME, StoryVisibility.MENTORS, StoryVisibility.TEAM


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder(load_content(), load_rules().lexicon)


async def workspace_of(database: Database, *people: str) -> tuple[WorkspaceId, list[MemberId]]:
    workspace = WorkspaceId(new_id())
    members = [MemberId(new_id()) for _ in people]
    async with database.write_everywhere() as session:
        session.add(Workspace(workspace_id=workspace, name="Team", created_at=NOW))
        await session.flush()
        for member, name in zip(members, people, strict=True):
            session.add(Member(id=member, workspace_id=workspace, display_name=name, created_at=NOW))
    return workspace, members


def entry(owner: MemberId, shelf: str, **terms: float) -> Entry:
    return Entry(new_id(), owner, shelf, {f"w:{term}": worth for term, worth in terms.items()})


async def found(database: Database, workspace: WorkspaceId, shelves: tuple[str, ...], *words: str) -> list[str]:
    terms = {f"w:{word}": 1.0 for word in words}
    async with database.read(workspace) as session:
        counts = await counts_of(session, shelves, terms)
        return [one.subject for one in await shortlist(session, shelves, terms, counts)]


async def test_what_is_put_is_found_and_what_is_removed_is_not(database: Database) -> None:
    workspace, (ana,) = await workspace_of(database, "Ana")
    first, second = entry(ana, "s", kafka=1.0, lock=1.0), entry(ana, "s", kafka=1.0)
    async with database.write(workspace) as session:
        await put_all(session, [first, second])
    assert await found(database, workspace, ("s",), "kafka", "lock") == [first.subject, second.subject]
    async with database.write(workspace) as session:
        await remove(session, first.subject)
    assert await found(database, workspace, ("s",), "kafka", "lock") == [second.subject]
    async with database.read(workspace) as session:
        assert await counts_of(session, ["s"], ["w:kafka", "w:lock"]) == Counts(1, {"w:kafka": 1})


async def test_putting_again_replaces_and_a_transaction_that_fails_leaves_all_as_it_was(database: Database) -> None:
    workspace, (ana,) = await workspace_of(database, "Ana")
    old = entry(ana, "s", kafka=1.0)
    async with database.write(workspace) as session:
        await put(session, old)

    async def fail() -> None:
        async with database.write(workspace) as session:
            await put(session, Entry(old.subject, ana, "s", {"w:zeppelin": 1.0}))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert await found(database, workspace, ("s",), "kafka") == [old.subject]
    async with database.write(workspace) as session:
        await put(session, Entry(old.subject, ana, "other", {"w:zeppelin": 1.0}))
    assert await found(database, workspace, ("s", "other"), "kafka") == []
    assert await found(database, workspace, ("s",), "zeppelin") == []
    assert await found(database, workspace, ("other",), "zeppelin") == [old.subject]


async def test_workspaces_and_shelves_never_meet(database: Database) -> None:
    one, (ana,) = await workspace_of(database, "Ana")
    other, (ben,) = await workspace_of(database, "Ben")
    mine, theirs = entry(ana, "team", kafka=1.0), entry(ben, "team", kafka=1.0)
    for workspace, what in ((one, mine), (other, theirs)):
        async with database.write(workspace) as session:
            await put(session, what)
    assert await found(database, one, ("team",), "kafka") == [mine.subject]
    assert await found(database, one, ("elsewhere",), "kafka") == []
    assert await found(database, one, (), "kafka") == []


async def test_words_near_to_a_slip_come_from_the_named_shelves_alone(database: Database) -> None:
    workspace, (ana,) = await workspace_of(database, "Ana")
    async with database.write(workspace) as session:
        await put_all(session, [entry(ana, "s", gripper=1.0, grid=1.0), entry(ana, "hidden", griper=1.0)])
    async with database.read(workspace) as session:
        assert await terms_near(session, ["s"], {"w:griper": 2}) == {"w:gripper", "w:grid"}
        assert await terms_near(session, ["s"], {}, ["w:gri"]) == {"w:gripper", "w:grid"}


async def test_the_index_can_be_made_anew_from_its_rows(database: Database) -> None:
    workspace, (ana,) = await workspace_of(database, "Ana")
    kept = entry(ana, "s", kafka=1.0)
    async with database.write(workspace) as session:
        await put(session, kept)
        assert await rebuild(session) == 1
    assert await found(database, workspace, ("s",), "kafka") == [kept.subject]


WORDS = ("kafka", "label", "printer", "night", "conflict", "mentor", "customer", "deleted", "lawyers")
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    stories=st.lists(st.tuples(st.integers(0, 2), st.sampled_from([ME, MENTORS, TEAM]), TEXTS), max_size=8),
    query=TEXTS,
    reader=st.integers(0, 2),
)
async def test_a_search_never_returns_what_its_reader_may_not_see(
    sqlite_database: Database,
    finder: Finder,
    stories: list[tuple[int, StoryVisibility, str]],
    query: str,
    reader: int,
) -> None:
    workspace, members = await workspace_of(sqlite_database, "Ana", "Ben", "Cleo")
    ben, mentee = members[reader], members[(reader + 1) % 3]
    may_see = set()
    async with sqlite_database.write(workspace) as session:
        for owner, visibility, text in stories:
            who, subject = members[owner], new_id()
            terms = finder.terms_of(StoryText({"title": text}))
            await put(session, Entry(subject, who, shelf_of(who, visibility), terms))
            if who == ben or visibility is TEAM or (visibility is MENTORS and who == mentee):
                may_see.add(subject)
    async with sqlite_database.read(workspace) as session:
        result: Found = await look_up(session, finder, shelves_for(ben, [mentee]), query)
        typed: Found = await look_up(session, finder, shelves_for(ben, [mentee]), query[:3], typing=True)
    assert {hit.story for hit in (*result.hits, *typed.hits)} <= may_see
    if any(set(query.split()) & set(text.split()) for owner, seen, text in stories if members[owner] == ben):
        assert result.hits
