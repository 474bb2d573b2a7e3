"""An answer in, a Report out: pure, the same bytes for the same inputs, for any text at all."""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple, replace

from bot.scoring.abstain import abstention
from bot.scoring.annotate import read
from bot.scoring.checks import Looked, look
from bot.scoring.doc import Answer, Doc
from bot.scoring.explain import follow_up, strengths
from bot.scoring.facts import facts as count_facts
from bot.scoring.level import estimate
from bot.scoring.points import cover
from bot.scoring.rating import rate
from bot.scoring.report import Report, Segment
from bot.scoring.rubric import Rules
from bot.scoring.rules import find
from bot.scoring.segment import segment
from bot.scoring.selfchecks import self_checks, times

ENGINE = "1.2.0"


def read_labelled(answer: Answer, rules: Rules) -> Doc:
    """The answer read and its sentences labelled, as the rules see it."""
    doc = read(answer, rules.lexicon, int(rules.rubric.limit("cap")))
    labels = segment(doc, rules.rubric)
    return replace(doc, sentences=tuple(s.labelled(*label) for s, label in zip(doc.sentences, labels, strict=True)))


def score(answer: Answer, rules: Rules) -> Report:
    """Score an answer. Never raises for any text; a text past the cap is scored up to it and the Report says so."""
    doc = read_labelled(answer, rules)
    situational = answer.kind == "situational"
    points = cover(doc, rules) if situational else ()
    facts = count_facts(doc, points, rules.rubric)
    findings = find(doc, facts, rules.rubric)
    flags = frozenset(f.code for f in findings)
    abstained = abstention(doc, facts, rules.rubric)
    level = None if situational else estimate(doc, facts, flags, rules.rubric)
    missing = next((p.point for p in points if not p.covered), None)
    asked_back, question = follow_up(doc, facts, flags, missing)
    return Report(
        engine=ENGINE,
        rubric=rules.rubric.version,
        lexicon=rules.lexicon.version,
        input_hash=input_hash(answer),
        kind=answer.kind,
        word_count=doc.word_count,
        scored_characters=doc.scored_characters,
        capped=doc.scored_characters < len(answer.text),
        rating=rate(doc, facts, flags, points, rules.rubric),
        abstained=abstained[0] if abstained else None,
        abstained_text=abstained[1] if abstained else None,
        flags=tuple(f.code for f in findings),
        checks=look(Looked(doc, facts, flags, level, rules)),
        findings=findings,
        strengths=strengths(doc, facts, flags),
        segments=() if situational else _segments(doc),
        level=level,
        points=points,
        self_checks=self_checks(doc, facts),
        times=() if situational else times(doc),
        follow_up=question,
        follow_up_code=asked_back,
    )


def input_hash(answer: Answer) -> str:
    """Sixteen hexadecimal digits that name the inputs of a Report."""
    points = [[p.text, *p.also] for p in answer.key_points()]
    inputs = [answer.text, answer.kind, answer.question, points, answer.target_level, astuple(answer.asking)]
    canonical = json.dumps(inputs, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def _segments(doc: Doc) -> tuple[Segment, ...]:
    return tuple(Segment(*doc.mapped.raw(s.start, s.end), s.label) for s in doc.sentences)
