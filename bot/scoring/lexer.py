"""Words, numbers and punctuation with their places: one pass, possessive repeats, linear in the text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

TOKEN = re.compile(
    r"(?P<number>[$€£¥₩~]?\d++(?:[.,:]\d++)*+(?:st|nd|rd|th)?(?![^\W\d_])%?"
    r"|[$€£¥₩]?\d++(?:[.,]\d++)*+[^\W\d_]++)"
    r"|(?P<word>[^\W_]++(?:'[^\W\d_]++)*+)"
    r"|(?P<mark>\n|[^\w\s])",
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number in lower case, its usual spelling in `word`; or a mark (`kind` "mark")."""

    kind: str
    word: str
    start: int
    end: int


def lex(text: str, spelling: Mapping[str, str]) -> list[Token]:
    """The tokens of a cleaned text. A spelling variant of several words becomes as many tokens in the same place."""
    tokens: list[Token] = []
    for match in TOKEN.finditer(text):
        kind = match.lastgroup or "mark"
        word = match.group().lower()
        start, end = match.span()
        usual = spelling.get(word, word)
        if " " in usual:
            tokens.extend(Token(kind, part, start, end) for part in usual.split())
        else:
            tokens.append(Token(kind, usual, start, end))
    return tokens
