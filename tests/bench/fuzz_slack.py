"""Sends mutated payloads to the Slack adapter: `python -m tests.bench.fuzz_slack --json [--payloads 10000] [--show]`.

Each goes over Socket Mode and over HTTP, through the client library to the acknowledgement. Prints one JSON object;
`crashed` and `unacknowledged` must be 0. `--show` prints the payloads that were not taken.
"""

from __future__ import annotations

import argparse
import json
import logging
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.wire.slack.fuzzing import fuzzed

PAYLOADS = 10_000


def main() -> int:
    """Returns the exit code: 1 where a payload was not taken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object (the only form there is)")
    parser.add_argument("--payloads", type=int, default=PAYLOADS)
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    logging.disable(logging.WARNING)
    with TemporaryDirectory() as folder:
        outcome = fuzzed(Path(folder), given.payloads, print if given.show else None)
    print(json.dumps(outcome.json()))
    return int(bool(outcome.crashed or outcome.unacknowledged))


if __name__ == "__main__":
    raise SystemExit(main())
