"""Mutated payloads on the whole way: from Slack's connection through Bolt and the receiver to the acknowledgement."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.chat.events import Event, FormSubmitted, MessagePosted, event_from_json, event_to_json
from bot.chat.platform import Accepted, Acknowledged, FormProblems, OpenForm
from tests.contract.samples import FORM
from tests.contract.test_slack import SlackHarness, SlackHttpHarness
from tests.wire.slack import payloads
from tests.wire.slack.delivery import Kind
from tests.wire.slack.mutation import mutations
from tests.wire.slack.samples import COMMANDS, EVENTS, INTERACTIONS

IMPATIENT = 1.5
"""Seconds to acknowledge; what comes to nothing is not waited for as long as Slack does."""
REAL: Sequence[tuple[Kind, dict[str, Any]]] = [
    *(("events_api", payloads.event_callback(event)) for event in EVENTS),
    *(("interactive", interaction) for interaction in INTERACTIONS),
    *(("slash_commands", command) for command in COMMANDS),
]


@dataclass
class Outcome:
    """What came of the payloads: each went over Socket Mode and over HTTP."""

    payloads: int = 0
    crashed: int = 0
    """Payloads over which something of ours or of the library gave up."""
    unacknowledged: int = 0
    seconds: float = 0.0

    def json(self) -> dict[str, Any]:
        """As one object."""
        return asdict(self)


class _Storing:
    """Stores what it is given as the inbox would, and answers in every way there is."""

    def __init__(self, harness: SlackHarness) -> None:
        self._inbound, self._accepted = harness.inbound, 0
        harness.inbound.accept = self.accept  # type: ignore[method-assign]

    async def accept(self, event: Event) -> Acknowledged:
        event_from_json(event_to_json(event))
        self._accepted += 1
        if isinstance(event, FormSubmitted) and self._accepted % 3 == 0:
            return FormProblems({"situation": "Say more.", "nothing by that name": "Why?"})
        return OpenForm(FORM) if self._accepted % 3 == 1 else Accepted()


class _Complaints(logging.Handler):
    """Counts what is logged as an error, whoever logs it."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())

    def __enter__(self) -> Self:
        logging.getLogger().addHandler(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        logging.getLogger().removeHandler(self)


def fuzzed(folder: Path, count: int, tell: Callable[[str], None] | None = None) -> Outcome:
    """Send `count` payloads both ways; `tell` is told of each that was not taken."""
    outcome, begun = Outcome(), time.perf_counter()
    with asyncio.Runner() as runner, _Complaints() as complaints:
        ways = runner.run(_ways(folder))
        loop = runner.get_loop()
        loop.set_exception_handler(lambda _, context: complaints.said.append(str(context.get("message"))))

        @given(st.sampled_from(REAL).flatmap(lambda real: st.tuples(st.just(real[0]), mutations(real[1]))))
        @settings(
            max_examples=count,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def send(one: tuple[Kind, dict[str, Any]]) -> None:
            kind, payload = one
            before = len(complaints.said)
            taken = runner.run(_taken(ways, kind, payload))
            outcome.payloads += 1
            outcome.unacknowledged += not taken
            outcome.crashed += len(complaints.said) > before
            if tell is not None and (not taken or len(complaints.said) > before):
                tell(f"{kind} {payload} {complaints.said[before:]}")

        try:
            send()
            outcome.crashed += not runner.run(_still_work(ways))
        finally:
            runner.run(_closed(ways))
    outcome.seconds = round(time.perf_counter() - begun, 1)
    return outcome


async def _ways(folder: Path) -> list[SlackHarness]:
    ways = [SlackHarness(folder), SlackHttpHarness(folder)]
    for way in ways:
        await way.__aenter__()
        way.slack.deliveries.deadline, way.slack.deliveries.retries = IMPATIENT, ()
        _Storing(way)
    return ways


async def _taken(ways: Sequence[SlackHarness], kind: Kind, payload: dict[str, Any]) -> bool:
    results = await asyncio.gather(*(way.slack.deliver(kind, payload) for way in ways))
    for way in ways:
        way.slack.deliveries.log.clear()
    return all(result.acknowledged for result in results)


async def _still_work(ways: Sequence[SlackHarness]) -> bool:
    """Whether an ordinary message is still taken after all that."""
    said: list[Event] = []
    for way in ways:

        async def keep(event: Event) -> Acknowledged:
            said.append(event)
            return Accepted()

        way.inbound.accept = keep  # type: ignore[method-assign]
        await way.slack.say("U0ANA", "C0PRACTICE", "still here")
    return len([event for event in said if isinstance(event, MessagePosted)]) == len(ways)


async def _closed(ways: Sequence[SlackHarness]) -> None:
    for way in ways:
        await way.__aexit__(None, None, None)
