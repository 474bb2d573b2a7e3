"""What a question is after, read from its words: a conflict, a failure, a tight spot."""

from __future__ import annotations

from bot.scoring.doc import Doc
from bot.scoring.lexer import lex


def asked_lists(doc: Doc) -> frozenset[str]:
    """The phrase lists that the question touches; empty where no question was recorded."""
    words = [token.word for token in lex(doc.answer.question, doc.lexicon.spelling)]
    return frozenset(hit.name for hit in doc.lexicon.find(words))
