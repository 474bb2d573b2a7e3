"""Reads `content/scoring/*.yaml` into the frozen types of `bot.scoring`; anything wrong names its file and line.

Ours are read once in a process; those of another folder each time.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from bot.base.errors import ContentError
from bot.base.loading import much_made_to_stay
from bot.scoring.knowledge import Knowledge, KnownPoints
from bot.scoring.lexicon import Lexicon, PhraseTree, fingerprint
from bot.scoring.points import content_stems
from bot.scoring.report import LABELS
from bot.scoring.rubric import FlagWeights, Rubric, Rules
from bot.scoring.stems import Stemmer
from content.scoring_files import (
    Concepts,
    Cues,
    Denials,
    FlagWeightsFile,
    LabelWeights,
    PointsFile,
    PointWeights,
    RubricFile,
    ScoringFile,
    VerbForms,
    Words,
    read_scoring_file,
)

FOLDER = Path(__file__).parent / "scoring"
WORD = re.compile(r"[^\s{}|]+")
GENERAL_WORD = 0.35
"""What a general word (`generic` in the concepts) of a point's vocabulary says, against 1 of others."""


def load_rules(folder: Path | None = None) -> Rules:
    """The lexicon, the rubric and what is known of key points: those that are shipped, or those of a folder.

    Raises `ContentError` with file and line for YAML that cannot be read, a wrong field or a pattern that is none.
    """
    return _shipped() if folder is None else _read(folder)


@cache
def _shipped() -> Rules:
    return _read(FOLDER)


@much_made_to_stay()
def _read(folder: Path) -> Rules:
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
        everyday=frozenset(stemmer.stem(word) for word in words.everyday.words),
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
    flags = read_scoring_file(folder / "flag_weights.yaml", FlagWeightsFile)
    return Rubric(
        version=f"{rubric.version}.{weights.version}.{flags.version}-{_fingerprint(rubric, weights, flags)}",
        thresholds=dict(rubric.thresholds),
        emissions={feature: _whole(row) for feature, row in weights.emissions.items()},
        transitions={label: _whole(row) for label, row in weights.transitions.items()},
        rating=dict(rubric.rating),
        level=dict(rubric.level),
        flags={code: FlagWeights(one.least, dict(one.weights)) for code, one in flags.flags.items()},
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
