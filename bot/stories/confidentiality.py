"""What in a story may be confidential: pointed at with its words before others see it. The person decides. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["address", "money", "company", "name"]
ADDRESS = re.compile(
    r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://\S*[^\s.,;)]|\b(?:\d{1,3}\.){3}\d{1,3}\b|\+\d[\d ()/-]{7,}\d"
)
MONEY = re.compile(
    r"(?:[$€£¥]\s?\d[\d.,]*(?:\s?(?:k|m|bn|million|billion|thousand)\b)?)"
    r"|\b\d[\d.,]*\s?(?:(?:million|billion|thousand)\s)?(?:euros?|dollars?|pounds|yen|usd|eur|gbp)\b",
    re.IGNORECASE,
)
COMPANY = re.compile(r"\b(?:[A-Z][\w&.-]+\s){1,3}(?:Inc|Ltd|LLC|GmbH|AG|Corp|Corporation|Bank|Group|Holding|plc)\b\.?")
NAME = re.compile(r"\b[A-Z][a-zà-ÿ]+(?:\s[A-Z][a-zà-ÿ]+)*\b")
SENTENCE_END = re.compile(r"(?:^|[.!?:;\n\"“(]\s*)$")
NOT_NAMES = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "english",
        "german",
        "french",
        "spanish",
        "korean",
        "chinese",
        "japanese",
        "christmas",
        "easter",
        "american",
        "european",
        "java",
        "python",
        "kubernetes",
        "docker",
        "postgres",
        "postgresql",
        "oracle",
        "kafka",
        "redis",
        "slack",
        "discord",
        "github",
        "linux",
        "windows",
        "android",
        "excel",
        "airflow",
        "snowflake",
        "mongodb",
        "spark",
        "terraform",
        "jenkins",
        "grafana",
    ]
)
MOST = 20


@dataclass(frozen=True, slots=True)
class Pointed:
    """Words that may tell more than they should: `text[start:end] == quote`."""

    kind: Kind
    quote: str
    start: int
    end: int


def look_through(text: str, known: Collection[str] = ()) -> list[Pointed]:
    """What may be confidential, in the order of the text and each wording once; `known` words are no names."""
    found: list[Pointed] = []
    taken: list[range] = []
    for one in _candidates(text, known):
        if not any(one.start < other.stop and other.start < one.end for other in taken):
            taken.append(range(one.start, one.end))
            if not any((one.kind, one.quote) == (other.kind, other.quote) for other in found):
                found.append(one)
    return sorted(found, key=lambda one: one.start)[:MOST]


def _candidates(text: str, known: Collection[str]) -> Iterator[Pointed]:
    patterns: tuple[tuple[Kind, re.Pattern[str]], ...] = (("address", ADDRESS), ("money", MONEY), ("company", COMPANY))
    for kind, pattern in patterns:
        for match in pattern.finditer(text):
            yield Pointed(kind, match[0], match.start(), match.end())
    for match in NAME.finditer(text):
        start = match.start()
        words = match[0].split()
        if SENTENCE_END.search(text[:start]):
            start += len(words[0]) + 1
            words = words[1:]
        if words and not all(word.lower() in NOT_NAMES or word.lower() in known for word in words):
            yield Pointed("name", text[start : match.end()], start, match.end())
