"""Slack's way of writing text: entities for three characters, and references in angle brackets.

The rules are those of Slack's reference page "Formatting text for app surfaces".
"""

from __future__ import annotations

import re

_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_ENTITY = re.compile("|".join(_ENTITIES))
_REFERENCE = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")


def escaped(text: str) -> str:
    """`text` so that Slack shows it as it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def length(text: str) -> int:
    """How long `text` is once escaped."""
    return len(text) + 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))


def readable(text: str) -> str:
    """What a person sees who reads `text` as it came from Slack. A mention of a person stays `<@U…>`."""
    return unescaped(_REFERENCE.sub(lambda found: _shown(found, names=True), text))


def as_typed(text: str) -> str:
    """A command line as it was typed; mentions of people and channels stay as Slack writes them."""
    return unescaped(_REFERENCE.sub(lambda found: _shown(found, names=False), text))


def mentions(text: str, user: str) -> bool:
    """Whether `text`, as it came from Slack, mentions this user."""
    return any(found.group(1) == f"@{user}" for found in _REFERENCE.finditer(text))


def without_address(text: str, user: str) -> str:
    """`text`, as it came from Slack, without mentions of this user: what was said to them."""
    return re.sub(rf"<@{re.escape(user)}(?:\|[^<>]*)?>[,:]?\s*", "", text).strip() if mentions(text, user) else text


def unescaped(text: str) -> str:
    """`text` with its entities read; Slack sends them back where it was given the characters."""
    return _ENTITY.sub(lambda entity: _ENTITIES[entity.group()], text)


def _shown(found: re.Match[str], *, names: bool) -> str:
    target, label = found.group(1), found.group(2)
    match target[0]:
        case "@":
            return f"<{target}>" if names else found.group()
        case "#":
            return f"#{label}" if names and label else found.group()
        case "!":
            return label or f"@{target[1:].split('^')[0]}"
        case _:
            return label or target.removeprefix("mailto:")
