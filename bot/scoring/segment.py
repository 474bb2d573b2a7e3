"""Which part of the story each sentence is: situation, task, action, result, learning or other.

A chain of labels: what a sentence shows (`features`) speaks for each label with a weight, and so does the label before
it; the best chain is found by Viterbi. No order is forbidden, so a story told from its end is read as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.scoring.doc import Doc
from bot.scoring.features import asks_for_fault, feature_rows
from bot.scoring.report import LABELS, Label
from bot.scoring.rubric import Rubric

START = "^"


def segment(doc: Doc, rubric: Rubric) -> tuple[Label, ...]:
    """A label for each sentence of the answer."""
    telling = [s for s in doc.sentences if s.substance]
    fault = asks_for_fault(doc.answer.question, doc.lexicon)
    rows = [emission(names, rubric.emissions) for names in feature_rows(telling, fault, doc.lexicon)]
    known = dict(zip((s.index for s in telling), viterbi(rows, rubric.transitions), strict=True))
    return tuple(known.get(i) or _between(i, known) for i in range(len(doc.sentences)))


def _between(index: int, known: Mapping[int, Label]) -> Label:
    """A sentence that tells nothing belongs to the part around it, and to none at the edge of a part."""
    before = next((known[i] for i in range(index - 1, -1, -1) if i in known), None)
    after = next((known[i] for i in range(index + 1, max(known, default=-1) + 1) if i in known), None)
    return before if before is not None and before == after else "O"


def emission(names: Sequence[str], weights: Mapping[str, Mapping[str, float]]) -> list[float]:
    """The summed weights of the features for each label, in the order of `LABELS`."""
    row = [0.0] * len(LABELS)
    for name in names:
        weight = weights.get(name)
        if weight is not None:
            for k, label in enumerate(LABELS):
                row[k] += weight[label]
    return row


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
