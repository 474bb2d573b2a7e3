"""Everything that is wrong with a file of learned weights of archetypes, each with its line.

Who reads the file for work takes from it what they meet; here all of it is looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from pydantic import ValidationError

from bot.base.errors import ContentError
from content.weights_check import Features, Place, Strict, beyond, check_weights, faults


class _Weights(Strict):
    archetypes: list[str]
    words: list[str]
    start: list[float]
    features: Features


def check_lookup_weights(file: Path, archetypes: Collection[str]) -> list[ContentError]:
    """All problems of the file; empty where nothing is wrong. `archetypes` are the ids of the archetypes there are."""
    return check_weights(file, lambda raw: _problems(raw, archetypes))


def _problems(raw: object, archetypes: Collection[str]) -> Iterator[tuple[Place, str]]:
    try:
        read = _Weights.model_validate(raw)
    except ValidationError as error:
        yield from faults(error)
        return
    for number, name in enumerate(read.archetypes):
        if name not in archetypes:
            yield ("archetypes", number), f"{name!r} is not among the archetypes"
    for name in sorted(set(archetypes) - set(read.archetypes)):
        yield ("archetypes",), f"nothing was learned of the archetype {name!r}"
    named = len(read.archetypes)
    if len(read.start) != named:
        yield ("start",), f"start: {len(read.start)} values for {named} archetypes"
    for number, line in beyond(read.features, named):
        yield ("features", number), f"{line!r} weighs an archetype beyond the {named} that are named"
