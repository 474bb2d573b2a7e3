"""How much of an answer is general words: shares of abstract words among the words that carry meaning."""

from __future__ import annotations

from collections.abc import Iterable

from bot.scoring.doc import Sentence
from bot.scoring.lexicon import Lexicon

GENERAL = ("abstract", "vague", "platitude")
MEANING_LENGTH = 4


def abstract_share(sentences: Iterable[Sentence], lexicon: Lexicon) -> float:
    """The share of general words (S1.10) among the words that carry meaning, from 0 to 1."""
    general = meaning = 0
    for sentence in sentences:
        mush = {k for name in GENERAL for hit in sentence.hits.get(name, ()) for k in range(hit.first, hit.last)}
        telling = {k for k, word in enumerate(sentence.words) if _tells(word, lexicon)}
        general += len(mush)
        meaning += len(mush | telling)
    return general / meaning if meaning else 0.0


def _tells(word: str, lexicon: Lexicon) -> bool:
    return word[0].isdigit() or (len(word) >= MEANING_LENGTH and word not in lexicon.stop_words)


def telling_words(sentences: Iterable[Sentence], lexicon: Lexicon) -> tuple[frozenset[str], frozenset[str]]:
    """The words that carry meaning, and those of them that name something: not of every day and of every job."""
    telling = frozenset(word for sentence in sentences for word in sentence.words if _tells(word, lexicon))
    return telling, frozenset(word for word in telling if lexicon.stems.stem(word) not in lexicon.everyday)
