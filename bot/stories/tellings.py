"""The lengths in which a story is kept ready, and whether a telling keeps to its own. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from bot.base.text import Text, t
from storage.tables.stories import TellingLength

WORDS_A_MINUTE = 150
"""How fast a story is told, unless recordings say otherwise."""
MINUTES: Mapping[TellingLength, int] = {TellingLength.TWO_MINUTES: 2, TellingLength.FIVE_MINUTES: 5}
LEEWAY, LEAST = 1.1, 0.4
"""How far a telling may be over its time, and what part of it it fills at least."""
NAMES: Mapping[TellingLength, Text] = {
    TellingLength.TWO_MINUTES: t("Two minutes"),
    TellingLength.FIVE_MINUTES: t("Five minutes"),
}


def most_words(length: TellingLength) -> int:
    """How many words a telling of this length may have."""
    return round(MINUTES[length] * WORDS_A_MINUTE * LEEWAY)


def least_words(length: TellingLength) -> int:
    """With fewer words there is time for more."""
    return round(MINUTES[length] * WORDS_A_MINUTE * LEAST)


def verdict(length: TellingLength, words: int) -> Text:
    """Whether so many words keep to the time."""
    minutes = f"{words / WORDS_A_MINUTE:.1f}"
    if words > most_words(length):
        return t(
            "{words} words take about {minutes} minutes: {count} too many. Cut steps, not the figure or the lesson.",
            words=words, minutes=minutes, count=words - most_words(length),
        )  # fmt: skip
    if words < least_words(length):
        return t(
            "{words} words take about {minutes} minutes; there is time to say why you did it this way.",
            words=words, minutes=minutes,
        )  # fmt: skip
    return t("{words} words take about {minutes} minutes, which fits.", words=words, minutes=minutes)
