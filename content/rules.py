"""Reads `content/scoring/*.yaml` into the frozen types of `bot.scoring`; anything wrong names its file and line.

`load_rules()` reads the files each time; whoever needs them often keeps the value.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, TypeVar

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from bot.base.errors import ContentError
from bot.scoring.knowledge import Knowledge, KnownPoints
from bot.scoring.lexicon import Lexicon, PhraseTree, fingerprint, slots
from bot.scoring.points import content_stems
from bot.scoring.report import LABELS, Label
from bot.scoring.rubric import Rubric, Rules
from bot.scoring.stems import Stemmer

FOLDER = Path(__file__).parent / "scoring"
Word = Annotated[str, Field(min_length=1, pattern=r"^[^A-Z\s][^A-Z]*$")]
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Every scalar stays a string (`no` and `on` are words here); the C parser is used where there is one, for speed."""
WORD = re.compile(r"[^\s{}|]+")


GENERAL_WORD = 0.35
"""What a general word (`generic` in the concepts) of a point's vocabulary says, against 1 of others."""


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


def load_rules(folder: Path = FOLDER) -> Rules:
    """The lexicon, the rubric and what is known of key points, of a folder.

    Raises `ContentError` with file and line for YAML that cannot be read, a wrong field or a pattern that is none.
    """
    lexicon = load_lexicon(folder)
    known = load_known_points(lexicon, folder)
    return Rules(replace(lexicon, version=f"{lexicon.version}.{known.version}"), load_rubric(folder), known)


def load_lexicon(folder: Path = FOLDER) -> Lexicon:
    """Words, phrases and groups of related words."""
    cues = read_scoring_file(folder / "cues.yaml", Cues)
    marks = [read_scoring_file(folder / name, Cues) for name in ("flag_cues.yaml", "check_cues.yaml")]
    asking = read_scoring_file(folder / "question_cues.yaml", Cues)
    marked = {name: one for file in marks for name, one in file.lists.items()}
    words = read_scoring_file(folder / "words.yaml", Words)
    concepts = read_scoring_file(folder / "concepts.yaml", Concepts)
    past, participles = _forms(words.irregular_verbs)
    stemmer = Stemmer(words.stem_exceptions.stems)
    return Lexicon(
        version=".".join(str(file.version) for file in (cues, *marks, asking, words, concepts))
        + f"-{_fingerprint(cues, *marks, asking, words, concepts)}",
        singles={
            name: frozenset(p for p in one.phrases if " " not in p and "{" not in p) for name, one in cues.lists.items()
        }
        | {"fillers": frozenset(words.fillers.words)},
        past=past,
        participles=participles,
        base_verbs=frozenset(words.base_verbs.words) | _bases(words.irregular_verbs),
        not_past=frozenset(words.not_past.words),
        spelling=dict(words.spelling.variants),
        abbreviations=frozenset(words.abbreviations.words),
        labels={name: label for label, names in words.labels.parts.items() for name in names},
        numerals=dict(words.numerals.values),
        number_words={name: frozenset(group) for name, group in words.number_words.groups.items()},
        stop_words=frozenset(words.stop_words.words),
        stems=stemmer,
        generic=frozenset(_stems(word, stemmer) for word in concepts.generic),
        concept_tree=PhraseTree().build(
            {name: [_stems(word, stemmer) for word in group] for name, group in concepts.groups.items()}
        ),
        tree=PhraseTree().build({name: one.phrases for name, one in (cues.lists | marked).items()}),
        marks=frozenset(marked),
        asking_tree=PhraseTree().build({name: one.phrases for name, one in asking.lists.items()}),
    )


def load_rubric(folder: Path = FOLDER) -> Rubric:
    """Thresholds and weights."""
    rubric = read_scoring_file(folder / "rubric.yaml", RubricFile)
    weights = read_scoring_file(folder / "label_weights.yaml", LabelWeights)
    return Rubric(
        version=f"{rubric.version}.{weights.version}-{_fingerprint(rubric, weights)}",
        thresholds=dict(rubric.thresholds),
        emissions={feature: _whole(row) for feature, row in weights.emissions.items()},
        transitions={label: _whole(row) for label, row in weights.transitions.items()},
        rating=dict(rubric.rating),
        level=dict(rubric.level),
    )


def load_known_points(lexicon: Lexicon, folder: Path = FOLDER) -> KnownPoints:
    """The ways in which key points of our bank are said, and the words that deny."""
    denials = read_scoring_file(folder / "denials.yaml", Denials)
    weights = read_scoring_file(folder / "point_weights.yaml", PointWeights)
    files = {file: read_scoring_file(file, PointsFile) for file in sorted((folder / "points").glob("*.yaml"))}
    points: dict[frozenset[str], Knowledge] = {}
    for file, data in files.items():
        named = {name: [_stems(word, lexicon.stems) for word in words] for name, words in data.words.items()}
        for number, point in enumerate(data.points):
            said, against, contrary = (
                [_stems(line, lexicon.stems) for line in lines] for lines in (point.said, point.against, point.contrary)
            )
            try:
                words = [lexicon.stems.stem(word) for word in point.words]
                known = Knowledge.of(said, against, contrary, point.deniable, words, named, lexicon.stop_words)
            except ValueError as error:
                raise ContentError(file, 1, f"points.{number}: {error}") from error
            points |= {content_stems(text, lexicon): known for text in point.texts}
    phrases = {name: getattr(denials, name) for name in ("denial", "no_denial", "distance", "hollow")}
    return KnownPoints(
        version=f"{denials.version}-{_fingerprint(denials, weights, *files.values())}",
        points=points,
        stem_weights=_stem_weights(points.values(), lexicon),
        denials=PhraseTree().build({name: [_stems(p, lexicon.stems) for p in ps] for name, ps in phrases.items()}),
        weights={"known": dict(weights.known), "typed": dict(weights.typed)},
    )


def _stem_weights(points: Iterable[Knowledge], lexicon: Lexicon) -> dict[str, float]:
    """How much a word of a vocabulary says of one point: less where it speaks for many, little where it is general."""
    apart = {id(point): point for point in points}.values()
    spread = Counter(stem for point in apart for stem in point.vocabulary)
    return {s: (GENERAL_WORD if s in lexicon.generic else 1.0) / math.sqrt(n) for s, n in sorted(spread.items())}


def _whole(row: Mapping[str, float]) -> dict[str, float]:
    return {label: row.get(label, 0.0) for label in LABELS}


def _fingerprint(*files: ScoringFile) -> str:
    return fingerprint([f.model_dump(mode="json") for f in files])


def _forms(verbs: VerbForms) -> tuple[frozenset[str], frozenset[str]]:
    past: set[str] = set()
    participles: set[str] = set()
    for line in verbs.forms:
        _, pasts, parts = line.split()
        past |= set(pasts.split("/"))
        participles |= set(parts.split("/"))
    return frozenset(past), frozenset(participles)


def _bases(verbs: VerbForms) -> frozenset[str]:
    return frozenset(line.split()[0] for line in verbs.forms)


def _stems(phrase: str, stemmer: Stemmer) -> str:
    """A phrase or pattern with each of its words as a stem."""
    return WORD.sub(lambda found: stemmer.stem(found.group()), phrase)


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
        line = _line(yaml.compose(text, Loader=LOADER), first["loc"])
        raise ContentError(file, line, f"{where}: {first['msg']}") from error


def _line(node: yaml.Node | None, location: tuple[int | str, ...]) -> int:
    """The line of the deepest part of `location` that the document has."""
    line = node.start_mark.line + 1 if node else 1
    for part in location:
        child: yaml.Node | None = None
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == part), None)
            if found is not None:
                line, child = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            child = node.value[part]
            line = child.start_mark.line + 1
        if child is None:
            break
        node = child
    return line
