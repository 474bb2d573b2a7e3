from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.base.text import render
from bot.scoring import Answer, score
from bot.stories.confidentiality import look_through
from bot.stories.parts import clean, draft_of, figures_in, parts_by_label, tags_of
from bot.stories.tellings import least_words, most_words, verdict
from content.rules import load_rules
from storage.tables.stories import TellingLength

RULES = load_rules()
BLOB = (
    "In 2023 our depot printed each label twice, and nobody knew why. I had to find the cause before the night shift. "
    "I compared the logs of two printers and found that a retry used a fresh number. "
    "As a result double labels fell from 400 a day to none. I learned to number every job."
)


def test_a_text_pasted_as_one_is_taken_apart() -> None:
    parts = draft_of(BLOB, RULES).parts
    assert "compared the logs" in parts["action"]
    assert "fell from 400" in parts["result"]


def test_headings_name_the_parts_where_there_are_any() -> None:
    draft = draft_of("Situation: it broke.\nTask: mend it.\nActions: I mended it.\nLesson - test first.", RULES)
    assert draft.parts == {
        "situation": "it broke.", "task": "mend it.", "action": "I mended it.", "learning": "test first.",
    }  # fmt: skip


def test_bullets_markup_and_mentions_become_plain_words() -> None:
    pasted = "* *I* asked <@U123|ana> and <!here>\n- then `I` fixed <https://x.test/a|the page>\n1. done"
    assert clean(pasted) == "I asked and \nthen I fixed the page\ndone"


def test_far_too_long_a_text_is_kept_up_to_the_length_of_a_part() -> None:
    draft = draft_of("I fixed one printer and then the next. " * 2000, RULES)
    assert all(len(text) <= 3000 for text in draft.parts.values())
    assert len(draft.title) <= 125


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=400))
def test_no_word_is_lost_when_a_text_is_taken_apart(text: str) -> None:
    plain = clean(text)
    parts = parts_by_label(plain, score(Answer(plain), RULES))
    assert sorted("".join(" ".join(parts.values()).split())) == sorted("".join(plain.split()))


def test_figures_are_kept_as_they_stand_and_years_are_none() -> None:
    assert figures_in("In 2023 we cut it by 60 percent to 4 seconds and saved €12,000; 3 of us.") == [
        "60 percent", "4 seconds", "€12,000",
    ]  # fmt: skip


def test_tags_are_parted_by_commas_and_each_stands_once() -> None:
    assert tags_of("Kafka, retry,, kafka , *night*") == ("kafka", "retry", "night")


def test_what_may_be_confidential_is_quoted_where_it_stands() -> None:
    text = (
        "Then Joris Bakker from Acme Logistics GmbH paid $4.2 million. Write to ana@acme.test. On Monday I used Kafka."
    )
    found = look_through(text)
    assert [(one.kind, one.quote) for one in found] == [
        ("name", "Joris Bakker"), ("company", "Acme Logistics GmbH"), ("money", "$4.2 million"),
        ("address", "ana@acme.test"),
    ]  # fmt: skip
    assert all(text[one.start : one.end] == one.quote for one in found)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_every_quote_is_verbatim(text: str) -> None:
    assert all(text[one.start : one.end] == one.quote for one in look_through(text))


@pytest.mark.parametrize(("words", "said"), [(100, "there is time"), (300, "which fits"), (400, "70 too many")])
def test_a_telling_is_held_to_its_time(words: int, said: str) -> None:
    assert said in render(verdict(TellingLength.TWO_MINUTES, words))


def test_five_minutes_hold_more_words_than_two() -> None:
    two, five = TellingLength.TWO_MINUTES, TellingLength.FIVE_MINUTES
    assert least_words(two) < most_words(two) == 330 < most_words(five) == 825
