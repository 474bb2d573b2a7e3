"""Replies to follow-ups: the labelled ones, what turns a finding on or off, and what holds for any text."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.scoring import Rules
from bot.scoring.followups import FOLLOW_UP_KINDS, FollowUpKind, FollowUpReport, judge_follow_up
from bot.scoring.report import Evidence
from content.follow_ups import follow_up_cues
from content.loader import load_content
from content.rules import load_rules

RULES: Rules = load_rules()
LABELLED = yaml.safe_load((Path(__file__).parents[2] / "data" / "follow_ups.yaml").read_text(encoding="utf-8"))
FLOORS = {"tuning": 1.0, "held_out": 0.97, "fresh": 0.96, "last": 0.94, "untouched": 0.65}
"""Share of each split that is read as labelled; what the first look gave stands in docs/scoring.md."""


def judge(kind: FollowUpKind, reply: str, story: str = "") -> FollowUpReport:
    return judge_follow_up(kind, reply, RULES, follow_up_cues(), story)


def found(report: FollowUpReport) -> set[str]:
    return {part.code for part in report.parts if part.found}


def quotes(report: FollowUpReport) -> list[Evidence]:
    return [p.quote for p in report.parts if p.quote is not None] + [remark.quote for remark in report.remarks]


def test_there_are_at_least_sixty_labelled_replies_and_half_were_held_out() -> None:
    items = [item for labelled in LABELLED.values() for item in labelled]
    assert len(items) >= 60
    assert sum(item["split"] != "tuning" for item in items) * 2 >= len(items)


@pytest.mark.parametrize(("split", "floor"), FLOORS.items())
def test_labelled_replies_are_read_as_people_read_them(split: str, floor: float) -> None:
    right = [
        judge(kind, item["reply"]).verdict == item["kind"]
        for kind, labelled in LABELLED.items()
        for item in labelled
        if item["split"] == split
    ]
    assert sum(right) / len(right) >= floor


def test_the_replies_of_the_content_are_read_at_their_own_level() -> None:
    for entry in load_content().differently_replies.values():
        assert judge("differently", str(entry.reply)).verdict == (entry.level or "none"), entry.id


@pytest.mark.parametrize(
    ("less", "more", "code"),
    [
        ("I would have tested the import with real files.",
         "I would have tested the import with real files. We lost two weeks over it.", "cost"),
        ("I would communicate more often.", "I would ask the dispatchers for their route sheets.", "step"),
        ("I tuned the model for six weeks.", "I tuned the model for six weeks because I trusted the old report.",
         "cause"),
        ("I tuned the model for six weeks.", "I had framed it as a problem of the model, for six weeks.", "framing"),
        ("I would do the audit first.", "I would do the audit first. Since then I always start with it.", "changed"),
        ("It was a team effort and went well.", "I underestimated the migration.", "mistake"),
    ],
)  # fmt: skip
def test_a_sentence_more_turns_a_part_on(less: str, more: str, code: str) -> None:
    assert code not in found(judge("differently", less))
    assert code in found(judge("differently", more))


def test_a_way_of_working_that_changed_lifts_a_reply_from_senior_to_staff() -> None:
    senior = (
        "I had framed it as a speed problem because the ticket said so, and we tuned queries for a month. I would ask "
        "who reads the report first."
    )
    assert judge("differently", senior).verdict == "L5"
    assert judge("differently", f"{senior} Since then I ask that in every project.").verdict == "L6"


def test_nothing_and_blame_are_named_kindly_with_the_words_that_are_meant() -> None:
    nothing = judge("differently", "Honestly, nothing. It all went to plan.")
    assert [(remark.code, remark.quote.quote) for remark in nothing.remarks] == [("nothing", "Honestly, nothing.")]
    blame = judge("differently", "The vendor was simply too slow and never listened. I would choose another vendor.")
    assert (blame.verdict, blame.remarks[0].code) == ("L4", "blames")
    assert "may well be so" in str(blame.remarks[0].text.source)


def test_a_small_nothing_before_a_real_mistake_is_no_nothing() -> None:
    reply = "Nothing major, but I would have moved the big customer last. I moved it first and we were down for a day."
    assert judge("differently", reply).verdict == "L5"


@pytest.mark.parametrize("about", ["about", "roughly", "around", "I don't know exactly, but roughly"])
def test_an_honest_estimate_passes(about: str) -> None:
    assert judge("measured", f"{about} 30 percent fewer calls").verdict == "estimated"


@pytest.mark.parametrize("felt", ["It felt faster.", "You could tell that it was better.", "Everybody was happy."])
def test_a_feeling_does_not_pass_as_a_measure(felt: str) -> None:
    report = judge("measured", felt)
    assert report.verdict == "felt"
    assert report.remarks[0].quote.quote == felt


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("The dashboard showed it.", "instrument"),
        ("It was 900 ms before.", "baseline"),
        ("We looked at it for three weeks.", "period"),
        ("Finance confirmed it.", "witness"),
        ("Part of it may be the season.", "confounder"),
    ],
)
def test_each_thing_a_measure_needs_is_heard_by_itself(sentence: str, code: str) -> None:
    report = judge("measured", sentence)
    assert code in found(report)
    assert code not in found(judge("measured", "We did something and then it was somehow better for them."))


def test_a_difficulty_is_whole_only_with_what_one_did_about_it() -> None:
    hard = "The hardest part was that nobody knew the old format."
    assert judge("hardest", hard).verdict == "partial"
    assert judge("hardest", f"{hard} I wrote a reader for it from the samples.").verdict == "real"


@pytest.mark.parametrize(
    ("boast", "code"),
    [
        ("I'm a perfectionist, that was hard for me.", "praise"),
        ("The long hours, it was so much work.", "work"),
        ("Nothing was hard, it went quite smoothly.", "nothing"),
    ],
)
def test_a_boast_the_workload_and_a_no_are_no_difficulty(boast: str, code: str) -> None:
    report = judge("hardest", boast)
    assert (report.verdict, [remark.code for remark in report.remarks][:1]) == ("not_one", [code])


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("about 300 users", "users"), ("some forty thousand customers", "users"), ("around 20k euros a year", "cost"),
        ("it cost nothing but our time", "cost"),
        ("it cost about 2k", "cost"), ("we were five engineers", "team"), ("a team of roughly six", "team"),
        ("I was the only engineer on it", "team"), ("about three months", "duration"),
        ("it took a quarter of a year", "duration"),
    ],
)  # fmt: skip
def test_about_is_enough_for_a_fact_in_the_story_or_in_the_reply(told: str, code: str) -> None:
    assert code in found(judge("facts", told))
    in_story = judge("facts", "I do not know.", f"It was a search tool. {told}.")
    assert code in found(in_story)
    assert code in in_story.in_story


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("version 300 of it", "users"), ("in 2021", "duration"), ("in 2021", "users"), ("at 3 pm", "cost"),
        ("a lot of people", "team"), ("many users", "users"),
    ],
)  # fmt: skip
def test_a_date_a_version_or_a_vague_amount_is_no_fact(told: str, code: str) -> None:
    assert code not in found(judge("facts", told))


@pytest.mark.parametrize("kind", ["differently", "measured", "hardest"])
@pytest.mark.parametrize(
    "text", ["", "🙂", "Yes.", "저는 그때 더 일찍 물어봤어야 했습니다 그리고 지금은 항상 먼저 물어봅니다"]
)
def test_with_nothing_to_judge_it_says_what_would_help_and_nothing_else(kind: FollowUpKind, text: str) -> None:
    report = judge(kind, text)
    assert report.abstained is not None
    assert (report.verdict, report.parts, report.remarks, report.suggestion) == (None, (), (), None)


SENTENCES = [item["reply"] for labelled in LABELLED.values() for item in labelled]
anything = st.one_of(
    st.text(max_size=400),
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map(" ".join),
    st.lists(st.sampled_from(("I ", "would ", "nothing ", "about 3 ", "\n- ", "’", "e\u0301 ", "**we** ", "? ")),
             max_size=60).map("".join),
)  # fmt: skip
kinds = st.sampled_from(FOLLOW_UP_KINDS)


@settings(max_examples=120, deadline=None)
@given(kind=kinds, reply=anything, story=anything)
def test_any_text_gives_a_report_whose_quotes_are_verbatim(kind: FollowUpKind, reply: str, story: str) -> None:
    report = judge(kind, reply, story)
    for part in report.parts:
        if part.quote is not None:
            told = story if part.code in report.in_story else reply
            assert told[part.quote.start : part.quote.end] == part.quote.quote
    for remark in report.remarks:
        assert reply[remark.quote.start : remark.quote.end] == remark.quote.quote


@settings(max_examples=40, deadline=None)
@given(kind=kinds, reply=anything)
def test_the_same_reply_gives_the_same_bytes_and_they_read_back(kind: FollowUpKind, reply: str) -> None:
    report = judge(kind, reply)
    assert report.to_json() == judge(kind, reply).to_json()
    assert FollowUpReport.from_json(report.to_json()) == report


@settings(max_examples=40, deadline=None)
@given(reply=st.sampled_from(SENTENCES), kind=kinds)
def test_letter_case_does_not_move_the_verdict(reply: str, kind: FollowUpKind) -> None:
    assert judge(kind, reply.upper()).verdict == judge(kind, reply).verdict == judge(kind, reply.lower()).verdict
