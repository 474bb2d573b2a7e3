"""How somebody's answers develop: figures from what is stored of them. Pure.

Every figure says of how many answers it speaks, and is not there where they are too few. Ratings are compared only
where the same engine, rubric and lexicon made them; an answer the engine abstained from has no rating. Words of an
answer are quoted only where `quotable`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from bot.mentoring.streaks import Streak
from bot.scoring.explain import USEFULNESS
from bot.scoring.report import Label, Report

LATELY = 5
"""Answers that "of late" speaks of, and as many before them."""
LEAST_FOR_A_MEAN = 3
LOOKED_AT = 10
"""Answers in which findings and parts are looked for, the newest ones."""
LEAST_TO_COME_BACK = 2
SHOWN_IN_CHART = 20
PARTS: tuple[Label, ...] = ("S", "T", "A", "R", "L")


@dataclass(frozen=True, slots=True)
class Telling:
    """An answer as it was told at one time. `rating` is None where the engine abstained; `measured` names the
    versions that made it."""

    on: date
    rating: float | None
    measured: str


@dataclass(frozen=True, slots=True)
class Given:
    """An answer: its first and its last telling, how many there are, and the report on the last one if it was read."""

    id: str
    first: Telling
    last: Telling
    tellings: int
    report: Report | None = None
    quotable: bool = True

    @property
    def gain(self) -> float | None:
        """How much the rating rose from the first telling to the last; None where that cannot be said."""
        first, last = self.first, self.last
        if self.tellings < 2 or first.rating is None or last.rating is None or first.measured != last.measured:
            return None
        return last.rating - first.rating


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean and of how many it is one."""

    value: float
    count: int


@dataclass(frozen=True, slots=True)
class Ratings:
    """Ratings over time. `points` are the newest answers, oldest first; `breaks` the places before which the
    measuring changed."""

    points: tuple[Given, ...]
    breaks: tuple[int, ...]
    lately: Mean | None
    before: Mean | None
    gain: Mean | None
    """From the first telling to the last, over the answers that were told again."""
    numbered: int
    without_number: int


@dataclass(frozen=True, slots=True)
class Returning:
    """A finding that comes back: in `times` of the last `of` answers, the newest words that show it, and their day."""

    code: str
    times: int
    of: int
    quote: str | None
    on: date


@dataclass(frozen=True, slots=True)
class Parts:
    """The mean share of each part in percent over `count` answers that tell a story and were measured
    alike, and each one's shares, oldest first."""

    count: int
    shares: Mapping[Label, float]
    stories: tuple[tuple[date, Mapping[Label, float]], ...]


@dataclass(frozen=True, slots=True)
class LevelPoint:
    """The level the evidence of one answer supports, with its band. `measured` names the versions that read it."""

    on: date
    low: str
    level: str
    high: str
    measured: str = ""


@dataclass(frozen=True, slots=True)
class Participation:
    """Questions answered of those posted in channels where somebody answers, since they are a member; and reviews.

    `due` counts reviews of closed rounds; `on_time` those of them that were given before the end.
    """

    answered: int = 0
    posted: int = 0
    answered_lately: int = 0
    posted_lately: int = 0
    on_time: int = 0
    due: int = 0
    received: int = 0


@dataclass(frozen=True, slots=True)
class Stories:
    """What somebody's stories cover, in counts; `to_mentors` of those alone that they let mentors see."""

    stories: int
    kinds: int
    of_kinds: int
    question_types: int
    of_question_types: int
    to_mentors: bool = False


@dataclass(frozen=True, slots=True)
class Scores:
    """What the rules say over time."""

    ratings: Ratings
    returning: tuple[Returning, ...]
    looked_at: int
    """Answers in which findings were looked for."""
    parts: Parts
    levels: tuple[LevelPoint, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """All of it; a part that is None is not shown to this reader. `to_mentors` of those answers and stories alone that
    mentors may see."""

    answers: int | None = None
    scores: Scores | None = None
    streak: Streak | None = None
    participation: Participation | None = None
    stories: Stories | None = None
    to_mentors: bool = False


def scores_of(answers: Sequence[Given]) -> Scores:
    """What the rules say over these answers, oldest first."""
    read = [each for each in answers if each.report is not None and not each.report.abstained][-LOOKED_AT:]
    return Scores(_ratings(answers), _returning(read), len(read), _parts(read), _levels(answers))


def _ratings(answers: Sequence[Given]) -> Ratings:
    numbered = [each for each in answers if each.last.rating is not None]
    alike = [each for each in numbered if each.last.measured == numbered[-1].last.measured]
    gains = [gain for each in answers if (gain := each.gain) is not None]
    points = tuple(answers[-SHOWN_IN_CHART:])
    return Ratings(
        points,
        breaks_of([each.last.measured if each.last.rating is not None else None for each in points]),
        lately=_mean_rating(alike[-LATELY:]),
        before=_mean_rating(alike[-2 * LATELY : -LATELY]),
        gain=Mean(fmean(gains), len(gains)) if gains else None,
        numbered=len(numbered),
        without_number=len(answers) - len(numbered),
    )


def breaks_of(measured: Sequence[str | None]) -> tuple[int, ...]:
    """Where one thing was measured otherwise than the one measured before it; None where nothing was measured."""
    found, before = [], None
    for place, versions in enumerate(measured):
        if versions is None:
            continue
        if before not in (None, versions):
            found.append(place)
        before = versions
    return tuple(found)


def _mean_rating(answers: Sequence[Given]) -> Mean | None:
    ratings = [each.last.rating for each in answers if each.last.rating is not None]
    return Mean(fmean(ratings), len(ratings)) if len(ratings) >= LEAST_FOR_A_MEAN else None


def _returning(read: Sequence[Given]) -> tuple[Returning, ...]:
    if len(read) < LEAST_FOR_A_MEAN:
        return ()
    times = Counter(code for each in read for code in _codes(each))
    back = [code for code, count in times.items() if count >= LEAST_TO_COME_BACK]
    back.sort(key=lambda code: (-times[code], USEFULNESS.index(code) if code in USEFULNESS else len(USEFULNESS), code))
    return tuple(_newest(code, times[code], read) for code in back)


def _newest(code: str, times: int, read: Sequence[Given]) -> Returning:
    newest = next(each for each in reversed(read) if code in _codes(each))
    quote = next(
        (
            found.evidence[0].quote
            for each in reversed(read)
            if each.quotable and each.report is not None
            for found in each.report.findings
            if found.code == code and found.evidence
        ),
        None,
    )
    return Returning(code, times, len(read), quote, newest.last.on)


def _codes(given: Given) -> frozenset[str]:
    return frozenset(found.code for found in given.report.findings) if given.report is not None else frozenset()


def _parts(read: Sequence[Given]) -> Parts:
    """Over the newest stories alone that the same rules divided."""
    alike = [each for each in read if each.last.measured == read[-1].last.measured]
    stories = [(each.last.on, shares) for each in alike if each.report is not None and (shares := _shares(each.report))]
    if not stories:
        return Parts(0, {}, ())
    mean = {part: fmean(shares[part] for _, shares in stories) for part in PARTS}
    return Parts(len(stories), mean, tuple(stories))


def _shares(report: Report) -> dict[Label, float] | None:
    """The share of each part in percent; none for an answer that tells no story."""
    shares = {each.label: 100 * each.share for each in report.times}
    return {part: shares.get(part, 0.0) for part in PARTS} if shares else None


def _levels(answers: Sequence[Given]) -> tuple[LevelPoint, ...]:
    return tuple(
        LevelPoint(each.last.on, level.low, level.level, level.high, each.last.measured)
        for each in answers[-SHOWN_IN_CHART:]
        if each.report is not None and not each.report.abstained and (level := each.report.level) is not None
    )
