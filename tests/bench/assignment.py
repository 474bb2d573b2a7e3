"""One assignment of a large group: `python -m tests.bench.assignment --json`.

The general instance: one in fifty is a mentor with four reviews kept for where they are needed, one in twenty takes one
review only, one in five wishes not to review a certain other, people have levels, and eight rounds of history. 100,
1,000 and 5,000 people, three reviews an answer. Beside it, in the same run and on the same candidate pairs: the network
simplex of networkx (to 1,000), and a random greedy plan. Each runs in a process of its own: seconds, peak memory over
that of the process before, and the cost of the plan. `lag_ms` is the longest time that an event loop in the same
process was kept from its work while a thread solved.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import resource
import subprocess
import sys
import time
from collections import Counter
from typing import Any

from bot.review.assignment import Demand, Pair, Past, Plan, Problem, Reviewer, assign

SIZES = (100, 1000, 5000)
LARGEST_FOR_NETWORKX = 1000
REVIEWS = 3
TICK = 0.002


def instance(size: int, seed: int = 0) -> Problem:
    """The general instance with so many people."""
    draw = random.Random(seed)
    people = [f"p{number:05}" for number in range(size)]
    mentors = set(draw.sample(people, max(1, size // 50)))
    tired = set(draw.sample(people, size // 20)) - mentors
    level = {person: draw.choice((3, 4, 4, 5, 5, 6)) for person in people}

    def reviewer(person: str) -> Reviewer:
        capacity = 1 if person in tired else 4
        return Reviewer(person, capacity, level[person], REVIEWS if person in mentors else 0)

    unwanted = (draw.sample(people, 2) for _ in range(size // 5))
    return Problem(
        tuple(Demand(f"a-{person}", person, REVIEWS, level[person]) for person in people if person not in mentors),
        tuple(reviewer(person) for person in people),
        seed,
        tuple(
            Past(one, other, age)
            for age in range(1, 9)
            for one in people
            for other in draw.sample(people, 3)
            if one != other
        ),
        frozenset(Pair(one, f"a-{other}") for one, other in unwanted if other not in mentors),
    )


def by_networkx(problem: Problem) -> Plan:
    """The same goals over the same candidates by another solver."""
    from tests.unit.review.problems import best_by_network_simplex

    return Plan(best_by_network_simplex(problem, candidates(problem)))


def greedily(problem: Problem) -> Plan:
    """Answers in random order, each given to those of its candidates who have the fewest reviews so far."""
    draw = random.Random(problem.seed)
    capacity = {reviewer.id: reviewer.capacity for reviewer in problem.reviewers}
    by_answer: dict[str, list[Pair]] = {}
    for pair in candidates(problem):
        by_answer.setdefault(pair.answer, []).append(pair)
    load: Counter[str] = Counter()
    chosen: set[Pair] = set()
    for answer in draw.sample(sorted(by_answer), len(by_answer)):
        free = [pair for pair in by_answer[answer] if load[pair.reviewer] < capacity[pair.reviewer]]
        draw.shuffle(free)
        for pair in sorted(free, key=lambda pair: load[pair.reviewer])[:REVIEWS]:
            load[pair.reviewer] += 1
            chosen.add(pair)
    return Plan(frozenset(chosen))


def candidates(problem: Problem) -> list[Pair]:
    """The pairs that the product considers."""
    from bot.review.assignment.candidates import ALL_UP_TO, REACH, every_pair, sparse_pairs

    return every_pair(problem) if len(problem.reviewers) <= ALL_UP_TO else sparse_pairs(problem, REACH)


def one_flow(problem: Problem) -> Plan:
    """The product's first solve, which knows no couples: the one that networkx can do as well."""
    from bot.review.assignment.costs import Costs
    from bot.review.assignment.network import build
    from bot.review.assignment.solving import best_flow

    network = build(problem, candidates(problem), Costs(problem))
    return Plan(frozenset(pair for pair, taken in zip(network.pairs, best_flow(network), strict=False) if taken))


WAYS = {"product": assign, "flow": one_flow, "networkx": by_networkx, "greedy": greedily}


def one(way: str, size: int) -> dict[str, Any]:
    """Seconds, memory, cost and lag of one way, measured in this process."""
    problem = instance(size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    plan, seconds, lag = asyncio.run(_in_a_thread(way, problem))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    from tests.unit.review.problems import worth

    _, missing, _, load, preference = worth(problem, plan)
    return {
        "seconds": round(seconds, 3), "peak_mb": peak // 1024, "added_mb": (peak - before) // 1024,
        "lag_ms": round(1000 * lag, 1), "missing": missing, "squared_load": load, "preference": preference,
    }  # fmt: skip


async def _in_a_thread(way: str, problem: Problem) -> tuple[Plan, float, float]:
    longest = 0.0

    async def tick() -> None:
        nonlocal longest
        while True:
            began = time.perf_counter()
            await asyncio.sleep(TICK)
            longest = max(longest, time.perf_counter() - began - TICK)

    ticking = asyncio.create_task(tick())
    began = time.perf_counter()
    plan = await asyncio.to_thread(WAYS[way], problem)
    seconds = time.perf_counter() - began
    ticking.cancel()
    return plan, seconds, longest


def measure() -> dict[str, Any]:
    """The object that the module prints."""
    found: dict[str, Any] = {}
    for size in SIZES:
        ways = {way: _apart(way, size) for way in WAYS if way != "networkx" or size <= LARGEST_FOR_NETWORKX}
        product, flow = ways["product"], ways["flow"]
        if "networkx" in ways:
            product["times_as_fast_as_networkx"] = round(ways["networkx"]["seconds"] / product["seconds"], 1)
            flow["times_as_fast_as_networkx"] = round(ways["networkx"]["seconds"] / flow["seconds"], 1)
            same = ("missing", "squared_load", "preference")
            flow["equal_cost"] = all(flow[name] == ways["networkx"][name] for name in same)
        product["preference_ratio_to_greedy"] = round(product["preference"] / ways["greedy"]["preference"], 3)
        found[str(size)] = ways
    return found


def _apart(way: str, size: int) -> dict[str, Any]:
    said = subprocess.run(
        [sys.executable, "-m", "tests.bench.assignment", "--one", way, "--size", str(size)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return dict(json.loads(said.stdout))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on one line")
    parser.add_argument("--one", choices=WAYS, help="measure only this way, in this process")
    parser.add_argument("--size", type=int, default=SIZES[0])
    given = parser.parse_args()
    found = one(given.one, given.size) if given.one else measure()
    print(json.dumps(found, indent=None if given.json or given.one else 2))


if __name__ == "__main__":
    main()
