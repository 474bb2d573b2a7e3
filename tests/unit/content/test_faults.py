"""Whatever is wrong with a content file is told with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.base.errors import ContentError
from content.check import check
from content.loader import FOLDER, load_content, read_content
from tests.unit.content.faulty import THEME, read

DAMAGE = ["", "  - ", "x", "[", "{", "\t", "? a", "? [a]", "    ? [a]", "    {[a]: b}", "&a *a", '"', "  version: 1"]


def test_a_sound_file_has_no_problems(tmp_path: Path) -> None:
    written = read(tmp_path, THEME)
    assert written.problems == []
    assert set(written.content.themes) == {"theme-night-shifts"}


def test_malformed_yaml_is_named_at_its_line(tmp_path: Path) -> None:
    written = read(tmp_path, "themes:\n  - id: theme-a\n    version: [1\n    name: A\n")
    assert len(written.problems) == 1
    assert written.problems[0].file == written.file
    assert written.problems[0].line in (3, 4)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    file = tmp_path / "picture.yaml"
    file.write_bytes(b"\xff\xfe\x00\x81")
    _, problems = read_content([file])
    assert [(problem.file, problem.line) for problem in problems] == [(file, 1)]
    assert "UTF-8" in problems[0].problem


def test_a_character_that_yaml_forbids_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    written = read(tmp_path, "themes:\n  - id: \x07\n")
    assert [file for file, _ in written.places] == [written.file]


def test_a_wrong_type_is_named_at_the_line_of_the_value(tmp_path: Path) -> None:
    written = read(tmp_path, THEME.replace("version: 1", "version: soon"))
    assert written.places == [(written.file, 3)]
    assert "version" in written.problems[0].problem


def test_a_version_below_one_is_refused(tmp_path: Path) -> None:
    assert read(tmp_path, THEME.replace("version: 1", "version: 0")).places == [(tmp_path / "some.yaml", 3)]


def test_an_unknown_key_is_named_at_its_own_line(tmp_path: Path) -> None:
    written = read(tmp_path, THEME + "    colour: blue\n")
    assert written.places == [(written.file, 7)]
    assert "colour" in written.problems[0].problem


def test_a_missing_field_is_named_at_the_line_of_its_entry(tmp_path: Path) -> None:
    written = read(tmp_path, THEME.replace("    about: Work while others sleep.\n", ""))
    assert written.places == [(written.file, 2)]
    assert "about" in written.problems[0].problem


def test_a_key_that_stands_twice_is_named_and_not_overwritten(tmp_path: Path) -> None:
    written = read(tmp_path, THEME + "    name: Day shifts\n")
    assert written.places == [(written.file, 7)]
    assert "twice" in written.problems[0].problem


def test_a_duplicate_id_is_named_and_the_first_one_stays(tmp_path: Path) -> None:
    again = THEME.removeprefix("themes:\n").replace("Night shifts", "Late shifts")
    written = read(tmp_path, THEME + again)
    assert written.places == [(written.file, 7)]
    assert "some.yaml:2" in written.problems[0].problem
    assert str(written.content.themes["theme-night-shifts"].name) == "Night shifts"


def test_an_id_is_unique_across_kinds(tmp_path: Path) -> None:
    signal = """\
signals:
  - id: theme-night-shifts
    version: 1
    sources: [own]
    name: Nights
    asks: Who was awake?
    strong_sign: You were.
    weak_sign: Nobody was.
"""
    written = read(tmp_path, THEME + signal)
    assert written.places == [(written.file, 8)]


def test_a_dangling_reference_is_named_at_the_line_of_the_reference(tmp_path: Path) -> None:
    text = """\
crosswalk:
  - id: crosswalk-a
    version: 1
    sources: [own]
    name: A
    why: Because.
    archetypes:
      - nowhere
"""
    written = read(tmp_path, text)
    assert written.places == [(written.file, 8)]
    assert "'nowhere' is not among the archetypes" in written.problems[0].problem


def test_a_reference_to_an_entry_of_another_kind_dangles(tmp_path: Path) -> None:
    text = """\
crosswalk:
  - id: crosswalk-a
    version: 1
    sources: [own]
    name: A
    why: Because.
    archetypes: [theme-night-shifts]
"""
    written = read(tmp_path, THEME + text)
    assert written.places == [(written.file, 13)]


def test_an_unknown_source_row_is_named_at_its_line(tmp_path: Path) -> None:
    written = read(tmp_path, THEME.replace("[own]", "[own, S9.1]"))
    assert written.places == [(written.file, 4)]
    assert "S9.1" in written.problems[0].problem


def test_a_section_that_does_not_exist_is_named(tmp_path: Path) -> None:
    written = read(tmp_path, THEME + "moods: []\n")
    assert written.places == [(written.file, 7)]


@pytest.mark.parametrize("text", ["just words\n", "- a\n- b\n"])
def test_a_file_that_is_no_map_is_named(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text).places == [(tmp_path / "some.yaml", 1)]


@pytest.mark.parametrize("text", ["themes: five\n", "themes:\n", "themes:\n  a: b\n"])
def test_a_section_that_is_no_list_is_named(tmp_path: Path, text: str) -> None:
    assert [file for file, _ in read(tmp_path, text).places] == [tmp_path / "some.yaml"]


def test_an_entry_that_is_no_map_is_named(tmp_path: Path) -> None:
    assert read(tmp_path, "themes:\n  -\n  - five\n").places == [(tmp_path / "some.yaml", n) for n in (2, 3)]


def test_an_empty_file_holds_nothing_and_is_no_fault(tmp_path: Path) -> None:
    assert read(tmp_path, "").problems == []


def test_all_problems_are_collected_in_the_order_of_lines(tmp_path: Path) -> None:
    faulty = THEME.replace("version: 1", "version: soon") + "moods: []\n"
    assert [line for _, line in read(tmp_path, faulty).places] == [3, 7]


def test_loading_raises_the_first_problem_with_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text("questions:\n  - id: ours\n    kind: funny\n    text: Why?\n", encoding="utf-8")
    with pytest.raises(ContentError) as raised:
        load_content(tmp_path)
    assert str(raised.value).startswith(f"{file}:3: ")


def test_checking_a_path_that_does_not_exist_says_so(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    assert [problem.file for problem in check([nowhere])] == [nowhere]


def test_loading_from_a_folder_that_does_not_exist_says_so(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="no such folder"):
        load_content(tmp_path / "nowhere")


def test_a_question_of_ours_that_lacks_something_is_named(tmp_path: Path) -> None:
    text = """\
questions:
  - id: q-a
    version: 1
    sources: [own]
    text: What would you do?
    kind: situational
    points: [Ask first.]
"""
    written = read(tmp_path, text)
    assert {line for _, line in written.places} == {2}
    assert any("must_not" in problem.problem for problem in written.problems)


def test_a_fault_deep_inside_an_entry_is_named_at_its_own_line(tmp_path: Path) -> None:
    text = """\
questions:
  - id: q-a
    version: 1
    sources: [own]
    text: What would you do?
    kind: situational
    points:
      - Ask first.
      - text: Then act.
        also:
          - do it
          - {not: words}
"""
    assert read(tmp_path, text).places[0] == (tmp_path / "some.yaml", 12)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_yields_problems_and_never_a_crash(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    lines = (FOLDER / "archetypes.yaml").read_text(encoding="utf-8").splitlines()[:40]
    at = data.draw(st.integers(0, len(lines) - 1))
    lines[at] = data.draw(st.sampled_from([*DAMAGE, lines[at][2:]]))
    file = tmp_path_factory.mktemp("damaged") / "archetypes.yaml"
    file.write_text("\n".join(lines), encoding="utf-8")
    _, problems = read_content([file])
    assert all(1 <= problem.line <= len(lines) + 1 for problem in problems)


@pytest.mark.parametrize("text", ["? [a]\n: b\n", "themes:\n  - {[a]: b}\n", "themes:\n  - &a [*a]\n", "*a\n"])
def test_keys_and_aliases_that_make_no_sense_are_problems(tmp_path: Path, text: str) -> None:
    assert {file for file, _ in read(tmp_path, text).places} == {tmp_path / "some.yaml"}


AGREED = """\
examples:
  - id: example-alone
    version: 1
    sources: [own]
    title: Alone
    question: What did you do?
    strong: I did it.
    shows: Something.
review_rubrics:
  - id: rubric-small
    version: 1
    sources: [own]
    criteria:
      - {id: action, name: Action, asks: What?, one: Nothing., three: Some., five: All.}
agreed_ratings:
  - id: agreed-alone
    version: 1
    sources: [own]
    example: example-alone
    which: strong
    scores:
      - {criterion: action, score: 5, why: All of it.}
"""


def test_an_agreed_rating_of_what_stands_is_sound(tmp_path: Path) -> None:
    assert read(tmp_path, AGREED).problems == []


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        (("which: strong", "which: weak"), 20),
        (("criterion: action, score", "criterion: courage, score"), 22),
        (("example: example-alone", "example: example-gone"), 19),
        (("score: 5", "score: 6"), 22),
    ],
)
def test_an_agreed_rating_of_what_is_not_there_is_a_problem(tmp_path: Path, fault: tuple[str, str], line: int) -> None:
    written = read(tmp_path, AGREED.replace(*fault))
    assert (written.file, line) in written.places


def test_two_criteria_of_one_id_are_a_problem(tmp_path: Path) -> None:
    line = "      - {id: action, name: Action, asks: What?, one: Nothing., three: Some., five: All.}\n"
    assert read(tmp_path, AGREED.replace(line, 2 * line)).problems != []
