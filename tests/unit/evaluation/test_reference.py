"""Our measures equal those of the given reference, and say nothing where nothing is labelled."""

from __future__ import annotations

import json
import math
import random
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.evaluation.answers import compare, measure
from bot.evaluation.baselines import baselines
from bot.evaluation.labelled import LabelledAnswer
from bot.evaluation.metrics import FEWEST, SAMPLES, SEED, bootstrap
from tests.gold import evaluate

GOLD = Path(__file__).parents[2] / "gold" / "dev.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
ANSWERS = [LabelledAnswer.model_validate(row) for row in ROWS]


def at_random(seed: int) -> dict[str, dict[str, Any]]:
    """Predictions of every shape the format allows, some of them missing."""
    source = random.Random(seed)
    said: dict[str, dict[str, Any]] = {}
    for row in ROWS[: source.randint(40, len(ROWS))]:
        cuts = sorted(source.sample(range(len(row["text"])), 6))
        said[row["id"]] = {
            "rating": source.uniform(1, 5),
            "flags": source.sample(["no_metric", "vague", "hero", "too_long", "no_result"], source.randint(0, 4)),
            "level": source.choice(["L3", "L4", "L5", "L6", "L7", None]),
            "segments": [{"start": a, "end": b, "label": source.choice("STARLO")} for a, b in pairwise(cuts)],
        }
        if "points" in row:
            values = [source.random() < 0.5 for _ in row["points"]]
            said[row["id"]]["points"] = source.choice(
                [dict(zip(row["points"], values, strict=True)), values, {str(n): v for n, v in enumerate(values)}]
            )
    return said


def same(ours: dict[str, float], theirs: dict[str, float]) -> bool:
    return ours.keys() == theirs.keys() and all(
        math.isclose(ours[name], theirs[name], abs_tol=1e-9) or (math.isnan(ours[name]) and math.isnan(theirs[name]))
        for name in ours
    )


@pytest.mark.parametrize("seed", range(4))
def test_measures_equal_the_reference_on_the_labelled_answers(seed: int) -> None:
    said = at_random(seed)
    theirs, _ = evaluate.measure(ROWS, said)
    ours = measure([compare(answer, said.get(answer.id, {})) for answer in ANSWERS])
    assert same(ours, theirs)


@pytest.mark.parametrize("name", ["mean", "words", "position", "keywords"])
def test_baselines_are_measured_as_the_reference_measures_them(name: str) -> None:
    said = baselines(ANSWERS)[name]
    theirs, _ = evaluate.measure(ROWS, said)
    assert same(measure([compare(answer, said[answer.id]) for answer in ANSWERS]), theirs)


def test_intervals_are_those_of_the_reference() -> None:
    said = at_random(1)
    rows, source = ROWS[:20], random.Random(SEED)
    samples = ([source.choice(rows) for _ in rows] for _ in range(SAMPLES))
    drawn = [evaluate.measure(sample, said)[0]["rating_qwk"] for sample in samples]
    values = sorted(value for value in drawn if not math.isnan(value))
    assert len(values) > FEWEST
    ours = bootstrap([compare(answer, said.get(answer.id, {})) for answer in ANSWERS[:20]], measure)["rating_qwk"]
    assert ours == pytest.approx((values[int(0.025 * len(values))], values[int(0.975 * len(values)) - 1]))


def test_a_measure_without_a_label_has_no_value() -> None:
    bare = [LabelledAnswer(id=row["id"], text=row["text"], kind=row["kind"]) for row in ROWS]
    values = measure([compare(answer, {}) for answer in bare])
    assert all(math.isnan(value) for value in values.values())


def test_only_what_is_labelled_is_measured() -> None:
    rated = [LabelledAnswer(id=row["id"], text=row["text"], kind=row["kind"], rating=row["rating"]) for row in ROWS]
    values = measure([compare(answer, {"rating": 3, "flags": ["hero"]}) for answer in rated])
    named = {name for name, value in values.items() if not math.isnan(value)}
    assert named <= {"rating_qwk", "rating_r", "rating_mae"}
    assert "rating_mae" in named


def test_a_label_that_the_engine_set_is_not_held_against_it() -> None:
    row = ROWS[0] | {"labels_from": {"rating": "person", "flags": "person", "segments": "engine", "level": "engine"}}
    compared = compare(LabelledAnswer.model_validate(row), {"rating": 3, "flags": [], "level": "L7"})
    assert compared.rating is not None
    assert compared.level is None
    assert compared.labels == ()
