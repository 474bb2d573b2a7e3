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


@database_app.command("backup")
def database_backup(
    to: Annotated[Path, typer.Argument(metavar="FILE", help="The new file; - writes to the standard output.")],
    database: DatabaseUrl = "",
) -> None:
    """Write a whole copy of a SQLite database into a file, also while Starling runs."""
    from bot.cli.backups import back_up
    from bot.cli.opened_database import meant

    back_up(meant(database), to)
    typer.echo("The backup is whole. Keep the newest list of `starling database erased` beside it.", err=True)


@database_app.command("restore")
def database_restore(
    backup: Annotated[
        Path, typer.Argument(metavar="FILE", help="What `database backup` wrote; - where it is piped in.")
    ],
    replace: Annotated[bool, typer.Option("--replace", help="Take the place of the database that is there.")] = False,
    database: DatabaseUrl = "",
) -> None:
    """Put a backup in the place of a SQLite database. Stop Starling before."""
    from bot.cli.backups import restore
    from bot.cli.opened_database import meant

    restore(meant(database), backup, replace=replace)
    typer.echo("The backup is restored. Before Starling runs: starling database forget-erased LIST")


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
