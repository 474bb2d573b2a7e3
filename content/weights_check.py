"""What files of learned weights have in common, and how what is wrong with one is told with its line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
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
        raise ValueError(f"{line!r} is not a feature with its rarity and a weight by place")
    return line


Features = Annotated[list[Annotated[str, AfterValidator(_feature)]], Field(min_length=1)]


class Strict(BaseModel):
    """A part of a file of weights, with nothing beside what is expected."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def check_weights(file: Path, look: Callable[[object], Iterable[tuple[Place, str]]]) -> list[ContentError]:
    """What `look` finds wrong with the JSON of a file, each with its line; or why the file cannot be looked at."""
    try:
        text = file.read_text(encoding="utf-8")
        found = list(look(json.loads(text)))
    except json.JSONDecodeError as error:
        return [ContentError(file, error.lineno, f"this is no JSON: {error.msg}")]
    except (OSError, UnicodeDecodeError) as error:
        return [ContentError(file, 1, f"cannot be read: {error}")]
    root = yaml.compose(text, Loader=LOADER) if found else None
    return [ContentError(file, line_at(root, place) if root else 1, problem) for place, problem in found]


def faults(error: ValidationError) -> Iterator[tuple[Place, str]]:
    """What a model found wrong, each with its place."""
    for fault in error.errors():
        place = ".".join(map(str, fault["loc"]))
        yield fault["loc"], f"{place}: " + fault["msg"].removeprefix("Value error, ")


def beyond(lines: Iterable[str], named: int) -> Iterator[tuple[int, str]]:
    """The features, with their numbers, that weigh a place from `named` on."""
    for number, line in enumerate(lines):
        if any(int(place) >= named for place in PLACE.findall(line)):
            yield number, line
