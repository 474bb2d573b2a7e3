from __future__ import annotations

import pytest

from bot.base.text import render
from bot.chat.forms import TextInput
from bot.stories.forms import HINTS, forms_to_choose, story_form
from bot.stories.project_cards import project_form
from bot.stories.projects import COLUMNS
from content.loader import load_content

CONTENT = load_content()


def test_a_story_can_be_written_by_five_templates_and_ten_archetypes() -> None:
    offered = {choice.value for choice in forms_to_choose(CONTENT)}
    assert offered == {*CONTENT.templates, *CONTENT.archetypes}
    assert (len(CONTENT.templates), len(CONTENT.archetypes)) == (5, 10)


@pytest.mark.parametrize("form", [*CONTENT.templates, *CONTENT.archetypes])
def test_each_of_them_prompts_for_every_part_in_words_of_its_own(form: str) -> None:
    hints = {one.name: render(one.hint) for one in story_form(CONTENT, form).inputs if isinstance(one, TextInput)}
    for part in ("situation", "task", "action", "result"):
        assert hints[part]
        assert hints[part] != render(HINTS[part]), part


def test_a_project_is_asked_for_in_the_columns_of_the_table() -> None:
    assert [one.name for one in project_form(CONTENT).inputs] == ["name", *COLUMNS]
