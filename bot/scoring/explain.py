"""What a person is shown of a Report: at most three findings, one strength, one question back."""

from __future__ import annotations

from dataclasses import dataclass

from bot.base.text import Text, t
from bot.scoring.doc import Doc
from bot.scoring.facts import Facts
from bot.scoring.report import Finding, Report, Strength

MOST_FINDINGS = 3
UNREAD = ("empty", "not_english")
"""Reasons to abstain after which no finding would be true."""
USEFULNESS = ("hypothetical", "vague", "no_result", "blames_others", "self_righteous", "we_over_i", "passive_action",
              "no_metric", "hero", "escalates_first", "no_rationale", "no_tension", "no_learning", "long_setup",
              "too_short", "apologetic", "too_long")  # fmt: skip
"""Codes by how much an answer gains when the finding is mended, most first."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a person sees first; `rest` is there on request."""

    findings: tuple[Finding, ...]
    strength: Strength | None
    follow_up: Text
    rest: tuple[Finding, ...]


def shown(report: Report) -> Shown:
    """The three most useful findings, one strength where one was earned, the question back, and the rest.

    Nothing is said of a text that could not be read.
    """
    if report.abstained in UNREAD:
        return Shown((), None, report.follow_up, ())
    ordered = sorted(report.findings, key=lambda f: USEFULNESS.index(f.code))
    return Shown(
        tuple(ordered[:MOST_FINDINGS]),
        report.strengths[0] if report.strengths else None,
        report.follow_up,
        tuple(ordered[MOST_FINDINGS:]),
    )


def strengths(doc: Doc, facts: Facts, flags: frozenset[str]) -> tuple[Strength, ...]:
    """What was done well, best first; nothing where nothing was earned."""
    found: list[Strength] = []
    if doc.answer.kind == "situational":
        return ()
    if "no_metric" not in flags:
        sentence = next((s for s in doc.of("R") if s.outcome_numbers() and s.has("change_verb", "comparison")), None)
        if sentence is not None:
            found.append(Strength("measured", doc.quote(sentence), t("You say what changed in figures.")))
    if facts.options and facts.rationale and "no_rationale" not in flags:
        sentence = next((s for s in doc.of("A") if s.has("options") and s.has("rationale")), None)
        if sentence is not None:
            found.append(Strength("reasoned", doc.quote(sentence), t("You name what you chose against, and why.")))
    if facts.learning >= 3:
        sentence = next((s for s in doc.of("L") if s.has("now_practice", "durable")), None)
        if sentence is not None:
            found.append(Strength("applied_lesson", doc.quote(sentence), t("The lesson changed what you do since.")))
    if facts.empathy and "self_righteous" not in flags:
        sentence = next((s for s in doc.of("A", "R") if s.has("empathy") and not s.hypothetical), None)
        if sentence is not None:
            found.append(Strength("other_side", doc.quote(sentence), t("You give the other side its reasons.")))
    if facts.self_fault and "blames_others" not in flags:
        sentence = next((s for s in doc.sentences if s.has("self_fault")), None)
        if sentence is not None:
            found.append(Strength("own_part", doc.quote(sentence), t("You look at your own part.")))
    return tuple(found)


def follow_up(doc: Doc, facts: Facts, flags: frozenset[str], missing_point: str | None) -> Text:
    """The one question an interviewer would ask next."""
    if doc.answer.kind == "situational":
        if missing_point is not None:
            return t("What would you say about this: {point}?", point=missing_point)
        return t("Which of these would you do first, and why?")
    asks = {
        "hypothetical": t("When did something like this really happen to you, and what did you do that day?"),
        "vague": t("Which system was it, what was your role, and what stood in the way?"),
        "no_result": t("How did it end, and for whom did that matter?"),
        "blames_others": t("What could you have done earlier, with what you knew then?"),
        "self_righteous": t("What was the best argument of the other side?"),
        "escalates_first": t("What would you say to the person before going to a manager?"),
        "we_over_i": t("Which of these steps did you do yourself?"),
        "passive_action": t("Who did each of these steps, and which were yours?"),
        "no_metric": t("How did you measure that it worked?"),
        "hero": t("Who else made this possible, and how?"),
        "no_rationale": t("Why this way, and what did you decide against?"),
        "no_tension": t("What was the hardest moment?"),
        "no_learning": t("What would you do differently today?"),
    }
    for code in USEFULNESS:
        if code in flags and code in asks:
            return asks[code]
    return t("What would you do differently today?") if facts.learning < 3 else t("What was the hardest part?")
