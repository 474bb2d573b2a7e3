"""Reports as long as real ones, made by hand: what a card looks like must not change with every rule."""

from __future__ import annotations

from dataclasses import replace

from bot.base.text import Text, t
from bot.scoring.report import (
    Finding,
    LevelEstimate,
    PointCover,
    Report,
    Segment,
    SelfCheck,
    Signal,
    Strength,
    TimeByPart,
)
from tests.unit.answers.reports import quoted

QUESTION = "Tell me about a time when you had to make something faster than anybody thought possible."
SITUATION = "Our nightly export took nine hours and often failed."
TASK = "I was asked to make it finish before the team in Lisbon started at seven."
ACTION = (
    "We looked at the queries first, and two of them read the whole table. I added an index and split the export by "
    "customer, because one slow customer held up all the others. I decided against a bigger machine, since it would "
    "only have bought us two months."
)
RESULT = "In the end it ran in forty minutes for 1,200 customers, and it failed once in the quarter after."
TAIL = "It was all somehow a bit stressful."
ANSWER = " ".join((SITUATION, TASK, ACTION, RESULT, TAIL))


def _found(code: str, words: str, why: Text, advice: Text) -> Finding:
    return Finding(code, f"rule.{code}", 1, "major", (quoted(words, ANSWER),), why, advice, ("S1.10",))


def _segment(words: str, label: str) -> Segment:
    start = ANSWER.index(words)
    return Segment(start, start + len(words), label)  # type: ignore[arg-type]


NO_LEARNING = _found(
    "no_learning",
    RESULT,
    t("An interviewer wants to hear what you do differently since; without it the story only shows that it went well."),
    t("End with one sentence: what you changed in the way you work, and where you used it again."),
)
WE_OVER_I = _found(
    "we_over_i",
    "We looked at the queries first",
    t("Nobody can tell from this what your own part was."),
    t("Say who did what: what you found, what you decided, and what the others did."),
)
VAGUE = _found(
    "vague",
    "somehow a bit stressful",
    t("Words like these could be said of any project."),
    t("Name what made it hard: a date, a person, a figure."),
)
APOLOGETIC = _found(
    "apologetic",
    TAIL,
    t("It takes back at the end what you have shown before."),
    t("Stop after the result."),
)
MEASURED = Strength("measured", quoted(RESULT, ANSWER), t("You say what changed, in figures, and for how many."))

STORY = Report(
    engine="1.0.0",
    rubric="1-3f9a2c",
    lexicon="1-77b0e1",
    input_hash="00000000000000ff",
    kind="behavioral",
    word_count=len(ANSWER.split()),
    scored_characters=len(ANSWER),
    capped=False,
    rating=3.5,
    abstained=None,
    abstained_text=None,
    flags=("no_learning", "we_over_i", "vague", "apologetic"),
    checks=(),
    findings=(NO_LEARNING, WE_OVER_I, VAGUE, APOLOGETIC),
    strengths=(MEASURED,),
    segments=(
        _segment(SITUATION, "S"),
        _segment(TASK, "T"),
        _segment(ACTION, "A"),
        _segment(RESULT, "R"),
        _segment(TAIL, "O"),
    ),
    level=LevelEstimate(
        "L4",
        "L4",
        "L5",
        (
            Signal("scope", "L4", quoted("for 1,200 customers", ANSWER)),
            Signal("ambiguity", None, None),
            Signal("impact", "L5", quoted("it ran in forty minutes", ANSWER)),
            Signal("leadership", "L4", quoted("I decided against a bigger machine", ANSWER)),
            Signal("learning", None, None),
        ),
        "L5",
        -1,
    ),
    points=(),
    self_checks=(
        SelfCheck("situation", True, t("Situation in under 30 seconds (yours: about {seconds})", seconds=4)),
        SelfCheck("own", True, t("“I” at least three times (yours: {count})", count=3)),
        SelfCheck("lesson", False, t("Says what was learned")),
    ),
    times=(TimeByPart("S", 4, 0.1), TimeByPart("T", 6, 0.15), TimeByPart("A", 20, 0.5), TimeByPart("R", 8, 0.2)),
    follow_up=t("What would you do differently today?"),
    follow_up_code="differently",
)
BETTER = replace(STORY, rating=4.5, flags=("vague",), findings=(VAGUE,))
WORSE = replace(STORY, rating=2.5, strengths=())
ABSTAINED = replace(
    STORY,
    abstained="too_few_words",
    abstained_text=t("With fewer than {least} words a number would be a guess.", least=40),
    findings=(VAGUE,),
    strengths=(),
)
SITUATIONAL = replace(
    STORY,
    kind="situational",
    findings=(),
    flags=(),
    strengths=(),
    segments=(),
    level=None,
    times=(),
    self_checks=(),
    points=(
        PointCover("Find out what is hard before promising a date", True, quoted("two of them read", ANSWER)),
        PointCover("Agree on a first small step with those who wait for it", False, None),
    ),
    follow_up=t("What would you say about this: {point}?", point="Agree on a first small step"),
    follow_up_code="missing_point",
)
