"""`starling rounds`: closed rounds as files, for those who run them."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import DatabaseUrl

rounds_app = typer.Typer(no_args_is_help=True, help="Take out what peer-review rounds came to.")


@rounds_app.callback()
def _rounds() -> None:
    """Take out what peer-review rounds came to."""


@rounds_app.command("export")
def export(
    folder: Annotated[Path, typer.Argument(help="Where the files go.", file_okay=False)],
    database: DatabaseUrl = "",
) -> None:
    """Write every closed round as JSON and CSV: scores and counts, no names, no comments, no private text."""
    from bot.cli.opened_database import meant

    written = asyncio.run(export_to(meant(database), folder))
    typer.echo(f"{written} closed rounds are in {folder}.")


async def export_to(database_url: str, folder: Path) -> int:
    """Write the closed rounds of every workspace in the database into `folder`; how many there are."""
    from sqlalchemy import select

    from bot.cli.opened_database import opened
    from bot.review.export import as_csv, closed_rounds, export_round
    from storage.tables.people import Workspace

    found = 0
    async with opened(database_url) as database:
        async with database.read_everywhere() as everywhere:
            workspaces = (await everywhere.scalars(select(Workspace.workspace_id))).all()
        for workspace in workspaces:
            async with database.read(workspace) as session:
                for round in await closed_rounds(session):
                    taken_out = await export_round(session, round)
                    name = f"round-{round.id}"
                    folder.mkdir(parents=True, exist_ok=True)
                    text = json.dumps(taken_out, ensure_ascii=False, indent=1)
                    (folder / f"{name}.json").write_text(text, encoding="utf-8")
                    for part in ("answers", "reviews"):
                        (folder / f"{name}-{part}.csv").write_text(as_csv(taken_out[part]), encoding="utf-8")
                    found += 1
    return found
