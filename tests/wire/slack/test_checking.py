"""`starling doctor` looks at every workspace that installed Starling, by its own token."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from adapters.slack.setup import setup
from bot.base.clock import MovedClock
from bot.chat.refs import ConversationRef
from bot.chat.setup import Finding
from bot.cli.doctor import examined
from bot.cli.features import all_features
from bot.cli.offered import offered
from bot.cli.settings_file import write_settings_file
from tests.wire.slack.grants import LIVES
from tests.wire.slack.service import BLUE, PUBLIC, RED, Service
from tests.wire.slack.world import EVERY_SCOPE


async def checked(service: Service, *channels: ConversationRef) -> Sequence[Finding]:
    return await setup.check(service.settings(), offered(all_features(), "starling"), channels)


def wrong(findings: Sequence[Finding]) -> list[tuple[str, str]]:
    return [(finding.sentence, finding.step) for finding in findings if not finding.ok]


def practice(team: str) -> ConversationRef:
    return ConversationRef("slack", team, "C0PRACTICE")


async def test_each_workspace_is_asked_with_its_own_token(service: Service) -> None:
    for team in (RED, BLUE):
        await service.install(team)
    before = len(service.slack.server.callers)
    found = await checked(service, practice(RED))
    assert wrong(found) == []
    said = [finding.sentence for finding in found]
    assert "A token is good for the workspace T0Blue." in said
    assert "A token is good for the workspace T0Red." in said
    asked = service.slack.server.callers[before:]
    assert {service.slack.server.grants.teams[token] for _, token in asked} == {RED, BLUE}
    assert [method for method, _ in asked].count("conversations.info") == 1


async def test_a_workspace_whose_token_is_refused_is_named_with_the_step(service: Service) -> None:
    for team in (RED, BLUE):
        await service.install(team)
    service.slack.server.grants.revoke(RED)
    ((sentence, step),) = wrong(await checked(service))
    assert sentence == "The token of the workspace T0Red (T0RED) is refused by Slack."
    assert step == f"Open {PUBLIC}/slack/install and install Starling in the workspace T0Red (T0RED) again."


async def test_a_missing_scope_is_named_with_its_workspace(service: Service) -> None:
    await service.install(RED)
    service.slack.world.scopes = EVERY_SCOPE - {"reactions:write"}
    ((sentence, step),) = wrong(await checked(service))
    assert "reactions:write is not granted in the workspace T0Red (T0RED) (answers)" in sentence
    assert f"{PUBLIC}/slack/install" in step


async def test_programmes_of_a_workspace_that_left_are_told(service: Service) -> None:
    await service.install(RED)
    ((sentence, _),) = wrong(await checked(service, practice(RED), practice(BLUE)))
    assert sentence == "The workspace T0BLUE has programmes, and no token is kept for it."


async def test_a_token_that_has_run_out_is_left_to_the_process_that_serves_it(service: Service) -> None:
    service.slack.server.grants.rotates = True
    service.clock = MovedClock(datetime.now(UTC) - timedelta(seconds=2 * LIVES))
    await service.platform.stop()
    await service.start()
    await service.install(RED)
    exchanged = [method for method, _ in service.slack.server.calls].count("oauth.v2.access")
    (finding,) = await checked(service)
    assert finding == Finding(True, "The token of the workspace T0Red (T0RED) has run out; starling run exchanges it.")
    assert [method for method, _ in service.slack.server.calls].count("oauth.v2.access") == exchanged


async def test_without_workspaces_it_is_said_where_they_install(service: Service) -> None:
    (finding,) = await checked(service)
    assert finding.ok
    assert f"{PUBLIC}/slack/install" in finding.sentence


@pytest.mark.parametrize("key", [Fernet.generate_key().decode(), "short"], ids=["another", "short"])
async def test_a_key_that_does_not_open_the_tokens_is_named(service: Service, key: str) -> None:
    await service.install(RED)
    service.key = key
    ((sentence, step),) = wrong(await checked(service))
    assert "STARLING_SLACK_TOKEN_KEY" in sentence
    assert step


async def test_the_doctor_s_command_looks_at_them(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    await service.install(RED)
    service.slack.server.grants.revoke(RED)
    file = tmp_path / "starling.env"
    write_settings_file(file, service.settings())
    found = await examined(file)
    assert "The token of the workspace T0Red (T0RED) is refused by Slack." in [one.sentence for one in found]
