"""What Slack delivers is acknowledged once it is stored, and counts once however often it comes."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import pytest

from adapters.slack.scopes import EVENTS as SUBSCRIBED
from bot.chat.cards import Buttons, Card
from bot.chat.events import Event, MessagePosted
from bot.chat.platform import Accepted, Acknowledged, OpenForm
from tests.contract.samples import ANSWER, FORM, sent
from tests.contract.test_slack import SlackHarness
from tests.wire.slack import payloads
from tests.wire.slack.delivery import Kind
from tests.wire.slack.samples import COMMANDS, EVENTS, INTERACTIONS
from tests.wire.slack.world import BOT_USER

KINDS: list[tuple[Kind, dict[str, Any]]] = [
    *(("events_api", payloads.event_callback(event)) for event in EVENTS),
    *(("interactive", interaction) for interaction in INTERACTIONS),
    *(("slash_commands", command) for command in COMMANDS),
]
UNKNOWN: list[tuple[Kind, dict[str, Any]]] = [
    ("events_api", payloads.event_callback({"type": "reaction_added", "user": "U0ANA", "item": {}})),
    ("events_api", payloads.event_callback({"type": "an_event_of_next_year"})),
    ("events_api", payloads.event_callback({"type": "message", "subtype": "channel_join"})),
    ("events_api", payloads.event_callback({"type": "message"}, team="T0SOMEWHERE")),
    ("events_api", {"type": "event_callback"}),
    ("interactive", {"type": "an_interaction_of_next_year", "team": {"id": "T0STANDIN"}}),
    ("interactive", {"type": "view_closed", "team": {"id": "T0STANDIN"}, "view": {}}),
    ("interactive", {"type": "block_actions", "team": None, "user": 5, "actions": "none"}),
    ("slash_commands", {"command": "/starling"}),
]


@pytest.mark.parametrize("number", range(len(UNKNOWN)))
async def test_what_nobody_knows_is_acknowledged_at_once(either_bot: SlackHarness, number: int) -> None:
    kind, payload = UNKNOWN[number]
    delivered = await either_bot.slack.deliver(kind, payload)
    assert (delivered.acknowledged, delivered.attempts) == (True, 1)
    assert either_bot.inbound.events == []


@pytest.mark.parametrize("name", sorted(SUBSCRIBED))
async def test_every_event_that_is_subscribed_to_is_acknowledged(either_bot: SlackHarness, name: str) -> None:
    kind, _, where = name.partition(".")
    bare = {"type": kind, "channel": "C0PRACTICE", "user": "U0ANA", "ts": payloads.AT, "event_ts": payloads.AT}
    for event in (bare, bare | {"channel_type": where, "text": "hello"}, {"type": kind}):
        delivered = await either_bot.slack.deliver("events_api", payloads.event_callback(event))
        assert (delivered.acknowledged, delivered.attempts) == (True, 1)


async def test_every_kind_of_payload_is_acknowledged(either_bot: SlackHarness) -> None:
    for kind, payload in KINDS:
        assert (await either_bot.slack.deliver(kind, payload)).acknowledged
    assert either_bot.slack.deliveries.unexpected == []


async def test_nothing_is_acknowledged_before_it_is_stored(either_bot: SlackHarness) -> None:
    either_bot.inbound.hold()
    speaking = asyncio.create_task(either_bot.slack.say("U0ANA", "C0PRACTICE", "hello"))
    await either_bot.inbound.entered()
    await asyncio.sleep(0)
    assert either_bot.slack.deliveries.log == []
    either_bot.inbound.release()
    await speaking
    ((_, _, delivered),) = either_bot.slack.deliveries.log
    assert (delivered.acknowledged, delivered.attempts) == (True, 1)


@pytest.mark.parametrize("failures", range(5))
async def test_an_event_that_could_not_be_stored_comes_again(
    either_bot: SlackHarness, failures: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    either_bot.slack.deliveries.deadline = 0.1
    left = failures
    accept = either_bot.inbound.accept

    async def failing(event: Event) -> Acknowledged:
        nonlocal left
        left -= 1
        if left >= 0:
            raise OSError("the database is away")
        return await accept(event)

    monkeypatch.setattr(either_bot.inbound, "accept", failing)
    await either_bot.slack.say("U0ANA", "C0PRACTICE", "hello")
    ((_, _, delivered),) = either_bot.slack.deliveries.log
    stored = len(either_bot.inbound.of(MessagePosted))
    if failures < 4:
        assert (delivered.acknowledged, delivered.attempts, stored) == (True, failures + 1, 1)
    else:
        assert (delivered.acknowledged, delivered.attempts, stored) == (False, 4, 0)


@pytest.mark.parametrize("seed", range(3))
async def test_events_delivered_one_to_four_times_in_any_order_are_the_same_events(
    either_bot: SlackHarness, seed: int
) -> None:
    chance = random.Random(seed)
    queue = [(kind, payload, attempt) for kind, payload in KINDS for attempt in range(chance.randint(1, 4))]
    chance.shuffle(queue)
    deliver = either_bot.slack.deliveries.deliver
    results = await asyncio.gather(*(deliver(kind, payload, attempt=attempt) for kind, payload, attempt in queue))
    assert all(result.acknowledged for result in results)
    once: dict[str, Event] = {}
    for event in either_bot.inbound.events:
        known = once.setdefault(event.delivery_id, event)
        assert type(known) is type(event)
    # Two of the samples are echoes of our own, a form closed and a half-typed choice are no concern of ours.
    assert len(once) == len(KINDS) - 4


async def test_a_mention_comes_as_two_events_and_is_one_message(either_bot: SlackHarness) -> None:
    await either_bot.slack.say("U0ANA", "C0PRACTICE", "", written=f"<@{BOT_USER}> We shipped it.")
    first, second = either_bot.inbound.of(MessagePosted)
    assert first == second
    assert (first.text, first.addressed) == ("We shipped it.", True)


async def test_a_form_that_opens_too_late_is_told(either_bot: SlackHarness) -> None:
    ana = await either_bot.person("Ana")
    either_bot.inbound.answer_next_with(OpenForm(FORM))
    place = either_bot.slack.world.channels["C0PRACTICE"]
    _, address = either_bot.slack._credentials(ana.user, place.id)
    late = payloads.slash("/starling", "answer", ana.user, place, "long-gone", address)
    assert (await either_bot.slack.deliver("slash_commands", late)).acknowledged
    assert either_bot.slack.open_form(ana.user) is None
    (told,) = await either_bot.messages_seen_by(ana, either_bot.channel)
    assert "could not be opened in time" in told.text
    assert await either_bot.messages_seen_by(await either_bot.person("Bob"), either_bot.channel) == []


async def test_a_form_may_answer_a_form(either_bot: SlackHarness) -> None:
    ana = await either_bot.person("Ana")
    either_bot.inbound.answer_next_with(OpenForm(FORM))
    opened = await either_bot.invoke(ana, either_bot.channel, "answer")
    assert opened is not None
    either_bot.inbound.answer_next_with(OpenForm(FORM))
    again = await either_bot.submit(ana, opened, {"situation": ("Late.",), "sure": ("1",)})
    assert again is not None
    assert again.values == {"situation": ("We were late.",)}


async def test_a_trigger_opens_one_form_only(bot: SlackHarness) -> None:
    ana = await bot.person("Ana")
    message = await sent(bot, bot.channel, Card("Question", (Buttons((ANSWER,)),)))
    bot.inbound.answer_next_with(OpenForm(FORM))
    assert await bot.click(ana, (await bot.messages_seen_by(ana, bot.channel))[0], "Answer privately") is not None
    kind, payload, _ = bot.slack.deliveries.log[-1]
    bot.inbound.answer_next_with(OpenForm(FORM))
    await bot.slack.deliver(kind, payload)
    assert len(bot.slack.server.methods.views[ana.user]) == 1
    assert message.message


async def test_an_accepted_event_needs_nothing_more(bot: SlackHarness) -> None:
    bot.inbound.answer_next_with(Accepted())
    calls = len(bot.slack.server.calls)
    await bot.slack.say("U0ANA", "C0PRACTICE", "hello")
    assert len(bot.slack.server.calls) == calls
