"""Reports made by hand, so that what people see is tested apart from what the engine finds."""

from __future__ import annotations

from dataclasses import replace

from bot.base.text import t
from bot.scoring.report import (
    Evidence,
    Finding,
    LevelEstimate,
    PointCover,
    Report,
    Segment,
    SelfCheck,
    Severity,
    Signal,
    Strength,
    TimeByPart,
)

TEXT = "Our export was slow. I was to mend it. I added an index because scans took 9 s. It takes 1 s now, for 40 teams."
NAMES = {"no_learning": "Nothing learned", "we_over_i": 'Too much "we"', "too_short": "Too short", "vague": "Vague"}


def quoted(words: str, text: str = TEXT) -> Evidence:
    """Words of the text, with where they stand."""
    start = text.index(words)
    return Evidence(words, start, start + len(words))


def finding(code: str, words: str, severity: Severity = "major") -> Finding:
    """A finding about these words."""
    return Finding(
        code, f"rule.{code}", 1, severity, (quoted(words),), t("Why it matters."), t("How to mend it."), ("S1.10",)
    )


def report(**changes: object) -> Report:
    """A report on `TEXT`, with these changes."""
    return replace(STORY, **changes)  # type: ignore[arg-type]


STORY = Report(
    engine="1.0.0",
    rubric="1-aaaa",
    lexicon="1-bbbb",
    input_hash="00000000000000ff",
    kind="behavioral",
    word_count=26,
    scored_characters=len(TEXT),
    capped=False,
    rating=3.5,
    abstained=None,
    abstained_text=None,
    flags=("no_learning", "too_short"),
    checks=(),
    findings=(finding("no_learning", "It takes 1 s now, for 40 teams."), finding("too_short", "Our export was slow.")),
    strengths=(Strength("measured", quoted("It takes 1 s now, for 40 teams."), t("You say what changed in figures.")),),
    segments=(Segment(0, 20, "S"), Segment(21, 38, "T"), Segment(39, 79, "A"), Segment(80, len(TEXT), "R")),
    level=LevelEstimate(
        "L4",
        "L4",
        "L5",
        (
            Signal("scope", "L4", quoted("for 40 teams")),
            Signal("ambiguity", None, None),
            Signal("impact", "L5", quoted("It takes 1 s now")),
            Signal("leadership", None, None),
            Signal("learning", None, None),
        ),
        "L5",
        -1,
    ),
    points=(),
    self_checks=(
        SelfCheck("says_why", True, t("Says why this way was chosen")),
        SelfCheck("says_lesson", False, t("Says what was learned")),
    ),
    times=(TimeByPart("S", 2, 0.16), TimeByPart("T", 2, 0.2), TimeByPart("A", 4, 0.32), TimeByPart("R", 3, 0.32)),
    follow_up=t("What would you do differently today?"),
    follow_up_code="differently",
)

SITUATIONAL = report(
    kind="situational",
    findings=(),
    flags=(),
    strengths=(),
    segments=(),
    level=None,
    times=(),
    self_checks=(),
    points=(
        PointCover("Find out what is hard", True, quoted("I was to mend it.")),
        PointCover("Agree on a small task", False, None),
    ),
    follow_up=t("What would you say about this: {point}?", point="Agree on a small task"),
    follow_up_code="missing_point",
)

ABSTAINED = report(
    abstained="too_few_words",
    abstained_text=t("With fewer than {least} words a number would be a guess.", least=40),
    findings=(finding("too_short", "Our export was slow."),),
    strengths=(),
)
