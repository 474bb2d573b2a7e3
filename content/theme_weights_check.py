"""Everything that is wrong with a file of learned theme weights, each with its line.

Who reads the file for work takes from it what they meet; here all of it is looked at.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from bot.base.errors import ContentError
from content.parsing import line_at
from content.scoring_files import LOADER

FEATURE = re.compile(r"\S+ \d+( \d+:-?\d+)*")
PLACE = re.compile(r" (\d+):")
Place = tuple[str | int, ...]


def _feature(line: str) -> str:
    if FEATURE.fullmatch(line) is None:
        raise ValueError(f"{line!r} is not a feature with its rarity and its weight for each theme")
    return line


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Weighing(_Strict):
    start: list[float]
    features: list[Annotated[str, AfterValidator(_feature)]] = Field(min_length=1)


class _Weights(_Strict):
    themes: list[str] = Field(min_length=1)
    situations: list[str] = []
    left_out: list[str]
    usual: list[tuple[float, Annotated[float, Field(gt=0)]]]
    stories: _Weighing
    queries: _Weighing


def check_theme_weights(file: Path, themes: Collection[str]) -> list[ContentError]:
    """All problems of the file; empty where nothing is wrong. `themes` are the ids of the themes of stories."""
    try:
        text = file.read_text(encoding="utf-8")
        found = list(_problems(json.loads(text), themes))
    except json.JSONDecodeError as error:
        return [ContentError(file, error.lineno, f"this is no JSON: {error.msg}")]
    except (OSError, UnicodeDecodeError) as error:
        return [ContentError(file, 1, f"cannot be read: {error}")]
    root = yaml.compose(text, Loader=LOADER) if found else None
    return [ContentError(file, line_at(root, place) if root else 1, problem) for place, problem in found]


def _problems(raw: object, themes: Collection[str]) -> Iterator[tuple[Place, str]]:
    try:
        read = _Weights.model_validate(raw)
    except ValidationError as error:
        for fault in error.errors():
            place = ".".join(map(str, fault["loc"]))
            yield fault["loc"], f"{place}: " + fault["msg"].removeprefix("Value error, ")
        return
    for theme in sorted(set(themes) - set(read.themes)):
        yield ("themes",), f"themes: {theme!r} of story_themes is not among them"
    named = len(read.themes) + len(read.situations)
    if len(read.usual) != named:
        yield ("usual",), f"usual: {len(read.usual)} values for {named} themes"
    for kind, weighing in (("stories", read.stories), ("queries", read.queries)):
        if len(weighing.start) != named:
            yield (kind, "start"), f"{kind}.start: {len(weighing.start)} values for {named} themes"
        for number, line in enumerate(weighing.features):
            if any(int(at) >= named for at in PLACE.findall(line)):
                yield (kind, "features", number), f"{line!r} weighs a theme beyond the {named} that are named"
