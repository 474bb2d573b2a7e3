"""`starling score --follow-up`: what the terminal says of replies and of questions to the interviewer."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.app import app

REPLY = "I should have asked for the read replica. We took checkout down twice."


def run(tmp_path: Path, text: str, *more: str) -> str:
    file = tmp_path / "reply.txt"
    file.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(app, ["score", str(file), *more])
    assert done.exit_code == 0, done.output
    return done.output


def test_a_reply_is_judged_with_its_words(tmp_path: Path) -> None:
    said = run(tmp_path, REPLY, "--follow-up", "differently")
    assert "(L5)" in said
    assert "[x] What it cost\n    “We took checkout down twice.”" in said
    assert "[ ] Why you made the mistake" in said


def test_facts_are_looked_for_in_the_story_as_well(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("The tool cost 4,000 euros.", encoding="utf-8")
    said = run(tmp_path, "About 300 users.", "--follow-up", "facts", "--story", str(story))
    assert "2 of the 4 are missing." in said


def test_closing_questions_are_told_apart(tmp_path: Path) -> None:
    said = run(tmp_path, "What is the salary?\nWhat is your biggest technical debt?", "--follow-up", "closing")
    assert "Better not asked in this round." in said
    assert "Signals seniority." in said


@pytest.mark.parametrize("text", ["", "Yes."])
def test_where_nothing_can_be_judged_it_says_what_would_help(tmp_path: Path, text: str) -> None:
    assert len(run(tmp_path, text, "--follow-up", "hardest").splitlines()) == 1


def test_without_the_option_nothing_new_is_printed(tmp_path: Path) -> None:
    assert "read replica" not in run(tmp_path, REPLY).split("A question back:")[-1]
