"""Figures of progress: honest with few answers, and never across a change of the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.mentoring.progress import LATELY, LOOKED_AT, Given, Telling, scores_of
from bot.mentoring.progress_charts import level_chart
from bot.scoring.report import Report
from tests.gallery.reports import ABSTAINED, BETTER, SITUATIONAL, STORY

DAY = date(2030, 3, 4)
OLD, NEW = "1.0 1.0 1.0", "2.0 1.0 1.0"


def answer(
    number: int,
    rating: float | None = 3.0,
    first: float | None = None,
    report: Report | None = STORY,
    measured: str = NEW,
    quotable: bool = True,
) -> Given:
    on = DAY + timedelta(days=number)
    last = Telling(on, rating, measured)
    tellings = 1 if first is None else 2
    begun = last if first is None else Telling(on, first, measured)
    return Given(f"a{number}", begun, last, tellings, report, quotable)


def test_of_two_answers_nothing_is_said() -> None:
    scores = scores_of([answer(1), answer(2)])
    assert (scores.ratings.lately, scores.ratings.before, scores.ratings.gain) == (None, None, None)
    assert scores.returning == ()


def test_of_late_is_the_mean_of_the_last_five_and_before_that_the_five_before() -> None:
    ratings = scores_of([answer(n, rating) for n, rating in enumerate([1.0, 2, 2, 2, 2, 2, 4, 4, 4, 4, 4])]).ratings
    assert ratings.lately is not None
    assert ratings.before is not None
    assert (ratings.lately.value, ratings.lately.count) == (4.0, LATELY)
    assert (ratings.before.value, ratings.before.count) == (2.0, LATELY)


def test_an_answer_without_a_number_counts_in_no_mean_and_keeps_its_place() -> None:
    ratings = scores_of([answer(1), answer(2, None, report=ABSTAINED), answer(3), answer(4)]).ratings
    assert ratings.lately is not None
    assert (ratings.lately.count, ratings.numbered, ratings.without_number, len(ratings.points)) == (3, 3, 1, 4)


def test_ratings_made_by_other_rules_are_not_compared_and_the_place_is_marked() -> None:
    answers = [answer(n, 5.0, measured=OLD) for n in range(4)] + [answer(n, 2.0) for n in range(4, 7)]
    ratings = scores_of(answers).ratings
    assert ratings.breaks == (4,)
    assert ratings.lately is not None
    assert (ratings.lately.value, ratings.lately.count, ratings.before) == (2.0, 3, None)


def test_how_stories_are_divided_counts_those_alone_that_the_same_rules_divided() -> None:
    answers = [answer(n, measured=OLD) for n in range(3)] + [answer(n) for n in range(3, 5)]
    assert scores_of(answers).parts.count == 2


def test_a_level_that_other_rules_read_is_marked_in_the_chart() -> None:
    answers = [answer(n, measured=OLD) for n in range(2)] + [answer(n) for n in range(2, 4)]
    chart = level_chart(scores_of(answers).levels, "en")
    assert chart is not None
    assert chart.breaks == (2,)


def test_a_telling_under_other_rules_gains_nothing() -> None:
    told_again = answer(1, 4.0, first=2.0)
    assert told_again.gain == 2.0
    assert replace(told_again, first=replace(told_again.first, measured=OLD)).gain is None
    assert replace(told_again, first=replace(told_again.first, rating=None)).gain is None
    gain = scores_of([told_again, answer(2, 3.0, first=3.0), answer(3)]).ratings.gain
    assert gain is not None
    assert (gain.value, gain.count) == (1.0, 2)


def test_what_comes_back_is_named_with_its_newest_words() -> None:
    codes = [found.code for found in STORY.findings]
    clean = replace(STORY, findings=())
    returning = scores_of([answer(1), answer(2), answer(3), answer(4, report=clean)]).returning
    assert {each.code for each in returning} == set(codes)
    assert all((each.times, each.of, each.on) == (3, 4, DAY + timedelta(days=3)) for each in returning)
    assert all(each.quote for each in returning)


def test_words_of_an_answer_that_is_not_shown_are_not_quoted() -> None:
    hidden = scores_of([answer(n, quotable=False) for n in range(3)])
    assert all(each.quote is None for each in hidden.returning)
    older = scores_of([answer(1), answer(2, quotable=False), answer(3, quotable=False)])
    assert all(each.quote is not None for each in older.returning)


def test_one_slip_is_no_habit() -> None:
    clean = replace(STORY, findings=())
    assert scores_of([answer(1, report=clean), answer(2, report=clean), answer(3)]).returning == ()


def test_parts_are_those_of_stories_and_not_of_what_one_would_do() -> None:
    parts = scores_of([answer(1), answer(2, report=SITUATIONAL), answer(3, report=BETTER)]).parts
    assert parts.count == 2
    assert all(0 < sum(shares.values()) <= 100.5 for _, shares in parts.stories)


def test_a_text_that_could_not_be_judged_shows_no_level() -> None:
    assert scores_of([answer(1, None, report=ABSTAINED)]).levels == ()
    assert [each.level for each in scores_of([answer(1)]).levels] == [STORY.level.level if STORY.level else ""]


reports = st.sampled_from([STORY, BETTER, SITUATIONAL, None])
ratings = st.none() | st.floats(1, 5)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(ratings, ratings, reports, st.sampled_from([OLD, NEW])), max_size=30))
def test_no_figure_ever_leaves_its_range(drawn: list[tuple[float | None, float | None, Report | None, str]]) -> None:
    answers = [answer(n, rating, first, report, measured) for n, (rating, first, report, measured) in enumerate(drawn)]
    scores = scores_of(answers)
    for mean in (scores.ratings.lately, scores.ratings.before):
        assert mean is None or (1 <= mean.value <= 5 and 3 <= mean.count <= LATELY)
    assert scores.ratings.gain is None or -4 <= scores.ratings.gain.value <= 4
    assert scores.ratings.numbered + scores.ratings.without_number == len(answers)
    assert scores.looked_at <= LOOKED_AT
    assert all(2 <= each.times <= each.of <= LOOKED_AT for each in scores.returning)
    assert all(0 < place < len(scores.ratings.points) for place in scores.ratings.breaks)
