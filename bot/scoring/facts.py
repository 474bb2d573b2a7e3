"""What an answer amounts to, counted once: who acted, what came of it, why, against what, and what was learned.

The rules, the rating, the level and the self-checks all ask these figures, so that they never contradict one another.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from bot.scoring.clauses import is_past
from bot.scoring.doc import Doc, Sentence
from bot.scoring.lessons import lesson
from bot.scoring.reasons import action_reasons, reasons
from bot.scoring.report import Label, PointCover
from bot.scoring.rubric import Rubric
from bot.scoring.tone import own_faults
from bot.scoring.wording import abstract_share, telling_words

CONTENT_LENGTH = 4
FEW_ACTIONS = 2
"""Action sentences under which the results are looked through for acts as well, as they are where none is one's own."""
DENIALS = frozenset({"not", "no", "never", "nobody", "without", "only", "too", "nothing"})
DENIAL_WEIGHT = 0.3
PROBLEM_WEIGHT = 0.5
UNCOUNTED = frozenset({"ordinal", "name", "crew"})
RESULT_LISTS = ("result_phrase", "change_verb", "adoption", "reaction", "durable", "zero_result")


@dataclass(frozen=True, slots=True)
class Facts:
    """Counts over a read and labelled answer; shares run from 0 to 1.

    `points_covered` is None without points; `learning` is 0 for none, 1 for a platitude, 2 for a lesson, 3 for a lesson
    applied since.
    """

    own: int
    team: int
    bare: int
    agentless: int
    action_sentences: int
    result_sentences: int
    outcome_numbers: int
    results_likely: float
    result_surest: float
    measured_likely: float
    setup_likely: float
    learning: int
    tension: int
    hardness: float
    obstacles: int
    rationale: int
    action_reasons: float
    options: int
    evidence_checks: int
    credit: int
    empathy: int
    self_fault: int
    words: int
    past_actions: int
    setup_share: float
    vague_rate: float
    abstract_share: float
    everyday_share: float
    things_named: int
    trouble: float
    trouble_under_way: float
    number_rate: float
    concrete_rate: float
    durable: int
    adoption: int
    points_covered: float | None


def facts(doc: Doc, points: tuple[PointCover, ...], rubric: Rubric) -> Facts:
    """Count an answer whose sentences are labelled; `points` are those of a situational question."""
    actions = list(doc.of("A", "T"))
    if sum(s.label == "A" for s in actions) < FEW_ACTIONS or not any(s.acts("own") for s in actions):
        actions += doc.of("R")
    story = list(doc.of("S", "T", "A", "R"))
    told = list(doc.of("S", "T", "A", "R", "L")) or [s for s in doc.sentences if s.substance]
    telling = [s for s in doc.sentences if s.substance or s.has("lesson_frame")]
    words = sum(len(s.words) for s in told) or 1
    results = [s for s in doc.of("R") if len(s.words) >= 3 and _outcome(s, doc)]
    results += [s for s in doc.of("A") if _measured_change(s)]
    told_outcomes = [s for s in doc.sentences if len(s.words) >= 3 and _outcome(s, doc)]
    telling_ones, named = telling_words((s for s in doc.sentences if s.substance), doc.lexicon)
    known = {q.value for s in doc.of("S", "T") for q in s.quantities if q.kind == "count"}
    return Facts(
        own=sum(s.acts("own") for s in actions),
        team=sum(s.acts("team") for s in actions),
        bare=sum(s.acts("none") for s in doc.of("A", "T")),
        agentless=sum(p.agentless for s in actions for p in s.passives),
        action_sentences=sum(s.label == "A" for s in actions),
        result_sentences=len(results),
        outcome_numbers=sum(_measures(s, known) for s in results),
        results_likely=sum(s.chance("R") for s in told_outcomes),
        result_surest=max((s.chance("R") for s in told_outcomes), default=0.0),
        measured_likely=sum(s.chance("R") * min(1, _measures(s, known)) for s in told_outcomes),
        setup_likely=_likely_share(doc, "S", "T"),
        learning=max((lesson(s, k / len(telling), doc.lexicon) for k, s in enumerate(telling)), default=0),
        tension=sum(s.count("tension") for s in story),
        hardness=sum(_hardness(s, rubric) for s in story),
        obstacles=sum(s.has("obstacle") for s in story),
        rationale=sum(reasons(s) for s in story),
        action_reasons=action_reasons(doc, rubric),
        options=sum(s.count("options") for s in doc.of("A")),
        evidence_checks=sum(s.count("evidence_check") for s in doc.of("A")),
        credit=doc.total("credit"),
        empathy=doc.total("empathy"),
        self_fault=own_faults(doc),
        words=sum(len(s.words) for s in told),
        past_actions=sum(
            c.action and c.past and c.actor in ("own", "team", "none")
            for s in told
            if not s.hypothetical
            for c in s.clauses
        ),
        setup_share=doc.share("S", "T"),
        vague_rate=100 * sum(s.count("vague") for s in told) / words,
        abstract_share=abstract_share((s for s in doc.sentences if s.substance), doc.lexicon),
        everyday_share=1 - len(named) / len(telling_ones) if telling_ones else 0.0,
        things_named=len(named),
        trouble=sum(_trouble(s) for s in doc.sentences if s.label != "L"),
        trouble_under_way=sum(_trouble(s) * s.chance("A") for s in doc.sentences),
        number_rate=100 * sum(q.kind not in UNCOUNTED for s in told for q in s.quantities) / words,
        concrete_rate=100 * sum(_concrete(s, doc) for s in told) / words,
        durable=sum(s.has("durable") for s in doc.of("R", "L")),
        adoption=sum(s.has("adoption") for s in doc.of("R", "L")),
        points_covered=sum(p.covered for p in points) / len(points) if points else None,
    )


def _likely_share(doc: Doc, *labels: Label) -> float:
    """The share of the words of the story that is to be expected under these labels."""
    whole = sum(len(s.words) * (1 - s.chance("O")) for s in doc.sentences if s.chances)
    return sum(len(s.words) * s.chance(*labels) for s in doc.sentences) / whole if whole else 0.0


def _outcome(sentence: Sentence, doc: Doc) -> bool:
    """Whether a result sentence tells something that came about, and not an opinion or a plan."""
    if sentence.hypothetical:
        return False
    told = any(is_past(w, doc.lexicon) for w in sentence.words) or bool(sentence.quantities)
    return told or sentence.has(*RESULT_LISTS)


def _measured_change(sentence: Sentence) -> bool:
    """Whether a sentence among the actions tells nothing but a change with its before and after."""
    framed = sentence.has("change_verb") and sentence.has("comparison") and sentence.outcome_numbers() >= 2
    return framed and not sentence.acts("own", "team", "none") and not sentence.hypothetical


def _hardness(sentence: Sentence, rubric: Rubric) -> float:
    """How much of an obstacle, disagreement, constraint or trade-off a sentence tells."""
    slight = sentence.has("contrast") + (sentence.label == "A" and sentence.has("problem"))
    full = sentence.count("tension") + sentence.has("obstacle") + sentence.has("empathy")
    return full + rubric.limit("slight_tension") * slight - rubric.limit("smooth_weight") * sentence.has("smooth")


def _measures(sentence: Sentence, known: Set[float | None]) -> int:
    """Quantities that measure an outcome in a result sentence, counting a stated absence of harm as one.

    A count that was `known` from the setup, such as the six departments, measures nothing without a change.
    """
    framed = sentence.has("change_verb", "comparison", "result_measure")
    told = sum(q.outcome and (framed or q.kind != "count" or q.value not in known) for q in sentence.quantities)
    return told + sentence.has("zero_result")


def _trouble(sentence: Sentence) -> float:
    """Signs that something stood in the way, by weight: named trouble, turns of contrast, and things denied."""
    named: float = sentence.count("tension") + sentence.has("contrast", "obstacle") + sentence.count("trouble")
    named += PROBLEM_WEIGHT * sentence.has("problem")
    denied = sum(word in DENIALS or word.endswith("n't") for word in sentence.words)
    return named + DENIAL_WEIGHT * denied


def _concrete(sentence: Sentence, doc: Doc) -> int:
    """Words that name something: not common, not mush, or a number."""
    mush = {k for hit in sentence.hits.get("vague", ()) for k in range(hit.first, hit.last)}
    return sum(
        k not in mush and (word[0].isdigit() or (len(word) >= CONTENT_LENGTH and word not in doc.lexicon.stop_words))
        for k, word in enumerate(sentence.words)
    )
