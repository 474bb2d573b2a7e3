"""`starling eval`: how well Starling does on labelled files. Each kind of file is one command of the group."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from bot.evaluation.table import Measured

eval_app = typer.Typer(no_args_is_help=True, help="Measure Starling on labelled answers and queries.")

Labelled = Annotated[Path, typer.Argument(help="One labelled item a line, as JSON.", exists=True, dir_okay=False)]
Predictions = Annotated[Path | None, typer.Option("--predictions", help="Write what was said, one object a line.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Misses = Annotated[int, typer.Option("--misses", min=0, help="How many of the differences are shown.")]
SHOWN = 40


@eval_app.command("scoring")
def scoring(file: Labelled, predictions: Predictions = None, as_json: AsJson = False, misses: Misses = SHOWN) -> None:
    """Score labelled answers and measure how far the scores agree with the labels.

    Labels may be missing; what has none is scored and not measured. The output of `starling disputes` can be read.
    """
    from bot.cli.measuring import scored

    _tell(*scored(file), predictions, as_json, misses)


@eval_app.command("lookup")
def lookup(file: Labelled, predictions: Predictions = None, as_json: AsJson = False, misses: Misses = SHOWN) -> None:
    """Look labelled queries up and measure how often the best archetype comes first.

    A line is {id, query, relevant: numbers, the best first, class}; relevant and class may be missing.
    """
    from bot.cli.measuring import looked_up

    _tell(*looked_up(file), predictions, as_json, misses)


@eval_app.command("stories")
def stories(
    file: Labelled, queries: Labelled, predictions: Predictions = None, as_json: AsJson = False, misses: Misses = SHOWN,
    without_meaning: Annotated[bool, typer.Option("--without-meaning", help="Use no model of meaning.")] = False,
) -> None:  # fmt: skip
    """Look queries up among stories and measure how near the top the right ones come, beside plain full text.

    A story is {id, title, situation, task, action, result, learning, tags}, a query {id, query, relevant: ids, class};
    relevant and class may be missing. A model of meaning is used where one is installed, or the
    setting STARLING_STORY_MODEL names one.
    """
    from bot.cli.measuring_stories import found_stories
    from bot.cli.settings_file import DEFAULT, settings_with
    from bot.stories.static_model import story_model

    model = None if without_meaning else story_model(settings_with(DEFAULT))
    _tell(*found_stories(file, queries, model), predictions, as_json, misses)


def _tell(
    said: Iterable[Mapping[str, Any]], found: Measured, predictions: Path | None, as_json: bool, misses: int
) -> None:
    from bot.cli.measuring import write_lines
    from bot.evaluation.table import as_object, lines_of

    if predictions is not None:
        write_lines(predictions, said)
    if as_json:
        typer.echo(json.dumps(as_object(found), ensure_ascii=False))
        return
    for line in lines_of(found, misses):
        typer.echo(line)
