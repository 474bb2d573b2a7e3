"""The short form of the kill benchmark: `python -m tests.bench.kill --json` has the long one."""

from __future__ import annotations

import json
import subprocess
import sys


def test_twenty_kills_while_posting_lose_nothing_and_double_nothing() -> None:
    finished = subprocess.run(
        [sys.executable, "-m", "tests.bench.kill", "--json", "--kills", "20"],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    outcome = json.loads(finished.stdout)
    assert outcome["kills"] >= 20
    assert outcome["twice"] == 0
    assert outcome["missing"] == 0
    assert outcome["unaccounted_posts"] == 0
    assert outcome["uncertain_where_own_posts_are_found"] == 0
    assert all(not case["own_posts_can_be_found"] and case["killed"] for case in outcome["uncertain"])
    assert all(case["posts"] <= 1 for case in outcome["uncertain"])
