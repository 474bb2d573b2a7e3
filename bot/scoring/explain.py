"""What a person is shown of a Report: at most three findings, one strength, one question back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.base.text import Text, t
from bot.scoring.doc import Doc
from bot.scoring.facts import Facts
from bot.scoring.lens import weigh
from bot.scoring.report import Finding, FollowUpCode, Report, Strength

MOST_FINDINGS = 3
UNREAD = ("empty", "not_english")
"""Reasons to abstain after which no finding would be true."""
USEFULNESS = ("hypothetical", "vague", "no_result", "blames_others", "self_righteous", "we_over_i", "passive_action",
              "no_metric", "hero", "escalates_first", "no_rationale", "no_tension", "no_learning", "long_setup",
              "too_short", "apologetic", "too_long")  # fmt: skip
"""Codes by how much an answer gains when the finding is mended, most first."""
WELL_LEARNED = 3
"""Strength of the lesson (`Facts.learning`) from which on it needs no question."""
ASKED_AFTER: Mapping[str, tuple[FollowUpCode, Text]] = {
    "hypothetical": ("really", t("When did something like this really happen to you, and what did you do that day?")),
    "vague": ("which_system", t("Which system was it, what was your role, and what stood in the way?")),
    "no_result": ("ending", t("How did it end, and for whom did that matter?")),
    "blames_others": ("earlier", t("What could you have done earlier, with what you knew then?")),
    "self_righteous": ("other_side", t("What was the best argument of the other side?")),
    "escalates_first": ("before_managers", t("What would you say to the person before going to a manager?")),
    "we_over_i": ("own_steps", t("Which of these steps did you do yourself?")),
    "passive_action": ("whose_steps", t("Who did each of these steps, and which were yours?")),
    "no_metric": ("measured", t("How did you measure that it worked?")),
    "hero": ("helpers", t("Who else made this possible, and how?")),
    "no_rationale": ("why_this_way", t("Why this way, and what did you decide against?")),
    "no_tension": ("hardest", t("What was the hardest moment?")),
    "no_learning": ("differently", t("What would you do differently today?")),
}
"""What is asked after a story with this finding."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a person sees first; `rest` is there on request."""

    findings: tuple[Finding, ...]
    strength: Strength | None
    follow_up: Text
    rest: tuple[Finding, ...]


def shown(report: Report, company: str | None = None) -> Shown:
    """The three most useful findings, one strength where one was earned, the question back, and the rest.

    Nothing is said of a text that could not be read. For whoever prepares for a `company` (its id in the content),
    what that company stresses comes first.
    """
    if report.abstained in UNREAD:
        return Shown((), None, report.follow_up, ())
    ordered = weigh(sorted(report.findings, key=lambda f: USEFULNESS.index(f.code)), company)
    return Shown(
        ordered[:MOST_FINDINGS],
        report.strengths[0] if report.strengths else None,
        report.follow_up,
        ordered[MOST_FINDINGS:],
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
    if facts.learning >= WELL_LEARNED:
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


def follow_up(doc: Doc, facts: Facts, flags: frozenset[str], missing_point: str | None) -> tuple[FollowUpCode, Text]:
    """The one question an interviewer would ask next, and the code it is known by."""
    if doc.answer.kind == "situational":
        if missing_point is not None:
            return "missing_point", t("What would you say about this: {point}?", point=missing_point)
        return "first_step", t("Which of these would you do first, and why?")
    for finding in USEFULNESS:
        if finding in flags and finding in ASKED_AFTER:
            return ASKED_AFTER[finding]
    if facts.learning < WELL_LEARNED:
        return ASKED_AFTER["no_learning"]
    return "hardest", t("What was the hardest part?")
