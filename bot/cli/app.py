"""The command `starling`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.base.errors import StarlingError
from bot.cli.evaluation import eval_app
from bot.cli.rounds import rounds_app
from bot.cli.settings_file import DEFAULT

SettingsFile = Annotated[Path, typer.Option("--settings", help="The file with the settings; the environment wins.")]
DatabaseUrl = Annotated[
    str, typer.Option(envvar="STARLING_DATABASE_URL", help="The database; without it, the one of the settings here.")
]

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Coaches a team for behavioural interviews.",
)
content_app = typer.Typer(no_args_is_help=True, help="Look after the questions and texts.")
database_app = typer.Typer(no_args_is_help=True, help="Look after the database.")
data_app = typer.Typer(no_args_is_help=True, help="Look after people's data.")
app.add_typer(content_app, name="content")
app.add_typer(data_app, name="data")
app.add_typer(database_app, name="database")
app.add_typer(eval_app, name="eval")
app.add_typer(rounds_app, name="rounds")


def main() -> None:
    """Run the command line; an error of ours ends it with its sentence and status 2."""
    try:
        app()
    except StarlingError as problem:
        typer.echo(f"starling: {problem}", err=True)
        raise SystemExit(2) from None


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"starling {version('starling')}")
        raise typer.Exit


@app.callback()
def _starling(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Take what stands before the command."""


class Terminal:
    """Asks and tells a person at the terminal."""

    def ask(self, sentence: str, default: str, *, secret: bool = False) -> str:
        """The person's answer; `default` where they only press Enter. A secret is not shown."""
        answer: str = typer.prompt(sentence, default=default or None, hide_input=secret, show_default=not secret)
        return answer.strip()

    def say(self, line: str) -> None:
        """Print a line."""
        typer.echo(line)


@content_app.command("check")
def content_check(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files or folders with questions of your own.")] = None,
) -> None:
    """Name file and line of anything wrong in the content."""
    from content.check import check

    problems = check(paths or [])
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


@app.command()
def score(
    file: Annotated[
        Path,
        typer.Argument(help="A text file with one answer, or a JSONL file with --jsonl.", exists=True, dir_okay=False),
    ],
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="One {id, question, kind, text, points?} a line; prints one object a line.")
    ] = False,
    question: Annotated[str, typer.Option(help="The question that was asked.")] = "",
    kind: Annotated[
        Literal["behavioral", "situational"], typer.Option(help="What the question asks for.")
    ] = "behavioral",
    point: Annotated[list[str] | None, typer.Option(help="A key point of a situational question; repeat it.")] = None,
    level: Annotated[
        Literal["L3", "L4", "L5", "L6", "L7"] | None, typer.Option(help="The level you prepare for.")
    ] = None,
    follow_up: Annotated[
        Literal["differently", "measured", "hardest", "facts", "closing"] | None,
        typer.Option(help="The file is a reply to this follow-up, or holds questions to the interviewer."),
    ] = None,
    story: Annotated[
        Path | None,
        typer.Option(help="The answer that a reply with facts belongs to.", exists=True, dir_okay=False),
    ] = None,
) -> None:
    """Score an answer, or a reply to a follow-up, and print what a person would be told."""
    from bot.cli.scoring import read_answers, score_lines, score_text

    text = read_answers(file)
    if follow_up is not None:
        from bot.cli.follow_ups import judge_text

        typer.echo(judge_text(follow_up, text, read_answers(story) if story else ""), nl=False)
        return
    if jsonl:
        for line in score_lines(text.split("\n")):
            typer.echo(json.dumps(line, ensure_ascii=False))
        return
    typer.echo(score_text(text, question=question, kind=kind, points=tuple(point or ()), level=level))


@app.command()
def lookup(
    query: Annotated[str | None, typer.Argument(help="A question, or what you remember of it.")] = None,
    jsonl: Annotated[
        Path | None,
        typer.Option("--jsonl", help="One {id, query} a line; prints one {id, archetypes} a line.", exists=True),
    ] = None,
) -> None:
    """Say which kind of story answers a question, and by which of its words."""
    from bot.cli.lookup import answer

    if not answer(query, jsonl, typer.echo, lambda line: typer.echo(line, err=True)):
        raise typer.Exit(1)


@app.command()
def demo(
    script: Annotated[bool, typer.Option("--script", help="Play one day in the terminal instead of the page.")] = False,
    port: Annotated[int, typer.Option(help="The page's port on this computer; 0 takes any free one.")] = 8321,
    folder: Annotated[Path | None, typer.Option(help="Keep the demo here; without it, it is gone at the end.")] = None,
    questions: Annotated[Path | None, typer.Option(help="A folder with questions of your own.")] = None,
) -> None:
    """Open a practice team on this computer: no account, no key, nothing to install besides."""
    import asyncio

    if script:
        from bot.cli.script import play

        typer.echo(asyncio.run(play()), nl=False)
        return
    from bot.cli.demo import serve

    asyncio.run(serve(port, folder, questions, typer.echo))


@app.command("run")
def run_service(file: SettingsFile = DEFAULT) -> None:
    """Run with every chat platform whose settings are there. Settings are named STARLING_…."""
    import asyncio

    from bot.cli.run import run

    asyncio.run(run(typer.echo, file))


@app.command()
def init(file: SettingsFile = DEFAULT) -> None:
    """Ask for what Slack or Discord needs, check it with them, and write the settings file."""
    import asyncio

    from bot.cli.init import initialise

    asyncio.run(initialise(Terminal(), file))


@app.command()
def doctor(
    file: SettingsFile = DEFAULT,
    probe: Annotated[str, typer.Option(help="Post a probe in the channel with this id and look for it.")] = "",
) -> None:
    """Say what is wrong, and the one step that mends each fault. Ends with status 1 where something is wrong."""
    import asyncio

    from bot.cli.doctor import examined

    findings = asyncio.run(examined(file, probe))
    for finding in findings:
        typer.echo(f"{'ok' if finding.ok else 'fault':6} {finding.sentence}")
        if finding.step and not finding.ok:
            typer.echo(f"       -> {finding.step}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


@app.command()
def manifest(
    platform: Annotated[str, typer.Argument(help="slack or discord.")],
    file: SettingsFile = DEFAULT,
) -> None:
    """Print what an administrator grants: the manifest of the Slack app, or the permissions on Discord."""
    from bot.cli.init import document

    typer.echo(document(platform, file), nl=False)


@app.command()
def disputes(
    database: DatabaseUrl = "",
) -> None:
    """Print the disagreements people filed, in the format of the labelled answers."""
    import asyncio

    from bot.cli.disputes import exported
    from bot.cli.opened_database import meant

    for line in asyncio.run(exported(meant(database))):
        typer.echo(json.dumps(line, ensure_ascii=False))


@database_app.command("upgrade")
def database_upgrade(
    database: DatabaseUrl = "",
) -> None:
    """Bring the tables up to date."""
    import asyncio

    from bot.cli.opened_database import bring_up_to_date, meant

    asyncio.run(bring_up_to_date(meant(database)))
    typer.echo("The database is up to date.")


@database_app.command("erased")
def database_erased(file: SettingsFile = DEFAULT) -> None:
    """Print keyed hashes of the people who were erased: keep the list beside your backups."""
    import asyncio

    from bot.cli.data import erased

    asyncio.run(erased(file, typer.echo))


@database_app.command("forget-erased")
def database_forget_erased(
    erased: Annotated[Path, typer.Argument(help="The list that `database erased` printed.", exists=True)],
    file: SettingsFile = DEFAULT,
) -> None:
    """After restoring a backup: erase again whoever was erased since it was made."""
    import asyncio

    from bot.cli.data import forget_erased

    found = asyncio.run(forget_erased(file, erased.read_text(encoding="utf-8").splitlines()))
    typer.echo(f"{found} of them are in this database again. `starling run` deletes them as soon as it starts.")


@data_app.command("export")
def data_export(
    member: Annotated[str, typer.Option(help="Their number, name, or platform:installation:user.")],
    to: Annotated[Path, typer.Option(help="The folder for the archive.", file_okay=False)],
    file: SettingsFile = DEFAULT,
) -> None:
    """Write everything that is held about a person into one archive."""
    import asyncio

    from bot.cli.data import export

    asyncio.run(export(file, member, to, typer.echo))
