"""`starling database` and `starling data`: what looks after what is kept."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import DatabaseUrl, SettingsFile
from bot.cli.settings_file import DEFAULT

database_app = typer.Typer(no_args_is_help=True, help="Look after the database.")
data_app = typer.Typer(no_args_is_help=True, help="Look after people's data.")


@database_app.command("upgrade")
def database_upgrade(
    database: DatabaseUrl = "",
) -> None:
    """Bring the tables up to date."""
    from bot.cli.opened_database import bring_up_to_date, meant

    asyncio.run(bring_up_to_date(meant(database)))
    typer.echo("The database is up to date.")


@database_app.command("erased")
def database_erased(file: SettingsFile = DEFAULT) -> None:
    """Print keyed hashes of the people who were erased: keep the list beside your backups."""
    from bot.cli.data import erased

    asyncio.run(erased(file, typer.echo))


@database_app.command("forget-erased")
def database_forget_erased(
    erased: Annotated[Path, typer.Argument(help="The list that `database erased` printed; - where it is piped in.")],
    file: SettingsFile = DEFAULT,
) -> None:
    """After restoring a backup: erase again whoever was erased since it was made."""
    from bot.cli.data import forget_erased
    from bot.cli.reading import read_text

    found = asyncio.run(forget_erased(file, read_text(erased).splitlines()))
    typer.echo(f"{found} of them are in this database again. `starling run` deletes them as soon as it starts.")


@data_app.command("export")
def data_export(
    member: Annotated[str, typer.Option(help="Their number, name, or platform:installation:user.")],
    to: Annotated[Path, typer.Option(help="The folder for the archive.", file_okay=False)],
    file: SettingsFile = DEFAULT,
) -> None:
    """Write everything that is held about a person into one archive."""
    from bot.cli.data import export

    asyncio.run(export(file, member, to, typer.echo))
