"""Nearness in meaning: what a model of meaning has to offer, what is kept of a story, and how it joins the order. Pure.

Of a story the whole and each of its parts are kept as vectors of small integers behind the mark of their model: some
2,000 bytes. What another model wrote is not read. Without a model nothing here is used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

MARK = 8
"""Bytes that name the model before what it wrote."""
LARGEST = 127
WEIGHT = 0.04
"""What one standard deviation of nearness counts beside the best story by terms, which counts 1."""
LEAST_SPREAD = 0.03
"""Stories that are all about as near as each other are not told apart by less than this."""
LEAST_GUESS, MOST_GUESSES = 0.25, 3
"""How near a story must be to be offered where no term finds one, and how many are offered."""


class Meaning(Protocol):
    """Reads texts into vectors: the nearer two point the same way, the more alike what their texts mean."""

    @property
    def mark(self) -> bytes:
        """`MARK` bytes, different for every model."""
        ...

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """A row of length 1 for each text; of zeros where it holds nothing that the model knows."""
        ...


def meant(meaning: Meaning, parts: Mapping[str, str]) -> bytes:
    """What is kept of a story: the mark, then a row for the whole and one for each part; empty without words."""
    texts = [text for text in parts.values() if text.strip()]
    return kept_as(meaning, meaning.vectors([" ".join(texts), *texts])) if texts else b""


def kept_as(meaning: Meaning, rows: Vectors) -> bytes:
    """Rows as they are kept; their lengths are not."""
    import numpy as np

    scale = np.maximum(np.abs(rows).max(axis=1, keepdims=True), np.finfo(np.float32).tiny)
    written: bytes = np.rint(rows / scale * LARGEST).astype(np.int8).tobytes()
    return meaning.mark + written


def is_by(meaning: Meaning, kept: bytes) -> bool:
    """Whether this model wrote it."""
    return len(kept) > MARK and kept[:MARK] == meaning.mark


def nearness(meaning: Meaning, query: str, kept: Mapping[str, bytes]) -> dict[str, float]:
    """How near each story is to the query, from -1 to 1: the mean of its whole and of its nearest part.

    Empty where the query holds nothing that the model knows; without what another model wrote.
    """
    import numpy as np

    (asked,) = meaning.vectors([query])
    read = {name: rows for name, rows in kept.items() if is_by(meaning, rows)}
    if not read or not asked.any():
        return {}
    rows = np.frombuffer(b"".join(one[MARK:] for one in read.values()), dtype=np.int8).reshape(-1, len(asked))
    rows = rows.astype(np.float32)
    cosines = rows @ asked / np.maximum(np.sqrt(np.einsum("ij,ij->i", rows, rows)), 1.0)
    lengths = np.array([(len(one) - MARK) // len(asked) for one in read.values()])
    wholes = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    told = cosines[wholes]
    cosines[wholes] = -1.0
    near = (told + np.maximum.reduceat(cosines, wholes)) / 2
    return {name: round(float(value), 4) for name, value in zip(read, near, strict=True)}


def mixed(ranked: Sequence[tuple[str, float]], near: Mapping[str, float]) -> list[tuple[str, float]]:
    """What terms found and what is near, the best first, on the scale of the terms; of the same worth by name.

    A story that terms did not find starts from nothing; one whose nearness is not known counts as one of average.
    """
    if not ranked or not near:
        return list(ranked)
    average = sum(near.values()) / len(near)
    spread = max((sum((value - average) ** 2 for value in near.values()) / len(near)) ** 0.5, LEAST_SPREAD)
    best = ranked[0][1]
    scores = dict.fromkeys(near, 0.0) | dict(ranked)
    found = [
        (name, round(score + WEIGHT * best * (near.get(name, average) - average) / spread, 6))
        for name, score in scores.items()
    ]
    return sorted((pair for pair in found if pair[1] > 0), key=lambda pair: (-pair[1], pair[0]))


def guesses(near: Mapping[str, float]) -> list[tuple[str, float]]:
    """What may be meant where no term finds anything: the few that are near enough, the nearest first."""
    enough = [(name, value) for name, value in near.items() if value >= LEAST_GUESS]
    return sorted(enough, key=lambda pair: (-pair[1], pair[0]))[:MOST_GUESSES]
