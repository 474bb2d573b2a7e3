"""What scoring hands back: a Report and its parts, frozen, with a JSON form that round-trips byte for byte.

Every `Evidence` holds offsets into the text as posted: `text[start:end] == quote`. A Report is a function of its
recorded inputs; `input_hash` names them, the three versions name what read them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.base.text import Text

Kind = Literal["behavioral", "situational"]
Label = Literal["S", "T", "A", "R", "L", "O"]
Severity = Literal["minor", "major"]
FollowUpCode = Literal[
    "differently", "measured", "hardest", "really", "which_system", "ending", "earlier", "other_side",
    "before_managers", "own_steps", "whose_steps", "helpers", "why_this_way", "missing_point", "first_step",
]  # fmt: skip
"""The question asked back; the first three have a scoring of their own (`bot.scoring.followups`)."""
SignalName = Literal["scope", "ambiguity", "impact", "leadership", "learning"]

LABELS: tuple[Label, ...] = ("S", "T", "A", "R", "L", "O")
LEVELS: tuple[str, ...] = ("L3", "L4", "L5", "L6", "L7")
FLAGS: tuple[str, ...] = (
    "we_over_i", "passive_action", "no_result", "no_metric", "no_learning", "long_setup", "too_long", "too_short",
    "hypothetical", "blames_others", "hero", "no_tension", "no_rationale", "vague", "self_righteous",
    "escalates_first", "apologetic",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the answer, verbatim, and where they stand in the text as posted."""

    quote: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where the words stand."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence and the part of the story it belongs to: situation, task, action, result, learning, other."""

    start: int
    end: int
    label: Label


@dataclass(frozen=True, slots=True)
class Finding:
    """Something an interviewer would note down: which rule found it, where, why it matters, how to mend it."""

    code: str
    rule: str
    version: int
    severity: Severity
    evidence: tuple[Evidence, ...]
    why: Text
    advice: Text
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Strength:
    """Something the answer does well, with the words that show it."""

    code: str
    evidence: Evidence
    text: Text


@dataclass(frozen=True, slots=True)
class Signal:
    """One of the five signals of a level (S3.1); without evidence the answer shows nothing of it."""

    name: SignalName
    level: str | None
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class LevelEstimate:
    """The level that the evidence supports, as a band, and how far it lies from the person's target.

    `distance` counts steps of the ladder, negative below the target; None without a target.
    """

    level: str
    low: str
    high: str
    signals: tuple[Signal, ...]
    target: str | None
    distance: int | None


@dataclass(frozen=True, slots=True)
class PointCover:
    """A key point of a situational question, whether the answer covers it, and the words that do."""

    point: str
    covered: bool
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """One of the six checks of S1.11, computed from the answer."""

    code: str
    passed: bool
    text: Text


@dataclass(frozen=True, slots=True)
class TimeByPart:
    """Speaking time of one part at 150 words a minute, and its share of the words."""

    label: Label
    seconds: int
    share: float


@dataclass(frozen=True, slots=True)
class Report:
    """Everything scoring says about one answer.

    `checks` are what it notes beyond the flags of the labelling guide; they do not move the rating.
    """

    engine: str
    rubric: str
    lexicon: str
    input_hash: str
    kind: Kind
    word_count: int
    scored_characters: int
    capped: bool
    rating: float
    abstained: str | None
    abstained_text: Text | None
    flags: tuple[str, ...]
    checks: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    strengths: tuple[Strength, ...]
    segments: tuple[Segment, ...]
    level: LevelEstimate | None
    points: tuple[PointCover, ...]
    self_checks: tuple[SelfCheck, ...]
    times: tuple[TimeByPart, ...]
    follow_up: Text
    follow_up_code: FollowUpCode = "differently"
    """Came with engine 1.1; for reports before that it is not known."""

    def to_json(self) -> bytes:
        """The report as JSON in UTF-8: the same report always gives the same bytes."""
        from bot.scoring.report_json import encode

        return encode(self)

    @classmethod
    def from_json(cls, data: bytes | str) -> Report:
        """The report that `to_json` wrote. Raises `ValueError` where the data are not a report."""
        from bot.scoring.report_json import decode

        return decode(cls, data)
