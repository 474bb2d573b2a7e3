"""Kills a bot while it posts daily questions, and counts what came of every slot.

    python -m tests.bench.kill --json [--kills 200] [--seed 7]

The local workspace runs in a process of its own and keeps its messages in a file of its own. Each round is one day: a
bot process, forked after everything is imported, is killed (SIGKILL) at a named step of posting or at a random moment;
the next ones, some of them killed too, have to bring the day's question to its end. One of the two workspaces lets a
bot find its own posts; in the other a post that nobody can know of has to be reported as uncertain.

Prints one JSON object. `twice` and `missing` must be 0; `uncertain` lists every such slot with the faults before it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from adapters.local.remote import connect_to
from bot.base.clock import MovedClock
from bot.chat.refs import ConversationRef
from bot.cli.features import all_features
from bot.members.identity import workspace_of
from bot.outbox.nextrun import WallClockRule
from bot.questions.choosing import Wishes
from bot.questions.programmes import Plan, create_programme
from bot.runtime.bootstrap import build
from bot.runtime.config import Config
from bot.runtime.logs import configure
from bot.runtime.steps import POSTING_STEPS
from content.loader import load_content
from content.rules import load_rules
from storage.engine import Database
from storage.migrate import upgrade

FIRST_DAY = datetime(2026, 1, 5, 9, 0, 30, tzinfo=UTC)
CHANNEL = "interview-practice"
AFTER_LEASE = timedelta(minutes=3)
RANDOM = "at a random moment"
LONGEST_RANDOM = 0.4
"""Seconds within which a random kill strikes."""
MOST_TRIES = 12
WITHOUT_LOOKING = 0.2
"""The share of kills in the workspace where own posts cannot be found again."""


_content, _rules = cache(load_content), cache(load_rules)
"""Read once, before any process is forked."""


@dataclass(slots=True)
class World:
    """One workspace and the bot's database beside it."""

    folder: Path
    url: str
    finds_own_posts: bool
    kills: list[tuple[int, str]] = field(default_factory=list)
    """The day and the step of every kill."""

    @property
    def database(self) -> str:
        return f"sqlite:///{self.folder / 'starling.sqlite3'}"


async def _work(world: World, now: datetime, at: Callable[[str], None]) -> None:
    """One bot process: does whatever is due at `now`."""
    database = Database(world.database)
    platform = connect_to(world.url, world.folder / "workspace" / "bot-secret")
    runtime = build(
        Config(data_folder=world.folder),
        database,
        [platform],
        _content(),
        _rules(),
        all_features(),
        MovedClock(now),
        at=at,
    )
    await platform.start(runtime)
    await runtime.know_installations()
    await runtime.drain()
    await platform.stop()
    await database.close()


def _fork(work: Callable[[], None]) -> int:
    """Run `work` in a forked process; its id. The child ends with status 0, or 1 with a traceback."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        work()
        status = 0
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        os._exit(status)


def _bot(world: World, now: datetime, step: str | None, delay: float = 0.0) -> bool:
    """Run one bot process, killed at `step` if one is named; whether it was killed."""

    def at(reached: str) -> None:
        if reached == step:
            os.kill(os.getpid(), signal.SIGKILL)

    child = _fork(lambda: asyncio.run(_work(world, now, at)))
    if step == RANDOM:
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    if os.WEXITSTATUS(status):
        raise SystemExit("a bot process failed; see above")
    return False


def _set_up(world: World) -> None:
    async def work() -> None:
        await upgrade(world.database)
        await _work(world, FIRST_DAY - timedelta(hours=2), lambda _step: None)
        database = Database(world.database)
        platform = connect_to(world.url, world.folder / "workspace" / "bot-secret")
        installation = await _installation(platform)
        async with database.read_everywhere() as session:
            workspace = await workspace_of(session, installation)
        assert workspace is not None
        async with database.write(workspace) as session:
            channel = ConversationRef(installation.platform, installation.installation, CHANNEL)
            plan = Plan(
                name="Daily",
                rule=WallClockRule(zone="UTC", local_time=FIRST_DAY.time().replace(second=0)),
                wishes=Wishes(kind_mix={"behavioral": 70, "situational": 30}),
            )
            await create_programme(session, FIRST_DAY - timedelta(hours=1), channel, plan)
        await database.close()

    async def _installation(platform: Any) -> Any:
        class Nobody:
            root_command = "starling"
            commands = ()
            message_actions = ()

        await platform.start(Nobody())
        (installation,) = await platform.installations()
        await platform.stop()
        return installation

    child = _fork(lambda: asyncio.run(work()))
    _, status = os.waitpid(child, 0)
    if status:
        raise SystemExit("the workspace could not be set up")


@contextmanager
def _world(folder: Path, finds_own_posts: bool) -> Iterator[World]:
    folder.mkdir()
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "adapters.local.server", "--folder", str(folder / "workspace"), "--port", "0"),
            *("--options", json.dumps({"finds_own_posts": finds_own_posts})),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert server.stdout is not None
        world = World(folder, server.stdout.readline().strip(), finds_own_posts)
        _set_up(world)
        yield world
    finally:
        server.terminate()
        server.wait(timeout=20)


def _day(world: World, day: int, wanted: list[str], dice: random.Random) -> None:
    """One day: the bot is killed at each of the `wanted` steps in turn, then left in peace."""
    now = FIRST_DAY + timedelta(days=day)
    for step in wanted:
        if _bot(world, now, step, dice.uniform(0, LONGEST_RANDOM)):
            world.kills.append((day, step))
        now += AFTER_LEASE
    _bot(world, now, None)


def _plan_of_kills(kills: int, dice: random.Random) -> list[list[str]]:
    """Days with the steps to kill at: one in four days has two kills, so that recovery is killed as well."""
    steps = [*POSTING_STEPS, RANDOM]
    wanted = [steps[i % len(steps)] for i in range(kills)]
    dice.shuffle(wanted)
    days = []
    while wanted:
        days.append([wanted.pop() for _ in range(min(len(wanted), 2 if dice.random() < 0.25 else 1))])
    return days


def _outcome(world: World, days: int) -> dict[str, Any]:
    with sqlite3.connect(world.folder / "starling.sqlite3") as bot:
        deliveries = bot.execute(
            "SELECT d.id, d.state, d.reason, s.local_date FROM delivery d LEFT JOIN slot s ON s.delivery_key = d.key"
            " WHERE d.kind = 'question.post' AND d.due_at < ?",
            [(FIRST_DAY + timedelta(days=days)).isoformat()],
        ).fetchall()
    workspace_file = next((world.folder / "workspace").glob("*.sqlite3"))
    with sqlite3.connect(workspace_file) as workspace:
        posts = Counter(
            key
            for (key,) in workspace.execute(
                "SELECT key FROM messages WHERE author = 'starling' AND channel = ? AND thread IS NULL", [CHANNEL]
            )
        )
    by_date = Counter(date for *_, date in deliveries)
    uncertain = [
        {
            "day": date,
            "posts": posts[delivery],
            "reason": reason,
            "killed": [
                step for day, step in world.kills if (FIRST_DAY + timedelta(days=day)).date().isoformat() == date
            ],
            "own_posts_can_be_found": world.finds_own_posts,
        }
        for delivery, state, reason, date in deliveries
        if state == "uncertain"
    ]
    expected = {(FIRST_DAY + timedelta(days=day)).date().isoformat() for day in range(days)}
    settled = {date for _, state, _, date in deliveries if state in ("posted", "uncertain")}
    return {
        "slots": len(expected),
        "posted_once": sum(state == "posted" and posts[delivery] == 1 for delivery, state, _, _ in deliveries),
        "twice": sum(posts[delivery] > 1 for delivery, *_ in deliveries) + sum(n > 1 for n in by_date.values()),
        "missing": len(expected - settled)
        + sum(state == "posted" and posts[delivery] == 0 for delivery, state, _, _ in deliveries),
        "unaccounted_posts": sum(posts.values()) - sum(posts[delivery] for delivery, *_ in deliveries),
        "uncertain": uncertain,
    }


def run(kills: int, seed: int) -> dict[str, Any]:
    """The whole benchmark; the object that is printed."""
    dice, began = random.Random(seed), time.perf_counter()
    _content(), _rules(), all_features()
    configure("console", "ERROR")
    blind = round(kills * WITHOUT_LOOKING)
    parts = {}
    by_step: Counter[str] = Counter()
    with TemporaryDirectory(prefix="starling-kill-") as folder:
        for name, share, finds in (("own_posts_found", kills - blind, True), ("own_posts_not_found", blind, False)):
            with _world(Path(folder) / name, finds) as world:
                plan = _plan_of_kills(share, dice)
                for day, wanted in enumerate(plan):
                    _day(world, day, wanted, dice)
                # Kills that came too late to strike are made up for, until the wanted number is reached.
                day = len(plan)
                while len(world.kills) < share and day < len(plan) + MOST_TRIES * max(1, share):
                    _day(world, day, [POSTING_STEPS[day % len(POSTING_STEPS)]], dice)
                    day += 1
                _bot(world, FIRST_DAY + timedelta(days=day - 1, hours=1), None)
                parts[name] = _outcome(world, day)
                by_step.update(step for _, step in world.kills)
    total = {key: sum(part[key] for part in parts.values()) for key in ("slots", "posted_once", "twice", "missing")}
    return {
        "kills": sum(by_step.values()),
        "kills_by_step": dict(sorted(by_step.items())),
        **total,
        "posted_once_share": total["posted_once"] / total["slots"],
        "uncertain": [case for part in parts.values() for case in part["uncertain"]],
        "uncertain_where_own_posts_are_found": len(parts["own_posts_found"]["uncertain"]),
        "unaccounted_posts": sum(part["unaccounted_posts"] for part in parts.values()),
        "seconds": round(time.perf_counter() - began, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print one JSON object (it always does)")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    print(json.dumps(run(given.kills, given.seed)))


if __name__ == "__main__":
    main()
