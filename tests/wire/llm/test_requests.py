"""What goes over the wire: the key, the version, cache marks, no name and no secret, and nothing before a consent."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
from dataclasses import replace

import pytest

from bot.coach.config import CoachConfig
from bot.coach.doctor import examine_coach
from bot.coach.messages_api import MessagesApi
from bot.coach.model import Answered, Failed
from bot.coach.prompt import INSTRUCTIONS, Material, request_body
from tests.wire.llm.standin import KEY, Endpoint, endpoint
from tests.wire.llm.strictness import wrong_body, wrong_header
from tests.wire.llm.world import STORY, ask, coached, score, seen

SECRETS = (
    "Ana", "Ben", "Lena", "Priya", "Contoso", "lena.fischer@contoso.example", "+49 170 1234567",
    "https://wiki.contoso.example/page", "sk-ant-api03-abcdefghijklmnop", "xoxb-123456789012-abcdef", "hunter2!",
    "ghp_0123456789abcdefghij", "192.168.17.4", "DE89 3704 0044 0532 0130 00", "<@U024BE7LH>", "@everyone",
)  # fmt: skip
TELLING = (
    "At Contoso my manager Priya and Lena from support asked me to mend the billing job with Ben. I wrote to "
    "lena.fischer@contoso.example and called +49 170 1234567, see https://wiki.contoso.example/page for it. The key "
    "was sk-ant-api03-abcdefghijklmnop, the bot had xoxb-123456789012-abcdef and the password was hunter2! before. I "
    "found ghp_0123456789abcdefghij on 192.168.17.4 beside the account DE89 3704 0044 0532 0130 00, told <@U024BE7LH> "
    "and @everyone at once, and rotated all of them the same day because others could read the file. Nobody had used "
    "them. Since then I look for keys before each release. Ana would do it again."
)


def api(end: Endpoint, **settings: object) -> MessagesApi:
    return MessagesApi(CoachConfig.model_validate({"api_key": KEY, "base_url": end.address, **settings}))


def body(**changes: str) -> dict[str, object]:
    material = Material("What did you do?", (), STORY, "behavioral")
    return request_body(CoachConfig(), replace(material, **changes))


async def test_the_request_is_one_that_the_service_takes() -> None:
    async with endpoint() as end:
        answered = await api(end).ask(body())
        assert isinstance(answered, Answered)
        (asked,) = end.asked
        assert asked.headers["authorization"] == f"Bearer {KEY}"
        assert asked.headers["x-stainless-retry-count"] == "0"
        assert asked.body["system"] == [{"type": "text", "text": INSTRUCTIONS, "cache_control": {"type": "ephemeral"}}]
        assert asked.body["max_tokens"] == 6000


async def test_the_second_request_reads_the_instructions_from_the_cache() -> None:
    async with endpoint() as end:
        first, second = await api(end).ask(body()), await api(end).ask(body(answer=STORY + " It was hard."))
        assert isinstance(first, Answered)
        assert isinstance(second, Answered)
        assert first.usage.cache_write > 0
        assert second.usage.cache_write == 0
        assert second.usage.cache_read == first.usage.cache_write


async def test_no_log_quotes_what_is_sent(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_LOG", "debug")
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("anthropic").setLevel(logging.NOTSET)
        async with coached() as (s, end):
            await score(s, STORY)
            end.faults = ["prose"]
            await ask(s)
            assert len(end.asked) == 1
    assert "invoices" not in caplog.text
    assert KEY not in caplog.text


async def test_the_environment_redirects_no_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_BASE_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-of-somebody-else")
    monkeypatch.setenv("ANTHROPIC_AUTH_TOKEN", "sk-of-a-third")
    async with endpoint() as end:
        assert isinstance(await api(end).ask(body()), Answered)
        assert end.asked[0].headers["authorization"] == f"Bearer {KEY}"


async def test_another_service_works_by_its_address_and_model() -> None:
    async with coached(model="house-model") as (s, end):
        await score(s, STORY)
        await ask(s)
        assert "house-model at 127.0.0.1" in seen(s)
        assert end.asked[0].body["model"] == "house-model"


async def test_no_listed_name_or_secret_is_in_the_request_and_its_author_reads_them() -> None:
    async with coached() as (s, end):
        await s.ben.runs("help")
        await score(s, TELLING)
        await ask(s)
        (asked,) = end.asked
        sent = asked.raw.decode()
        assert [secret for secret in SECRETS if secret in sent] == []
        assert "[PERSON_1]" in sent
        told = seen(s)[seen(s).index("The coach on your answer") :]
        assert "[PERSON_" not in told
        assert "At Contoso my manager Priya and Lena from support" in told


async def test_nothing_is_sent_before_the_consent_and_nothing_after_it_was_stopped() -> None:
    async with coached() as (s, end):
        await score(s, STORY)
        await ask(s, agree=False)
        assert end.asked == []
        await s.ana.clicks("I agree")
        await s.drain()
        assert len(end.asked) == 1
        await s.ana.runs("coach settings")
        await s.drain()
        await s.ana.clicks("Stop sending my answers")
        await s.drain()
        await score(s, STORY + " It was the first time.")
        await s.ana.clicks("Ask the coach")
        await s.drain()
        assert len(end.asked) == 1


OTHERS_COME_MEANWHILE = 500
"""Turns of the event loop in which the one that was sent has no reply yet."""


async def test_calls_at_the_same_moment_do_not_spend_the_budget_twice() -> None:
    """Room for one reservation: of several requests that are worked side by side one alone is sent."""
    async with coached(daily_tokens=20_000) as (s, end):
        for who in ("ana", "ben", "cleo"):
            await score(s, STORY, who)
            await ask(s, who, agree=False)
        end.hold = asyncio.Event()
        for who in ("ana", "ben", "cleo"):
            await getattr(s, who).clicks("I agree")
        s.runtime._hands.side_by_side = True
        async with asyncio.timeout(20):
            working = asyncio.create_task(s.drain())
            while not end.asked:
                await asyncio.sleep(0)
            for _ in range(OTHERS_COME_MEANWHILE):
                await asyncio.sleep(0)
            end.hold.set()
            await working
        s.runtime._hands.side_by_side = False
        await s.clock_moves(seconds=60)
        assert len(end.asked) == 1
        told = [seen(s, who) for who in ("ana", "ben", "cleo")]
        assert sum("The coach on your answer" in each for each in told) == 1
        assert sum("budget for the coach is used up" in each for each in told) == 2


async def test_the_doctor_asks_the_service_about_key_and_model() -> None:
    async with endpoint() as end:
        settings = {"STARLING_COACH_API_KEY": KEY, "STARLING_COACH_BASE_URL": end.address}
        assert [finding.ok for finding in await examine_coach(settings)] == [True]
        wrong_key = await examine_coach({**settings, "STARLING_COACH_API_KEY": "sk-wrong"})
        assert [(finding.ok, "refused the key" in finding.sentence) for finding in wrong_key] == [(False, True)]
        unknown = await examine_coach({**settings, "STARLING_COACH_MODEL": "claude-from-tomorrow"})
        assert [finding.ok for finding in unknown] == [False, False]
        assert "PRICE_INPUT" in unknown[1].step
    gone = await examine_coach({**settings, "STARLING_COACH_BASE_URL": "http://127.0.0.1:9"})
    assert "did not answer" in gone[0].sentence
    assert [finding.sentence for finding in await examine_coach({})] == [
        "The coach is off: STARLING_COACH_API_KEY is not set."
    ]
    assert "STARLING_COACH_BASE_URL" in (await examine_coach({"STARLING_COACH_BASE_URL": "ftp://x"}))[0].sentence


async def test_the_library_is_imported_at_the_first_call_and_not_before() -> None:
    program = (
        "import sys\n"
        "from bot.cli.features import all_features\n"
        "from bot.runtime.bootstrap import declarations\n"
        "import bot.cli.run, bot.cli.doctor, bot.coach.messages_api\n"
        "declarations(all_features({'STARLING_COACH_API_KEY': 'k'}), 'starling')\n"
        "sys.exit('anthropic' in sys.modules)\n"
    )
    done = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", program], env={**os.environ}, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


class TestTheStandIn:
    """It refuses what the real ones refuse."""

    @pytest.mark.parametrize(
        ("headers", "status"),
        [
            ({"authorization": "Bearer other"}, 401),
            ({"authorization": f"Bearer {KEY}", "anthropic-version": "1999-01-01"}, 400),
            ({"authorization": f"Bearer {KEY}", "anthropic-version": "2026-10-21"}, 400),
        ],
    )
    def test_wrong_headers(self, headers: dict[str, str], status: int) -> None:
        refused = wrong_header(headers, KEY)
        assert refused is not None
        assert refused[0] == status

    @pytest.mark.parametrize(
        "change",
        [
            {"temperature": 0},
            {"max_tokens": 0},
            {"model": ""},
            {"messages": []},
            {"messages": [{"role": "assistant", "content": [{"type": "text", "text": "I"}]}]},
            {"system": [{"type": "text", "text": "a", "cache_control": {"type": "for ever"}}]},
            {"system": [{"type": "text", "text": "a", "cache_control": {"type": "ephemeral"}}] * 5},
            {"output_config": {"format": {"type": "json_schema", "schema": {"type": "object", "properties": {}}}}},
            {"output_config": {"format": {"type": "json_schema", "schema": {"type": "string", "maxLength": 3}}}},
            {"tool_choice": {"type": "tool", "name": "x"}},
        ],
    )
    def test_wrong_bodies(self, change: dict[str, object]) -> None:
        assert wrong_body(body()) is None
        assert wrong_body({**body(), **change}) is not None


async def test_a_client_error_is_a_failure_and_never_an_exception() -> None:
    async with endpoint() as end:
        refused = await api(end).ask({**body(), "max_tokens": 10**9})
        assert isinstance(refused, Failed)
        assert refused.charge == "none"
