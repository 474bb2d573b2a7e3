"""Reasons, alternatives and evidence told with the steps."""

from __future__ import annotations

from itertools import pairwise

from bot.scoring.doc import Doc, Sentence
from bot.scoring.rubric import Rubric
from bot.scoring.sentences import SUBJECTS

AS_A = ("as", "a")
"""“As a result” and “as a lead” give no reason."""
NO_REASON = frozenset({"then", "always", "well", "usual", "soon", "far", "long", "much", "before", "if"})
FOUND = frozenset({"found", "saw", "noticed", "realised", "realized", "figured", "thought", "knew", "guessed", "turned",
                   "understood", "discovered", "suspected", "wanted", "know", "see", "notice", "think"})  # fmt: skip
"""Verbs after which a step rests on something found or thought."""


def reasons(sentence: Sentence) -> int:
    """Reasons given in a sentence; an opening `so` only moves the story on, and mush is no reason."""
    mush = {k for hit in sentence.hits.get("vague", ()) for k in range(hit.first, hit.last)}
    told = [hit for hit in sentence.hits.get("rationale", ()) if sentence.words[hit.first : hit.first + 2] != AS_A]
    given = sum(hit.first not in mush for hit in told)
    pairs = list(pairwise(sentence.words))[2:]
    so = any(word == "so" and following in SUBJECTS for word, following in pairs)
    return given + so + any(_since(sentence, k) for k in sentence.after_comma if not _in_hits(sentence, k))


def _since(sentence: Sentence, k: int) -> bool:
    """Whether `since` or `as` after a comma gives a reason, and no point in time."""
    if k + 2 >= len(sentence.words) or sentence.words[k] not in {"since", "as"}:
        return False
    following = sentence.words[k + 1]
    return following not in NO_REASON and not following[0].isdigit()


def _in_hits(sentence: Sentence, k: int) -> bool:
    return any(hit.first <= k < hit.last for hit in sentence.hits.get("rationale", ()))


def action_reasons(doc: Doc, rubric: Rubric) -> float:
    """Reasons, alternatives, evidence and difficulties told with the actions, by weight."""
    total = 0.0
    for sentence in doc.of("A", "T"):
        mush = {k for hit in sentence.hits.get("vague", ()) for k in range(hit.first, hit.last)}
        total += reasons(sentence)
        total += sum(hit.first not in mush for hit in sentence.hits.get("options", ()))
        total += rubric.limit("evidence_weight") * (sentence.count("evidence_check") + _found_out(sentence))
        total += rubric.limit("tension_reason") * (sentence.count("tension") + sentence.has("contrast"))
    return total


def _found_out(sentence: Sentence) -> int:
    """Whether something was found or thought, and whether a figure stands behind a step."""
    return (not FOUND.isdisjoint(sentence.words)) + any(q.kind in ("share", "money") for q in sentence.quantities)
