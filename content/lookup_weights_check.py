"""Everything that is wrong with a file of learned weights of archetypes, each with its line.

Who reads the file for work takes from it what they meet; here all of it is looked at.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from bot.base.errors import ContentError
from content.parsing import line_at
from content.scoring_files import LOADER
from content.theme_weights_check import FEATURE, PLACE

Place = tuple[str | int, ...]


def _feature(line: str) -> str:
    if FEATURE.fullmatch(line) is None:
        raise ValueError(f"{line!r} is not a feature with its rarity and its weight for each archetype")
    return line


class _Weights(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    archetypes: list[str]
    words: list[str]
    start: list[float]
    features: list[Annotated[str, AfterValidator(_feature)]] = Field(min_length=1)


def check_lookup_weights(file: Path, archetypes: Collection[str]) -> list[ContentError]:
    """All problems of the file; empty where nothing is wrong. `archetypes` are the ids of the archetypes there are."""
    try:
        text = file.read_text(encoding="utf-8")
        found = list(_problems(json.loads(text), archetypes))
    except json.JSONDecodeError as error:
        return [ContentError(file, error.lineno, f"this is no JSON: {error.msg}")]
    except (OSError, UnicodeDecodeError) as error:
        return [ContentError(file, 1, f"cannot be read: {error}")]
    root = yaml.compose(text, Loader=LOADER) if found else None
    return [ContentError(file, line_at(root, place) if root else 1, problem) for place, problem in found]


def _problems(raw: object, archetypes: Collection[str]) -> Iterator[tuple[Place, str]]:
    try:
        read = _Weights.model_validate(raw)
    except ValidationError as error:
        for fault in error.errors():
            place = ".".join(map(str, fault["loc"]))
            yield fault["loc"], f"{place}: " + fault["msg"].removeprefix("Value error, ")
        return
    for number, name in enumerate(read.archetypes):
        if name not in archetypes:
            yield ("archetypes", number), f"{name!r} is not among the archetypes"
    for name in sorted(set(archetypes) - set(read.archetypes)):
        yield ("archetypes",), f"nothing was learned of the archetype {name!r}"
    named = len(read.archetypes)
    if len(read.start) != named:
        yield ("start",), f"start: {len(read.start)} values for {named} archetypes"
    for number, line in enumerate(read.features):
        if any(int(at) >= named for at in PLACE.findall(line)):
            yield ("features", number), f"{line!r} weighs an archetype beyond the {named} that are named"
