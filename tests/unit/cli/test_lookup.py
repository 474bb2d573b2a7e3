"""`starling lookup`: what a person reads, what a file gets, and how bad lines are told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.base.errors import UserFacingError
from bot.cli.app import app


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["lookup", *arguments], catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


def test_a_person_reads_which_story_fits_and_by_which_words() -> None:
    code, output, _ = run("Tell me about a conflict with your boss")
    assert code == 0
    first, why, probes = output.splitlines()[:3]
    assert first == "1. #4 Disagreement and pushing back"
    assert "conflict" in why
    assert probes.strip() == "Whether you disagree by evidence, not by ego or title."


def test_where_nothing_fits_it_says_so_and_what_would_help() -> None:
    code, output, _ = run("🙂")
    assert (code, output.count("#")) == (0, 0)
    assert "Try the question's own words." in output


def test_a_guess_is_called_one() -> None:
    _, output, _ = run("frameworks")
    assert output.startswith("No wording that I know stands in this; the nearest are a guess.")


def test_a_file_gets_one_line_for_each_query(tmp_path: Path) -> None:
    file = tmp_path / "queries.jsonl"
    file.write_text('{"id": 1, "query": "bus factor"}\n\n{"id": "two", "query": "🙂"}\n', encoding="utf-8")
    code, output, problems = run("--jsonl", str(file))
    first, second = (json.loads(line) for line in output.splitlines())
    assert (code, problems) == (0, "")
    assert (first["id"], first["archetypes"][0]) == (1, 10)
    assert second == {"id": "two", "archetypes": []}


def test_bad_lines_are_named_by_their_number_and_the_others_answered(tmp_path: Path) -> None:
    file = tmp_path / "queries.jsonl"
    file.write_text(
        'nonsense\n{"id": "a", "query": "bus factor"}\n[1]\n{"query": "x"}\n{"id": "b"}\n', encoding="utf-8"
    )
    code, output, problems = run("--jsonl", str(file))
    assert code == 1
    assert [json.loads(line)["id"] for line in output.splitlines()] == ["a"]
    assert [line.split(" is ")[0] for line in problems.splitlines()] == ["line 1", "line 3", "line 4", "line 5"]


def test_neither_or_both_is_told(tmp_path: Path) -> None:
    file = tmp_path / "queries.jsonl"
    file.write_text("", encoding="utf-8")
    for arguments in ([], ["a query", "--jsonl", str(file)]):
        with pytest.raises(UserFacingError, match="Type a question"):
            run(*arguments)


def test_a_question_needs_no_quotes() -> None:
    quoted, unquoted = run("conflict with your boss"), run("conflict", "with", "your", "boss")
    assert unquoted == quoted
    assert unquoted[0] == 0


def test_a_file_in_the_place_of_a_question_is_recognised(tmp_path: Path) -> None:
    file = tmp_path / "queries.jsonl"
    file.write_text("", encoding="utf-8")
    with pytest.raises(UserFacingError, match="put --jsonl before it"):
        run(str(file))


def test_queries_are_taken_from_what_is_piped_in() -> None:
    piped = '{"id": 1, "query": "bus factor"}\n'
    result = CliRunner().invoke(app, ["lookup", "--jsonl", "-"], input=piped, catch_exceptions=False)
    assert json.loads(result.stdout)["archetypes"][0] == 10
