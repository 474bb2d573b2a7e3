"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

SettingsFile = Annotated[Path, typer.Option("--settings", help="The file with the settings; the environment wins.")]
DatabaseUrl = Annotated[
    str, typer.Option(envvar="STARLING_DATABASE_URL", help="The database; without it, the one of the settings here.")
]
