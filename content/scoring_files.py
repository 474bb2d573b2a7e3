"""What the files of `content/scoring` look like, and how one is read: anything wrong names its file and line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeVar

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from bot.base.errors import ContentError
from bot.scoring.lexicon import slots
from bot.scoring.report import Label
from content.parsing import line_at

Word = Annotated[str, Field(min_length=1, pattern=r"^[^A-Z\s][^A-Z]*$")]
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Every scalar stays a string (`no` and `on` are words here); the C parser is used where there is one, for speed."""


def _readable(pattern: str) -> str:
    """A phrase pattern whose braces balance; `ValueError` for others."""
    slots(pattern)
    return pattern


Pattern = Annotated[Word, AfterValidator(_readable)]
M = TypeVar("M", bound="ScoringFile")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ScoringFile(_Strict):
    """What every file of the folder opens with."""

    id: str
    version: int = Field(ge=1)


class PhraseList(_Strict):
    source: list[str] = Field(min_length=1)
    phrases: list[Pattern] = Field(min_length=1)


class Cues(ScoringFile):
    lists: dict[str, PhraseList]


class WordList(_Strict):
    source: list[str] = Field(min_length=1)
    words: list[Word] = Field(min_length=1)


class VerbForms(_Strict):
    source: list[str] = Field(min_length=1)
    forms: list[Annotated[str, Field(pattern=r"^[a-z]+ [a-z/]+ [a-z/]+$")]]


class Spelling(_Strict):
    source: list[str] = Field(min_length=1)
    variants: dict[Word, Word]


class PartNames(_Strict):
    source: list[str] = Field(min_length=1)
    parts: dict[Label, list[Word]]


class Numerals(_Strict):
    source: list[str] = Field(min_length=1)
    values: dict[Word, float]


class NumberWords(_Strict):
    source: list[str] = Field(min_length=1)
    groups: dict[str, list[Word]]


class Stems(_Strict):
    source: list[str] = Field(min_length=1)
    stems: dict[Word, Word]


class Words(ScoringFile):
    irregular_verbs: VerbForms
    base_verbs: WordList
    not_past: WordList
    abbreviations: WordList
    spelling: Spelling
    labels: PartNames
    numerals: Numerals
    number_words: NumberWords
    fillers: WordList
    stop_words: WordList
    everyday: WordList
    stem_exceptions: Stems


class Concepts(ScoringFile):
    source: list[str] = Field(min_length=1)
    generic: list[Word]
    groups: dict[str, list[Pattern]]


class RubricFile(ScoringFile):
    source: list[str] = Field(min_length=1)
    thresholds: dict[str, float]
    rating: dict[str, float]
    level: dict[str, float]


class SignWeights(_Strict):
    least: float = Field(gt=0, lt=1)
    weights: dict[str, float] = Field(min_length=1)


class FlagWeightsFile(ScoringFile):
    source: list[str] = Field(min_length=1)
    flags: dict[str, SignWeights]


class LabelWeights(ScoringFile):
    source: list[str] = Field(min_length=1)
    emissions: dict[str, dict[Annotated[str, Field(pattern="^[STARLO]$")], float]]
    transitions: dict[Annotated[str, Field(pattern=r"^[STARLO^]$")], dict[str, float]]


class Denials(ScoringFile):
    source: list[str] = Field(min_length=1)
    denial: list[Pattern] = Field(min_length=1)
    no_denial: list[Pattern] = Field(min_length=1)
    distance: list[Pattern] = Field(min_length=1)
    hollow: list[Pattern] = Field(min_length=1)


class PointKnowledge(_Strict):
    texts: list[str] = Field(min_length=1)
    said: list[str] = Field(min_length=1)
    against: list[str] = []
    contrary: list[str] = []
    deniable: bool = True
    words: list[Word] = []


class PointWeights(ScoringFile):
    source: list[str] = Field(min_length=1)
    known: dict[str, float]
    typed: dict[str, float]


class PointsFile(ScoringFile):
    source: list[str] = Field(min_length=1)
    words: dict[Word, list[Pattern]] = {}
    points: list[PointKnowledge] = Field(min_length=1)


def read_scoring_file(file: Path, model: type[M]) -> M:
    """One file of the scoring folder. `ContentError` with file and line for what cannot be read or does not fit."""
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise ContentError(file, 1, f"cannot be read: {error.strerror}") from error
    try:
        data = yaml.load(text, Loader=LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ContentError(file, mark.line + 1 if mark else 1, getattr(error, "problem", None) or str(error)) from error
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        root = yaml.compose(text, Loader=LOADER)
        line = line_at(root, first["loc"]) if root is not None else 1
        raise ContentError(file, line, f"{where}: {first['msg']}") from error
