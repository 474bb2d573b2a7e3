"""What `starling eval` does: reads labelled files, lets the engine speak, and puts both side by side."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.base.errors import UserFacingError
from bot.base.text import Text, t
from bot.cli.lookup import archetype_index, ranked
from bot.cli.reading import read_text
from bot.cli.scoring import known_questions
from bot.evaluation import answers, queries
from bot.evaluation.baselines import baselines
from bot.evaluation.bm25 import BM25
from bot.evaluation.labelled import LabelledAnswer, LabelledQuery
from bot.evaluation.metrics import bootstrap
from bot.evaluation.misses import answer_misses, query_misses
from bot.evaluation.table import Measured
from bot.scoring import Answer, predicted_line, score
from content.known import points_of
from content.loader import load_content
from content.rules import load_rules

Prediction = Mapping[str, Any]
Item = TypeVar("Item", bound=BaseModel)
LABELS = ("rating", "flags", "level", "segments", "points")


def scored(file: Path) -> tuple[Sequence[Prediction], Measured]:
    """What the engine says of each answer, and how far it agrees with the labels that people set."""
    items = read_items(file, LabelledAnswer)
    rules = load_rules()
    known = known_questions(rules)
    said: list[Prediction] = []
    quotes: dict[str, dict[str, str]] = {}
    for item in items:
        found = known[item.kind].find(item.question)
        points = item.key_points or (points_of(found) if found else ())
        report = score(Answer(item.text, item.kind, item.question, tuple(points)), rules)
        said.append(predicted_line(item.id, report))
        quotes[item.id] = {f.code: f.evidence[0].quote for f in report.findings if f.evidence}
    compared = [answers.compare(item, line) for item, line in zip(items, said, strict=True)]
    beside = {
        name: answers.measure([answers.compare(item, lines[item.id]) for item in items])
        for name, lines in baselines(items).items()
    }
    misses = tuple(answer_misses(compared, quotes))
    values, intervals = answers.measure(compared), bootstrap(compared, answers.measure)
    return said, Measured(len(items), values, intervals, beside, misses, _not_by_people(items))


def looked_up(file: Path) -> tuple[Sequence[Prediction], Measured]:
    """What the look-up finds for each query, and how often the best comes first."""
    items = read_items(file, LabelledQuery)
    index, plain = archetype_index(), BM25(_archetype_texts())
    found = [queries.Ranked(item, tuple(ranked(index, item.query))) for item in items]
    baseline = [queries.Ranked(item, tuple(plain.rank(item.query))) for item in items]
    said = [{"id": item.query.id, "archetypes": list(item.found)} for item in found]
    values, intervals = queries.measure(found), bootstrap(found, queries.measure)
    misses = tuple(query_misses(found))
    return said, Measured(len(items), values, intervals, {"BM25": queries.measure(baseline)}, misses)


def write_lines(file: Path, lines: Iterable[Prediction]) -> None:
    """One JSON object a line; `UserFacingError` where the file cannot be written."""
    try:
        file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    except OSError as problem:
        raise UserFacingError(
            t("{file} cannot be written: {problem}", file=str(file), problem=str(problem))
        ) from problem


def read_items(file: Path, kind: type[Item]) -> list[Item]:
    """The items of a file; `UserFacingError` names the line that holds none, or an id that stands twice."""
    items: list[Item] = []
    ids: set[object] = set()
    for number, line in enumerate(read_text(file).split("\n"), 1):
        if not line.strip():
            continue
        try:
            item = kind.model_validate_json(line)
        except ValidationError as problem:
            raise UserFacingError(_bad(number, problem)) from problem
        if (name := getattr(item, "id", None)) in ids:
            raise UserFacingError(t("line {number}: the id {id} stands twice", number=number, id=str(name)))
        ids.add(name)
        items.append(item)
    return items


def _bad(number: int, problem: ValidationError) -> Text:
    first = problem.errors()[0]
    where = ".".join(str(step) for step in first["loc"])
    return t("line {number}: {where}: {problem}", number=number, where=where or "JSON", problem=first["msg"])


def _not_by_people(items: Sequence[LabelledAnswer]) -> tuple[Text, ...]:
    own = [name for name in LABELS if any(item.labels_from.get(name) == "engine" for item in items)]
    if not own:
        return ()
    return (t("Labels that the engine set itself are not measured: {labels}.", labels=", ".join(own)),)


def _archetype_texts() -> dict[int, str]:
    texts = {}
    for number, kind in enumerate(load_content().archetypes.values(), 1):
        form = kind.template
        parts = (kind.name, kind.probes, kind.story_shape, form.situation, form.task, form.action, form.result)
        texts[number] = " ".join(str(part) for part in (*parts, kind.tie_in.text))
    return texts
