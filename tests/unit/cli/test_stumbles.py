"""Where somebody stumbles at the command line, a sentence says how it is done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.base.errors import ConfigurationError, StarlingError, UserFacingError
from bot.cli.app import app, main
from bot.cli.reading import read_text

ANSWER = {"id": "x", "question": "Why?", "kind": "behavioral", "text": "I fixed it."}


@pytest.fixture(autouse=True)
def _beside_some_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    Path("answer.txt").write_text("I fixed it.", encoding="utf-8")
    Path("answers.jsonl").write_text(json.dumps(ANSWER), encoding="utf-8")
    Path("answer.docx").write_bytes(b"PK\xff\xfe")


def ended(line: str, piped: str = "") -> tuple[int, str]:
    """How a command ended and the sentence it ended with, without the box around it."""
    result = CliRunner().invoke(app, line.split(), input=piped)
    assert result.exception is None or isinstance(result.exception, (SystemExit, StarlingError)), result.exception
    said = str(result.exception) if isinstance(result.exception, StarlingError) else result.output
    return result.exit_code, " ".join(said.replace("│", "").split())


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("lokup boss", "Did you mean 'lookup'?"),
        ("content chek", "Did you mean 'check'?"),
        ("help lokup", "Did you mean 'lookup'?"),
        ("score", "starling score answer.txt; a minus stands for what is piped in"),
        ("score nowhere.txt", "There is no file nowhere.txt. Check its name, and the folder you are in."),
        ("score folder", "folder is a folder. Name a file in it."),
        ("score answer.docx", "Save it as plain text, not as a document."),
        ("score answers.jsonl", "answers.jsonl has an answer in each line: add --jsonl."),
        ("score answer.txt folder", "Name one file; a name with spaces stands in quotes."),
        ("score I led the move", "Words instead of a file are piped in: echo … | starling score -"),
        ("score answer.txt --follow-up facts --story nowhere.txt", "There is no file nowhere.txt."),
        ("score --jsonl answer.txt", "line 1 is not an answer: it is not JSON"),
        ("lookup", "Type a question, as in starling lookup why did you leave"),
        ("lookup --jsonl folder", "folder is a folder. Name a file in it."),
        ("lookup --jsonl nowhere", "There is no file nowhere."),
        ("content check folder", "folder:1: no file in it ends in .yaml"),
        ("manifest", "starling manifest discord or starling manifest slack"),
        ("run --settings nowhere.env", "behind --settings stands the file that starling init wrote"),
        ("run --settings folder", "folder is a folder"),
        ("init", "starling init asks its questions at a terminal"),
        ("database forget-erased folder", "folder is a folder. Name a file in it."),
        ("database forget-erased answer.docx", "Save it as plain text, not as a document."),
        ("rounds export answer.txt", "'answer.txt' is a file."),
        ("demo --folder answer.txt", "'answer.txt' is a file."),
        ("demo --questions nowhere", "'nowhere' does not exist."),
        ("demo --port 99999", "less than or equal to 65535"),
    ],
)
def test_a_stumble_is_told_in_a_sentence_that_says_what_to_do(line: str, sentence: str) -> None:
    code, said = ended(line)
    assert code != 0
    assert sentence in said


@pytest.mark.parametrize(
    ("command", "sentence"),
    [("score", "There is no file “why did you leave"), ("lookup", "Making yourself replaceable")],
)
def test_words_that_are_too_long_for_the_name_of_a_file_are_words(command: str, sentence: str) -> None:
    result = CliRunner().invoke(app, [command, "why did you leave " * 40])
    assert result.exception is None or isinstance(result.exception, UserFacingError), result.exception
    assert sentence in str(result.exception or result.output)


@pytest.mark.parametrize("item", ["[]", '{"id": "x", "text": ""}'])
def test_a_line_that_is_no_answer_is_told_by_what_it_lacks(item: str) -> None:
    _, said = ended("score --jsonl -", item)
    assert said.startswith("line 1 is not an answer: ")
    assert "kind is missing" in said or "no object with id, question, kind and text" in said


@pytest.mark.parametrize("line", ["help", "-h", "--help"])
def test_help_is_there_however_one_asks_for_it(line: str) -> None:
    code, said = ended(line)
    assert code == 0
    assert "Say which kind of story answers a question" in said


def test_help_on_a_command_is_that_of_the_command() -> None:
    asked, usual = ended("help database upgrade"), ended("database upgrade --help")
    assert asked == (0, usual[1].replace("root", "starling", 1))


def test_an_answer_is_scored_from_what_is_piped_in() -> None:
    assert ended("score -", "I fixed it.") == ended("score answer.txt")


def test_where_nothing_was_piped_in_it_says_what_is_wanted() -> None:
    assert ended("score -") == (
        0,
        "There are no words here that I can read. Write the answer as you would tell it, in English.",
    )


def test_the_mark_that_some_editors_put_first_is_no_part_of_the_text() -> None:
    Path("marked.txt").write_bytes(b"\xef\xbb\xbfI fixed it.\r\nThen I left.")
    assert read_text(Path("marked.txt")) == "I fixed it.\nThen I left."


def test_a_file_that_may_not_be_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UserFacingError, match=r"answer\.txt cannot be read: Permission denied\."):
        read_text(Path("answer.txt"))


def test_a_run_without_any_platform_names_the_file_that_would_have_them(monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.base.clock import SystemClock
    from bot.cli.run import connected

    with pytest.raises(ConfigurationError, match=r"in the folder where its starling\.env is"):
        connected({}, SystemClock())


def test_the_setting_that_a_taken_port_is_told_by_chooses_another_for_the_demo() -> None:
    result = CliRunner().invoke(app, ["demo"], env={"STARLING_LOCAL_PORT": "99999"})
    assert result.exit_code == 2
    assert "less than or equal to 65535" in result.output


def test_a_data_folder_that_cannot_be_made_is_named_by_its_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STARLING_SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("STARLING_SLACK_APP_TOKEN", "xapp-1")
    monkeypatch.setenv("STARLING_DATA_FOLDER", "answer.txt/below")
    code, said = ended("run")
    assert code == 1
    assert said.startswith("STARLING_DATA_FOLDER: the folder ")


def test_a_place_that_may_not_be_used_ends_a_command_with_its_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse() -> None:
        raise PermissionError(13, "Permission denied", "/kept/out")

    monkeypatch.setattr("bot.cli.app.app", refuse)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert capsys.readouterr().err == "starling: /kept/out cannot be used: Permission denied. Choose another place.\n"
