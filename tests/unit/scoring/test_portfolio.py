"""What stands out over all stories of a person, and what a company's lens puts first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.scoring import Finding, Report, Rules
from bot.scoring.checks import all_checks
from bot.scoring.doc import Asking
from bot.scoring.explain import shown
from bot.scoring.lens import LENSES, lens_on, weigh
from bot.scoring.portfolio import Telling, alike, asked_for, look_over, told_years_ago
from bot.scoring.report import FLAGS
from content.loader import load_content
from tests.effort import processor_seconds
from tests.unit.scoring.texts import STRONG, WE

TODAY = date(2026, 5, 4)
GENEROUS_SECONDS = 0.5
"""Far above what is measured (docs/scoring.md has the figure), so that a busy machine does not fail."""
HERO = (
    "The whole launch was at risk that night and 4,000 customers waited. I single-handedly fixed the cluster, nobody "
    "else could have done it, and without me there would be no company today. I {} the index myself in one night. In "
    "the end all was up again, we lost only {} orders, and the director called me the hero of the year in his speech."
)
Scored = Callable[..., Report]


def telling(scored: Scored, text: str, **more: bool) -> Telling:
    return replace(Telling(text, scored(text), TODAY), **more)  # type: ignore[arg-type]


def codes(*tellings: Telling) -> list[str]:
    return [finding.code for finding in look_over(tellings)]


def test_three_stories_without_failure_or_pushback_are_noted(scored: Scored) -> None:
    other = WE + " It was in the spring, and the plant in Gdansk had asked for it since the winter before."
    stories = [telling(scored, text) for text in (STRONG, other, HERO.format("rebuilt", 30))]
    assert {"no_failure", "no_pushback"} <= set(codes(*stories))
    answered = telling(scored, STRONG, asked_for_failure=True, asked_for_disagreement=True)
    assert not {"no_failure", "no_pushback"} & set(codes(*stories[1:], answered))


def test_two_stories_say_nothing_of_what_is_missing(scored: Scored) -> None:
    assert "no_failure" not in codes(telling(scored, STRONG), telling(scored, HERO.format("rebuilt", 30)))


def test_a_hero_in_every_story_is_noted_and_in_most_is_not(scored: Scored) -> None:
    heroes = [telling(scored, HERO.format(*words)) for words in (("rebuilt", 30), ("restored", 40), ("moved", 7))]
    assert "hero_everywhere" in codes(*heroes)
    assert "hero_everywhere" not in codes(*heroes, telling(scored, STRONG))


@pytest.mark.parametrize(
    ("opening", "years"),
    [("In 2019 ", 7), ("In 2024 and 2025 ", 1), ("Once ", None), ("Planned for 2030, in 2020 ", 6)],
)
def test_the_age_of_a_story_is_read_from_the_years_it_names(scored: Scored, opening: str, years: int | None) -> None:
    assert told_years_ago(telling(scored, opening + STRONG.replace("Last spring", "our"))) == years


def test_a_story_over_five_years_old_and_one_of_last_week_are_noted(scored: Scored) -> None:
    old = telling(scored, STRONG.replace("Last spring", "In 2018"))
    fresh = telling(scored, HERO.format("rebuilt", 30).replace("that night", "last week"))
    assert codes(old, fresh) == ["story_too_fresh", "story_too_old"]


def test_tellings_that_are_alike_are_one_finding_however_many_they_are(scored: Scored) -> None:
    same = [telling(scored, STRONG + f" That was number {n}.", asked_for_failure=True) for n in range(3)]
    same = [replace(one, asked_for_disagreement=True, question=f"Question {n}?") for n, one in enumerate(same)]
    (finding,) = look_over(same)
    assert (finding.code, finding.tellings) == ("near_identical", (0, 1, 2))


def test_the_same_question_answered_again_is_no_second_story(scored: Scored) -> None:
    tellings = [replace(telling(scored, STRONG), question="When were you wrong?") for _ in range(2)]
    assert look_over(tellings) == ()


@pytest.mark.parametrize(
    ("question", "asking", "failure", "disagreement"),
    [
        ("Why?", Asking(question_type="type-failure"), True, False),
        ("Why?", Asking(canonical_story="story-pushed-back"), False, True),
        ("Why?", Asking(archetypes=("cross-functional", "disagreement")), False, True),
        ("Tell me about a mistake of yours.", Asking(), True, False),
        ("What is your greatest failure?", Asking(), True, False),
        ("Tell me about a conflict with a colleague.", Asking(), False, True),
        ("Tell me about a customer.", Asking(), False, False),
        ("", Asking(), False, False),
    ],
)
def test_what_a_question_asks_for_is_known_of_it_or_read_from_its_words(
    rules: Rules, question: str, asking: Asking, failure: bool, disagreement: bool
) -> None:
    assert asked_for(question, asking, rules.lexicon) == (failure, disagreement)


def test_forty_long_answers_are_looked_over_in_a_moment(scored: Scored) -> None:
    report = scored(STRONG)
    long = [" ".join(f"word{(n * 7 + k * 13) % 5000}" for k in range(2000)) for n in range(40)]
    assert processor_seconds(lambda: look_over([Telling(text, report, TODAY) for text in long])) < GENEROUS_SECONDS


def test_near_identical_tellings_are_noted_as_a_pair(scored: Scored) -> None:
    again = STRONG.replace("400", "some 400")
    (finding,) = look_over([telling(scored, STRONG), telling(scored, again)])
    assert (finding.code, finding.tellings) == ("near_identical", (0, 1))
    assert alike(STRONG, WE) < 0.1
    assert alike("", STRONG) == 0


def finding(code: str, severity: str = "minor") -> Finding:
    return Finding(code, f"rule.{code}", 1, severity, (), STRONG_WHY, STRONG_WHY, ())  # type: ignore[arg-type]


STRONG_WHY = all_checks()[0].why


def test_a_lens_puts_first_what_the_company_stresses_and_leaves_the_rest_as_it_came() -> None:
    found = [finding("no_learning"), finding("no_tension"), finding("vague", "major"), finding("we_over_i", "major")]
    assert [f.code for f in weigh(found, "amazon")] == ["vague", "we_over_i", "no_learning", "no_tension"]
    assert [f.code for f in weigh(found, "google")] == ["no_learning", "no_tension", "vague", "we_over_i"]
    assert weigh(found, None) == tuple(found)
    assert weigh(found, "elsewhere") == tuple(found)


def test_a_lens_has_a_say_only_where_there_is_an_order_and_something_that_it_stresses() -> None:
    assert lens_on([finding("vague"), finding("too_short")], "amazon") is LENSES["amazon"]
    assert lens_on([finding("vague")], "amazon") is None
    assert lens_on([finding("apologetic"), finding("too_short")], "amazon") is None
    assert lens_on([finding("vague"), finding("too_short")], None) is None


def test_a_lens_orders_what_is_shown_and_leaves_report_and_rating_alone(scored: Scored) -> None:
    report = scored(WE)
    before = report.to_json()
    plain, meta = shown(report), shown(report, "meta")
    assert {f.code for f in (*plain.findings, *plain.rest)} == {f.code for f in (*meta.findings, *meta.rest)}
    assert meta.findings[0].code in LENSES["meta"].codes
    assert report.to_json() == before


def test_lenses_name_companies_with_a_guide_and_codes_that_exist() -> None:
    guided = {key for key, company in load_content().companies.items() if company.guide is not None}
    assert set(LENSES) == guided
    known = {*FLAGS, *(check.code for check in all_checks())}
    assert all(set(lens.codes) <= known for lens in LENSES.values())
