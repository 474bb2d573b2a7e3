"""How much of a lesson a sentence holds: none, a platitude, a lesson, or one that is lived by since."""

from __future__ import annotations

from bot.scoring.doc import Sentence
from bot.scoring.lexicon import Lexicon
from bot.scoring.wording import abstract_share

MIDDLE = 0.5
LATE = 0.7
"""Share of the answer after which a sentence of any part may hold the lesson; past the middle only where it says so."""
CLOSING = 0.8
"""Share of the answer after which a habit told in the present is a lesson taken."""
REFLECTING = frozenset({"took", "take", "got", "lesson", "lessons", "takeaway", "learning", "moral", "next",
                        "hindsight", "differently", "looking"})  # fmt: skip
LONG_LESSON = 30
PLATITUDE_SHARE = 0.4
"""Share of general words from which on a lesson says nothing."""
COULD = frozenset({"could", "could've"})
MUSH = 2
"""General words in a lesson from which on it says nothing, however it is framed."""


def lesson(sentence: Sentence, place: float, lexicon: Lexicon) -> int:
    """How much of a lesson a sentence holds: 0 none, 1 a platitude, 2 a lesson, 3 one applied since.

    `place` runs from 0 to 1. A sentence of another part holds one only late in the answer and with words that say so.
    """
    others = sentence.has("hero_boast", "boast", "counterfactual_blame", "blame")
    if others and not sentence.has("now_practice", "self_fault"):
        return 0
    told = "L" in (sentence.label, sentence.named) or _says_lesson(sentence, place)
    if not told and not _closes_with_habit(sentence, place):
        return 0
    practice = sentence.has("now_practice") or (sentence.label == "L" and sentence.has("durable"))
    if not practice and len(sentence.words) < LONG_LESSON:
        share = abstract_share([sentence], lexicon)
        if sentence.has("platitude", "empty_lesson") or (share >= PLATITUDE_SHARE and not sentence.quantities):
            return 1
    if sentence.count("vague") >= MUSH and not sentence.quantities:
        return 1
    if practice:
        return 3
    return 2 if len(sentence.words) >= 5 else 1


def _closes_with_habit(sentence: Sentence, place: float) -> bool:
    """Whether the story ends on something that the speaker does today: “before answering I look for ...”."""
    present = any(c.action and c.actor == "own" and not c.past for c in sentence.clauses)
    return present and place >= CLOSING and not sentence.quantities and not sentence.hypothetical


def _says_lesson(sentence: Sentence, place: float) -> bool:
    """Whether words of learning stand in a sentence of another part, late enough to close the story.

    What was learned halfway is mostly something found out. “I could have” alone names another way.
    """
    framed = [
        set(sentence.words[h.first : h.last])
        for name in ("learning", "lesson_frame")
        for h in sentence.hits.get(name, ())
        if COULD.isdisjoint(sentence.words[h.first : h.last])
    ]
    return bool(framed) and (place >= LATE or (place >= MIDDLE and any(words & REFLECTING for words in framed)))
