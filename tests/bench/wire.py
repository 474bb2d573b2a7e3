"""The product's cost over that of the bare libraries: `python -m tests.bench.wire --json [--events N]`.

People answer a question, 100 at a time, through the stand-ins of Slack (Socket Mode) and Discord (gateway); the bot
works in a process of its own. In the same run, on the same events:

(a) a bare handler of the same library that stores one row before it acknowledges, and does nothing else
(b) a replay of exactly the product's statements and transactions with its scorer, and nothing else, through the
    product's own storage (`tests.bench.wire_replay`), since that stack is prescribed

Beside (b) stands the harder figure: the same said through Python's `sqlite3` alone, with its own two ratios.

Discord's messages have no acknowledgement, so there the one of a button's press is measured. CPU is that of the bot's
process alone, in milliseconds an answer.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sqlite3
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol, cast

from tests.bench.scoring import percentile
from tests.scenario.answers_scene import ACTION, RESULT, SITUATION
from tests.wire.discord import reading
from tests.wire.discord.server import StandIn
from tests.wire.discord.state import BOT, DIRECT
from tests.wire.slack.slack import Slack
from tests.wire.slack.world import EVERY_SCOPE, World

OUTSTANDING = 100
WARM_UP = 30
"""Answers before the measurement begins."""
RECORDED = 60
"""Answers that are recorded for the replay; what it needs for one does not depend on how many there are."""
PATIENCE = 90.0
LOOK_EVERY = 0.02
MARK = "Scored by rules, version"
"""Stands on the card of a feedback, and nowhere else."""
Measured = Mapping[str, float]
MESSAGE_CONTENT = 1 << 15
PRESSED = "More"
"""A button on a question's card that opens no form."""


class Platform(Protocol):
    """A stand-in, and what people do there to the bot."""

    name: str
    url: str
    channel: str
    acknowledges_messages: bool

    def question(self) -> str:
        """A message for people to answer under, where the bot posts none."""
        ...

    async def answer(self, person: int, thread: str) -> None:
        """A person answers in the thread; returns when that is acknowledged, where it is at all."""
        ...

    async def press(self, person: int, message: str) -> None:
        """A person presses a button on a message; returns when that is acknowledged."""
        ...

    def feedback(self) -> int:
        """How many answers got their feedback so far."""
        ...


class OnSlack:
    """Slack over Socket Mode."""

    name, channel, acknowledges_messages = "slack", "C0PRACTICE", True

    def __init__(self, slack: Slack, people: int) -> None:
        self._slack = slack
        self._people = [slack.world.person(f"Person {number}").id for number in range(people)]
        self._looked, self._found = 0, 0
        self.url = f"{slack.server.address}/api/"

    def question(self) -> str:
        return self._slack.world.new_ts()

    async def answer(self, person: int, thread: str) -> None:
        await self._slack.say(self._people[person], self.channel, text_of(person), thread)

    async def press(self, person: int, message: str) -> None:
        raise NotImplementedError("messages are acknowledged here")

    def feedback(self) -> int:
        messages = self._slack.world.messages
        new, self._looked = messages[self._looked :], len(messages)
        self._found += sum(MARK in message.text for message in new)
        return self._found


class OnDiscord:
    """Discord through the gateway, with the content of messages."""

    name, acknowledges_messages = "discord", False

    def __init__(self, server: StandIn, people: int) -> None:
        self._server = server
        world = server.world
        server.gateway.granted = MESSAGE_CONTENT
        server.rest.buckets.size = 10**9
        server.people.settled = _nothing  # type: ignore[method-assign]
        self._guild = world.add_guild("Practice team")
        self.channel = world.add_channel(self._guild, "interview-practice")["id"]
        self._people = [server.people.join(self._guild, f"Person {number}") for number in range(people)]
        self._looked, self._found = 0, 0
        self.url = server.api_url

    def question(self) -> str:
        button = {"type": 2, "custom_id": "press", "label": PRESSED, "style": 1, "id": 2}
        row = {"type": 1, "id": 1, "components": [button]}
        return str(self._server.world.add_message(BOT, self.channel, "Question", components=[row])["id"])

    async def answer(self, person: int, thread: str) -> None:
        if thread not in self._server.world.channels:
            await self._server.people.start_thread(self._people[person], self._server.world.messages[thread])
        await self._server.people.say(self._people[person], thread, text_of(person))

    async def press(self, person: int, message: str) -> None:
        found = self._server.world.messages[message]
        control = next(each for each in reading.controls(found) if reading.label(each) == PRESSED)
        await self._server.people.press(self._people[person], found, control)

    def feedback(self) -> int:
        messages = list(self._server.world.messages.values())
        new, self._looked = messages[self._looked :], len(messages)
        direct = [each for each in new if self._server.world.channels[each["channel_id"]]["type"] == DIRECT]
        self._found += sum(MARK in reading.read(message) for message in direct)
        return self._found


async def _nothing() -> None:
    """Instead of asking the client whether it has read everything, which costs one of its 120 sends a minute."""


def text_of(person: int) -> str:
    """What somebody answers."""
    return f"{SITUATION} {ACTION} {RESULT} That was case {person}."


@asynccontextmanager
async def platform(name: str, people: int) -> AsyncIterator[Platform]:
    """The stand-in for one platform with so many people in it."""
    if name == "slack":
        async with Slack(World(EVERY_SCOPE), limits=False) as slack:
            yield OnSlack(slack, people)
    else:
        async with StandIn() as server:
            yield OnDiscord(server, people)


@dataclass
class Bot:
    """The process that is measured."""

    process: Process
    question: str | None
    folder: Path

    def cpu_seconds(self) -> float:
        """What it has used so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def rows(self) -> int:
        """How many rows the bare handler stored."""
        with sqlite3.connect(self.folder / "bare.sqlite3") as database:
            found = database.execute("SELECT count(*) FROM event").fetchone()[0]
        database.close()
        return int(found)


@asynccontextmanager
async def bot(kind: str, at: Platform, folder: Path) -> AsyncIterator[Bot]:
    """The bot of that kind, connected and ready."""
    arguments = ("-m", "tests.bench.wire_bots", kind, at.name, str(folder), at.url, at.channel)
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, stdout=PIPE)
    assert process.stdout is not None
    try:
        async with asyncio.timeout(PATIENCE):
            said = (await process.stdout.readline()).decode().split()
        assert said, f"the process {kind} did not start"
        yield Bot(process, said[1] if len(said) > 1 else None, folder)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def at_once(who: range, act: Callable[[int], Awaitable[None]]) -> list[float]:
    """Each of these people does it, 100 at a time; the seconds each took."""
    took: list[float] = []
    numbers = iter(who)

    async def one_after_the_other() -> None:
        for number in numbers:
            began = time.perf_counter()
            await act(number)
            took.append(time.perf_counter() - began)

    await asyncio.gather(*(one_after_the_other() for _ in range(OUTSTANDING)))
    return took


async def until(reached: Callable[[], bool]) -> None:
    """Wait for the bot to be done."""
    async with asyncio.timeout(PATIENCE):
        while not reached():
            await asyncio.sleep(LOOK_EVERY)


async def measured(kind: str, name: str, events: int, folder: Path) -> dict[str, float]:
    """Acknowledgement, throughput and CPU of one bot on one platform."""
    folder.mkdir()
    everybody = range(WARM_UP + events)
    async with platform(name, len(everybody)) as at, bot(kind, at, folder) as subject:
        question = subject.question or at.question()

        def answer(person: int) -> Awaitable[None]:
            return at.answer(person, question)

        handled = subject.rows if kind == "bare" else at.feedback
        await at_once(everybody[:WARM_UP], answer)
        await until(lambda: handled() >= WARM_UP)
        cpu, began = subject.cpu_seconds(), time.perf_counter()
        acknowledged = await at_once(everybody[WARM_UP:], answer)
        await until(lambda: handled() >= len(everybody))
        seconds, cpu = time.perf_counter() - began, subject.cpu_seconds() - cpu
        if not at.acknowledges_messages:
            acknowledged = await at_once(everybody[WARM_UP:], lambda person: at.press(person, question))
        return {
            "ack_p50_ms": 1000 * percentile(acknowledged, 0.5),
            "ack_p99_ms": 1000 * percentile(acknowledged, 0.99),
            "per_second": events / seconds,
            "cpu_ms": 1000 * cpu / events,
        }


async def replayed(folder: Path) -> dict[str, dict[str, float]]:
    """Both replays of what was recorded in `folder`, in a process of their own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.wire_replay", str(folder), stdout=PIPE
    )
    said, _ = await process.communicate()
    found = cast(dict[str, Any], json.loads(said))
    answers = found["answers"]
    counted = {"statements": found["statements"] / answers, "transactions": found["transactions"] / answers}
    return {
        way: {
            "per_second": answers / found[way]["seconds"],
            "cpu_ms": 1000 * found[way]["cpu_seconds"] / answers,
            **counted,
        }
        for way in ("stack", "bare_driver")
    }


async def compared(name: str, events: int, folder: Path) -> dict[str, Any]:
    """The product on one platform beside its baselines."""
    folder.mkdir()
    bare = await measured("bare", name, events, folder / "bare")
    product = await measured("product", name, events, folder / "product")
    await measured("recorded", name, RECORDED, folder / "recorded")
    replays = await replayed(folder / "recorded")
    replay, harder = replays["stack"], replays["bare_driver"]
    return {
        "ack_p99_ms": round(product["ack_p99_ms"], 1),
        "ack_p99_ratio_to_bare": round(product["ack_p99_ms"] / bare["ack_p99_ms"], 2),
        "throughput_ratio_to_replay": _throughput(product, replay),
        "cpu_ratio_to_bare_and_replay": _cpu(product, bare, replay),
        "throughput_ratio_to_replay_bare_driver": _throughput(product, harder),
        "cpu_ratio_to_bare_and_replay_bare_driver": _cpu(product, bare, harder),
        "product": _rounded(product),
        "bare": _rounded(bare),
        "replay": _rounded(replay),
        "replay_bare_driver": _rounded(harder),
    }


def _throughput(product: Measured, replay: Measured) -> float:
    return round(product["per_second"] / replay["per_second"], 3)


def _cpu(product: Measured, bare: Measured, replay: Measured) -> float:
    return round(product["cpu_ms"] / (bare["cpu_ms"] + replay["cpu_ms"]), 2)


def _rounded(values: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 2) for name, value in values.items()}


async def measure(events: int) -> dict[str, Any]:
    """The object that the module prints."""
    with TemporaryDirectory() as folder:
        found = {name: await compared(name, events, Path(folder) / name) for name in ("slack", "discord")}
    return {"events": events, "outstanding": OUTSTANDING, "slack_socket": found["slack"], "discord": found["discord"]}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    parser.add_argument("--events", type=int, default=200, help="answers in each run")
    given = parser.parse_args()
    result = asyncio.run(measure(given.events))
    print(json.dumps(result) if given.json else json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
