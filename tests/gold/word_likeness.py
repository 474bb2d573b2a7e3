"""How alike in meaning words are, by the small model of meaning that the extra `meaning` brings.

It is asked only when weights are fitted: what it says is written into them, and nothing of it is needed to look up.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file
from tokenizers import Tokenizer

Matrix = npt.NDArray[np.float64]


def vectors(groups: Sequence[Sequence[str]]) -> Matrix:
    """A row of length 1 for each group of words: their mean, seen from the mean of all groups."""
    found = find_spec("wordllama")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("pip install -e '.[meaning]'")
    folder = Path(found.origin).parent
    tokenizer = Tokenizer.from_file(str(folder / "tokenizers" / "l2_supercat_tokenizer_config.json"))
    (tokens,) = load_file(folder / "weights" / "l2_supercat_256.safetensors").values()
    rows = np.stack([np.mean([_vector(word, tokenizer, tokens) for word in words], axis=0) for words in groups])
    rows -= rows.mean(axis=0)
    lengths: Matrix = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Matrix = rows / np.maximum(lengths, np.finfo(np.float64).tiny)
    return scaled


def likeness(some: Matrix, others: Matrix) -> Matrix:
    """A row for each of `some`: how alike each of `others` is, 1 for the same word, 0 for one that is not alike."""
    alike: Matrix = np.maximum(some @ others.T, 0) ** 2
    return alike


def _vector(word: str, tokenizer: Tokenizer, tokens: Matrix) -> Matrix:
    pieces: Matrix = tokens[tokenizer.encode(word, add_special_tokens=False).ids].astype(np.float64)
    mean: Matrix = pieces.mean(axis=0)
    return mean
