# ruff: noqa: T201
"""Fits the weights of the flags that signs add up to: logistic regression held near a prior, each with its sign.

usage: python -m tests.gold.fit_flags [--write]

Every answer is read with sentence labels from weights that have seen none of its writer's answers, so that the signs
are as unsure as they are for a stranger. The rules' own examples and the minimal pairs, which come from the
definitions, are learned from as well. Prints each flag's F1 with every writer held out in turn; with `--write` fits on
all answers and replaces `content/scoring/flag_weights.yaml`. For likelihoods that are true F1 is highest where a flag
is told from half of its F1 on; as some signs go unheard in an unfamiliar voice, it is told from two fifths on. No
chance is involved.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from bot.scoring.annotate import read
from bot.scoring.doc import Answer, Doc
from bot.scoring.facts import Facts, facts
from bot.scoring.points import cover
from bot.scoring.rubric import FlagWeights, Rubric, Rules
from bot.scoring.rules import all_rules
from bot.scoring.segment import segment
from bot.scoring.signs import SIGNS
from content.rules import FOLDER, load_rules
from tests.gold import fit_labels
from tests.gold.evaluate import f1
from tests.gold.fit_labels import FILES, writer
from tests.unit.scoring.test_minimal_pairs import groups, whole

HERE = Path(__file__).parent
ALL_FILES = (*FILES, "writer_c.jsonl")
"""The answers with labelled sentences, and those to situational questions."""
PENALTY = 1.0
BIAS_PENALTY = 0.1
STEPS = 1500
SHARE_OF_F1 = 0.4
DEFINED = "defined"
PAIR_WEIGHT = 0.4
EXAMPLE_WEIGHT = 5.0
"""What half of a minimal pair and an example of a rule weigh against an answer."""
LEVELS = np.arange(0.1, 0.9, 0.02)
SILENT_UNDER = {"no_tension": {"hypothetical", "vague"}, "no_rationale": {"hypothetical"}, "hero": {"hypothetical"},
                "vague": {"hypothetical"}, "no_metric": {"hypothetical"}}  # fmt: skip
"""Flags of the labels under which another one is not told, so that an answer teaches nothing about it."""
PRIOR: dict[str, dict[str, float]] = {
    "hero": {
        "bias": -4, "boast": 2, "uncredited": 1.5, "praised": 2, "indispensable": 2.5, "solo": 1.5,
        "others_gave_up": 1.5, "scorn": 1, "credit": -2, "own_fault": -1, "team": -1, "lesson": -1,
    },
    "self_righteous": {
        "bias": -4, "right": 1.5, "unheard": 1.5, "scorn": 2, "silenced": 1.5, "unbending": 2, "trouble":
        0.5, "asked": 1.5, "turned_up": 0.5, "other_side": -2, "own_fault": -1.5, "lesson": -0.5,
    },
    "blames_others": {
        "bias": -4, "unrelieved": 2.5, "verdicts": 1, "mild": 0.5, "had_they": 1.5, "lapses": 1.5,
        "failings": 1.5, "alibi": 2.5, "bad_end": 1, "scorn": 0.7, "own_fault": -1.5, "other_side": -1,
        "lesson": -1, "measured": -0.5,
    },
    "escalates_first": {
        "bias": -5, "turned": 1, "early": 1.5, "before_talk": 1, "unspoken": 1.5, "talked_first": -1,
        "decree": 1.5, "trouble": 1, "asked": 1, "authority_asked": -0.5, "trouble_before": 1, "lesson": -1,
        "measured": -0.5, "other_side": -0.7,
    },
    "no_tension": {
        "bias": 0, "smooth": 2, "very_smooth": 1, "hardness": -1.5, "trouble": -1.5, "under_way": -1.5,
        "any_hardness": -0.7, "passive": 0.5, "people": -1, "asked": -1, "acts": 0.5, "own_fault": -1,
        "scorn": -1,
    },
    "vague": {
        "bias": -3, "abstract": 2.5, "hollow": 2, "mush": 1, "shrugs": 1, "everyday": 2, "things": -2, "acts": -0.5,
        "numbers": -2.5, "uncovered": 1, "situational": -0.5, "measured": -0.7, "reasons": -0.7,
    },
    "apologetic": {
        "bias": -4, "apology": 2, "diminished": 2, "plea": 1, "plea_beside": 2, "opens": 1,
    },
    "hypothetical": {
        "bias": -3, "imagined": 3, "many": 1, "no_story": 1.5, "done": -2, "outcome": -1,
    },
    "no_result": {
        "bias": 2, "likely": -2, "surest": -1, "told": -1, "late_words": -1, "late_numbers": -1, "bad_end":
        -0.7, "imagined": 2, "ends_acting": 0.7, "measured": -1.5,
    },
    "no_metric": {
        "bias": 1, "measured": -2, "measured_likely": -2, "likely": 1, "told": 1, "numbers": -0.5, "hollow":
        0.7, "imagined": -2,
    },
    "no_rationale": {
        "bias": 1, "reasons": -2, "reasons_per_step": -2, "anywhere": -1, "checks": -1, "acts": 0.3,
        "steps": 0.3, "hollow": 0.7, "words": -1, "other_side": -0.5,
    },
}  # fmt: skip


class Told(NamedTuple):
    """An answer read with labels from weights that have not seen its writer."""

    who: str
    item: dict[str, Any]
    doc: Doc
    facts: Facts
    rubric: Rubric


def told(rules: Rules) -> list[Told]:
    """Every labelled answer, read as a stranger's."""
    chains = fit_labels.answers(rules.lexicon)
    writers = sorted({who for who, _ in chains})
    models = {one: fit_labels.fit([chain for who, chain in chains if who != one]) for one in writers}
    unseen = {
        who: replace(rules.rubric, emissions=model.emissions, transitions=model.transitions)
        for who, model in models.items()
    }
    found = []
    for name in ALL_FILES:
        for line in (HERE / name).read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            who = writer(name, item)
            found.append(as_read(who, item, replace(rules, rubric=unseen.get(who, rules.rubric))))
    return found


def as_read(who: str, item: dict[str, Any], rules: Rules) -> Told:
    """One answer, read and counted."""
    answer = Answer(item["text"], item["kind"], item["question"], tuple(item.get("points") or ()))
    doc = read(answer, rules.lexicon, int(rules.rubric.limit("cap")))
    labels = segment(doc, rules.rubric)
    doc = replace(doc, sentences=tuple(s.labelled(*label) for s, label in zip(doc.sentences, labels, strict=True)))
    points = cover(doc, rules) if answer.kind == "situational" else ()
    return Told(who, item, doc, facts(doc, points, rules.rubric), rules.rubric)


def defined(rules: Rules) -> list[Told]:
    """The minimal pairs and the rules' own examples: short stories from the definitions, each about one flag."""
    found = [
        _item(group["finding"], whole(group, text), holds, PAIR_WEIGHT, group.get("question", ""), group.get("kind"))
        for group in groups()
        if group.get("finding") in SIGNS
        for pair in group["pairs"]
        for text, holds in zip(pair, (True, False), strict=True)
    ]
    found += [
        _item(rule.code, text, holds, EXAMPLE_WEIGHT)
        for rule in all_rules()
        if rule.code in SIGNS
        for holds, texts in ((True, rule.examples), (False, rule.counterexamples))
        for text in texts
    ]
    return [as_read(DEFINED, item, rules) for item in found]


def _item(
    code: str, text: str, holds: bool, weight: float, question: str = "", kind: str | None = None
) -> dict[str, Any]:
    story = {"text": text, "kind": kind or "behavioral", "question": question}
    return story | {"flags": [code] if holds else [], "only": code, "weight": weight}


class Table(NamedTuple):
    """The signs of a flag (rows are answers, columns as in its prior), whether it holds, what a row weighs, and who."""

    signs: np.ndarray
    gold: np.ndarray
    weights: np.ndarray
    who: np.ndarray

    def without(self, one: str) -> Table:
        """The answers of all other writers."""
        return Table(*(column[self.who != one] for column in self))


def table(code: str, answers: list[Told]) -> Table:
    """The signs of one flag in the answers of its kinds."""
    kinds = next(rule.kinds for rule in all_rules() if rule.code == code)
    rows = [a for a in answers if a.item["kind"] in kinds and a.item.get("only", code) == code]
    signs = [{"bias": 1.0} | SIGNS[code](a.doc, a.facts) for a in rows]
    silent = SILENT_UNDER.get(code, set())
    return Table(
        np.array([[row[name] for name in PRIOR[code]] for row in signs]),
        np.array([code in a.item["flags"] for a in rows], float),
        np.array([silent.isdisjoint(a.item["flags"]) * a.item.get("weight", 1.0) for a in rows]),
        np.array([a.who for a in rows]),
    )


def fit(data: Table, prior: dict[str, float]) -> np.ndarray:
    """Weights of the highest penalised likelihood with the prior's signs (projected gradient with momentum)."""
    start = np.array(list(prior.values()), float)
    free = np.array([name == "bias" for name in prior])
    lowest = np.where(free | (start < 0), -np.inf, 0.0)
    highest = np.where(free | (start >= 0), np.inf, 0.0)
    penalty = np.where(free, BIAS_PENALTY, PENALTY)
    rate = 1 / (0.25 * np.linalg.norm(data.signs * np.sqrt(data.weights)[:, None], 2) ** 2 + penalty.max())
    weights, ahead, pace = start.copy(), start.copy(), 1.0
    for _ in range(STEPS):
        slope = data.signs.T @ (data.weights * (likely(data, ahead) - data.gold)) + penalty * (ahead - start)
        before, weights = weights, np.clip(ahead - rate * slope, lowest, highest)
        faster = (1 + np.sqrt(1 + 4 * pace**2)) / 2
        ahead, pace = weights + (pace - 1) / faster * (weights - before), faster
    return weights


def likely(data: Table, weights: np.ndarray) -> np.ndarray:
    """How likely the flag is in each answer."""
    return np.asarray(1 / (1 + np.exp(-(data.signs @ weights))))


def held_out(data: Table, prior: dict[str, float]) -> np.ndarray:
    """Likelihoods by weights that have seen no other answer of the writer's."""
    found = np.zeros(len(data.gold))
    for one in sorted({*data.who} - {DEFINED}):
        own = data.who == one
        found[own] = likely(data, fit(data.without(one), prior))[own]
    return found


def least(data: Table, chances: np.ndarray) -> float:
    """The likelihood from which on the flag is told."""
    counts = (data.weights > 0) & (data.who != DEFINED)
    return round(max(score(data.gold[counts], chances[counts] >= level) for level in LEVELS) * SHARE_OF_F1, 2)


def score(gold: np.ndarray, said: np.ndarray) -> float:
    """F1 of a flag."""
    true = gold > 0
    return f1(int((true & said).sum()), int((~true & said).sum()), int((true & ~said).sum()))


def fitted(code: str, answers: list[Told]) -> FlagWeights:
    """The weights of a flag from these answers."""
    data = table(code, answers)
    weights = fit(data, PRIOR[code])
    named = {name: round(float(weight), 2) for name, weight in zip(PRIOR[code], weights, strict=True)}
    return FlagWeights(least(data, held_out(data, PRIOR[code])), named)


def main() -> None:
    """Print F1 of held-out writers; write the weights when asked."""
    rules = load_rules()
    answers = told(rules) + defined(rules)
    for code in SIGNS:
        data = table(code, answers)
        chances = held_out(data, PRIOR[code])
        level = least(data, chances)
        counts = (data.weights > 0) & (data.who != DEFINED)
        said, gold = counts & (chances >= level), counts & (data.gold > 0)
        print(
            f"{code:16} F1 {score(data.gold[counts], said[counts]):.2f} from {level:.2f} on, "
            f"right {(gold & said).sum()} false {(~gold & said).sum()} missed {(gold & ~said).sum()}"
        )
    if "--write" in sys.argv:
        write(FOLDER / "flag_weights.yaml", {code: fitted(code, answers) for code in SIGNS})


def write(file: Path, flags: dict[str, FlagWeights]) -> None:
    """Replace the weights; the version goes up by one."""
    known = re.search(r"(?m)^version: (\d+)$", file.read_text(encoding="utf-8")) if file.exists() else None
    lines = [
        "# Weights of the signs of the flags, written by `python -m tests.gold.fit_flags --write`.",
        "id: flag_weights",
        f"version: {int(known.group(1)) + 1 if known else 1}",
        "source: [S1.10, S2.10, S3.3, S3.7]",
        "flags:",
    ]
    for code, one in flags.items():
        lines += [f"  {code}:", f"    least: {one.least}", "    weights:"]
        lines += [f"      {name}: {weight}" for name, weight in one.weights.items()]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
