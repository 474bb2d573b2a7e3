"""Whatever is posted has a defined outcome with a sentence for the person."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.base.text import render
from bot.scoring import Report
from tests.unit.scoring.texts import STRONG

Scored = Callable[..., Report]
GERMAN = (
    "Im letzten Jahr habe ich bei einer Bank gearbeitet und das System war sehr langsam. Ich habe die Datenbank "
    "untersucht und einen Index gefunden, der fehlte. Danach wurde alles schneller und die Kunden waren zufrieden "
    "mit dem Ergebnis, und ich habe gelernt, dass man zuerst messen muss."
)
HEBREW = "בשנה שעברה עבדתי בחברה קטנה והמערכת שלנו הייתה איטית מאוד ולכן בדקתי את מסד הנתונים ומצאתי את הבעיה "
CODE = "```\n" + "for row in rows:\n    total += row.value\n" * 30 + "```"
NO_STORY = (
    "Mentoring is important for every team and good mentors are patient. A culture of trust matters most, and people "
    "are different, which is why there is no single way. Curiosity is what counts, and listening, and time, and a "
    "sense of humour."
)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("   \n\t ", "empty"),
        ("🙂🙂🚀 👍", "empty"),
        ("?!... ---", "empty"),
        (CODE, "empty"),
        (GERMAN, "not_english"),
        (HEBREW * 5, "not_english"),
        ("I fixed it. It works now.", "too_few_words"),
        (NO_STORY, "no_story"),
    ],
)
def test_no_number_is_shown_where_none_is_known(text: str, reason: str, scored: Scored) -> None:
    report = scored(text)
    assert report.abstained == reason
    assert report.abstained_text is not None
    assert len(render(report.abstained_text)) > 40
    assert 1 <= report.rating <= 5


TOLD_NOW = (
    "In my last company the import fails every night and people in the morning cannot work. I check the logs and I "
    "discover a lock between two jobs. So I propose to split the table by region and I test it on a copy. After that "
    "the failing imports go from 5 a week to zero and people start on time."
)
NOTES = (
    "Ticket queue 3 wks long. Read 300 tickets, grouped them. 40% same 5 questions. Wrote answers page + macro. Boss "
    "wanted chatbot, said later, no budget. Asked 2 agents weekly, fixed what they found. Queue: 3 wks -> 4 days. Keep "
    "grouping tickets every quarter."
)


@pytest.mark.parametrize("text", [TOLD_NOW, NOTES], ids=["in the present", "in notes"])
def test_a_story_gets_its_number_although_its_english_is_bare(text: str, scored: Scored) -> None:
    assert scored(text).abstained is None


def test_a_text_past_the_cap_is_scored_up_to_it_and_says_so(scored: Scored) -> None:
    report = scored((STRONG + " ") * 200)
    assert report.capped
    assert 9_000 < report.scored_characters <= 10_000
    assert all(s.end <= report.scored_characters for s in report.segments)
    assert not scored(STRONG).capped


def test_an_answer_with_a_right_to_left_name_is_read(scored: Scored) -> None:
    report = scored(STRONG.replace("Porto", "‏דנה‏"))
    assert report.abstained is None
    assert report.rating >= 4


def test_a_code_block_inside_a_story_is_passed_over(scored: Scored) -> None:
    with_code = scored(STRONG + "\n```\nselect 1;\n```\n")
    assert with_code.rating == scored(STRONG).rating
    assert with_code.word_count == scored(STRONG).word_count
