"""Over HTTP only what Slack signed, and signed just now, is read."""

from __future__ import annotations

import hashlib
import hmac
import json
import random
import time
from urllib.parse import urlencode

import aiohttp
import pytest

from bot.chat.events import CommandInvoked, MessagePosted
from tests.contract.test_slack import SlackHttpHarness
from tests.wire.slack import payloads
from tests.wire.slack.delivery import signature
from tests.wire.slack.samples import CHANNEL, SAID
from tests.wire.slack.world import SECRET

BODY = json.dumps(payloads.event_callback(payloads.message_event(SAID, CHANNEL, with_metadata=False)))
FIVE_MINUTES = 300
CONTENT_TYPES = (
    "application/json",
    "application/x-www-form-urlencoded",
    "application/json; charset=no-such-charset",
    "text/plain",
    "multipart/form-data; boundary=x",
)


async def posted(bot: SlackHttpHarness, body: str, headers: dict[str, str]) -> tuple[int, str]:
    address = bot.slack.deliveries.events_url
    assert address is not None
    headers = {"Content-Type": "application/json", **headers}
    async with aiohttp.ClientSession() as session, session.post(address, data=body.encode(), headers=headers) as answer:
        return answer.status, await answer.text()


async def test_a_signed_event_is_taken(http_bot: SlackHttpHarness) -> None:
    assert await posted(http_bot, BODY, signature(BODY, SECRET)) == (200, "")
    assert http_bot.inbound.only(MessagePosted).text == "We shipped it."


@pytest.mark.parametrize(
    "headers",
    [
        {},
        signature(BODY, "another secret"),
        signature(BODY + " ", SECRET),
        signature(BODY, SECRET) | {"X-Slack-Signature": ""},
        signature(BODY, SECRET) | {"X-Slack-Signature": "v0=é"},
        signature(BODY, SECRET) | {"X-Slack-Request-Timestamp": "soon"},
        signature(BODY, SECRET) | {"X-Slack-Request-Timestamp": "²"},
        signature(BODY, SECRET) | {"X-Slack-Request-Timestamp": str(int(time.time()) + 1)},
        signature(BODY, SECRET, time.time() - FIVE_MINUTES - 10),
        signature(BODY, SECRET, time.time() + 10 * FIVE_MINUTES),
    ],
    ids=[
        "unsigned",
        "forged",
        "other body",
        "empty",
        "no ascii",
        "no time",
        "no digit",
        "other time",
        "stale",
        "from the future",
    ],
)
async def test_what_is_forged_or_stale_is_refused(http_bot: SlackHttpHarness, headers: dict[str, str]) -> None:
    status, _ = await posted(http_bot, BODY, headers)
    assert status == 401
    assert http_bot.inbound.events == []


async def test_slack_s_challenge_is_answered(http_bot: SlackHttpHarness) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc", "token": "legacy"})
    status, text = await posted(http_bot, body, signature(body, SECRET))
    assert (status, json.loads(text)) == (200, {"challenge": "abc"})
    assert (await posted(http_bot, body, signature(body, "another secret")))[0] == 401


@pytest.mark.parametrize("body", ["", "{", "[]", '"text"', "5", "{}", "payload=", "payload=%7B", "\x00"])
async def test_a_signed_body_that_cannot_be_read_is_acknowledged(http_bot: SlackHttpHarness, body: str) -> None:
    status, _ = await posted(http_bot, body, signature(body, SECRET))
    assert status == 200
    assert http_bot.inbound.events == []


@pytest.mark.parametrize("seed", range(3))
async def test_any_signed_text_is_acknowledged_and_what_is_no_text_refused(
    http_bot: SlackHttpHarness, seed: int
) -> None:
    chance = random.Random(seed)
    http_bot.slack.deliveries.deadline = 1
    for _ in range(60):
        body = chance.choice([_noise, _cut_off, _garbled])(chance)
        status, _ = await posted_bytes(http_bot, body, chance.choice(CONTENT_TYPES))
        assert status == (200 if _is_text(body) else 401), body
    assert await posted(http_bot, BODY, signature(BODY, SECRET)) == (200, "")


def _is_text(body: bytes) -> bool:
    """Slack signs text; what is none was never Slack's."""
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _noise(chance: random.Random) -> bytes:
    return chance.randbytes(chance.randrange(80))


def _cut_off(chance: random.Random) -> bytes:
    return BODY.encode()[: chance.randrange(len(BODY))]


def _garbled(chance: random.Random) -> bytes:
    body = bytearray(BODY.encode())
    for _ in range(chance.randrange(1, 6)):
        body[chance.randrange(len(body))] = chance.randrange(256)
    return bytes(body)


async def posted_bytes(bot: SlackHttpHarness, body: bytes, content_type: str) -> tuple[int, str]:
    """Post bytes that no text need stand for, signed."""
    address, stamp = bot.slack.deliveries.events_url, str(int(time.time()))
    assert address is not None
    digest = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    signed = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}", "Content-Type": content_type}
    async with aiohttp.ClientSession() as session, session.post(address, data=body, headers=signed) as answer:
        return answer.status, await answer.text()


async def test_a_command_comes_as_a_form(http_bot: SlackHttpHarness) -> None:
    body = urlencode(payloads.slash("/starling", "guide archetype payload", "U0ANA", CHANNEL, "t1", "https://r"))
    headers = signature(body, SECRET) | {"Content-Type": "application/x-www-form-urlencoded"}
    assert (await posted(http_bot, body, headers))[0] == 200
    assert http_bot.inbound.only(CommandInvoked).line == "guide archetype payload"


async def test_another_address_is_no_address(http_bot: SlackHttpHarness) -> None:
    address = http_bot.slack.deliveries.events_url
    assert address is not None
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        assert answer.status == 405
