# ruff: noqa: T201
"""Fits the weights of the sentence labels: a chain of labels trained on labelled sentences, held near a prior.

usage: python -m tests.gold.fit_labels [--write]

Prints the macro F1 of five-fold cross-validation by answer; with `--write` fits on all answers and replaces
`content/scoring/label_weights.yaml`. The prior holds what the labelling guide's definitions say; the penalty pulls
every weight towards it, so that a feature rare in the training answers keeps its meaning. Standard library only, no
chance.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from pathlib import Path

from bot.scoring.annotate import read
from bot.scoring.doc import Answer
from bot.scoring.features import asks_for_fault, feature_rows
from bot.scoring.lexicon import Lexicon
from bot.scoring.report import LABELS
from bot.scoring.segment import emission, viterbi
from content.rules import FOLDER, load_lexicon
from tests.gold.evaluate import label_f1, spans

HERE = Path(__file__).parent
PENALTY = 20.0
EPOCHS = 60
RATE = 0.25
PRIOR: dict[str, dict[str, float]] = {
    "p0": {"S": 1.0, "O": 0.3}, "p1": {"S": 0.8, "T": 0.3}, "p2": {"S": 0.3, "T": 0.5, "A": 0.2},
    "p3": {"A": 0.6}, "p4": {"A": 0.7}, "p5": {"A": 0.6, "R": 0.2}, "p6": {"A": 0.3, "R": 0.6},
    "p7": {"R": 0.7, "L": 0.4}, "p8": {"R": 0.4, "L": 0.7, "O": 0.2},
    "first": {"S": 0.3, "O": 0.4}, "last": {"L": 0.4, "R": 0.2, "O": 0.2},
    "list:time_intro": {"S": 0.6}, "list:place_intro": {"S": 0.9}, "list:role_intro": {"S": 0.5, "T": 0.4},
    "list:background": {"S": 0.5}, "list:problem": {"S": 0.3}, "list:task": {"T": 1.6},
    "list:change_verb": {"R": 0.6}, "list:result_phrase": {"R": 0.8}, "list:adoption": {"R": 0.6},
    "list:reaction": {"R": 0.5}, "list:durable": {"R": 0.4, "L": 0.3}, "list:result_measure": {"R": 0.3},
    "list:learning": {"L": 1.6}, "list:now_practice": {"L": 1.4}, "list:platitude": {"L": 1.0},
    "list:retrospective": {"L": 0.8}, "list:options": {"A": 0.4}, "list:rationale": {"A": 0.3},
    "list:evidence_check": {"A": 0.4}, "list:credit": {"A": 0.3}, "list:greeting": {"O": 1.2},
    "list:opinion": {"O": 0.5}, "list:action_process": {"A": 0.5}, "list:obstacle": {"A": 0.4},
    "list:apology": {"O": 1.2}, "list:habitual": {"S": 0.2},
    "own_past": {"A": 0.9}, "own_past_2": {"A": 0.5}, "own_now": {"A": 0.4, "L": 0.3}, "own_state": {"S": 0.2},
    "team_past": {"A": 0.5}, "other_past": {"A": 0.1}, "bare_past": {"A": 0.7},
    "passive": {"A": 0.2, "R": 0.1}, "passives": {"A": 0.8},
    "past_be": {"S": 0.3, "R": 0.1}, "hypothetical": {"A": 0.6, "O": 0.2}, "had": {"S": 0.2},
    "outcome_number": {"R": 0.6}, "outcome_numbers": {"R": 0.3}, "measured_change": {"R": 0.6},
    "kind:date": {"S": 0.5}, "question": {"O": 0.3, "A": 0.2}, "no_person": {"S": 0.2, "R": 0.2},
    "fault_early": {"S": 0.4}, "fault_early_own": {"S": 0.9, "A": -0.3},
    "early+own": {"A": -0.2, "S": 0.1}, "late+nobody": {"R": 0.3, "A": -0.2}, "late+other": {"R": 0.4, "A": -0.2},
    "late+own_now": {"L": 0.5}, "early+nobody": {"S": 0.3}, "not_begun": {"S": 0.3, "T": 0.4, "A": -0.4},
    "opens_with_result": {"R": 2.0, "S": -0.5},
    "named:S": {"S": 3.0}, "named:T": {"T": 3.0, "S": 0.5}, "named:A": {"A": 3.0}, "named:R": {"R": 3.0},
    "named:L": {"L": 2.5, "R": 0.5},
}  # fmt: skip
STEPS: dict[str, dict[str, float]] = {
    "^": {"S": 0.8, "O": 0.5, "R": -0.3, "A": -0.3, "T": -0.5, "L": -1.5},
    "S": {"S": 1.0, "T": 0.4, "A": 0.3, "R": -0.8, "L": -1.2, "O": -0.5},
    "T": {"S": -0.4, "T": 0.4, "A": 1.0, "R": -0.8, "L": -1.0, "O": -0.8},
    "A": {"S": -1.0, "T": -0.8, "A": 1.2, "R": 0.4, "L": -0.5, "O": -0.6},
    "R": {"S": -0.8, "T": -1.2, "A": -0.2, "R": 1.0, "L": 0.5, "O": -0.2},
    "L": {"S": -0.8, "T": -1.0, "A": -0.3, "R": -0.3, "L": 1.0, "O": 0.0},
    "O": {"S": 0.4, "T": -0.5, "A": 0.0, "R": -0.3, "L": -0.3, "O": 0.3},
}
FIGURES = {"number", "outcome_number", "outcome_numbers", "measured_change", "kind:share", "kind:money"}
"""Features for which no label gets more than the result, so that a figure added to a result leaves it one."""
Weights = dict[str, list[float]]
Chain = tuple[list[list[str]], list[int]]


def answers(lexicon: Lexicon, files: list[Path]) -> list[tuple[str, Chain]]:
    """The behavioural answers of the files as chains of features and labels."""
    found = []
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            if item["kind"] == "behavioral":
                found.append((item["id"], chain(item, lexicon)))
    return found


def chain(item: dict, lexicon: Lexicon) -> Chain:
    """Features and gold labels of the sentences as we cut them: each takes the label it overlaps most."""
    doc = read(Answer(item["text"]), lexicon, 10000)
    gold = spans(item)
    fault = asks_for_fault(item["question"], lexicon)
    labels = []
    telling = [s for s in doc.sentences if s.substance]
    for sentence in telling:
        start, end = doc.mapped.raw(sentence.start, sentence.end)
        overlap: Counter[str] = Counter()
        for a, b, label in gold:
            overlap[label] += max(0, min(end, b) - max(start, a))
        labels.append(LABELS.index(overlap.most_common(1)[0][0]))
    return feature_rows(telling, fault, lexicon), labels


def fit(chains: list[Chain]) -> tuple[Weights, Weights]:
    """Weights with the highest penalised likelihood, by gradient steps over all answers at once (Adagrad)."""
    names = {n for rows, _ in chains for row in rows for n in row} | set(PRIOR)
    prior_e = {n: [PRIOR.get(n, {}).get(k, 0.0) for k in LABELS] for n in names}
    prior_t = {a: [STEPS[a][b] for b in LABELS] for a in STEPS}
    emit = {n: list(w) for n, w in prior_e.items()}
    step = {a: list(w) for a, w in prior_t.items()}
    past_e = {n: [1e-3] * len(LABELS) for n in names}
    past_t = {a: [1e-3] * len(LABELS) for a in STEPS}
    for _ in range(EPOCHS):
        grad_e = {n: [PENALTY * (w - p) for w, p in zip(emit[n], prior_e[n], strict=True)] for n in names}
        grad_t = {a: [PENALTY * (w - p) for w, p in zip(step[a], prior_t[a], strict=True)] for a in STEPS}
        for one in chains:
            _add_gradient(one, emit, step, grad_e, grad_t)
        for weights, grads, pasts in ((emit, grad_e, past_e), (step, grad_t, past_t)):
            for name, grad in grads.items():
                for k, g in enumerate(grad):
                    pasts[name][k] += g * g
                    weights[name][k] -= RATE * g / math.sqrt(pasts[name][k])
    return emit, step


def _add_gradient(one: Chain, emit: Weights, step: Weights, grad_e: Weights, grad_t: Weights) -> None:
    rows, gold = one
    n = range(len(LABELS))
    scores = [[sum(emit[f][k] for f in row) for k in n] for row in rows]
    forward = [[scores[0][k] + step["^"][k] for k in n]]
    for i in range(1, len(rows)):
        forward.append([scores[i][b] + _log_sum([forward[-1][a] + step[LABELS[a]][b] for a in n]) for b in n])
    backward = [[0.0 for _ in n]]
    for i in range(len(rows) - 1, 0, -1):
        backward.insert(0, [_log_sum([step[LABELS[a]][b] + scores[i][b] + backward[0][b] for b in n]) for a in n])
    whole = _log_sum(forward[-1])
    for i, row in enumerate(rows):
        for k in n:
            p = math.exp(forward[i][k] + backward[i][k] - whole) - (gold[i] == k)
            for f in row:
                grad_e[f][k] += p
            if i == 0:
                grad_t["^"][k] += p
        if i:
            for a in n:
                for b in n:
                    p = forward[i - 1][a] + step[LABELS[a]][b] + scores[i][b] + backward[i][b] - whole
                    grad_t[LABELS[a]][b] += math.exp(p) - (gold[i - 1] == a and gold[i] == b)


def _log_sum(values: list[float]) -> float:
    top = max(values)
    return top + math.log(sum(math.exp(v - top) for v in values))


def tables(weights: Weights) -> dict[str, dict[str, float]]:
    """Rounded weights by name and label."""
    found = {
        n: {label: round(w, 2) for label, w in zip(LABELS, row, strict=True)} for n, row in sorted(weights.items())
    }
    for name in FIGURES & set(found):
        found[name]["R"] = max(found[name].values())
    return found


def predict(rows: list[list[str]], emit: dict, step: dict) -> list[int]:
    """The labels of a chain."""
    return [LABELS.index(k) for k in viterbi([emission(row, emit) for row in rows], step)]


def cross_validate(chains: list[tuple[str, Chain]], folds: int = 5) -> tuple[float, list[tuple[str, str]]]:
    """Macro F1 over all sentences, each predicted by weights that have not seen its answer."""
    pairs: list[tuple[str, str]] = []
    for fold in range(folds):
        emit, step = fit([c for i, (_, c) in enumerate(chains) if i % folds != fold])
        e, s = tables(emit), tables(step)
        for i, (_, (rows, gold)) in enumerate(chains):
            if i % folds == fold:
                pairs += [(LABELS[g], LABELS[p]) for g, p in zip(gold, predict(rows, e, s), strict=True)]
    return label_f1(pairs), pairs


def main() -> None:
    """Print the cross-validated figure; write the weights when asked."""
    lexicon = load_lexicon()
    files = [HERE / "dev.jsonl", HERE / "own.jsonl"]
    chains = answers(lexicon, files)
    prior = {n: {k: w.get(k, 0.0) for k in LABELS} for n, w in PRIOR.items()}
    steps = {a: {b: w.get(b, 0.0) for b in LABELS} for a, w in STEPS.items()}
    alone = [
        (LABELS[g], LABELS[p])
        for _, (rows, gold) in chains
        for g, p in zip(gold, predict(rows, prior, steps), strict=True)
    ]
    print(f"prior alone         {label_f1(alone):.3f}")
    score, pairs = cross_validate(chains)
    print(f"cross-validated     {score:.3f}  accuracy {sum(a == b for a, b in pairs) / len(pairs):.3f}")
    for gold in LABELS:
        row = Counter(p for g, p in pairs if g == gold)
        print(f"  {gold}: " + " ".join(f"{p}={row[p]}" for p in LABELS))
    if "--write" in sys.argv:
        write(FOLDER / "label_weights.yaml", *fit([c for _, c in chains]))


def write(file: Path, emit: Weights, step: Weights) -> None:
    """Replace the weights; the version goes up by one."""
    import yaml

    version = int(yaml.safe_load(file.read_text(encoding="utf-8"))["version"]) + 1
    lines = [
        "# Weights of the sentence labels, written by `python -m tests.gold.fit_labels --write`.",
        "id: label_weights",
        f"version: {version}",
        "source: [S1.3, S3.3]",
        "transitions:",
    ]
    lines += [f'  "{a}": {_row(row)}' for a, row in tables(step).items()]
    lines.append("emissions:")
    lines += [f'  "{name}": {_row(row)}' for name, row in tables(emit).items()]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _row(row: dict[str, float]) -> str:
    return "{" + ", ".join(f"{k}: {v}" for k, v in row.items()) + "}"


if __name__ == "__main__":
    main()
