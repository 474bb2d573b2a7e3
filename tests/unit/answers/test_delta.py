"""What a revision gained and lost."""

from __future__ import annotations

from bot.answers.cards import change_text
from bot.answers.delta import compare
from bot.base.text import render
from tests.unit.answers.reports import ABSTAINED, SITUATIONAL, STORY, finding, report


def test_a_report_gains_nothing_on_itself() -> None:
    delta = compare(STORY, STORY)
    assert delta.nothing
    assert delta.change == 0


def test_findings_that_are_gone_and_new_are_told_apart() -> None:
    after = report(rating=4.0, findings=(finding("vague", "Our export was slow."),), strengths=())
    delta = compare(STORY, after)
    assert [f.code for f in delta.gone] == ["no_learning", "too_short"]
    assert [f.code for f in delta.new] == ["vague"]
    assert [s.code for s in delta.lost] == ["measured"]
    assert delta.change == 0.5


def test_what_one_way_gains_the_other_way_loses() -> None:
    after = report(rating=4.0, findings=(finding("vague", "Our export was slow."),), strengths=())
    there, back = compare(STORY, after), compare(after, STORY)
    assert (there.gone, there.new, there.gained, there.lost) == (back.new, back.gone, back.lost, back.gained)


def test_key_points_that_are_covered_only_now_are_named() -> None:
    covered = tuple(type(p)(p.point, True, p.evidence) for p in SITUATIONAL.points)
    delta = compare(SITUATIONAL, report(kind="situational", points=covered))
    assert delta.covered == ("Agree on a small task",)


def test_ratings_of_two_engines_are_not_compared() -> None:
    delta = compare(STORY, report(engine="2.0.0", rating=5.0))
    assert delta.change is None
    assert "My rules changed" in render(change_text(delta))


def test_the_change_is_said_as_it_is() -> None:
    assert render(change_text(compare(STORY, report(rating=4.0)))) == "The rating rose from 3.5 to 4 of 5."
    assert render(change_text(compare(STORY, report(rating=2.0)))) == "The rating fell from 3.5 to 2 of 5."
    assert render(change_text(compare(STORY, STORY))) == "The rating stays at 3.5 of 5."
    assert "had no rating" in render(change_text(compare(ABSTAINED, STORY)))
    assert "I cannot rate" in render(change_text(compare(STORY, ABSTAINED)))
    assert "neither" in render(change_text(compare(ABSTAINED, ABSTAINED)))
