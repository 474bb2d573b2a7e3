"""What a person reads of a message: components from top to bottom, with Markdown shown as Discord shows it."""

from __future__ import annotations

import re
from typing import Any

from tests.wire.discord.validation import BUTTON, FILE, GALLERY, SELECTS, TEXT, everything

Payload = dict[str, Any]

_LINE_MARK = re.compile(r"^(?:> |-# |#{1,3} |[-*] )+")
_TOKEN = re.compile(
    r"\\(?P<escaped>[^0-9A-Za-z\s])"
    r"|(?P<address>https?://[^\s<>]+)"
    r"|(?P<emoji>:[a-z0-9_+]+:)"
    r"|(?P<mark>\*\*|\*|__|_|~~|\|\||`+)"
)


def shown(text: str) -> str:
    """`text` as Discord shows it: formatting marks are gone, and what is escaped stands as it was typed."""
    return "\n".join(_inline(_LINE_MARK.sub("", line)) for line in text.split("\n"))


def _inline(line: str) -> str:
    return _TOKEN.sub(_shown_token, line)


def _shown_token(token: re.Match[str]) -> str:
    if token["escaped"]:
        return token["escaped"]
    if token["address"]:
        return token["address"]
    return "\N{PARTY POPPER}" if token["emoji"] else ""


def read(message: Payload) -> str:
    """All that can be read in a message, descriptions of pictures included."""
    texts = [shown(message["content"])] if message["content"] else []
    for component in everything(message["components"]):
        if component["type"] == TEXT:
            texts.append(shown(component["content"]))
        elif component["type"] == GALLERY:
            texts += [item.get("description") or "" for item in component["items"]]
        elif component["type"] == FILE:
            texts.append(component["file"]["url"].removeprefix("attachment://"))
    return "\n".join(texts)


def controls(message: Payload) -> list[Payload]:
    """Its buttons and selects, in order."""
    return [each for each in everything(message["components"]) if each["type"] in (BUTTON, *SELECTS)]


def label(control: Payload) -> str:
    """What stands on a button, or in a select before anything is chosen."""
    return str(control.get("label") or control.get("placeholder") or "")
