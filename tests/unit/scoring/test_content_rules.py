"""The loader of lexicon and rubric names file and line of anything wrong."""

from __future__ import annotations

import gc
import shutil
from pathlib import Path

import pytest

from bot.base.errors import ContentError
from bot.scoring.lexicon import PhraseTree, slots
from content.rules import FOLDER, load_rules


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(FOLDER, tmp_path / "scoring")
    return tmp_path / "scoring"


def test_the_shipped_files_load_alike_each_time() -> None:
    one, other = load_rules(FOLDER), load_rules(FOLDER)
    assert one is not other
    assert (one.lexicon.version, one.rubric.version) == (other.lexicon.version, other.rubric.version)


def test_what_is_shipped_is_read_once_and_a_folder_each_time(folder: Path) -> None:
    assert load_rules() is load_rules()
    assert load_rules(folder) is not load_rules(folder)


def test_the_garbage_collector_works_again_after_rules_that_cannot_be_read(folder: Path) -> None:
    (folder / "cues.yaml").write_text("{", encoding="utf-8")
    with pytest.raises(ContentError):
        load_rules(folder)
    assert gc.isenabled()


def change(file: Path, old: str, new: str) -> int:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("rubric.yaml", "  longest: 450", "  longest: many"),
        ("words.yaml", "    - arise arose arisen", "    - arise"),
        ("cues.yaml", "  time_intro:\n", "  time_intro:\n    sauce: [S1]\n"),
    ],
)
def test_a_wrong_value_is_named_with_file_and_line(name: str, old: str, new: str, folder: Path) -> None:
    line = change(folder / name, old, new)
    with pytest.raises(ContentError) as caught:
        load_rules(folder)
    assert caught.value.file == folder / name
    assert line <= caught.value.line <= line + 1


def test_yaml_that_cannot_be_read_is_named_with_its_line(folder: Path) -> None:
    (folder / "cues.yaml").write_text("id: cues\nversion: [1\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"cues\.yaml:[23]:"):
        load_rules(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "words.yaml").unlink()
    with pytest.raises(ContentError, match=r"words\.yaml:1: cannot be read"):
        load_rules(folder)


def test_a_pattern_with_unbalanced_braces_is_named(folder: Path) -> None:
    line = change(folder / "cues.yaml", '"for {years|', '"for years}{')
    with pytest.raises(ContentError, match="unbalanced braces") as caught:
        load_rules(folder)
    assert caught.value.line == line


def test_a_change_of_a_word_changes_the_version(folder: Path) -> None:
    before = load_rules(folder)
    change(folder / "cues.yaml", "complaint|", "complaint|grievance|")
    after = load_rules(folder)
    assert before.lexicon.version != after.lexicon.version
    assert before.rubric.version == after.rubric.version


def test_a_pattern_stands_for_all_its_phrases() -> None:
    assert slots("i {|have} {learned|learnt}") == [[["i"]], [[], ["have"]], [["learned"], ["learnt"]]]
    tree = PhraseTree().build({"x": ["i {|have} {learned|learnt}", "i have"]})
    assert tree["i"]["have"][""] == ("x",)
    assert tree["i"]["have"]["learnt"][""] == ("x",)
    assert tree["i"]["learned"][""] == ("x",)
