"""Which part of the story each sentence is: situation, task, action, result, learning or other.

A chain of labels: what a sentence shows (`features`) speaks for each label with a weight, and so does the label before
it; the best chain is found by Viterbi. No order is forbidden, so a story told from its end is read as well.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from bot.scoring.doc import Doc
from bot.scoring.features import asks_for_fault, feature_rows
from bot.scoring.report import LABELS, Label
from bot.scoring.rubric import Rubric

START = "^"
Chances = tuple[float, ...]
"""The probability of each label, in the order of `LABELS`."""
UNSURE: Chances = ()


def segment(doc: Doc, rubric: Rubric) -> tuple[tuple[Label, Chances], ...]:
    """A label for each sentence of the answer and how likely each label is; `UNSURE` where a sentence tells nothing."""
    telling = [s for s in doc.sentences if s.substance]
    fault = asks_for_fault(doc.answer.question, doc.lexicon)
    rows = [emission(names, rubric.emissions) for names in feature_rows(telling, fault, doc.lexicon)]
    known = dict(zip((s.index for s in telling), viterbi(rows, rubric.transitions), strict=True))
    sure = dict(zip((s.index for s in telling), chances(rows, rubric.transitions), strict=True))
    return tuple((known.get(i) or _between(i, known), sure.get(i, UNSURE)) for i in range(len(doc.sentences)))


def _between(index: int, known: Mapping[int, Label]) -> Label:
    """A sentence that tells nothing belongs to the part around it, and to none at the edge of a part."""
    before = next((known[i] for i in range(index - 1, -1, -1) if i in known), None)
    after = next((known[i] for i in range(index + 1, max(known, default=-1) + 1) if i in known), None)
    return before if before is not None and before == after else "O"


def emission(names: Sequence[str], weights: Mapping[str, Mapping[str, float]]) -> list[float]:
    """The summed weights of the features for each label; every row of `weights` is in the order of `LABELS`."""
    known = [weight.values() for weight in map(weights.get, names) if weight is not None]
    return [sum(column) for column in zip(*known, strict=True)] if known else [0.0] * len(LABELS)


def viterbi(rows: Sequence[Sequence[float]], transitions: Mapping[str, Mapping[str, float]]) -> tuple[Label, ...]:
    """The labels with the highest sum of emissions and transitions; the earlier label wins a tie."""
    if not rows:
        return ()
    step = [[transitions[a][b] for b in LABELS] for a in LABELS]
    best = [rows[0][k] + transitions[START][label] for k, label in enumerate(LABELS)]
    back: list[list[int]] = []
    for row in rows[1:]:
        came = [max(range(len(LABELS)), key=lambda a, b=b: best[a] + step[a][b]) for b in range(len(LABELS))]  # type: ignore[misc]
        best = [best[came[b]] + step[came[b]][b] + row[b] for b in range(len(LABELS))]
        back.append(came)
    at = max(range(len(LABELS)), key=lambda k: best[k])
    path = [at]
    for came in reversed(back):
        at = came[at]
        path.append(at)
    return tuple(LABELS[k] for k in reversed(path))


def chances(rows: Sequence[Sequence[float]], transitions: Mapping[str, Mapping[str, float]]) -> list[Chances]:
    """How likely each label of each sentence is over all chains (forward and backward sums, scaled row by row)."""
    if not rows:
        return []
    step = [[math.exp(transitions[a][b]) for b in LABELS] for a in LABELS]
    speaks = [[math.exp(value - max(row)) for value in row] for row in rows]
    forward = [_scaled([speaks[0][k] * math.exp(transitions[START][label]) for k, label in enumerate(LABELS)])]
    for row in speaks[1:]:
        last = forward[-1]
        forward.append(
            _scaled([row[b] * sum(a * into[b] for a, into in zip(last, step, strict=True)) for b in range(len(row))])
        )
    behind = [1.0] * len(LABELS)
    found = [forward[-1]]
    for at in range(len(speaks) - 1, 0, -1):
        ahead = [s * b for s, b in zip(speaks[at], behind, strict=True)]
        behind = _scaled([sum(w * x for w, x in zip(row, ahead, strict=True)) for row in step])
        found.append(_scaled([f * b for f, b in zip(forward[at - 1], behind, strict=True)]))
    return [tuple(row) for row in reversed(found)]


def _scaled(values: list[float]) -> list[float]:
    whole = sum(values) or 1.0
    return [value / whole for value in values]
