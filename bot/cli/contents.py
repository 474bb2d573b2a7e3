"""`starling content`: what looks after the questions and texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

content_app = typer.Typer(no_args_is_help=True, help="Look after the questions and texts.")


@content_app.command("check")
def content_check(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files or folders with questions of your own.")] = None,
) -> None:
    """Name file and line of anything wrong in the content."""
    from bot.base.errors import ContentError
    from content.check import check
    from content.loader import content_files

    folders = [path for path in paths or [] if path.is_dir()]
    problems = [
        ContentError(folder, 1, "no file in it ends in .yaml") for folder in folders if not content_files(folder)
    ]
    problems += check(paths or [])
    for problem in problems:
        typer.echo(str(problem))
    if problems:
        raise typer.Exit(1)
    typer.echo("Nothing is wrong.")


@content_app.command("stats")
def content_stats(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Count what stands, by row of the source documents."""
    from content.loader import load_content
    from content.stats import missing, stats

    content = load_content()
    counted = stats(content)
    if as_json:
        typer.echo(json.dumps(counted))
        return
    for section, rows in counted.items():
        typer.echo(section)
        for name, number in rows.items():
            typer.echo(f"  {name:24} {number:4d}")
    for row, (have, want) in missing(content).items():
        typer.echo(f"missing: {row} has {have} of {want}")
