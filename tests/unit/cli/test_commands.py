"""The command line: what it prints and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.base.clock import SystemClock
from bot.base.errors import ConfigurationError, UserFacingError
from bot.cli.app import app
from bot.cli.run import connected
from bot.cli.scoring import score_lines

GOLD = Path(__file__).parents[2] / "gold" / "dev.jsonl"
LABELS = set("STARLO")


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.output


def test_the_shipped_content_has_nothing_wrong() -> None:
    assert run("content", "check") == (0, "Nothing is wrong.\n")


def test_a_wrong_file_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "questions.yaml"
    file.write_text("questions:\n  - id: q-own\n    text: What?\n    kind: strange\n", encoding="utf-8")
    code, output = run("content", "check", str(tmp_path))
    assert code == 1
    assert f"{file}:4:" in output


def test_stats_count_items_by_source_row() -> None:
    code, output = run("content", "stats", "--json")
    assert code == 0
    assert json.loads(output)["by_source"]["S0.2"] == 10


def test_scoring_a_file_says_what_a_person_would_be_told(tmp_path: Path) -> None:
    file = tmp_path / "answer.txt"
    file.write_text(json.loads(GOLD.read_text().splitlines()[0])["text"], encoding="utf-8")
    code, output = run("score", str(file), "--level", "L5")
    assert code == 0
    assert "of 5" in output


def test_predictions_have_the_form_that_the_evaluation_reads() -> None:
    items = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()][:12]
    for item, line in zip(items, score_lines(map(json.dumps, items)), strict=True):
        assert line["id"] == item["id"]
        assert 1 <= line["rating"] <= 5
        if item["kind"] == "behavioral":
            assert line["level"] in {"L3", "L4", "L5", "L6", "L7"}
            assert {segment["label"] for segment in line["segments"]} <= LABELS
            ends = [0, *(segment["end"] for segment in line["segments"])]
            assert all(s["start"] >= end for s, end in zip(line["segments"], ends, strict=False))
        else:
            assert set(line["points"]) == set(item["points"])


def test_a_situational_question_without_points_is_found_in_the_bank() -> None:
    item = {
        "id": "x",
        "kind": "situational",
        "question": "our llm bill is twice last month's. what now?",
        "text": "Hm.",
    }
    (line,) = score_lines([json.dumps(item)])
    assert line["points"]


def test_points_may_be_a_plain_list() -> None:
    item = {"id": "x", "kind": "situational", "question": "?", "text": "I would ask first.", "points": ["asks first"]}
    (line,) = score_lines([json.dumps(item)])
    assert line["points"] == {"asks first": True}


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "x"}', '{"id": "x", "kind": "odd", "text": "", "question": ""}'])
def test_a_line_that_is_no_answer_is_named(line: str) -> None:
    with pytest.raises(UserFacingError, match="line") as problem:
        list(score_lines(["", line]))
    assert problem.value.text.values["number"] == 2


def test_without_any_settings_it_is_said_what_to_set() -> None:
    with pytest.raises(ConfigurationError, match="STARLING_LOCAL_FOLDER"):
        connected({}, SystemClock())


def test_a_database_without_disagreements_prints_none(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'starling.sqlite3'}"
    assert run("database", "upgrade", "--database", url) == (0, "The database is up to date.\n")
    assert run("disputes", "--database", url) == (0, "")
