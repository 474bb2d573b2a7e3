"""How people address the bot and each other in what they type."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ADDRESS = re.compile(r"(?<!\w)@starling\b[,:]?\s*", re.IGNORECASE)


def addressed(text: str) -> bool:
    """Whether the text mentions the bot."""
    return _ADDRESS.search(text) is not None


def without_address(text: str) -> str:
    """The text without mentions of the bot: what was said to it."""
    return _ADDRESS.sub("", text).strip() if addressed(text) else text


def mentioned(text: str, names: Iterable[str]) -> frozenset[str]:
    """Which of these names a person's text mentions with an @; "everyone" is one that can be."""
    return frozenset(name for name in (*names, "everyone") if re.search(rf"(?<!\w)@{re.escape(name)}\b", text, re.I))
