"""What is known of key points: lines, denials, hollow text, and how a point of the bank is known again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.base.errors import ContentError
from bot.scoring import Answer, Rules, score
from bot.scoring.denials import Denials, Row
from bot.scoring.engine import read_labelled
from bot.scoring.knowledge import Knowledge, hear
from bot.scoring.lexicon import PhraseTree
from bot.scoring.points import content_stems, evidences
from content.rules import FOLDER, load_known_points, load_lexicon

DENIALS = PhraseTree().build(
    {"denial": ["not", "without", "never"], "no_denial": ["not only"], "distance": ["overrated"]}
)
STOP = "stop or delay the launch"
BIAS = "You discover, the day before launch, that the credit-limit model is biased against a group. What do you do?"


def said(text: str, lines: list[str], against: tuple[str, ...] = (), contrary: tuple[str, ...] = (),
         deniable: bool = True) -> tuple[int, ...]:  # fmt: skip
    """The numbers of the sentences, cut at points, in which the lines say something."""
    row = Row.over([sentence.split() for sentence in text.split(".")])
    return hear(row, Knowledge.of(lines, against, contrary, deniable), Denials.within(row, DENIALS)).said


def test_parts_in_order_may_have_words_between_them() -> None:
    assert said("we stop the whole big launch", ["stop .. launch"]) == (0,)
    assert said("the launch may stop", ["stop .. launch"]) == ()


def test_a_single_dot_joins_more_narrowly_than_two() -> None:
    assert said("stop the one big launch", ["stop . launch"]) == (0,)
    assert said("stop all that we do for the launch", ["stop . launch"]) == ()


def test_parts_in_order_stand_in_one_sentence() -> None:
    assert said("we stop.the launch", ["stop .. launch"]) == ()
    assert said("we stop.the launch", ["stop & launch"]) == (0,)


def test_parts_together_stand_near_one_another_and_share_no_word() -> None:
    far = " ".join(["word"] * 20)
    assert said(f"retry {far} prompt", ["retry & prompt"]) == ()
    assert said(f"retry {far} prompt", ["retry && prompt"]) == (0,)
    assert said("a cost alarm", ["cost alarm & cost"]) == ()


def test_a_denial_turns_a_line_round_and_two_turn_it_back() -> None:
    assert said("we do not stop it", ["stop"]) == ()
    assert said("never without a stop", ["stop"]) == (0,)
    assert said("we not only stop it", ["stop"]) == (0,)


def test_a_line_may_hold_its_own_denial() -> None:
    assert said("we do not fix it", ["not .. fix"]) == (0,)


def test_denials_belong_to_a_point_that_cannot_be_denied() -> None:
    assert said("contracts say not outside", ["outside"]) == ()
    assert said("contracts say not outside", ["outside"], deniable=False) == (0,)


def test_what_is_told_at_a_distance_is_not_said() -> None:
    assert said("a gate is overrated", ["gate"]) == ()


def test_what_speaks_against_voids_its_sentence_and_the_contrary_the_answer() -> None:
    assert said("a gate if needed.a gate", ["gate"], against=("if needed",)) == (1,)
    assert said("a gate.ship it anyway", ["gate"], contrary=("ship it anyway",)) == ()


def test_a_contrary_that_is_denied_voids_nothing() -> None:
    assert said("a gate.we would not ship anyway", ["gate"], contrary=("ship anyway",)) == (0,)


def test_a_name_stands_for_its_words_alone_and_within_a_pattern() -> None:
    named = {"halt": ["stop", "pull {the|a} plug"]}
    row = Row.over([["we", "pull", "the", "plug", "now"]])
    for line in ("<halt>", "we <halt> now"):
        assert hear(row, Knowledge.of([line], named=named), Denials.within(row, DENIALS)).said == (0,)


def test_an_unknown_name_is_told() -> None:
    with pytest.raises(ValueError, match="no list of words named 'nothing'"):
        Knowledge.of(["<nothing>"])


def test_a_wrong_line_of_a_file_is_told_with_the_file(tmp_path: Path) -> None:
    for name in ("denials.yaml", "point_weights.yaml"):
        (tmp_path / name).write_text((FOLDER / name).read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "points").mkdir()
    (tmp_path / "points" / "one.yaml").write_text(
        "id: one\nversion: 1\nsource: [S4.2]\npoints:\n  - texts: [a point]\n    said: ['<gone>']\n", encoding="utf-8"
    )
    with pytest.raises(ContentError, match=r"one\.yaml.*gone"):
        load_known_points(load_lexicon(), tmp_path)


def test_a_point_is_known_by_nearly_its_text_and_another_is_not(rules: Rules) -> None:
    known = rules.known.of(content_stems(STOP, rules.lexicon))
    assert known is not None
    assert rules.known.of(content_stems("Stop, or delay, the launch!", rules.lexicon)) is known
    assert rules.known.of(content_stems("launch a party for the team", rules.lexicon)) is None
    assert rules.known.of(frozenset()) is None


def test_every_key_point_of_the_labelled_questions_is_known(rules: Rules) -> None:
    texts = ["budget alarms", "guide with questions", "a named owner for every gold set", "build for custom control"]
    assert all(rules.known.of(content_stems(text, rules.lexicon)) for text in texts)


def test_a_list_of_terms_covers_nothing(rules: Rules) -> None:
    text = (
        "**Strategy.** Alignment with all stakeholders is essential. **Impact.** Stop the launch where appropriate. "
        "**Communication.** A transparent approach is key, with best practices and a balanced framework. "
        "**Culture.** Responsibility and trust should be lived at all levels of the organisation."
    )
    (covered,) = score(Answer(text, "situational", BIAS, (STOP,)), rules).points
    plain = score(Answer("I would stop the launch tomorrow.", "situational", BIAS, (STOP,)), rules).points[0]
    assert (covered.covered, plain.covered) == (False, True)


def test_what_an_admin_types_is_not_met_by_its_denial(rules: Rules) -> None:
    point = "invite the night nurses to the review"
    told = score(Answer("I would invite the night nurses to the review.", "situational", "", (point,)), rules)
    denied = score(Answer("I would never invite the night nurses.", "situational", "", (point,)), rules)
    assert (told.points[0].covered, denied.points[0].covered) == (True, False)


@given(text=st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_figures_stay_between_nothing_and_one(rules: Rules, text: str) -> None:
    doc = read_labelled(Answer(text, "situational", BIAS, (STOP, "call the harbour master")), rules)
    found = evidences(doc, rules)
    assert [evidence.known for evidence in found] == [True, False]
    assert all(0 <= value <= 1 for evidence in found for value in evidence.figures.values())


@given(
    words=st.lists(
        st.sampled_from(["stop", "launch", "not", "gate", ".", "!", "monitor", "tell", "legal"]), max_size=60
    )
)
@settings(max_examples=60, deadline=None)
def test_a_covered_point_quotes_the_answer_verbatim(rules: Rules, words: list[str]) -> None:
    text = " ".join(words)
    for point in score(Answer(text, "situational", BIAS, (STOP,)), rules).points:
        assert (point.evidence is not None) == point.covered
        if point.evidence:
            assert text[point.evidence.start : point.evidence.end] == point.evidence.quote


def test_words_of_a_point_do_not_outweigh_its_opposite(rules: Rules) -> None:
    text = (
        "I would look at the launch, the release and the date, wait for a moment, think of delay and of going live, "
        "and talk with everybody about a hold or a pause of the rollout. Then I would patch and go, "
        "as the date is fixed and people have travelled far for it."
    )
    assert not score(Answer(text, "situational", BIAS, (STOP,)), rules).points[0].covered
