"""What holds for any answer."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.scoring import Answer, Asking, Evidence, Report, Rules, score
from content.rules import load_rules
from tests.unit.scoring.texts import EVERY, SITUATIONAL, STRONG, STUCK_POINTS, WE

RULES: Rules = load_rules()
SENTENCES = (
    "Last year our nightly batch failed twice a week.", "I was asked to find out why.", "We were six engineers "
    "in two offices.",
    "First I read two years of logs because everybody blamed the network.", "The vendor objected, and he had a "
    "point.",
    "I wrote a small tool instead of changing the batch.", "We tested it on staging for a week.", "My manager "
    "wanted it sooner.",
    "Failures fell from nine a month to one.", "As a result nobody is paged at night any more.", "The customers "
    "stayed.",
    "I learned to count first, and I now ask for the log before the meeting.", "Communication is key.",
    "The pipeline was migrated and the old host was removed.", "I would ask a colleague for help.", "It took "
    "three weeks.",
)  # fmt: skip
EMPTY_TALK = ("So, yes.", "That is how it is.", "Okay.", "Well, you know.", "And so on and so forth.",
              "It is what it is.", "Blah blah blah.", "Yeah, right.", "Zibble wug fnord.", "Hm.")  # fmt: skip
SCRAPS = ("I ", "we ", "10% ", "\u200b", "e\u0301 ", "🙂", "S: ", "\n", "would ", "<@U1> ")
KNOWN = Asking("type-failure", "story-wrong-big", ("mentoring",), STUCK_POINTS, lead_round=True)
BULLETS = ("- ", "* ", "• ", "1. ", "3) ", "> ")
FIGURES = ("40%", "300 euros")
stories = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=14).map(" ".join)
anything = st.one_of(
    st.text(max_size=600),
    stories,
    st.text(alphabet="*_~`>#-•[](){}<>@:;,.!?'\"/|\\ \n\t1a", max_size=400),
    st.lists(st.sampled_from(SCRAPS), max_size=80).map("".join),
)


def run(text: str, **more: object) -> Report:
    return score(Answer(text, **more), RULES)  # type: ignore[arg-type]


def quotes(report: Report) -> list[Evidence]:
    found = [e for f in (*report.findings, *report.checks) for e in f.evidence] + [s.evidence for s in report.strengths]
    found += [p.evidence for p in report.points if p.evidence]
    return found + [s.evidence for s in (report.level.signals if report.level else ()) if s.evidence]


@settings(max_examples=150, deadline=None)
@given(anything, st.sampled_from(["behavioral", "situational"]))
def test_any_text_returns_and_every_quote_is_verbatim(text: str, kind: str) -> None:
    report = run(text, kind=kind, question="What did you do wrong?", points=STUCK_POINTS, asking=KNOWN)
    assert all(text[e.start : e.end] == e.quote for e in quotes(report))
    assert all(0 <= s.start < s.end <= len(text) for s in report.segments)
    assert report.rating in {1 + k / 2 for k in range(9)}


@settings(max_examples=60, deadline=None)
@given(anything)
def test_the_same_inputs_give_the_same_bytes(text: str) -> None:
    assert run(text).to_json() == run(text).to_json()
    assert Report.from_json(run(text).to_json()).to_json() == run(text).to_json()


def same(one: Report, other: Report) -> bool:
    labels = [s.label for s in one.segments] == [s.label for s in other.segments]
    covered = [p.covered for p in one.points] == [p.covered for p in other.points]
    return one.rating == other.rating and one.flags == other.flags and labels and covered


@settings(max_examples=60, deadline=None)
@given(stories, st.sampled_from([str.lower, str.upper, str.title, str.swapcase]))
def test_letter_case_does_not_move_the_score(text: str, change: Callable[[str], str]) -> None:
    assert same(run(text), run(change(text)))


@settings(max_examples=60, deadline=None)
@given(stories, st.sampled_from(["**", "_", "*", "~~", "`"]), st.integers(0, 200))
def test_emphasis_does_not_move_the_score(text: str, mark: str, at: int) -> None:
    words = text.split(" ")
    k = at % len(words)
    words[k] = f"{mark}{words[k]}{mark}" if words[k][-1].isalnum() else f"{mark}{words[k][:-1]}{mark}{words[k][-1]}"
    assert same(run(text), run(" ".join(words)))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=10), st.sampled_from(BULLETS))
def test_the_style_of_bullets_does_not_move_the_score(lines: list[str], bullet: str) -> None:
    assert same(run("\n".join(lines)), run("\n".join(bullet + line for line in lines)))


@settings(max_examples=60, deadline=None)
@given(stories, st.lists(st.integers(0, 300), max_size=8), st.sampled_from(["  ", "    ", " \t "]))
def test_runs_of_blanks_change_nothing(text: str, places: list[int], blanks: str) -> None:
    words = text.split(" ")
    gaps = {p % len(words) for p in places}
    wide = "".join(word + (blanks if k in gaps else " ") for k, word in enumerate(words))
    assert same(run(text), run(wide))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=10), st.integers(2, 5))
def test_blank_lines_change_nothing(lines: list[str], count: int) -> None:
    assert same(run("\n".join(lines)), run(("\n" * count).join(lines)))


@pytest.mark.parametrize("text", EVERY)
@pytest.mark.parametrize("names", [("Porto", "Gdansk"), ("Ana", "Oluwaseun")])
def test_names_do_not_move_the_score(text: str, names: tuple[str, str]) -> None:
    named = text.replace("Their lead", f"{names[0]}'s lead").replace("customers", f"{names[0]}")
    assert same(run(named), run(named.replace(*names)))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=14), st.sampled_from(EMPTY_TALK), st.integers(0, 20))
def test_sentences_without_content_never_raise_the_rating(lines: list[str], talk: str, at: int) -> None:
    k = at % (len(lines) + 1)
    assert run(" ".join([*lines[:k], talk, *lines[k:]])).rating <= run(" ".join(lines)).rating


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=3, max_size=14), st.integers(0, 20), st.sampled_from(FIGURES))
def test_a_figure_added_to_a_result_never_lowers_the_rating(lines: list[str], at: int, figure: str) -> None:
    text = " ".join(lines)
    before = run(text)
    results = [s for s in before.segments if s.label == "R" and text[s.end - 1] == "."]
    if not results or not 90 <= before.word_count <= 440:
        return
    end = results[at % len(results)].end - 1
    after = run(f"{text[:end]}, by {figure}{text[end:]}")
    assert after.rating >= before.rating


def test_markup_around_a_whole_answer_changes_nothing() -> None:
    for text in (STRONG, WE):
        lines = re.sub(r"(?<=\.) ", "\n", text)
        assert same(run(text), run(lines))
    options = {"kind": "situational", "question": "A junior is stuck. What do you do?", "points": STUCK_POINTS}
    assert same(run(SITUATIONAL, **options), run(SITUATIONAL.upper(), **options))
