"""A team's own questions stand beside ours and never in their place."""

from __future__ import annotations

from pathlib import Path

from content.check import check
from content.loader import load_content

OWN_QUESTION = """\
questions:
  - id: q-flaky-failure
    text: Tell us about your last week on call.
    kind: behavioral
"""


def test_an_own_question_needs_no_more_than_an_id_a_text_and_a_kind(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(OWN_QUESTION, encoding="utf-8")
    question = load_content(tmp_path).question("own-q-flaky-failure")
    assert question.sources == ("own",)
    assert question.version == 1


def test_an_own_question_does_not_stand_in_for_one_of_ours(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(OWN_QUESTION, encoding="utf-8")
    content = load_content(tmp_path)
    assert content.question("q-flaky-failure") == load_content().question("q-flaky-failure")
    assert len(content.questions) == len(load_content().questions) + 1


def test_a_prefix_written_by_hand_is_not_doubled(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(OWN_QUESTION.replace("q-flaky", "own-flaky"), encoding="utf-8")
    assert "own-flaky-failure" in load_content(tmp_path).questions


def test_two_own_questions_with_one_id_collide(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(OWN_QUESTION, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(OWN_QUESTION, encoding="utf-8")
    assert [(problem.file.name, problem.line) for problem in check([tmp_path])] == [("b.yaml", 2)]


def test_an_own_folder_holds_questions_only(tmp_path: Path) -> None:
    file = tmp_path / "ours.yaml"
    file.write_text("themes:\n  - id: theme-x\n    name: X\n    about: Y\n", encoding="utf-8")
    assert [(problem.file, problem.line) for problem in check([file])] == [(file, 2)]


def test_an_own_question_may_refer_to_our_archetypes(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(OWN_QUESTION + "    archetypes: [mentoring]\n", encoding="utf-8")
    assert check([tmp_path]) == []


def test_an_own_situational_question_may_carry_points_in_plain_words(tmp_path: Path) -> None:
    text = OWN_QUESTION.replace("behavioral", "situational") + "    points: [Asks first., Then acts.]\n"
    (tmp_path / "ours.yaml").write_text(text, encoding="utf-8")
    points = load_content(tmp_path).question("own-q-flaky-failure").points
    assert [str(point.text) for point in points] == ["Asks first.", "Then acts."]


def test_files_ending_in_yml_and_folders_of_any_name_are_read(tmp_path: Path) -> None:
    (tmp_path / "scoring").mkdir()
    (tmp_path / "scoring" / "ours.yml").write_text(OWN_QUESTION, encoding="utf-8")
    assert "own-q-flaky-failure" in load_content(tmp_path).questions
