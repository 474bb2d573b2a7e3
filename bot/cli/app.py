"""The command `starling`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.base.errors import ConfigurationError, StarlingError
from bot.cli.contents import content_app
from bot.cli.databases import data_app, database_app
from bot.cli.evaluation import eval_app
from bot.cli.options import DatabaseUrl, SettingsFile
from bot.cli.rounds import rounds_app
from bot.cli.settings_file import DEFAULT

LAST_PORT = 65535

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Coaches a team for behavioural interviews.",
)
app.add_typer(content_app, name="content")
app.add_typer(data_app, name="data")
app.add_typer(database_app, name="database")
app.add_typer(eval_app, name="eval")
app.add_typer(rounds_app, name="rounds")


def main() -> None:
    """Run the command line; an error of ours, or a place that may not be used, ends it with a sentence and status 2."""
    try:
        app()
    except StarlingError as problem:
        sentence = str(problem)
    except (PermissionError, NotADirectoryError, IsADirectoryError, FileExistsError) as problem:
        sentence = f"{problem.filename} cannot be used: {problem.strerror}. Choose another place."
    else:
        return
    typer.echo(f"starling: {sentence}", err=True)
    raise SystemExit(2)


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
        if secret:
            sentence += " (nothing is shown as you paste it)"
        try:
            answer: str = typer.prompt(sentence, default=default or None, hide_input=secret, show_default=not secret)
        except typer.Abort:
            if sys.stdin.isatty():
                raise
            typer.echo()
            raise ConfigurationError(
                "nothing more was typed, so nothing was written; starling init asks its questions at a terminal"
            ) from None
        return answer.strip()

    def say(self, line: str) -> None:
        """Print a line."""
        typer.echo(line)


@app.command("help")
def show_help(
    command: Annotated[list[str] | None, typer.Argument(help="A command, such as score or database upgrade.")] = None,
) -> None:
    """Say what a command does, as --help behind it does."""
    app([*(command or ()), "--help"], prog_name="starling")


@app.command()
def score(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE", help="A text file with one answer, or a JSONL file with --jsonl; - for what is piped in."
        ),
    ] = None,
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
    story: Annotated[Path | None, typer.Option(help="The answer that a reply with facts belongs to.")] = None,
) -> None:
    """Score an answer, or a reply to a follow-up, and print what a person would be told."""
    from bot.cli.reading import read_text
    from bot.cli.scoring import answer_file, score_lines, score_text

    text = read_text(answer_file(files or (), jsonl=jsonl))
    if follow_up is not None:
        from bot.cli.follow_ups import judge_text

        typer.echo(judge_text(follow_up, text, read_text(story) if story else ""), nl=False)
        return
    if jsonl:
        for line in score_lines(text.split("\n")):
            typer.echo(json.dumps(line, ensure_ascii=False))
        return
    typer.echo(score_text(text, question=question, kind=kind, points=tuple(point or ()), level=level))


@app.command()
def lookup(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="WORDS", help="A question, or what you remember of it.")
    ] = None,
    jsonl: Annotated[
        Path | None,
        typer.Option("--jsonl", help="One {id, query} a line; prints one {id, archetypes} a line; - for piped in."),
    ] = None,
) -> None:
    """Say which kind of story answers a question, and by which of its words."""
    from bot.cli.lookup import answer

    if not answer(words or (), jsonl, typer.echo, lambda line: typer.echo(line, err=True)):
        raise typer.Exit(1)


@app.command()
def demo(
    script: Annotated[bool, typer.Option("--script", help="Play one day in the terminal instead of the page.")] = False,
    port: Annotated[
        int,
        typer.Option(
            min=0,
            max=LAST_PORT,
            envvar="STARLING_LOCAL_PORT",
            help="The page's port on this computer; 0 takes any free one.",
        ),
    ] = 8321,
    folder: Annotated[
        Path | None, typer.Option(help="Keep the demo here; without it, it is gone at the end.", file_okay=False)
    ] = None,
    questions: Annotated[
        Path | None, typer.Option(help="A folder with questions of your own.", exists=True, file_okay=False)
    ] = None,
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
    platform: Annotated[str, typer.Argument(help="slack or discord.")] = "",
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
