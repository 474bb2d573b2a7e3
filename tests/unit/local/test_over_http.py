"""The contract, once more, with the workspace behind HTTP; and what happens when it cannot be reached."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import pytest

from adapters.local import adapter
from adapters.local.platform import LocalPlatform
from adapters.local.remote import OverHttp, connect_to
from adapters.local.server.serving import Served, secret_in
from adapters.local.workspace import Workspace
from bot.base.clock import MovedClock, SystemClock
from bot.base.errors import ConfigurationError
from bot.chat.cards import Card
from bot.chat.errors import Unavailable
from bot.chat.platform import InConversation, Post
from bot.chat.refs import ConversationRef
from tests.contract import test_events, test_faults, test_interactions
from tests.contract.harness import Harness, RecordingInbound
from tests.contract.test_local import LocalHarness


class RemoteHarness(LocalHarness):
    """The same workspace, served on loopback, with the adapter connected over HTTP."""

    async def _connect(self) -> None:
        self.served = Served(self.workspace, 0, secret="open sesame")
        await self.served.start()
        self.platform = LocalPlatform(connection=OverHttp(self.served.address.rstrip("/"), "open sesame"))
        await self.platform.start(self.inbound)

    async def _disconnect(self) -> None:
        await self.platform.stop()
        await self.served.stop()


CASES = [
    pytest.param(getattr(module, name), id=name)
    for module, name in [
        (test_events, "test_a_message_arrives_with_who_where_and_what"),
        (test_events, "test_the_same_delivery_again_is_the_same_event_with_the_same_id"),
        (test_events, "test_what_starling_does_itself_is_no_event"),
        (test_events, "test_somebody_who_left_is_not_known_any_more"),
        (test_faults, "test_a_rate_limit_says_how_long_to_wait"),
        (test_faults, "test_a_missing_permission_is_named"),
        (test_faults, "test_a_lost_answer_leaves_open_whether_the_call_took_effect"),
        (test_faults, "test_every_other_call_fails_in_the_same_words"),
        (test_faults, "test_a_post_whose_answer_was_lost_is_found_by_its_key"),
        (test_faults, "test_a_post_is_found_in_its_thread_and_after_a_restart"),
        (test_interactions, "test_options_are_completed_as_one_types"),
        (test_interactions, "test_a_button_works_after_a_restart"),
        (test_interactions, "test_a_form_comes_back_with_what_was_entered"),
        (test_interactions, "test_stopping_finishes_what_is_being_acknowledged"),
    ]
]


@pytest.mark.parametrize("case", CASES)
async def test_the_contract_holds_over_http(case: Any, tmp_path: Path) -> None:
    async with RemoteHarness(tmp_path) as harness:
        checked: Harness = harness
        if case is test_faults.test_every_other_call_fails_in_the_same_words:
            await case(checked, "unavailable")
        else:
            await case(checked)


async def test_a_workspace_that_is_not_there_surely_accepted_nothing(tmp_path: Path) -> None:
    served = Served(Workspace(tmp_path, MovedClock()), 0)
    address = served.address
    await served.stop()
    secret = tmp_path / "secret"
    secret.write_text("open sesame", encoding="ascii")
    platform = connect_to(address, secret)
    card = Post("key", InConversation(ConversationRef("local", "team-x", "general")), Card("Hello"))

    with pytest.raises(Unavailable) as raised:
        await platform.send(card)

    assert raised.value.accepted is False
    await platform.stop()


async def test_a_workspace_runs_alone_in_a_process_of_its_own(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "adapters.local.server", "--folder", str(tmp_path), "--port", "0"]
    options = ["--options", '{"reads_replies": false}']
    process = await asyncio.create_subprocess_exec(*command, *options, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    address = (await process.stdout.readline()).decode().strip()
    inbound = RecordingInbound()
    platform = connect_to(address, tmp_path / "bot-secret")
    await platform.start(inbound)
    await inbound.entered()
    (installation,) = await platform.installations()
    general = ConversationRef("local", installation.installation, "general")

    receipt = await platform.send(Post("key", InConversation(general), Card("Hello")))

    assert await platform.find_own_post(InConversation(general), "key") == receipt.message
    assert not platform.capabilities(general).reads_replies
    assert platform.ready()
    await platform.stop()
    process.terminate()
    assert await process.wait() == 0


async def test_a_bot_with_another_secret_is_turned_away(tmp_path: Path) -> None:
    served = Served(Workspace(tmp_path, MovedClock()), 0, secret="open sesame")
    await served.start()
    connection = OverHttp(served.address.rstrip("/"), "another")
    platform = LocalPlatform(connection=connection)
    with pytest.raises(ConfigurationError, match="STARLING_LOCAL_SECRET"):
        await platform.profile(served.workspace.account("Priya"))
    await platform.stop()
    await served.stop()


def test_the_secret_is_readable_by_its_owner_only_and_stays(tmp_path: Path) -> None:
    secret = secret_in(tmp_path)
    assert (tmp_path / "bot-secret").stat().st_mode & 0o077 == 0
    assert secret_in(tmp_path) == secret
    assert len(secret) >= 32


@pytest.mark.parametrize("url", ["http://example.com:80", "https://127.0.0.1:8321", "ftp://localhost"])
def test_a_workspace_elsewhere_than_on_this_machine_is_refused(url: str, tmp_path: Path) -> None:
    settings = {"STARLING_LOCAL_URL": url, "STARLING_LOCAL_SECRET": str(tmp_path / "secret")}
    with pytest.raises(ConfigurationError, match="STARLING_LOCAL_URL"):
        adapter(settings, SystemClock())


def test_without_settings_there_is_no_local_workspace() -> None:
    assert adapter({}, SystemClock()) is None


@pytest.mark.parametrize("port", ["http", "-1", "70000", ""])
def test_a_port_that_is_none_is_named(port: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="STARLING_LOCAL_PORT"):
        adapter({"STARLING_LOCAL_FOLDER": str(tmp_path), "STARLING_LOCAL_PORT": port}, SystemClock())


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "localhost.example.com"])
def test_it_listens_on_loopback_or_not_at_all(host: str, tmp_path: Path) -> None:
    settings = {"STARLING_LOCAL_FOLDER": str(tmp_path), "STARLING_LOCAL_PORT": "0", "STARLING_LOCAL_HOST": host}
    with pytest.raises(ConfigurationError, match=r"127\.0\.0\.1"):
        adapter(settings, SystemClock())
