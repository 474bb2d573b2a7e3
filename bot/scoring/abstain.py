"""When no number is shown: too few words, not English, no story. Always with a sentence that says what would help."""

from __future__ import annotations

from bot.base.text import Text, t
from bot.scoring.doc import Doc
from bot.scoring.facts import Facts
from bot.scoring.rubric import Rubric

EMPTY = "empty"
NOT_ENGLISH = "not_english"
TOO_FEW_WORDS = "too_few_words"
NO_STORY = "no_story"
LEAST_STEPS = 2
"""Steps told in the present that make a story where nothing stands in the past and something came of them."""


def abstention(doc: Doc, facts: Facts, rubric: Rubric) -> tuple[str, Text] | None:
    """The reason for showing no number and its sentence, or None where a number may be shown."""
    words = [w for s in doc.sentences for w in s.words]
    if not words:
        return EMPTY, t("There are no words here that I can read. Write the answer as you would tell it, in English.")
    if len(words) >= 8 and english_share(doc, words) < rubric.limit("english_share"):
        return NOT_ENGLISH, t(
            "I can only read English so far, so I give no number. The answer is kept as you wrote it."
        )
    least = int(rubric.limit("least_words_to_rate"))
    if doc.word_count < least:
        return TOO_FEW_WORDS, t(
            "With fewer than {least} words a number would be a guess. Tell what you did, why, and what came of it.",
            least=least,
        )
    told_now = facts.own + facts.team >= LEAST_STEPS and facts.result_sentences > 0
    if doc.answer.kind == "behavioral" and not facts.past_actions and not told_now:
        return NO_STORY, t(
            "I cannot find something that you did, so I give no number. Pick one real case and tell what you did in it."
        )
    return None


def english_share(doc: Doc, words: list[str]) -> float:
    """Share of the words with letters that the lexicon knows as English."""
    letters = [w for w in words if w.isalpha() or "'" in w]
    known = (doc.lexicon.stop_words, doc.lexicon.past, doc.lexicon.base_verbs)
    return sum(any(w in words for words in known) for w in letters) / max(1, len(letters))
