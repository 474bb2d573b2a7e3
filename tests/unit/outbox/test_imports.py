from __future__ import annotations

import subprocess
import sys


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    look = "import sys, bot.outbox.queue, bot.outbox.schedules, storage.engine; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not loaded & {"holidays", "alembic", "asyncpg"}
