"""`starling doctor`: looks at everything that has to hold, and names the one step that mends each fault."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.base.errors import ConfigurationError
from bot.chat.refs import ConversationRef
from bot.chat.setup import Finding, Settings
from bot.cli import house_checks
from bot.cli.features import all_features
from bot.cli.offered import offered, setups
from bot.cli.probe import probed
from bot.cli.settings_file import settings_with
from bot.coach.doctor import examine_coach
from bot.runtime.config import Config, read_config
from bot.stories.static_model import examine_story_model


async def examined(file: Path, probe: str = "") -> Sequence[Finding]:
    """What was found, with the settings of `file` and of the environment. `probe` is a channel's id, or empty."""
    of_file = house_checks.settings_file(file)
    if not of_file.ok and not file.is_file():
        return [of_file]
    try:
        settings = settings_with(file)
        config = read_config(_env_file=file)
    except ConfigurationError as problem:
        return [Finding(False, f"{problem}.", "Correct this setting.")]
    database, channels = await house_checks.database(config)
    found = [of_file, house_checks.data_folder(config), house_checks.questions(config)]
    found += [database, house_checks.charts(), await house_checks.pages(config), examine_story_model(settings)]
    found += await _platforms(settings, config, channels) or [_no_platform(file)]
    found += await examine_coach(settings)
    if probe:
        found += await probed(settings, config, probe)
    return found


async def _platforms(settings: Settings, config: Config, channels: Sequence[ConversationRef]) -> Sequence[Finding]:
    needs = offered(all_features(), config.root_command)
    found: list[Finding] = []
    for name, setup in setups().items():
        if setup.configured(settings):
            there = [channel for channel in channels if channel.platform == name]
            found += await setup.check(settings, needs, there)
    if settings.get("STARLING_LOCAL_FOLDER"):
        found.append(Finding(True, "The local workspace has its folder."))
    return found


def _no_platform(file: Path) -> Finding:
    step = "Run starling init."
    if not file.exists():
        step = f"Run starling init in this folder, or start this in the one where its {file} is."
    return Finding(False, "No chat platform has its settings.", step)
