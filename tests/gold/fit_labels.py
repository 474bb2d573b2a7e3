# ruff: noqa: T201
"""Fits the weights of the sentence labels: a chain of labels trained on labelled sentences, held near a prior.

usage: python -m tests.gold.fit_labels [--write]

Prints the macro F1 with every writer's answers held out in turn; with `--write` fits on all answers and replaces
`content/scoring/label_weights.yaml`. The prior holds what the labelling guide's definitions say; the penalty pulls
every weight towards it, so that a feature rare in the training answers keeps its meaning. Stems of words start from
nothing. No chance is involved.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.scoring.annotate import read
from bot.scoring.doc import Answer
from bot.scoring.features import asks_for_fault, feature_rows
from bot.scoring.lexicon import Lexicon
from bot.scoring.report import LABELS
from bot.scoring.segment import START, emission, viterbi
from content.rules import FOLDER, load_lexicon
from tests.gold.evaluate import label_f1, spans

HERE = Path(__file__).parent
FILES = (
    "dev.jsonl", "own.jsonl", "writer_a.jsonl", "writer_b.jsonl", "writer_d.jsonl", "writer_e.jsonl",
    "writer_f.jsonl",
)  # fmt: skip
PENALTY = 8.0
WORD_PENALTY = 1.5
LEAST_ANSWERS = 3
"""A stem counts from so many answers on."""
LEAST_WEIGHT = 0.06
"""Stems whose weights all lie below this are left out of the file."""
EPOCHS = 150
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
WORD = "word:"
MEASURES = {
    "percent",
    "hour",
    "minut",
    "second",
    "day",
    "week",
    "month",
    "year",
    "euro",
    "dollar",
    "ms",
    "million",
    "thousand",
}
"""Stems that come with figures and say nothing without them."""
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
Weights = dict[str, dict[str, float]]
Chain = tuple[list[list[str]], list[int]]
Named = tuple[str, Chain]
Floats = NDArray[np.float64]


class Model(NamedTuple):
    """Weights by feature and label, and by label before and label."""

    emissions: Weights
    transitions: Weights


def writer(file: str, item: dict[str, Any]) -> str:
    """Who wrote an answer: the letter of its id in the set that was given, otherwise the file."""
    return item["id"][0] if file == "dev.jsonl" else file


def answers(lexicon: Lexicon, files: tuple[str, ...] = FILES) -> list[Named]:
    """The behavioural answers of the files as chains of features and labels, each with its writer."""
    found = []
    for file in files:
        items = [json.loads(line) for line in (HERE / file).read_text(encoding="utf-8").splitlines()]
        found += [(writer(file, item), chain(item, lexicon)) for item in items if item["kind"] == "behavioral"]
    return without_names(found, names_in(files, lexicon))


def chain(item: dict[str, Any], lexicon: Lexicon) -> Chain:
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


def names_in(files: tuple[str, ...], lexicon: Lexicon) -> set[str]:
    """Stems that are mostly written with a capital within sentences, as names are."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for file in files:
        for line in (HERE / file).read_text(encoding="utf-8").splitlines():
            for word in re.findall(r"(?<=[a-z,;] )[A-Za-z]+", json.loads(line)["text"]):
                count = capital if word[0].isupper() and word != "I" else small
                count[lexicon.stems.stem(word.lower())] += 1
    return {stem for stem, many in capital.items() if many > small[stem]}


def without_names(chains: list[Named], names: set[str]) -> list[Named]:
    """The chains without the stems of names, of few answers, or of words that count and measure."""
    seen: Counter[str] = Counter()
    for _, (rows, _) in chains:
        seen.update({name for row in rows for name in row if name.startswith(WORD)})
    gone = {name for name, many in seen.items() if many < LEAST_ANSWERS or name.removeprefix(WORD) in names}
    gone |= {name for name in seen if name.removeprefix(WORD) in MEASURES}
    return [(who, ([[n for n in row if n not in gone] for row in rows], gold)) for who, (rows, gold) in chains]


def fit(chains: list[Chain]) -> Model:
    """Weights with the highest penalised likelihood, by gradient steps over all answers at once (Adagrad)."""
    names = sorted({name for rows, _ in chains for row in rows for name in row} | set(PRIOR))
    place = {name: at for at, name in enumerate(names)}
    prior = np.array([[PRIOR.get(name, {}).get(k, 0.0) for k in LABELS] for name in names])
    penalty = np.array([[WORD_PENALTY if name.startswith(WORD) else PENALTY] for name in names])
    before = np.array([[STEPS[a][b] for b in LABELS] for a in (START, *LABELS)])
    data = [([np.array([place[name] for name in row]) for row in rows], gold) for rows, gold in chains]
    emit, step = prior.copy(), before.copy()
    past_emit, past_step = np.full_like(emit, 1e-3), np.full_like(step, 1e-3)
    for _ in range(EPOCHS):
        slope_emit, slope_step = penalty * (emit - prior), PENALTY * (step - before)
        for rows, gold in data:
            _add_slopes(rows, gold, emit, step, slope_emit, slope_step)
        past_emit += slope_emit**2
        past_step += slope_step**2
        emit -= RATE * slope_emit / np.sqrt(past_emit)
        step -= RATE * slope_step / np.sqrt(past_step)
    emissions = {name: dict(zip(LABELS, emit[at].tolist(), strict=True)) for name, at in place.items()}
    transitions = {a: dict(zip(LABELS, step[at].tolist(), strict=True)) for at, a in enumerate((START, *LABELS))}
    return rounded(Model(emissions, transitions))


def _add_slopes(
    rows: list[NDArray[np.int_]], gold: list[int], emit: Floats, step: Floats, slope_emit: Floats, slope_step: Floats
) -> None:
    """Forward and backward over one answer: what is expected less what is so, for every weight it touches."""
    scores = np.array([emit[row].sum(0) for row in rows])
    last = len(rows) - 1
    forward, backward = np.empty_like(scores), np.zeros_like(scores)
    forward[0] = scores[0] + step[0]
    for i in range(1, last + 1):
        forward[i] = scores[i] + np.logaddexp.reduce(forward[i - 1][:, None] + step[1:], axis=0)
    for i in range(last, 0, -1):
        backward[i - 1] = np.logaddexp.reduce(step[1:] + (scores[i] + backward[i])[None], axis=1)
    whole = np.logaddexp.reduce(forward[-1])
    expected = np.exp(forward + backward - whole)
    expected[np.arange(last + 1), gold] -= 1
    for i, row in enumerate(rows):
        slope_emit[row] += expected[i]
    slope_step[0] += expected[0]
    for i in range(1, last + 1):
        both = np.exp(forward[i - 1][:, None] + step[1:] + (scores[i] + backward[i])[None] - whole)
        both[gold[i - 1], gold[i]] -= 1
        slope_step[1:] += both


def rounded(model: Model) -> Model:
    """Two decimals; stems that say little left out; no figure speaks for another part more than for the result."""
    emissions = {}
    for name, row in sorted(model.emissions.items()):
        if name.startswith(WORD) and max(map(abs, row.values())) < LEAST_WEIGHT:
            continue
        emissions[name] = {label: round(weight, 2) for label, weight in row.items()}
        if name in FIGURES:
            emissions[name]["R"] = max(emissions[name].values())
    steps = {a: {b: round(weight, 2) for b, weight in row.items()} for a, row in model.transitions.items()}
    return Model(emissions, steps)


def predict(rows: list[list[str]], model: Model) -> list[int]:
    """The labels of a chain."""
    best = viterbi([emission(row, model.emissions) for row in rows], model.transitions)
    return [LABELS.index(label) for label in best]


def held_out(chains: list[Named]) -> dict[str, list[tuple[str, str]]]:
    """Gold and predicted labels by writer, each predicted by weights that have seen none of the writer's answers."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in sorted({who for who, _ in chains}):
        model = fit([each for who, each in chains if who != one])
        found[one] = [
            (LABELS[g], LABELS[p])
            for who, (rows, gold) in chains
            if who == one
            for g, p in zip(gold, predict(rows, model), strict=True)
        ]
    return found


def main() -> None:
    """Print the figures of held-out writers; write the weights when asked."""
    lexicon = load_lexicon()
    chains = answers(lexicon)
    pairs = held_out(chains)
    for who, some in pairs.items():
        print(f"held out {who:16} {label_f1(some):.3f}  of {len(some)} sentences")
    every = [pair for some in pairs.values() for pair in some]
    print(f"held out, together        {label_f1(every):.3f}  accuracy {sum(a == b for a, b in every) / len(every):.3f}")
    for gold in LABELS:
        row = Counter(p for g, p in every if g == gold)
        print(f"  {gold}: " + " ".join(f"{p}={row[p]}" for p in LABELS))
    if "--write" in sys.argv:
        write(FOLDER / "label_weights.yaml", fit([each for _, each in chains]))


def write(file: Path, model: Model) -> None:
    """Replace the weights; the version goes up by one."""
    present = re.search(r"(?m)^version: (\d+)$", file.read_text(encoding="utf-8"))
    assert present is not None, f"{file.name} names no version"
    version = int(present[1]) + 1
    lines = [
        "# Weights of the sentence labels, written by `python -m tests.gold.fit_labels --write`.",
        "id: label_weights",
        f"version: {version}",
        "source: [S1.3, S3.3]",
        "transitions:",
    ]
    lines += [f'  "{a}": {_row(row)}' for a, row in model.transitions.items()]
    lines.append("emissions:")
    lines += [f'  "{name}": {_row(row)}' for name, row in model.emissions.items()]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _row(row: dict[str, float]) -> str:
    return "{" + ", ".join(f"{k}: {v}" for k, v in row.items()) + "}"


if __name__ == "__main__":
    main()
