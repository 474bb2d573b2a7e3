"""From a text to a `Doc`: guard, clean, lex, cut, and note in every sentence what the rules ask about."""

from __future__ import annotations

from collections.abc import Sequence

from bot.scoring.clauses import clauses, hypotheticals, passives, practices
from bot.scoring.clean import clean
from bot.scoring.doc import Answer, Doc, Sentence
from bot.scoring.guard import guard
from bot.scoring.lexer import Token, lex
from bot.scoring.lexicon import Hit, Lexicon
from bot.scoring.quantities import quantities
from bot.scoring.sentences import Cut, cut

SOFTENERS = frozenset({"first", "then", "also", "probably", "just", "maybe", "always", "never", "definitely", "still"})
BEFORE_NOUN = frozenset({"the", "an", "a", "this", "that", "each", "every", "user", "account", "no", "by", "its"})
ASIDES = frozenset({"like", "you", "i", "know", "mean"})
SILENT_LISTS = frozenset({
    "stative", "saying_verbs", "predicate_adjectives", "greeting", "hedge", "opinion", "contrast", "action_process",
    "habitual", "scope_4", "conflict", "generic_frame", "fault_question", "sorry", "comparison", "result_measure",
})  # fmt: skip
"""Lists whose phrases alone tell nothing of a story."""
MOST_SENTENCES = 200
"""Sentences read at most; what comes after is beyond any answer and counts as words only."""


def read(answer: Answer, lexicon: Lexicon, cap: int) -> Doc:
    """The answer as the rules see it, its sentences not yet labelled; at most `cap` characters are read."""
    guarded, scored = guard(answer.text, cap)
    mapped = clean(guarded)
    tokens = lex(mapped.text, lexicon.spelling)
    cuts = cut(tokens, lexicon)
    sentences = tuple(_annotate(i, c, lexicon) for i, c in enumerate(cuts[:MOST_SENTENCES]))
    words = sum(any(c.isalnum() for c in chunk) for chunk in mapped.text.split())
    question = [token.word for token in lex(answer.question, lexicon.spelling)]
    asked = frozenset(hit.name for hit in lexicon.find(question))
    return Doc(answer, mapped, scored, sentences, words, lexicon, asked)


def _annotate(index: int, piece: Cut, lexicon: Lexicon) -> Sentence:
    kept, after_comma = _spoken_words(piece.tokens, lexicon.words_of("fillers"))
    words = _contracted([t.word for t in kept], lexicon)
    hits = _apart([*lexicon.find(words), *practices(words, lexicon)])
    lists = frozenset(hits)
    acted = clauses(words, after_comma, lexicon)
    suffered = passives(words, lexicon)
    numbers = quantities(words, lists, lexicon)
    imagined = hypotheticals(words, lists, lexicon)
    telling = (
        bool(lists - SILENT_LISTS - lexicon.marks)
        or any(c.action for c in acted)
        or any(q.kind != "ordinal" for q in numbers)
    )
    named = (
        piece.label is not None
        and "greeting" not in lists
        and sum(len(w) > 3 and w not in lexicon.stop_words for w in words) >= 2
    )
    return Sentence(
        index=index,
        start=piece.tokens[0].start,
        end=piece.tokens[-1].end,
        words=words,
        places=tuple((t.start, t.end) for t in kept),
        after_comma=after_comma,
        named=piece.label,
        question=any(t.word == "?" for t in piece.tokens[-2:]),
        hits={name: tuple(found) for name, found in hits.items()},
        clauses=acted,
        passives=suffered,
        quantities=numbers,
        hypothetical=imagined,
        substance=telling or bool(suffered) or imagined > 0 or named,
    )


def _contracted(words: Sequence[str], lexicon: Lexicon) -> tuple[str, ...]:
    """The words with chat's “id ask” as “i'd ask”; where no verb follows, an id is an id."""
    if "id" not in words:
        return tuple(words)
    verbs = [next((w for w in words[k + 1 : k + 3] if w not in SOFTENERS), "") for k in range(len(words))]
    return tuple(
        "i'd" if word == "id" and verbs[k] in lexicon.base_verbs and words[max(0, k - 1)] not in BEFORE_NOUN else word
        for k, word in enumerate(words)
    )


def _apart(found: list[Hit]) -> dict[str, list[Hit]]:
    """The hits by list; of hits of one list that share words the longest first one stays."""
    hits: dict[str, list[Hit]] = {}
    for hit in sorted(found, key=lambda h: (h.first, -h.last)):
        before = hits.setdefault(hit.name, [])
        if not before or before[-1].last <= hit.first:
            before.append(hit)
    return hits


def _spoken_words(tokens: Sequence[Token], fillers: frozenset[str]) -> tuple[list[Token], frozenset[int]]:
    """The words without fillers and stutters (`the, the`), and which of them follow a comma or the like."""
    kept: list[Token] = []
    after: set[int] = set()
    comma = False
    for i, token in enumerate(tokens):
        if token.kind == "mark":
            comma = comma or token.word in ",;:(—–-"
            continue
        if token.word in fillers or (token.word in ASIDES and _aside(tokens, i)):
            continue
        if kept and token.word == kept[-1].word and comma:
            continue
        if comma and kept:
            after.add(len(kept))
        comma = False
        kept.append(token)
    return kept, frozenset(after)


def _aside(tokens: Sequence[Token], i: int) -> bool:
    """`like`, `you know` and `i mean` between commas say nothing."""

    def word(k: int) -> str:
        return tokens[k].word if 0 <= k < len(tokens) else ","

    if word(i) == "like":
        return word(i - 1) == "," and word(i + 1) == ","
    if word(i) in {"you", "i"}:
        return word(i + 1) in {"know", "mean"} and word(i - 1) == "," and word(i + 2) == ","
    return word(i) in {"know", "mean"} and word(i - 1) in {"you", "i"} and word(i - 2) == "," and word(i + 1) == ","
