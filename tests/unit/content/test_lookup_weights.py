"""A broken file of learned weights of archetypes is named, with its line and what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.base.errors import ContentError
from content.check import check
from content.lookup_weights import load_lookup_weights
from content.lookup_weights_check import check_lookup_weights

ARCHETYPES = ("disagreement", "mentoring")


def sound() -> dict[str, Any]:
    features = ["argu 120 0:45", "grow 300 0:-5 1:80", "your_team 90"]
    return {"archetypes": list(ARCHETYPES), "words": ["apprentice quarrel"], "start": [0.1, 0.2], "features": features}


def written(folder: Path, text: str) -> Path:
    file = folder / "lookup_weights.json"
    file.write_text(text, encoding="utf-8")
    return file


def problems(folder: Path, change: dict[str, Any]) -> list[tuple[int, str]]:
    file = written(folder, json.dumps(sound() | change, indent=0))
    return [(problem.line, problem.problem) for problem in check_lookup_weights(file, ARCHETYPES)]


def test_a_sound_file_has_no_problems_and_is_read(tmp_path: Path) -> None:
    assert problems(tmp_path, {}) == []
    weights = load_lookup_weights(tmp_path / "lookup_weights.json")
    assert weights.words == {"apprentice", "quarrel"}
    assert weights.weighing.weights("grow") == [(0, -0.05), (1, 0.8)]


@pytest.mark.parametrize("line", ["argu", "argu often", "argu 120 0:", "argu 120 0:4.5", ""])
def test_a_line_that_is_no_feature_is_named_with_its_line(tmp_path: Path, line: str) -> None:
    ((number, said),) = problems(tmp_path, {"features": ["grow 300 1:80", line]})
    assert said.startswith(f"features.1: {line!r} is not a feature")
    text = (tmp_path / "lookup_weights.json").read_text(encoding="utf-8")
    assert text.splitlines()[number - 1] == json.dumps(line)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"archetypes": ["disagreement", "gossip"]}, "'gossip' is not among the archetypes"),
        ({"archetypes": ["disagreement"]}, "nothing was learned of the archetype 'mentoring'"),
        ({"start": [0.1]}, "start: 1 values for 2 archetypes"),
        ({"features": ["argu 120 2:45"]}, "'argu 120 2:45' weighs an archetype beyond the 2 that are named"),
        ({"words": None}, "words: Input should be a valid list"),
        ({"wrods": []}, "wrods: Extra inputs are not permitted"),
    ],
)
def test_what_does_not_belong_together_is_named(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    assert said in [problem for _, problem in problems(tmp_path, change)]


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"{\n,\n}", "this is no JSON"), (b"\xff\xfe", "cannot be read"), (None, "cannot be read")],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, data: bytes | None, said: str) -> None:
    file = tmp_path / "lookup_weights.json"
    if data is not None:
        file.write_bytes(data)
    (problem,) = check_lookup_weights(file, ARCHETYPES)
    assert problem.file == file
    assert problem.problem.startswith(said)


def test_who_wants_to_look_up_with_a_broken_file_is_told_which(tmp_path: Path) -> None:
    file = written(tmp_path, "[]")
    with pytest.raises(ContentError, match="these are no weights of archetypes"):
        load_lookup_weights(file)


def test_checking_the_content_looks_at_the_weights_too(tmp_path: Path) -> None:
    broken = written(tmp_path, "[]")
    assert [problem.file for problem in check(lookup_weights=broken)] == [broken]
