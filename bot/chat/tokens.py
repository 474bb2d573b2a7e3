"""Words, quotations and named values: the parts a command line is made of.

A token is a word, a quotation, or the name of an option not given before, with its colon. Quotation
marks may be straight or curly, double or single; inside them `\\"` and `\\\\` stand for the mark and the backslash.
A quotation ends where its closing mark is followed by a space or the end, so an apostrophe ends nothing, and a
quotation that never ends is an ordinary word.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

_CLOSING = {'"': '"', "“": '”“"', "”": "”", "„": "“”", "«": "»", "'": "'", "‘": "’"}
_QUOTATION = re.compile(
    "|".join(
        rf"{opening}((?:\\[\\{closing}]|[^\\{closing}]|\\(?![\\{closing}])|[{closing}](?!\s|$))*)[{closing}](?=\s|$)"
        for opening, closing in _CLOSING.items()
    )
)
_NAMED = re.compile(r"([\w-]+):")
_WORD = re.compile(r"\S+")
_PLAIN = re.compile(r"[\w@#<>|!.+-]+")


@dataclass(frozen=True, slots=True)
class Token:
    """One part of a line: `raw` as typed from `start` on, `value` without quotation marks.

    Where `name` is set the token is the name with its colon, and the tokens of its value follow.
    """

    raw: str
    value: str
    start: int
    quoted: bool = False
    name: str | None = None

    @property
    def end(self) -> int:
        """Where the token ends in its line."""
        return self.start + len(self.raw)


def tokens(line: str, names: Collection[str] = ()) -> Iterator[Token]:
    """The tokens of `line`; `names` are the option names (in lower case) that may stand before a colon."""
    free = set(names)
    unclosed: set[str] = set()
    place = 0
    while word := _WORD.search(line, place):
        named = _NAMED.match(line, word.start())
        if named and named.group(1).lower() in free:
            name = named.group(1).lower()
            free.remove(name)
            token = Token(named.group(), "", named.start(), name=name)
        else:
            token = _value(line, word, unclosed)
        yield token
        place = token.end


def _value(line: str, word: re.Match[str], unclosed: set[str]) -> Token:
    """The quotation or word at `word`; `unclosed` are the marks that are known never to close from here on."""
    mark = word.group()[0]
    quotation = _QUOTATION.match(line, word.start()) if mark in _CLOSING and mark not in unclosed else None
    if quotation is None:
        unclosed.add(mark)
        return Token(word.group(), word.group(), word.start())
    marked = next(group for group in quotation.groups() if group is not None)
    return Token(quotation.group(), _unescaped(marked, quotation.group()[-1]), word.start(), quoted=True)


def _unescaped(text: str, mark: str) -> str:
    return re.sub(rf"\\([\\{mark}])", r"\1", text)


def quoted(text: str) -> str:
    """`text` as one value that `tokens` reads back: bare where it is one plain word, else in quotation marks."""
    if _PLAIN.fullmatch(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
