"""The file with the settings: `starling init` writes it, `starling run` and `starling doctor` read it."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from dotenv import dotenv_values

from bot.base.errors import ConfigurationError

DEFAULT = Path("starling.env")
HOW_TO_NAME_IT = "behind --settings stands the file that starling init wrote"
OWNER_ONLY = 0o600
_PLAIN = re.compile(r"[A-Za-z0-9_./:@%+=,~-]*")


def settings_with(file: Path) -> dict[str, str]:
    """The settings of `file` and of the environment, which wins. The default file may be absent.

    `ConfigurationError` where another file is absent, or one cannot be read.
    """
    return {**read_settings_file(file), **os.environ}


def read_settings_file(file: Path) -> dict[str, str]:
    """The settings of `file` alone."""
    if not file.exists():
        if file == DEFAULT:
            return {}
        raise ConfigurationError(f"there is no settings file {file.absolute()}; {HOW_TO_NAME_IT}")
    if file.is_dir():
        raise ConfigurationError(f"{file} is a folder; {HOW_TO_NAME_IT}")
    try:
        with file.open(encoding="utf-8") as stream:
            found = dotenv_values(stream=stream, interpolate=False)
    except (OSError, UnicodeDecodeError) as problem:
        raise ConfigurationError(f"the settings file {file} cannot be read: {problem}") from problem
    return {name: value for name, value in found.items() if value is not None}


def write_settings_file(file: Path, settings: Mapping[str, str]) -> None:
    """Write `settings` so that nobody but the owner can read them; an earlier file is replaced whole."""
    text = "".join(f"{name}={_quoted(value)}\n" for name, value in sorted(settings.items()))
    beside = file.with_name(file.name + ".new")
    try:
        beside.unlink(missing_ok=True)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "w", encoding="utf-8") as out:
            out.write(text)
        beside.replace(file)
    except OSError as problem:
        raise ConfigurationError(f"the settings file {file} cannot be written: {problem.strerror}") from problem


def is_open_to_others(file: Path) -> bool:
    """Whether somebody besides the owner can read or change the file."""
    return file.exists() and bool(file.stat().st_mode & 0o077)


def _quoted(value: str) -> str:
    if _PLAIN.fullmatch(value):
        return value
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
