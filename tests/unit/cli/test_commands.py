"""The command line: what it prints and how it ends."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.base.clock import SystemClock
from bot.base.errors import ConfigurationError, UserFacingError
from bot.cli.app import app, main
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


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["score", "{file}", "--kind", "odd"], "'odd' is not one of 'behavioral', 'situational'"),
        (["score", "{file}", "--level", "L9"], "'L9' is not one of 'L3'"),
    ],
)
def test_what_cannot_be_scored_is_told_in_a_sentence(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    file = tmp_path / "answer.txt"
    file.write_text("I did it.", encoding="utf-8")
    code, output = run(*(argument.format(file=file) for argument in arguments))
    assert code == 2
    assert sentence in " ".join(output.replace("│", "").split())


def test_a_file_that_is_no_text_is_told_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "answer.txt"
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(UserFacingError, match=r"answer\.txt is not a text in UTF-8"):
        CliRunner().invoke(app, ["score", str(file)], catch_exceptions=False)


def test_an_error_of_ours_ends_the_command_with_its_sentence_filled_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_text("{}\nnonsense\n", encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["starling", "score", "--jsonl", str(file)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("starling: line 1 is not an answer: ")


def test_a_line_separator_within_an_answer_does_not_end_its_line(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    item = {"id": "x", "question": "Why?", "kind": "behavioral", "text": "I fixed it.\u2028Then I left.\x85"}
    file.write_text(json.dumps(item, ensure_ascii=False) + "\n", encoding="utf-8")
    code, output = run("score", "--jsonl", str(file))
    assert code == 0
    assert json.loads(output)["id"] == "x"


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


def test_what_the_bank_knows_of_a_question_is_asked_by_the_checks() -> None:
    text = (
        "In 2019 I moved our billing to a new provider. I rehearsed it on a copy because the old one had no undo. "
        "I noticed three lines without a code, fixed them the same day, and nobody was affected. My boss praised me."
    )
    questions = (
        "Tell me about a project of yours that was stopped, or that had no effect at all.",
        "Which project of yours was stopped, or had no effect?",
        "",
    )
    answers = [{"id": question, "kind": "behavioral", "question": question, "text": text} for question in questions]
    lines = list(score_lines(map(json.dumps, answers)))
    checks = [set(line["checks"]) for line in lines]
    assert all({"missing_steps", "disguised_success"} <= found for found in checks[:2])
    assert not {"missing_steps", "disguised_success"} & checks[2]
    assert len({line["rating"] for line in lines}) == 1


def test_findings_are_named_in_words_at_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "answer.txt"
    file.write_text("Our team had a problem with the deploy and we fixed it. Everyone was fine in the end. " * 3)
    _, output = run("score", str(file))
    assert "Also noted: " in output
    assert "no_learning" not in output
    assert "Nothing learned" in output


def test_the_version_is_that_of_the_package() -> None:
    assert run("--version") == (0, f"starling {version('starling')}\n")


@pytest.mark.parametrize(
    "line", ["disputes", "rounds export out", "data export --member Ana --to out", "database erased"]
)
def test_without_a_database_a_command_says_so_in_a_sentence(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("STARLING_DATABASE_URL", raising=False)
    ended = CliRunner().invoke(app, line.split())
    assert isinstance(ended.exception, ConfigurationError)
    assert str(ended.exception).startswith("the database cannot be used: unable to open database file.")


def test_a_database_is_made_where_the_settings_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("STARLING_DATABASE_URL", raising=False)
    assert run("database", "upgrade") == (0, "The database is up to date.\n")
    assert run("disputes") == (0, "")
