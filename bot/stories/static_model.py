"""A model of meaning from files of this computer: a vector for every token, of which a text is the mean.

The extra `meaning` brings such a model in its wheel; a folder of one's own may hold another (WordLlama, Model2Vec).
Only the files are read: none of the package's code runs, and nothing is ever fetched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from bot.base.errors import ConfigurationError
from bot.chat.setup import Finding
from bot.stories.meaning import MARK

if TYPE_CHECKING:
    from bot.stories.meaning import Vectors

SETTING = "STARLING_STORY_MODEL"
OFF = "off"
PACKAGE = "wordllama"
"""The package whose wheel holds a model."""
LIBRARIES = ("numpy", "safetensors", "tokenizers")
INSTALL = "pip install -e '.[meaning]'"


@dataclass(frozen=True, slots=True)
class _Loaded:
    """The vectors by token, what splits texts into tokens, and the model's mark."""

    weights: Any
    tokenizer: Any
    mark: bytes


class StaticModel:
    """Reads texts by the model in a folder; loaded once, with the first text or by `load()`."""

    def __init__(self, weights: Path, tokenizer: Path) -> None:
        self._weights, self._tokenizer = weights, tokenizer
        self._loaded: _Loaded | None = None
        self._lock = Lock()

    @property
    def mark(self) -> bytes:
        """Made of the model's own bytes."""
        return (self._loaded or self.load()).mark

    def load(self) -> _Loaded:
        """Read the files, which takes a third of a second; `ConfigurationError` where they are no such model."""
        with self._lock:
            if self._loaded is None:
                self._loaded = _read(self._weights, self._tokenizer)
            return self._loaded

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """A row of length 1 for each text; of zeros where it has no token."""
        import numpy as np

        loaded = self.load()
        tokens = [one.ids for one in loaded.tokenizer.encode_batch(list(texts), add_special_tokens=False)]
        rows: Vectors = np.zeros((len(tokens), loaded.weights.shape[1]), dtype=np.float32)
        for row, ids in zip(rows, tokens, strict=True):
            if ids:
                row[:] = loaded.weights[ids].mean(axis=0, dtype=np.float32)
        lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.finfo(np.float32).tiny)
        rows /= lengths
        return rows


def story_model(settings: Mapping[str, str]) -> StaticModel | None:
    """The model that the settings name, else the one that is installed; None where there is none or it is off.

    Files are only looked for. `ConfigurationError` where the setting names a folder without a model.
    """
    named = settings.get(SETTING, "").strip()
    if named.lower() == OFF:
        return None
    missing = [name for name in LIBRARIES if find_spec(name) is None]
    if not named:
        package = find_spec(PACKAGE)
        places = (package.submodule_search_locations or ()) if package is not None and not missing else ()
        return next((_in_folder(Path(place)) for place in places), None)
    if missing:
        raise ConfigurationError(f"{SETTING}: a model needs the extra meaning; {INSTALL}, or set it to {OFF}")
    return _in_folder(Path(named).expanduser())


def examine_story_model(settings: Mapping[str, str]) -> Finding:
    """What `starling doctor` says of it: whether there is one, and it can be read."""
    try:
        model = story_model(settings)
        if model is not None:
            model.load()
    except ConfigurationError as problem:
        return Finding(False, f"{problem}.", f"Correct {SETTING}, or set it to {OFF}.")
    if model is None:
        return Finding(True, "Stories are found by words and themes; no model of meaning is used.")
    return Finding(True, "Stories are found by words, themes and a model of meaning on this computer.")


def _in_folder(folder: Path) -> StaticModel:
    weights = sorted(folder.rglob("*.safetensors"))
    named = sorted(folder.rglob("*tokenizer*.json"))
    tokenizers = [path for path in named if path.name == "tokenizer.json"] or named
    if len(weights) != 1 or len(tokenizers) != 1:
        raise ConfigurationError(
            f"{SETTING}: the folder {folder} must hold one file *.safetensors and one tokenizer.json"
        )
    return StaticModel(weights[0], tokenizers[0])


def _read(weights: Path, tokenizer: Path) -> _Loaded:
    from safetensors import SafetensorError
    from safetensors.numpy import load
    from tokenizers import Tokenizer

    try:
        written = weights.read_bytes()
        tensors = list(load(written).values())
    except (OSError, SafetensorError, KeyError) as problem:
        raise ConfigurationError(f"{SETTING}: the model {weights} cannot be read ({problem})") from problem
    try:
        splitter = Tokenizer.from_file(str(tokenizer))
    except Exception as problem:  # the library has no class of its own for what is wrong with a file
        raise ConfigurationError(f"{SETTING}: {tokenizer} cannot be read ({problem})") from problem
    if len(tensors) != 1 or tensors[0].ndim != 2 or splitter.get_vocab_size() > len(tensors[0]):
        raise ConfigurationError(f"{SETTING}: {weights} must hold one vector for each token of {tokenizer.name}")
    splitter.no_padding()
    splitter.no_truncation()
    return _Loaded(tensors[0], splitter, blake2b(written, digest_size=MARK).digest())
