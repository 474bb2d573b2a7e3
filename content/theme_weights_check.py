"""Everything that is wrong with a file of learned theme weights, each with its line.

Who reads the file for work takes from it what they meet; here all of it is looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from bot.base.errors import ContentError
from content.weights_check import Features, Place, Strict, beyond, check_weights, faults


class _Weighing(Strict):
    start: list[float]
    features: Features


class _Weights(Strict):
    themes: list[str] = Field(min_length=1)
    situations: list[str] = Field(default_factory=list)
    left_out: list[str]
    usual: list[tuple[float, Annotated[float, Field(gt=0)]]]
    stories: _Weighing
    queries: _Weighing


def check_theme_weights(file: Path, themes: Collection[str]) -> list[ContentError]:
    """All problems of the file; empty where nothing is wrong. `themes` are the ids of the themes of stories."""
    return check_weights(file, lambda raw: _problems(raw, themes))


def _problems(raw: object, themes: Collection[str]) -> Iterator[tuple[Place, str]]:
    try:
        read = _Weights.model_validate(raw)
    except ValidationError as error:
        yield from faults(error)
        return
    for theme in sorted(set(themes) - set(read.themes)):
        yield ("themes",), f"themes: {theme!r} of story_themes is not among them"
    named = len(read.themes) + len(read.situations)
    if len(read.usual) != named:
        yield ("usual",), f"usual: {len(read.usual)} values for {named} themes"
    for kind, weighing in (("stories", read.stories), ("queries", read.queries)):
        if len(weighing.start) != named:
            yield (kind, "start"), f"{kind}.start: {len(weighing.start)} values for {named} themes"
        for number, line in beyond(weighing.features, named):
            yield (kind, "features", number), f"{line!r} weighs a theme beyond the {named} that are named"
