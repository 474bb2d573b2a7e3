"""A broken file of learned theme weights is named, with its line and what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from content.check import check
from content.theme_weights_check import check_theme_weights

THEMES = ("about-conflict", "about-scaling")


def sound() -> dict[str, Any]:
    weighing = {"start": [-1.5, -2.0], "features": ["argu 120 0:45", "shard 300 0:-5 1:80", "the_team 90"]}
    return {
        "themes": list(THEMES),
        "left_out": ["the"],
        "usual": [[-4.0, 0.5], [-3.5, 0.25]],
        "stories": weighing,
        "queries": weighing,
    }


def written(folder: Path, text: str) -> Path:
    file = folder / "theme_weights.json"
    file.write_text(text, encoding="utf-8")
    return file


def problems(folder: Path, weights: dict[str, Any]) -> list[tuple[int, str]]:
    file = written(folder, json.dumps(weights, indent=0))
    return [(problem.line, problem.problem) for problem in check_theme_weights(file, THEMES)]


def test_a_sound_file_has_no_problems(tmp_path: Path) -> None:
    assert problems(tmp_path, sound()) == []
    narrower = sound() | {"situations": ["like-a-dispute"], "usual": [[0.0, 1.0]] * 3}
    for kind in ("stories", "queries"):
        narrower[kind] = {"start": [0.0] * 3, "features": ["argu 120 2:45"]}
    assert problems(tmp_path, narrower) == []


@pytest.mark.parametrize("line", ["argu", "argu often", "argu 120 0:", "argu 120 0:45,1:3", "argu 120 0:4.5", ""])
def test_a_line_that_is_no_feature_is_named_with_its_line(tmp_path: Path, line: str) -> None:
    weights = json.loads(json.dumps(sound()))
    weights["queries"]["features"][1] = line
    ((number, said),) = problems(tmp_path, weights)
    assert said.startswith(f"queries.features.1: {line!r} is not a feature")
    assert json.dumps(weights, indent=0).splitlines()[number - 1] == json.dumps(line) + ","


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"themes": ["about-conflict", "about-nothing"]}, "themes: 'about-scaling' of story_themes is not among them"),
        ({"stories": {"start": [0.0], "features": ["argu 120"]}}, "stories.start: 1 values for 2 themes"),
        ({"usual": [[-4.0, 0.5]]}, "usual: 1 values for 2 themes"),
        ({"usual": [[-4.0, 0.5], [-3.5, 0]]}, "usual.1.1: Input should be greater than 0"),
        ({"left_out": None}, "left_out: Input should be a valid list"),
        ({"themse": []}, "themse: Extra inputs are not permitted"),
        ({"situations": "all"}, "situations: Input should be a valid list"),
    ],
)
def test_what_does_not_belong_together_is_named(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    assert said in [problem for _, problem in problems(tmp_path, sound() | change)]


def test_a_weight_for_a_theme_that_is_not_there_is_named(tmp_path: Path) -> None:
    weights = sound() | {"queries": {"start": [0.0, 0.0], "features": ["argu 120 2:45"]}}
    ((_, said),) = problems(tmp_path, weights)
    assert said == "'argu 120 2:45' weighs a theme beyond the 2 that are named"


def test_a_file_that_is_no_json_is_named_at_its_line(tmp_path: Path) -> None:
    file = written(tmp_path, '{\n"themes": [\n"about-conflict",,\n]}')
    (problem,) = check_theme_weights(file, THEMES)
    assert (problem.file, problem.line) == (file, 3)
    assert problem.problem.startswith("this is no JSON")


@pytest.mark.parametrize("data", [b"\xff\xfe\x00\x81", None])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, data: bytes | None) -> None:
    file = tmp_path / "theme_weights.json"
    if data is not None:
        file.write_bytes(data)
    (problem,) = check_theme_weights(file, THEMES)
    assert (problem.file, problem.line) == (file, 1)
    assert problem.problem.startswith("cannot be read")


def test_checking_the_content_looks_at_the_weights_too(tmp_path: Path) -> None:
    assert check() == []
    broken = written(tmp_path, "[]")
    assert [problem.file for problem in check(theme_weights=broken)] == [broken]
