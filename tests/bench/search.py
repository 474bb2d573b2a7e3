"""How long looking up a story takes: `python -m tests.bench.search --json`.

A database of 200,000 stories in 20 workspaces, on SQLite and on PostgreSQL. In one workspace a member has 2,000 stories
that nobody else sees, in another 20,000 stories are shared with the team. Queries are of every kind: words, themes,
questions, slips, scraps. Beside it two plain ways over the same texts in the same run: a full-text query of the words
(FTS5 with bm25, tsvector with ts_rank) and LIKE; and, where one is installed, the look-up with a model of meaning.
Stories are mixtures of the sentences of `tests/gold/stories.jsonl`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import statistics
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from sqlalchemy import text

from bot.base.ids import MemberId, WorkspaceId, new_id
from bot.stories.finding import Finder, StoryText
from bot.stories.lookup import TEAM, ByMeaning, look_up, shelves_for
from bot.stories.meaning import Meaning, kept_as
from bot.stories.static_model import story_model
from content.loader import load_content
from content.rules import load_rules
from storage.engine import Database
from storage.migrate import upgrade
from storage.search import Entry, put_all
from storage.tables.people import Member, Workspace
from storage.tenancy import AS_RUNTIME
from tests.postgres import fresh_database, running_server, wheel_binaries

GOLD = Path(__file__).parents[1] / "gold"
NOW = datetime(2026, 11, 21, tzinfo=UTC)
PARTS = ("title", "situation", "task", "action", "result", "learning")
OWN, SHARED, WORKSPACES, ALL_STORIES = 2_000, 20_000, 20, 200_000
BATCH = 1_000
FILLERS = 4_000
"""Words of which each story has a few, so that the vocabulary is as large as that of a large team."""


@dataclass(frozen=True, slots=True)
class Searcher:
    """Who looks, in which workspace, and how many stories they may see."""

    workspace: WorkspaceId
    member: MemberId
    sees: int


class Stories:
    """Makes stories of which no two are alike; the sentences are read once."""

    def __init__(self, finder: Finder, model: Meaning | None) -> None:
        self._model = model
        self._random = random.Random(7)
        lines = (GOLD / "stories.jsonl").read_text(encoding="utf-8").splitlines()
        told = [json.loads(line) for line in lines]
        self._texts = {part: [story[part] for story in told] for part in PARTS}
        self._read = {
            part: [finder.terms_of(StoryText({part: t})) for t in texts] for part, texts in self._texts.items()
        }
        self._vectors = {part: model.vectors(texts) for part, texts in self._texts.items()} if model else {}

    def one(self) -> tuple[str, dict[str, float], bytes]:
        """The text of a story, what it is found by, and what the model reads of it."""
        texts, terms, rows = [], dict[str, float](), []
        for part in PARTS:
            at = self._random.randrange(len(self._texts[part]))
            texts.append(self._texts[part][at])
            rows += [self._vectors[part][at]] if self._vectors else []
            for term, worth in self._read[part][at].items():
                terms[term] = round(terms.get(term, 0.0) + worth, 3)
        names = [f"filler{self._random.randrange(FILLERS)}x" for _ in range(6)]
        meaning = kept_as(self._model, np.array([np.mean(rows, axis=0), *rows])) if self._model else b""
        return " ".join((*texts, *names)), terms | {f"w:{name}": 1.0 for name in names}, meaning


async def fill(
    database: Database, finder: Finder, sizes: Sequence[int], model: Meaning | None = None
) -> tuple[Searcher, Searcher]:
    """One member with `sizes[0]` stories of their own, a team that shares `sizes[1]`, and the other workspaces."""
    stories = Stories(finder, model)
    searchers = [await _workspace(database, stories, sizes[0], "{member}:me")]
    searchers.append(await _workspace(database, stories, sizes[1], TEAM))
    for size in sizes[2:]:
        await _workspace(database, stories, size, TEAM)
    return searchers[0], searchers[1]


async def measure(
    database: Database, finder: Finder, searcher: Searcher, queries: Sequence[str], model: Meaning | None = None
) -> dict[str, dict[str, float]]:
    """Milliseconds of each way of searching: median and 95th percentile."""
    shelves = shelves_for(searcher.member)

    async def ours(session: Any, query: str) -> None:
        await look_up(session, finder, shelves, query)

    async def by_meaning(session: Any, query: str) -> None:
        if model is not None:
            await look_up(session, finder, shelves, query, by=ByMeaning(model, searcher.member))

    ways: Mapping[str, Callable[[Any, str], Awaitable[None]]] = {
        "look_up": ours,
        **({"look_up_by_meaning": by_meaning} if model is not None else {}),
        "plain_full_text": _plain_full_text(database.is_sqlite, searcher),
        "like": _like(searcher),
    }
    return {name: await _time(database, searcher, way, queries) for name, way in ways.items()}


async def _time(
    database: Database, searcher: Searcher, way: Callable[[Any, str], Awaitable[None]], queries: Sequence[str]
) -> dict[str, float]:
    taken = []
    for query in (*queries[:10], *queries):
        async with database.read(searcher.workspace) as session:
            start = perf_counter()
            await way(session, query)
            taken.append(1000 * (perf_counter() - start))
    taken = taken[10:]
    return {"median_ms": round(statistics.median(taken), 2), "p95_ms": round(_p95(taken), 2)}


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[max(0, -(-95 * len(values) // 100) - 1)]


def _plain_full_text(is_sqlite: bool, searcher: Searcher) -> Callable[[Any, str], Awaitable[None]]:
    async def search(session: Any, query: str) -> None:
        words = ["".join(filter(str.isalnum, word)) for word in query.lower().split()]
        asked = (" OR " if is_sqlite else " | ").join(f'"{word}"' if is_sqlite else word for word in words if word)
        statement = (
            "SELECT b.id FROM bench_words w JOIN bench_story b ON b.id = w.rowid"
            " WHERE bench_words MATCH :asked AND b.workspace = :workspace ORDER BY bm25(bench_words) LIMIT 10"
            if is_sqlite
            else "SELECT id FROM bench_story, to_tsquery('english', :asked) q WHERE words @@ q AND"
            " workspace = :workspace ORDER BY ts_rank(words, q) DESC LIMIT 10"
        )
        values = {"asked": asked, "workspace": searcher.workspace}
        (await session.execute(text(statement), values, execution_options=AS_RUNTIME)).all()

    return search


def _like(searcher: Searcher) -> Callable[[Any, str], Awaitable[None]]:
    statement = text("SELECT id FROM bench_story WHERE workspace = :workspace AND lower(text) LIKE :asked LIMIT 10")

    async def search(session: Any, query: str) -> None:
        asked = f"%{max(query.lower().split(), key=len)}%"
        values = {"asked": asked, "workspace": searcher.workspace}
        (await session.execute(statement, values, execution_options=AS_RUNTIME)).all()

    return search


async def _workspace(database: Database, stories: Stories, size: int, shelf: str) -> Searcher:
    workspace, member = WorkspaceId(new_id()), MemberId(new_id())
    async with database.write_everywhere() as session:
        session.add(Workspace(workspace_id=workspace, name="Bench", created_at=NOW))
        await session.flush()
        session.add(Member(id=member, workspace_id=workspace, display_name="Ana", created_at=NOW))
    for start in range(0, size, BATCH):
        made = [stories.one() for _ in range(min(BATCH, size - start))]
        async with database.write(workspace) as session:
            entries = [Entry(new_id(), member, shelf.format(member=member), terms, kept) for _, terms, kept in made]
            await put_all(session, entries)
            rows = [{"workspace": workspace, "text": written} for written, *_ in made]
            plainly = text("INSERT INTO bench_story (workspace, text) VALUES (:workspace, :text)")
            await session.execute(plainly, rows, execution_options=AS_RUNTIME)
    return Searcher(workspace, member, size)


async def _prepare(database: Database) -> None:
    key = "integer PRIMARY KEY" if database.is_sqlite else "serial PRIMARY KEY"
    await _everywhere(
        database,
        f"CREATE TABLE bench_story (id {key}, workspace text, text text)",
        "CREATE INDEX bench_story_workspace ON bench_story (workspace)",
    )


async def _index_plainly(database: Database) -> None:
    if database.is_sqlite:
        await _everywhere(
            database,
            "CREATE VIRTUAL TABLE bench_words USING fts5(text, content='bench_story', content_rowid='id',"
            " tokenize='porter unicode61')",
            "INSERT INTO bench_words(bench_words) VALUES ('rebuild')",
        )
        return
    await _everywhere(
        database,
        "ALTER TABLE bench_story ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('english', text)) STORED",
        "CREATE INDEX bench_story_words ON bench_story USING gin (words)",
        "ANALYZE",
    )


async def _everywhere(database: Database, *statements: str) -> None:
    async with database.write_everywhere() as session:
        for statement in statements:
            await session.execute(text(statement))


def queries() -> list[str]:
    """All of our own labelled queries."""
    files = sorted(GOLD.glob("story_queries_*.jsonl"))
    return [json.loads(line)["query"] for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def sizes_of(every: int) -> list[int]:
    """How many stories each workspace has, for so many in all; the first two are those that are searched."""
    own, shared = OWN * every // ALL_STORIES, SHARED * every // ALL_STORIES
    rest = (every - own - shared) // (WORKSPACES - 2)
    return [own, shared, *(rest for _ in range(WORKSPACES - 2))]


@contextmanager
def empty_database(engine: str) -> Iterator[str]:
    """The URL of a database of its own, gone afterwards."""
    with ExitStack() as stack:
        if engine == "sqlite":
            yield f"sqlite:///{stack.enter_context(tempfile.TemporaryDirectory())}/bench.sqlite3"
        else:
            yield stack.enter_context(fresh_database(stack.enter_context(running_server()), "bench_search"))


async def run(url: str, every: int, asked: Sequence[str]) -> dict[str, Any]:
    """What the engine of `url` takes, with the number of stories that were there."""
    finder, model = Finder(load_content(), load_rules().lexicon), story_model({})
    await upgrade(url)
    database = Database(url)
    try:
        await _prepare(database)
        sizes = sizes_of(every)
        start = perf_counter()
        own, shared = await fill(database, finder, sizes, model)
        filled = perf_counter() - start
        await _index_plainly(database)
        return {
            "stories": sum(sizes),
            "workspaces": len(sizes),
            "queries": len(asked),
            "filled_seconds": round(filled, 1),
            "own": {"stories": own.sees, **await measure(database, finder, own, asked, model)},
            "visible": {"stories": shared.sees, **await measure(database, finder, shared, asked, model)},
        }
    finally:
        await database.close()


def on(engine: str, every: int, asked: Sequence[str]) -> dict[str, Any]:
    """The same on a database made for it."""
    with empty_database(engine) as url:
        return asyncio.run(run(url, every, asked))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--stories", type=int, default=ALL_STORIES, help="how many there are in all")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), help="only this engine")
    given = parser.parse_args()
    engines = [given.engine] if given.engine else ["sqlite", *(["postgresql"] if wheel_binaries() else [])]
    found = {engine: on(engine, given.stories, queries()) for engine in engines}
    print(json.dumps(found, indent=None if given.json else 2))


if __name__ == "__main__":
    main()
