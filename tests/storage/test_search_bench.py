"""The benchmark of the search in its short form: it runs on both engines, and the plain ways beside it."""

from __future__ import annotations

from tests.bench.search import queries, run, sizes_of

GENEROUS_MS = 500
"""A machine that others work on too; the real bounds are for the benchmark itself."""


async def test_the_benchmark_of_the_search_runs_in_short(empty_database_url: str) -> None:
    found = await run(empty_database_url, 400, queries()[:6])
    assert (found["stories"], found["workspaces"]) == (sum(sizes_of(400)), 20)
    assert (found["own"]["stories"], found["visible"]["stories"]) == (4, 40)
    for seen in ("own", "visible"):
        for way in ("look_up", "look_up_by_meaning", "plain_full_text", "like"):
            assert 0 < found[seen][way]["median_ms"] <= found[seen][way]["p95_ms"] < GENEROUS_MS


def test_the_whole_benchmark_has_the_sizes_it_claims() -> None:
    own, shared, *rest = sizes_of(200_000)
    assert (own, shared, len(rest) + 2) == (2_000, 20_000, 20)
    assert 200_000 - 20 < own + shared + sum(rest) <= 200_000
