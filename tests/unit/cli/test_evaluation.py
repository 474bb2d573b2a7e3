"""`starling eval`: what it prints and writes, with labels and without."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.base.errors import UserFacingError
from bot.cli.app import app

GOLD = Path(__file__).parents[2] / "gold"
ROWS = [json.loads(line) for line in (GOLD / "dev.jsonl").read_text(encoding="utf-8").splitlines()][:12]
QUERIES: list[dict[str, Any]] = [
    {"id": "a", "query": "conflict with my boss", "relevant": [4], "class": "scrap"},
    {"id": "b", "query": "동료를 멘토링한 경험", "relevant": [5], "class": "korean"},
    {"id": "c", "query": "conflict with my boss", "relevant": [7], "class": "scrap"},
]


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["eval", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def file_of(folder: Path, rows: list[dict[str, Any]]) -> str:
    file = folder / "items.jsonl"
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return str(file)


def without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


def test_scoring_prints_the_measures_beside_the_baselines(tmp_path: Path) -> None:
    output = run("scoring", file_of(tmp_path, ROWS))
    heading = next(line for line in output.splitlines() if "interval" in line)
    assert heading.split()[0] == "engine"
    assert heading.split()[-4:] == ["mean", "words", "position", "keywords"]
    for name in ("rating_qwk", "segment_macro_f1", "flag_micro_f1", "false_flags_per_strong_answer", "level_qwk"):
        assert f"\n{name} " in output


def test_a_wrong_label_is_told_with_what_was_said_and_the_words_meant(tmp_path: Path) -> None:
    sentence = ROWS[0]["segments"][0][0]
    turned = ROWS[0] | {"segments": [[sentence, "L"], *ROWS[0]["segments"][1:]], "rating": 1.0}
    found = json.loads(run("scoring", file_of(tmp_path, [turned, *ROWS[1:]]), "--json"))
    miss = next(miss for miss in found["misses"] if miss["item"] == turned["id"] and miss["measure"] == "segment")
    assert (miss["expected"], miss["said"]) == ("L", "S")
    assert miss["quote"] == sentence
    assert any(miss["measure"] == "rating" and miss["expected"] == "1" for miss in found["misses"])


def test_without_labels_predictions_are_written_and_nothing_is_measured(tmp_path: Path) -> None:
    bare = [without(row, "rating", "flags", "level", "segments") | {"points": [*row.get("points", ())]} for row in ROWS]
    out = tmp_path / "said.jsonl"
    output = run("scoring", file_of(tmp_path, bare), "--predictions", str(out))
    said = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in said] == [row["id"] for row in ROWS]
    assert all(1 <= line["rating"] <= 5 for line in said)
    assert "Nothing is labelled, so nothing is measured." in output


def test_some_labels_are_measured_where_others_are_missing(tmp_path: Path) -> None:
    rows = [*ROWS[:6], *(without(row, "level", "flags") for row in ROWS[6:])]
    found = json.loads(run("scoring", file_of(tmp_path, rows), "--json"))
    assert found["items"] == len(ROWS)
    assert found["level_exact"] is not None


def test_lookup_prints_accuracy_by_class_beside_bm25_and_the_misses(tmp_path: Path) -> None:
    out = tmp_path / "said.jsonl"
    output = run("lookup", file_of(tmp_path, QUERIES), "--predictions", str(out))
    assert "BM25" in output
    assert "best_first korean" in output
    assert "c best_first: expected 7, said 4" in output
    said = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(line["id"], line["archetypes"][0]) for line in said] == [("a", 4), ("b", 5), ("c", 4)]


def test_lookup_without_labels_only_predicts(tmp_path: Path) -> None:
    found = json.loads(run("lookup", file_of(tmp_path, [without(q, "relevant") for q in QUERIES]), "--json"))
    assert (found["items"], found["best_first"], found["misses"]) == (3, None, [])


@pytest.mark.parametrize("command", ["scoring", "lookup"])
@pytest.mark.parametrize("line", ["{", "[]", '{"id": "x"}', '{"id": "x", "text": 3, "query": 3}'])
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, command: str, line: str) -> None:
    file = tmp_path / "items.jsonl"
    file.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(UserFacingError, match="line 2"):
        run(command, str(file))


def test_an_id_that_stands_twice_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserFacingError, match="line 2: the id a stands twice"):
        run("lookup", file_of(tmp_path, [QUERIES[0], QUERIES[0]]))


def test_predictions_that_cannot_be_written_are_told(tmp_path: Path) -> None:
    with pytest.raises(UserFacingError, match="cannot be written"):
        run("lookup", file_of(tmp_path, QUERIES), "--predictions", str(tmp_path / "nowhere" / "said.jsonl"))
