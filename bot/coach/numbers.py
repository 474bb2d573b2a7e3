"""Numbers in what a model wrote: each has to stand in the answer, in figures or in words.

`[figure]` is the placeholder for a number that the author has to fill in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.coach.words import in_order, words

NumberKind = Literal["plain", "percent", "money", "times", "ordinal", "vague"]

FIGURE = "[figure]"
_UNITS: Mapping[str, int] = {
    name: value
    for value, name in enumerate(
        in_order(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen"
        )
    )
}
_TENS: Mapping[str, int] = {
    name: 10 * value
    for value, name in enumerate(in_order("twenty thirty forty fifty sixty seventy eighty ninety"), start=2)
}
_ORDINALS: Mapping[str, int] = {
    name: value
    for value, name in enumerate(
        in_order("third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"), start=3
    )
}
_MAGNITUDES: Mapping[str, float] = {
    "hundred": 100, "hundreds": 100, "thousand": 1e3, "thousands": 1e3, "k": 1e3, "grand": 1e3, "million": 1e6,
    "millions": 1e6, "m": 1e6, "mio": 1e6, "billion": 1e9, "billions": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12,
    "trillions": 1e12, "dozen": 12, "dozens": 12, "lakh": 1e5, "crore": 1e7,
}  # fmt: skip
_SHARES: Mapping[str, tuple[float, NumberKind]] = {
    "half": (0.5, "times"), "halves": (0.5, "times"), "halved": (0.5, "times"), "halving": (0.5, "times"),
    "quarter": (0.25, "times"), "quarters": (0.25, "times"), "double": (2, "times"), "doubled": (2, "times"),
    "doubling": (2, "times"), "twice": (2, "times"), "twofold": (2, "times"), "triple": (3, "times"),
    "tripled": (3, "times"), "tripling": (3, "times"), "thrice": (3, "times"), "threefold": (3, "times"),
    "quadruple": (4, "times"), "quadrupled": (4, "times"), "fourfold": (4, "times"), "fivefold": (5, "times"),
    "tenfold": (10, "times"), "hundredfold": (100, "times"), "thirds": (3, "plain"), "couple": (2, "plain"),
}  # fmt: skip
_CURRENCY = "$€£¥₩₹"
_MONEY_WORDS = words("dollar dollars usd euro euros eur pound pounds gbp yen won rupee rupees cents bucks")
_PERCENT_WORDS = words("% percent percentage pct pp prozent pourcent ciento cento procent")
_VAGUE = words("dozens hundreds thousands millions billions trillions")
_ORDINAL_ENDINGS = words("st nd rd th")
_PER_CENT = re.compile(r"\bper cent\b")
_GROUPED = re.compile(r"(?<=\d)[,'\u2019\u202f\u00a0](?=\d{3}(?!\d))")
_TOKEN = re.compile(rf"[{_CURRENCY}]|\d{{1,30}}(?:[.,]\d{{1,9}})?|%|[^\W\d_]{{1,30}}")
_LEFT_OPEN = re.compile(rf"{re.escape(FIGURE)}\s?(?:%|percent|per cent)?", re.IGNORECASE)
_ALONE = 1
"""The number one is a word of English too: alone it is no figure."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number and what it counts, as far as a figure is true only with it."""

    value: float
    kind: NumberKind


def numbers_in(text: str) -> frozenset[Number]:
    """Every number of `text`, of a range both ends. "1,400", "1.4k" and "fourteen hundred" are the same."""
    return frozenset(_numbers(_prepared(text)))


def invents_a_number(written: str, *sources: str) -> bool:
    """Whether `written` has a number that stands in none of `sources`.

    A share or an amount of money has to stand there as such; a bare number may stand there as anything.
    """
    known = frozenset().union(*(numbers_in(source) for source in sources))
    values = {number.value for number in known}
    return any(
        number not in known if number.kind != "plain" else number.value not in values
        for number in numbers_in(_LEFT_OPEN.sub(" ", written))
    )


def _prepared(text: str) -> str:
    """In lower case, with plain digits, without separators of thousands; fractions such as ½ written out."""
    spelled = []
    for char in text:
        if char.isascii() or char in _CURRENCY:
            spelled.append(char)
            continue
        numeric = unicodedata.numeric(char, None)
        decimal = unicodedata.decimal(char, None)
        if decimal is not None:
            spelled.append(str(decimal))
        elif char in "٪％‰":
            spelled.append("%")
        elif numeric is not None:
            spelled.append(f" {numeric:g} ")
        else:
            spelled.append(unicodedata.normalize("NFKC", char))
    return _PER_CENT.sub("percent", _GROUPED.sub("", "".join(spelled).lower()))


def _numbers(text: str) -> Iterator[Number]:
    tokens = [found.group() for found in _TOKEN.finditer(text)]
    at = 0
    while at < len(tokens):
        if tokens[at] in _VAGUE:
            yield Number(_MAGNITUDES[tokens[at]], "vague")
            at += 1
            continue
        value, end, in_words = _value(tokens, at)
        if value is None:
            if tokens[at] in _SHARES:
                yield Number(*_SHARES[tokens[at]])
            elif tokens[at] in _ORDINALS:
                yield Number(_ORDINALS[tokens[at]], "ordinal")
            elif tokens[at] in _PERCENT_WORDS and not _after_a_number(tokens, at):
                # A share of which no figure is read, such as one spelled in another language.
                yield Number(-1, "percent")
            at += 1
            continue
        kind, end = _kind(tokens, at, end)
        if not (in_words and value == _ALONE and kind == "plain"):
            yield Number(value, kind)
        at = end


def _value(tokens: list[str], at: int) -> tuple[float | None, int, bool]:
    """The number that begins at a token, where it ends, and whether it was spelled in words alone."""
    token = tokens[at]
    if token[0].isdigit():
        value, end = float(token.replace(",", ".")), at + 1
        if end < len(tokens) and tokens[end] in _MAGNITUDES:
            value, end = value * _MAGNITUDES[tokens[end]], end + 1
        return round(value, 6), end, False
    return _in_words(tokens, at)


def _in_words(tokens: list[str], at: int) -> tuple[float | None, int, bool]:
    whole: float = 0
    part: float | None = None
    end = at
    while end < len(tokens):
        token = tokens[end]
        if token in _UNITS and (part is None or (part >= 20 and part % 10 == 0)):
            part = (part or 0) + _UNITS[token]
        elif token in _TENS and (part is None or part % 100 == 0):
            part = (part or 0) + _TENS[token]
        elif token in _MAGNITUDES and len(token) > 2:
            factor = _MAGNITUDES[token]
            part = (1 if part is None else part) * factor
            if factor >= 1e3:
                whole, part = whole + part, None
        elif not (token == "and" and whole + (part or 0) >= 100 and _is_small(tokens, end + 1)):
            break
        end += 1
    return (None, at, True) if end == at else (whole + (part or 0), end, True)


def _is_small(tokens: list[str], at: int) -> bool:
    return at < len(tokens) and (tokens[at] in _UNITS or tokens[at] in _TENS)


def _kind(tokens: list[str], at: int, end: int) -> tuple[NumberKind, int]:
    following = tokens[end] if end < len(tokens) else ""
    if following in _PERCENT_WORDS:
        return "percent", end + 1
    if (at > 0 and tokens[at - 1] in _CURRENCY) or following in _MONEY_WORDS or (following and following in _CURRENCY):
        return "money", end
    if following in _ORDINAL_ENDINGS:
        return "ordinal", end + 1
    if following in ("x", "times", "fold"):
        return "times", end + 1
    return "plain", end


def _after_a_number(tokens: list[str], at: int) -> bool:
    return at > 0 and tokens[at - 1][0].isdigit()
