"""The words that the finders take as typed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from bot.scoring.lexicon import Lexicon
from content.find.cues import expanded
from content.find.reading import WORD, plain_text
from content.find.wordings import texts_by_archetype
from content.loader import Content, load_content


def known_words(content: Content, lexicon: Lexicon) -> frozenset[str]:
    """Words that are no slips: verbs, plain words, the words of cues and of texts that belong to an archetype."""
    verbs = lexicon.stop_words | lexicon.base_verbs | lexicon.past | lexicon.participles
    return verbs | (_shipped() if content is load_content() else _of_content(content))


def cue_words(content: Content) -> Iterator[str]:
    """The words that English cues are made of."""
    for entry in content.archetype_cues.values():
        for cue in (*entry.strong, *entry.fair, *entry.hint):
            for place in cue.split():
                for words in expanded(place, content.word_groups):
                    yield from words


@cache
def _shipped() -> frozenset[str]:
    return _of_content(load_content())


def _of_content(content: Content) -> frozenset[str]:
    plain = {word for entry in content.plain_words.values() for word in entry.words.split()}
    texts = {word for text, _, _ in texts_by_archetype(content) for word in WORD.findall(plain_text(text))}
    return frozenset({*plain, *texts, *cue_words(content)})
