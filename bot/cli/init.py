"""`starling init`: asks for what the chosen platforms need, checks it with them, and writes the settings file."""

from __future__ import annotations

import os
from pathlib import Path

from bot.base.errors import ConfigurationError
from bot.chat.setup import Asked, Offered, PlatformSetup
from bot.cli.features import all_features
from bot.cli.init_coach import set_coach_up
from bot.cli.offered import offered, setups
from bot.cli.person import Person, report, tell, yes_or_no
from bot.cli.settings_file import read_settings_file, settings_with, write_settings_file
from bot.runtime.config import read_config

ATTEMPTS = 3


async def initialise(person: Person, file: Path) -> None:
    """Ask, check, and write `file`; what it holds already is kept, and offered as the answer.

    `ConfigurationError` where no platform was chosen, or one refused its credentials: then nothing is written.
    """
    kept = read_settings_file(file) if file.exists() else {}
    chosen = [setup for setup in setups().values() if _wanted(person, setup, kept)]
    if not chosen:
        raise ConfigurationError("no platform was chosen; starling demo needs none")
    needs = offered(all_features(), read_config(_env_file=file).root_command)
    for setup in chosen:
        await _set_up(person, setup, kept, needs)
    await set_coach_up(person, kept)
    write_settings_file(file, kept)
    person.say(f"The settings are in {file}, readable by you alone.")
    for setup in chosen:
        tell(person, setup.title, await setup.after({**os.environ, **kept}, needs))


def document(platform: str, file: Path) -> str:
    """What an administrator of `platform` grants, as a file to keep; `ConfigurationError` for an unknown platform."""
    known = setups()
    platform = platform.lower()
    if platform not in known:
        raise ConfigurationError(f"name the platform: {' or '.join(f'starling manifest {name}' for name in known)}")
    needs = offered(all_features(), read_config(_env_file=file).root_command)
    return known[platform].document(settings_with(file), needs)


def _wanted(person: Person, setup: PlatformSetup, kept: dict[str, str]) -> bool:
    default = "yes" if setup.configured(kept) else "no"
    return yes_or_no(person, f"Is Starling to work in {setup.title}?", default) == "yes"


async def _set_up(person: Person, setup: PlatformSetup, kept: dict[str, str], needs: Offered) -> None:
    for asked in setup.choices:
        kept[asked.name] = _answer(person, asked, kept)
    tell(person, setup.title, setup.before({**os.environ, **kept}, needs))
    for _ in range(ATTEMPTS):
        for asked in setup.credentials:
            kept[asked.name] = _answer(person, asked, kept)
        findings = await setup.verify({**os.environ, **kept})
        report(person, findings)
        if all(finding.ok for finding in findings):
            return
    raise ConfigurationError(f"{setup.title} did not take the credentials; nothing was written")


def _answer(person: Person, asked: Asked, kept: dict[str, str]) -> str:
    known = kept.get(asked.name, "")
    if asked.yes_or_no:
        return yes_or_no(person, asked.sentence, known or asked.default)
    hint = "; press Enter to keep the one there is" if asked.secret and known else ""
    return person.ask(asked.sentence + hint, known or asked.default, secret=asked.secret)
