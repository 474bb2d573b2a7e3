"""Progress as people see it: one's own, a mentee's, several people's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from bot.answers.advice import finding_names
from bot.base.ids import MemberId
from bot.base.text import t
from bot.chat.cards import Card
from bot.mentoring.progress import Given, Participation, Progress, Stories, Telling, scores_of
from bot.mentoring.progress_cards import Wording, home_elements, progress_card, shared_card
from bot.mentoring.progress_cohort import WEEK, WEEKS, Cohort, Counts, Week
from bot.mentoring.progress_cohort_cards import cohort_card
from bot.mentoring.progress_handlers import goals_of
from bot.mentoring.progress_view import ProgressView
from bot.mentoring.streaks import Streak
from bot.scoring.report import Report
from content.loader import Content
from tests.gallery.reports import ABSTAINED, BETTER, STORY, WORSE
from tests.gallery.sample import Sample, identifier

ANA, BEN = MemberId(identifier("ana")), MemberId(identifier("ben"))
FIRST = date(2026, 10, 5)
OLD, NEW = "1.0 1.0 1.0", "2.0 1.0 1.0"
TOLD: tuple[tuple[float | None, float | None, Report, str], ...] = (
    (2.0, 3.0, STORY, OLD), (3.0, 3.0, WORSE, OLD), (3.5, None, STORY, NEW), (None, None, ABSTAINED, NEW),
    (2.5, 3.5, STORY, NEW), (3.0, None, WORSE, NEW), (3.5, 4.5, BETTER, NEW), (4.0, None, STORY, NEW),
)  # fmt: skip
"""Rating of the first telling and of the last one where there are two, the report on the last, and what rated it."""


def answers(count: int = len(TOLD)) -> list[Given]:
    """The first so many of somebody's answers, some days apart."""
    return [_given(number, *told) for number, told in enumerate(TOLD[:count])]


def _given(number: int, first: float | None, last: float | None, report: Report, measured: str) -> Given:
    day = FIRST + timedelta(days=6 * number)
    told = Telling(day, first, measured)
    again = replace(told, rating=last) if last is not None else told
    return Given(identifier(f"a{number}"), told, again, 1 if last is None else 2, report)


def progress(count: int = len(TOLD)) -> Progress:
    """All that is known of somebody after so many answers."""
    return Progress(
        count,
        scores_of(answers(count)),
        Streak(9, 12, 1, today=True) if count > 2 else Streak(),
        Participation(8, 14, 6, 10, on_time=3, due=4, received=7) if count > 2 else Participation(),
        Stories(4, 4, 10, 3, 5) if count > 2 else Stories(0, 0, 10, 0, 5),
    )


def wording(content: Content) -> Wording:
    """How it is worded in English."""
    return Wording("en", finding_names(content, "en"), goals_of(content))


def samples(content: Content) -> Iterator[Sample]:
    """Each card under its occasion."""
    words = wording(content)
    own, few = ProgressView(ANA, "Ana", progress()), ProgressView(ANA, "Ana", progress(1))
    shown = replace(own, mentor="Ben", progress=replace(own.progress, to_mentors=True))
    some = replace(shown, progress=replace(shown.progress, scores=None, stories=None))
    cards = {
        "one's own progress": progress_card(own, words, [(BEN, "Ben")]),
        "one's own progress after one answer": progress_card(few, words),
        "one's own progress before any answer": progress_card(replace(own, progress=progress(0)), words),
        "a mentee's progress": shared_card(shown, words),
        "a mentee's progress, of which only taking part is shown": shared_card(some, words),
        "one's progress as a mentor sees it": shared_card(shown, words, mirror=True),
        "a mentor's mentees side by side": cohort_card(Cohort((shown, some), 1, 2), None, words, moderates=False),
        "counts of a channel": cohort_card(None, _counts(), words, moderates=True, here=True),
        "counts of too few people": cohort_card(None, None, words, moderates=True),
    }
    yield from (Sample("mentoring", name, card) for name, card in cards.items())
    for name, known in (("progress in the home", own), ("progress in the home before any answer", few)):
        home = Card(t("Home"), home_elements(known.progress, cohort=known is own))
        yield Sample("mentoring", name, home, home=True)


def _counts() -> Counts:
    weeks = tuple(Week(FIRST + number * WEEK, 4 + number, 3 + number % 3) for number in range(WEEKS))
    return Counts(people=7, answers=39, posted=30, weeks=weeks, on_time=11, due=14)
