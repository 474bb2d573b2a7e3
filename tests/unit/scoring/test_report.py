"""The Report as a whole: what it holds, how it travels, what is shown of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from bot.base.text import render
from bot.scoring import FLAGS, LEVELS, KeyPoint, Report, predicted_line, render_for_terminal, shown
from bot.scoring.followups import FOLLOW_UP_KINDS
from bot.scoring.report import FollowUpCode
from tests.unit.scoring.texts import EVERY, SITUATIONAL, STRONG, STUCK_POINTS, WE, WOULD

Scored = Callable[..., Report]
GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("text", EVERY)
def test_a_report_comes_back_from_json_as_it_was(text: str, scored: Scored) -> None:
    report = scored(text, target="L5")
    assert Report.from_json(report.to_json()) == report
    assert Report.from_json(report.to_json()).to_json() == report.to_json()


def test_json_that_is_no_report_is_refused() -> None:
    with pytest.raises(ValueError, match="not a Report"):
        Report.from_json(b'{"engine": "1"}')


def test_a_report_of_an_engine_that_gave_no_code_to_its_question_can_still_be_read(scored: Scored) -> None:
    written = json.loads(scored(WE).to_json())
    del written["follow_up_code"]
    read = Report.from_json(json.dumps(written))
    assert read.follow_up_code == "differently"
    assert read.findings == scored(WE).findings


def test_up_to_six_hundred_words_the_length_is_a_hint_and_above_a_finding(scored: Scored) -> None:
    def told(words: int) -> str:
        report = scored(" ".join((STRONG.split() * 6)[:words]))
        return next((render(f.advice) for f in report.findings if f.code == "too_long"), "")

    assert told(440) == ""
    assert told(560).startswith("A hint only")
    assert told(640).startswith("Cut to 300 to 450 words")


def test_the_question_asked_back_has_a_code_of_its_own(scored: Scored) -> None:
    assert scored(WE).follow_up_code == "own_steps"
    asked = scored(SITUATIONAL, "situational", "A junior is stuck on a bug. What do you do?", STUCK_POINTS)
    assert asked.follow_up_code == "missing_point"
    assert set(FOLLOW_UP_KINDS) - {"facts"} <= set(get_args(FollowUpCode))


def test_a_report_names_what_made_it(scored: Scored) -> None:
    report = scored(STRONG)
    assert report.engine
    assert report.rubric
    assert report.lexicon
    assert report.input_hash != scored(STRONG + " ").input_hash
    assert report.input_hash != scored(STRONG, target="L5").input_hash


def test_a_strong_story_is_rated_high_and_its_parts_are_found(scored: Scored) -> None:
    report = scored(STRONG, target="L6")
    assert report.rating >= 4.5
    assert report.flags == ()
    assert {s.label for s in report.segments} == {"S", "T", "A", "R", "L"}
    assert report.level is not None
    assert report.level.level in LEVELS
    assert report.level.distance is not None
    assert report.level.distance < 0
    assert [s.name for s in report.level.signals] == ["scope", "ambiguity", "impact", "leadership", "learning"]
    assert report.strengths
    assert all(check.passed for check in report.self_checks if check.code != "situation_under_30_seconds")


def test_we_is_told_before_what_matters_less_and_three_findings_are_shown_at_most(scored: Scored) -> None:
    report = scored(WE)
    first = shown(report)
    assert first.findings[0].code == "we_over_i"
    assert len(first.findings) == 3
    assert {f.code for f in first.findings + first.rest} == set(report.flags)


def test_every_finding_says_why_and_how_to_mend_and_quotes(scored: Scored) -> None:
    for finding in scored(WE).findings:
        assert render(finding.why)
        assert render(finding.advice)
        assert finding.sources
        for evidence in finding.evidence:
            assert WE[evidence.start : evidence.end] == evidence.quote


def test_what_one_would_do_gets_a_number_but_is_not_shown_one(scored: Scored) -> None:
    report = scored(WOULD)
    assert "hypothetical" in report.flags
    assert report.abstained == "no_story"
    assert report.abstained_text is not None
    assert report.rating <= 2


def test_key_points_are_found_in_other_words(scored: Scored) -> None:
    report = scored(SITUATIONAL, "situational", "A junior is stuck on a bug. What do you do?", STUCK_POINTS)
    assert [p.covered for p in report.points] == [True, True, True, True, True, False]
    assert all(SITUATIONAL[p.evidence.start : p.evidence.end] == p.evidence.quote for p in report.points if p.evidence)
    assert report.level is None
    assert report.segments == ()
    assert STUCK_POINTS[-1] in render(report.follow_up)


def test_other_wordings_of_a_point_count_as_well(scored: Scored) -> None:
    answer = "I would put a plaque with everybody's nickname above the coffee machine, so that newcomers dare to speak."
    bare = scored(answer, "situational", "How do you welcome people?", ("introductions",))
    point = KeyPoint("introductions", ("nickname plaque",))
    worded = scored(answer, "situational", "How do you welcome people?", (point,))
    assert [p.covered for p in bare.points + worded.points] == [False, True]


def test_l6_language_without_substance_is_not_credited(scored: Scored) -> None:
    plain = "I built a page for our team. I tested it and shipped it in May. People liked it."
    dressed = plain + " The leverage was there. I scoped it. The durable change was real."
    levels = [scored(text).level for text in (plain, dressed)]
    assert levels[0] is not None
    assert levels[1] is not None
    assert levels[1].level == levels[0].level


def test_the_predicted_line_has_what_the_evaluation_reads(scored: Scored) -> None:
    told = predicted_line("x1", scored(STRONG))
    assert set(told) == {"id", "rating", "flags", "level", "segments", "checks", "abstained"}
    asked = predicted_line("x2", scored(SITUATIONAL, "situational", "What do you do?", STUCK_POINTS))
    assert set(asked["points"]) == set(STUCK_POINTS)
    assert set(told["flags"]) <= set(FLAGS)


@pytest.mark.parametrize(("name", "text"), [("strong", STRONG), ("we", WE), ("would", WOULD)])
def test_the_terminal_page_reads_as_agreed(name: str, text: str, scored: Scored) -> None:
    assert render_for_terminal(scored(text)) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def test_a_result_told_first_or_amid_the_steps_is_a_result(scored: Scored) -> None:
    first = "We cut refund time from 11 days to 2. That was at a ticket shop. I pulled 400 cases and wrote the rule."
    amid = "I added an index. Search went from 3 seconds to 200 ms. I built it at night. I told the team."
    assert scored(first).segments[0].label == "R"
    assert not {"no_result", "no_metric"} & {*scored(first).flags, *scored(amid).flags}


def test_another_team_that_acts_is_not_ones_own(scored: Scored) -> None:
    text = "The site was down. {} team checked the logs, {} team found the cause and {} team restarted it. It worked."
    assert "we_over_i" in scored(text.format("Our", "our", "our")).flags
    assert "we_over_i" not in scored(text.format("The platform", "the search", "the storage")).flags


def test_words_of_a_view_are_no_praise_for_hearing_the_other_side(scored: Scored) -> None:
    text = "I took ownership and wrote the plan, and the counterfactual would have cost us a lot. It made a point."
    assert "other_side" not in [strength.code for strength in scored(text).strengths]


def test_a_vague_answer_that_says_we_throughout_is_called_so(scored: Scored) -> None:
    text = (
        "We had some problems with our deployment last year. The monitoring team had not set up alerts, so nobody "
        "noticed. We looked into it and various fixes were made. We worked together and things got better. In the end "
        "the system was more stable and everyone was happy."
    )
    assert {"vague", "we_over_i", "no_metric", "no_learning"} <= set(scored(text).flags)


def test_a_lesson_of_general_words_is_none_however_it_is_framed(scored: Scored) -> None:
    text = "Our cache failed on a Monday. I added a replica because one was too few. Errors fell to zero. {}"
    empty = "Now I always communicate proactively with all stakeholders to deliver value in every project."
    assert "no_learning" in scored(text.format(empty)).flags
    assert "no_learning" not in scored(text.format("Now I always name an owner before a cache goes live.")).flags


def test_what_would_be_agreed_is_neither_done_nor_praised(scored: Scored) -> None:
    text = (
        "I have no example for that. If I had such a case, I'd look at the facts, make a list, and then I'd bring both "
        "people to one table and let each of them speak. After this I'd write down what we agreed and I'd send it."
    )
    report = scored(text)
    assert "hypothetical" in report.flags
    assert not report.strengths
