"""What a revision gained and lost against the one before it: a pure comparison of two reports."""

from __future__ import annotations

from dataclasses import dataclass

from bot.scoring.report import Finding, Report, Strength


@dataclass(frozen=True, slots=True)
class Delta:
    """Ratings are None where the engine abstained; `comparable` is false where two engines made the reports."""

    rating_before: float | None
    rating_after: float | None
    comparable: bool
    gone: tuple[Finding, ...]
    """Findings of the earlier report that do not hold any more."""
    new: tuple[Finding, ...]
    """Findings that hold only now."""
    gained: tuple[Strength, ...]
    """Strengths that show only now."""
    lost: tuple[Strength, ...]
    """Strengths of the earlier report that are not to be seen any more."""
    covered: tuple[str, ...]
    """Key points of a situational question that are covered only now."""
    dropped: tuple[str, ...]
    """Key points that were covered and are not any more."""

    @property
    def change(self) -> float | None:
        """How much the rating rose (or fell, below zero); None where the two cannot be compared."""
        if not self.comparable or self.rating_before is None or self.rating_after is None:
            return None
        return self.rating_after - self.rating_before

    @property
    def nothing(self) -> bool:
        """Whether the revision changed nothing that the rules see."""
        found = (self.gone, self.new, self.gained, self.lost, self.covered, self.dropped)
        return self.rating_before == self.rating_after and not any(found)


def rating_of(report: Report) -> float | None:
    """The rating a person is shown; None where the engine abstained."""
    return None if report.abstained else report.rating


def compare(before: Report, after: Report) -> Delta:
    """What `after` gained and lost against `before`."""
    had, has = {f.code for f in before.findings}, {f.code for f in after.findings}
    showed, shows = {s.code for s in before.strengths}, {s.code for s in after.strengths}
    were = {p.point for p in before.points if p.covered}
    are = {p.point for p in after.points if p.covered}
    return Delta(
        rating_before=rating_of(before),
        rating_after=rating_of(after),
        comparable=(before.engine, before.rubric, before.lexicon) == (after.engine, after.rubric, after.lexicon),
        gone=tuple(f for f in before.findings if f.code not in has),
        new=tuple(f for f in after.findings if f.code not in had),
        gained=tuple(s for s in after.strengths if s.code not in showed),
        lost=tuple(s for s in before.strengths if s.code not in shows),
        covered=tuple(p.point for p in after.points if p.covered and p.point not in were),
        dropped=tuple(p.point for p in before.points if p.covered and p.point not in are),
    )
