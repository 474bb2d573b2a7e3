"""How people address the bot and each other in what they type."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_ADDRESS = re.compile(r"(?<!\w)@starling\b[,:]?\s*", re.IGNORECASE)
_NAMED = re.compile(r"(?<!\w)@([\w-]+)")


def addressed(text: str) -> bool:
    """Whether the text mentions the bot."""
    return _ADDRESS.search(text) is not None


def without_address(text: str) -> str:
    """The text without mentions of the bot: what was said to it."""
    return _ADDRESS.sub("", text).strip() if addressed(text) else text


def mentioned(text: str, names: Iterable[str]) -> frozenset[str]:
    """Which of these names a person's text mentions with an @; "everyone" is one that can be."""
    return frozenset(name for name in (*names, "everyone") if re.search(rf"(?<!\w)@{re.escape(name)}\b", text, re.I))


def with_ids(line: str, ids: Mapping[str, str]) -> str:
    """The line with people's names after an @ replaced by their ids; `ids` is by names in lower case."""
    return _NAMED.sub(lambda named: "@" + ids.get(named[1].lower(), named[1]), line)
