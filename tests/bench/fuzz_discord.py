"""Sends changed payloads to the Discord adapter, through the real client: `python -m tests.bench.fuzz_discord --json`.

One JSON object: how many payloads, how many faults they caused (a connection that ended, an error that was logged),
how many interactions that could be answered were not, and the seconds it took.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import sys
from time import monotonic

from tests.wire.discord.fuzzing import fuzzed

PAYLOADS, SEED = 10_000, 7
SHOWN = 10


def main() -> int:
    """Status 1 where something crashed or stayed without an answer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    parser.add_argument("--payloads", type=int, default=PAYLOADS)
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    logging.getLogger("adapters.discord").setLevel(logging.ERROR)
    logging.getLogger("discord").setLevel(logging.ERROR)
    logging.lastResort = None
    began = monotonic()
    outcome = asyncio.run(fuzzed(asked.payloads, asked.seed))
    result = {
        "payloads": outcome.payloads,
        "interactions": outcome.interactions,
        "crashed": len(outcome.faults),
        "unacknowledged": len(outcome.unacknowledged),
        "seconds": round(monotonic() - began, 1),
        "seed": asked.seed,
    }
    sys.stdout.write(json.dumps(result) + "\n")
    if not asked.json:
        for each in [*outcome.faults[:SHOWN], *outcome.unacknowledged[:SHOWN]]:
            sys.stdout.write(f"{str(each)[:2000]}\n")
    return int(bool(outcome.faults or outcome.unacknowledged))


if __name__ == "__main__":
    raise SystemExit(main())
