"""The six checks of S1.11 and the speaking time by part, computed from the answer."""

from __future__ import annotations

from bot.base.text import t
from bot.scoring.doc import Doc
from bot.scoring.facts import Facts
from bot.scoring.report import LABELS, SelfCheck, TimeByPart

WORDS_A_MINUTE = 150
LONGEST_SETUP = 30
LONGEST = 180
FIRST_PERSON = frozenset({"i", "i'm", "i've", "i'd", "i'll"})


def seconds(words: int) -> int:
    """Speaking time of so many words."""
    return round(words * 60 / WORDS_A_MINUTE)


def self_checks(doc: Doc, facts: Facts) -> tuple[SelfCheck, ...]:
    """Setup under 30 seconds, “I” three times, two figures, the why, the lesson, within three minutes."""
    own = sum(w in FIRST_PERSON for s in doc.sentences for w in s.words)
    figures = sum(q.outcome for s in doc.sentences for q in s.quantities)
    setup, whole = seconds(doc.words_in("S")), seconds(doc.word_count)
    return (
        SelfCheck("situation_under_30_seconds", 0 < setup <= LONGEST_SETUP,
                  t("Situation in under 30 seconds (yours: about {seconds})", seconds=setup)),
        SelfCheck("i_three_times", own + facts.bare >= 3, t("“I” at least three times (yours: {count})", count=own)),
        SelfCheck("two_figures", figures >= 2, t("At least two figures (yours: {count})", count=figures)),
        SelfCheck("says_why", facts.rationale + facts.options > 0, t("Says why this way was chosen")),
        SelfCheck("says_lesson", facts.learning >= 2, t("Says what was learned")),
        SelfCheck("within_three_minutes", 0 < whole <= LONGEST,
                  t("Told within three minutes (yours: about {seconds} seconds)", seconds=whole)),
    )  # fmt: skip


def times(doc: Doc) -> tuple[TimeByPart, ...]:
    """Seconds and share of the words for each part that the answer has."""
    whole = sum(len(s.words) for s in doc.sentences)
    return tuple(
        TimeByPart(label, seconds(doc.words_in(label)), round(doc.words_in(label) / whole, 3))
        for label in LABELS
        if doc.words_in(label)
    )
